"""Choosing so that corners are covered."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.selection import (
    coverage,
    facility_location,
    groups_reached,
    groups_reached_by_chance,
    k_center,
    k_center_of_vectors,
)
from synthqc.metrics.undefined import UndefinedReading
from synthqc.metrics.vectors import likeness

POINTS = np.array([[1, 0, 0], [1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=float)
CORNERS = likeness(POINTS)


def vectors_of(n: int, dimensions: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((n, dimensions))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_each_corner_is_chosen_before_a_copy() -> None:
    chosen = k_center(CORNERS, 3)
    assert chosen[0] == 0
    assert set(chosen) == {0, 3, 4}
    assert coverage(CORNERS, chosen) == (1, 1)
    assert coverage(CORNERS, [0]) == (pytest.approx(0.6), 0)


def test_it_ends_when_all_are_chosen_and_starts_with_one() -> None:
    assert sorted(k_center(CORNERS, 99)) == [0, 1, 2, 3, 4]
    with pytest.raises(UndefinedReading):
        k_center(np.zeros((0, 0)), 1)
    with pytest.raises(ValueError, match="0 items are to be chosen"):
        k_center(CORNERS, 0)


@given(st.integers(2, 12), st.integers(1, 12), st.integers(0, 500))
def test_more_choices_cover_more_and_no_item_is_chosen_twice(n: int, keep: int, seed: int) -> None:
    vectors = vectors_of(n, 4, seed)
    pairs = likeness(vectors)
    chosen = k_center(pairs, keep)
    assert len(set(chosen)) == len(chosen) == min(keep, n)
    least = [coverage(pairs, chosen[:size])[1] for size in range(1, len(chosen) + 1)]
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(least))


@given(st.integers(3, 12), st.integers(1, 12), st.integers(0, 500))
def test_vectors_give_the_same_choice(n: int, keep: int, seed: int) -> None:
    # Of two items neither is more like all others, so rounding would choose.
    vectors = vectors_of(n, 4, seed)
    assert k_center_of_vectors(vectors, keep) == k_center(likeness(vectors), keep)


def test_facility_location_is_the_plain_greedy_choice() -> None:
    chance = np.random.default_rng(5)
    vectors = np.abs(chance.standard_normal((40, 6)))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    pairs = likeness(vectors)
    chosen: list[int] = []
    for _ in range(8):
        sums = [pairs[:, [*chosen, item]].max(axis=1).sum() if item not in chosen else -1 for item in range(40)]
        chosen.append(int(np.argmax(sums)))
    assert facility_location(pairs, 8) == chosen


def test_facility_location_takes_the_middle_of_each_heap() -> None:
    # Three near the first axis, two near the second; the middle one of the larger heap covers the most.
    vectors = np.array([[1, 0.2], [1, 0], [1, -0.2], [0, 1], [0.05, 1]], dtype=float)
    pairs = likeness(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    assert facility_location(pairs, 2)[0] in (0, 1)
    assert {item // 3 for item in facility_location(pairs, 2)} == {0, 1}
    assert sorted(facility_location(pairs, 99)) == [0, 1, 2, 3, 4]
    with pytest.raises(UndefinedReading):
        facility_location(np.empty((0, 0)), 1)
    with pytest.raises(ValueError, match="allowed is 1 and more"):
        facility_location(pairs, 0)


def test_lists_do_as_well_as_arrays_and_what_is_no_table_is_refused() -> None:
    assert k_center(CORNERS.tolist(), 3) == k_center(CORNERS, 3)
    assert facility_location(CORNERS.tolist(), 3) == facility_location(CORNERS, 3)
    assert coverage(CORNERS.tolist(), (0,)) == coverage(CORNERS, [0])
    assert k_center_of_vectors(POINTS.tolist(), 3) == k_center(CORNERS, 3)
    with pytest.raises(UndefinedReading, match="no items"):
        k_center_of_vectors([], 1)
    for choose in (k_center, facility_location):
        assert choose([[1]], 1) == [0]
        with pytest.raises(UndefinedReading, match="no items"):
            choose([], 1)
        with pytest.raises(ValueError, match="NaN or infinity"):
            choose([[1, float("nan")]], 1)
        with pytest.raises(ValueError, match="all of one length"):
            choose([[1, 0], [1]], 1)


def test_what_covers_nothing_is_refused() -> None:
    with pytest.raises(UndefinedReading, match="no item is chosen"):
        coverage(CORNERS, [])
    with pytest.raises(UndefinedReading, match="no items to cover"):
        coverage([], [0])
    for wrong in (-1, 5):
        with pytest.raises(ValueError, match="from 0 to 4"):
            coverage(CORNERS, [wrong])


def test_groups_that_keep_an_item_worked_by_hand() -> None:
    groups = [[0, 1], [2], [3, 4]]
    assert groups_reached(groups, [0, 1, 4]) == 2
    assert groups_reached(groups, []) == 0
    # One of five is drawn: the pairs are met with 2/5 each, the single one with 1/5.
    assert groups_reached_by_chance([2, 1, 2], 5, 1) == pytest.approx(1)
    # Two of four: a pair is missed by 1 of 6 draws.
    assert groups_reached_by_chance([2], 4, 2) == pytest.approx(5 / 6)
    with pytest.raises(ValueError, match="there are 3 items"):
        groups_reached_by_chance([4], 3, 1)
    with pytest.raises(ValueError, match="there are 3 items"):
        groups_reached_by_chance([1], 3, 4)


@given(st.integers(1, 6), st.data())
def test_chance_is_the_mean_over_all_draws(n: int, data: st.DataObject) -> None:
    labels = data.draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    keep = data.draw(st.integers(0, n))
    groups = [[item for item in range(n) if labels[item] == label] for label in range(3)]
    draws = list(itertools.combinations(range(n), keep))
    mean = sum(groups_reached(groups, draw) for draw in draws) / len(draws)
    assert groups_reached_by_chance([len(group) for group in groups], n, keep) == pytest.approx(mean)
