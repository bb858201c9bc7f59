"""Choosing so that corners are covered."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.selection import coverage, facility_location, k_center
from synthqc.metrics.undefined import UndefinedReading

CORNERS = np.array([[1, 0, 0], [1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=float)


def test_each_corner_is_chosen_before_a_copy() -> None:
    chosen = k_center(CORNERS, 3)
    assert chosen[0] == 0
    assert set(chosen) == {0, 3, 4}
    assert coverage(CORNERS, chosen) == (1, 1)
    assert coverage(CORNERS, [0]) == (pytest.approx(0.6), 0)


def test_it_ends_when_all_are_chosen_and_starts_with_one() -> None:
    assert sorted(k_center(CORNERS, 99)) == [0, 1, 2, 3, 4]
    with pytest.raises(UndefinedReading):
        k_center(np.zeros((0, 3)), 1)
    with pytest.raises(ValueError, match="0 items are to be chosen"):
        k_center(CORNERS, 0)


@given(st.integers(2, 12), st.integers(1, 12), st.integers(0, 500))
def test_more_choices_cover_more_and_no_item_is_chosen_twice(n: int, keep: int, seed: int) -> None:
    vectors = np.random.default_rng(seed).standard_normal((n, 4))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    chosen = k_center(vectors, keep)
    assert len(set(chosen)) == len(chosen) == min(keep, n)
    least = [coverage(vectors, chosen[:size])[1] for size in range(1, len(chosen) + 1)]
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(least))


def test_facility_location_is_the_plain_greedy_choice() -> None:
    chance = np.random.default_rng(5)
    vectors = np.abs(chance.standard_normal((40, 6)))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    likeness = vectors @ vectors.T
    chosen: list[int] = []
    for _ in range(8):
        sums = [likeness[:, [*chosen, item]].max(axis=1).sum() if item not in chosen else -1 for item in range(40)]
        chosen.append(int(np.argmax(sums)))
    assert facility_location(vectors, 8) == chosen


def test_facility_location_takes_the_middle_of_each_heap() -> None:
    # Three near the first axis, two near the second; the middle one of the larger heap covers the most.
    vectors = np.array([[1, 0.2], [1, 0], [1, -0.2], [0, 1], [0.05, 1]], dtype=float)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert facility_location(vectors, 2)[0] in (0, 1)
    assert {item // 3 for item in facility_location(vectors, 2)} == {0, 1}
    assert sorted(facility_location(vectors, 99)) == [0, 1, 2, 3, 4]
    with pytest.raises(UndefinedReading):
        facility_location(np.empty((0, 3)), 1)
    with pytest.raises(ValueError, match="allowed is 1 and more"):
        facility_location(vectors, 0)
