"""The best of n from items at hand: by hand, by all draws, by its laws."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.bestofn import best_of, truth_at_top
from synthqc.metrics.undefined import UndefinedReading

ITEMS = st.lists(st.tuples(st.integers(0, 4), st.integers(-5, 5)), min_size=1, max_size=7)


def test_worked_by_hand() -> None:
    one, two, three = best_of([1, 2, 3], [5, 9, 1], [1, 2, 3])
    assert (one.score, one.truth) == (pytest.approx(2), pytest.approx(5))
    assert (two.score, two.truth) == (pytest.approx(8 / 3), pytest.approx(11 / 3))
    assert (three.score, three.truth) == (pytest.approx(3), pytest.approx(1))
    assert truth_at_top([1, 2, 3, 4], [0, 1, 4, 2], 0.5) == 3
    # Two share the second place: each is as likely to be taken.
    assert truth_at_top([1, 2, 2, 4], [0, 1, 5, 2], 0.5) == 2.5


@given(ITEMS)
def test_it_is_the_mean_over_all_draws(items: list[tuple[int, int]]) -> None:
    scores, truths = zip(*items, strict=True)
    for choice in best_of(scores, truths, range(1, len(items) + 1)):
        draws = [*itertools.combinations(items, choice.candidates)]
        best = [max(score for score, _ in draw) for draw in draws]
        worth = [
            np.mean([truth for score, truth in draw if score == top]) for draw, top in zip(draws, best, strict=True)
        ]
        assert choice.score == pytest.approx(np.mean(best))
        assert choice.truth == pytest.approx(np.mean(worth))


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=50))
def test_laws(items: list[tuple[float, float]]) -> None:
    scores, truths = zip(*items, strict=True)
    found = best_of(scores, truths, range(1, len(items) + 1))
    assert found[0].truth == pytest.approx(np.mean(truths), abs=1e-6)
    assert all(after.score >= before.score - 1e-6 for before, after in itertools.pairwise(found))
    assert all(min(truths) - 1e-6 <= choice.truth <= max(truths) + 1e-6 for choice in found)
    by_truth = best_of(truths, truths, range(1, len(items) + 1))
    assert all(choice.truth <= best.truth + 1e-6 for choice, best in zip(found, by_truth, strict=True))


def test_many_items_lose_no_digits() -> None:
    scores = np.arange(500_000)
    [found] = best_of(scores, scores, [64])
    # The largest of n from 0 to N - 1 is n (N + 1) / (n + 1) - 1 on average.
    assert found.score == pytest.approx(64 * 500_001 / 65 - 1, rel=1e-11)


@pytest.mark.parametrize("form", [list, tuple, np.array])
def test_lists_tuples_and_arrays_are_taken(form) -> None:
    assert best_of(form([1, 2]), form([True, False]), [2])[0].truth == 0
    assert truth_at_top(form([1, 2]), form([3, 4]), 0.5) == 4


@pytest.mark.parametrize(
    ("scores", "truths", "candidates", "error", "message"),
    [
        ([], [], [1], UndefinedReading, "no scored items"),
        ([1], [1, 2], [1], ValueError, "1 scores and 2 truths"),
        ([1, math.nan], [1, 2], [1], ValueError, "the scores must be finite"),
        ([1, 2], [1, math.inf], [1], ValueError, "the truths must be finite"),
        ([1, 2], [1, 2], [0], ValueError, "the best of 0 cannot be had from 2 items"),
        ([1, 2], [1, 2], [3], ValueError, "the best of 3 cannot be had from 2 items"),
        (["high"], [1], [1], ValueError, "the scores must be numbers"),
    ],
)
def test_what_has_no_best(scores, truths, candidates, error, message) -> None:
    with pytest.raises(error, match=message):
        best_of(scores, truths, candidates)


@pytest.mark.parametrize("share", [0, -0.1, 1.1, math.nan])
def test_a_share_out_of_range_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="the share is"):
        truth_at_top([1, 2], [1, 2], share)
