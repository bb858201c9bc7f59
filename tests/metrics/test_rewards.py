"""Reward gaming: the pattern that the lesson speaks of, and what it rests on."""

import numpy as np
import pytest

from synthqc.metrics.rewards import best_of_n

DOUBLINGS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048]


def test_one_candidate_is_an_average_one() -> None:
    # Each scorer flatters 2 % at a cost of 2, so an average candidate is worth -0.04.
    [pick] = best_of_n([1], scorers=1, trials=4000, seed=1)
    assert pick.worth == pytest.approx(-0.04, abs=0.06)
    assert pick.best == pick.worth


@pytest.mark.parametrize("scorers", [1, 3, 5])
def test_the_score_rises_and_the_worth_rises_and_falls(scorers: int) -> None:
    picks = best_of_n(DOUBLINGS, scorers=scorers, trials=300, seed=0)
    scores, worths = [pick.score for pick in picks], [pick.worth for pick in picks]
    assert scores == sorted(scores)
    top = worths.index(max(worths))
    assert 0 < top < len(worths) - 1
    assert worths[-1] < 0 < max(worths)


def test_more_scorers_bend_later() -> None:
    tops = []
    for scorers in (1, 3, 5):
        worths = [pick.worth for pick in best_of_n(DOUBLINGS, scorers=scorers, trials=300, seed=0)]
        tops.append((worths.index(max(worths)), max(worths)))
    assert tops == sorted(tops)
    assert tops[0][0] < tops[-1][0]


def test_no_pick_is_better_than_the_best() -> None:
    assert all(pick.worth <= pick.best for pick in best_of_n(DOUBLINGS, scorers=3, trials=50, seed=3))


def test_the_seed_decides() -> None:
    assert best_of_n([8], scorers=1, trials=20, seed=5) == best_of_n([8], scorers=1, trials=20, seed=5)
    assert best_of_n([8], scorers=1, trials=20, seed=5) != best_of_n([8], scorers=1, trials=20, seed=6)


@pytest.mark.parametrize("form", [list, tuple, np.array])
def test_lists_tuples_and_arrays_are_taken(form) -> None:
    picks = best_of_n(form([1, 8]), scorers=1, trials=20, seed=5)
    assert picks == best_of_n([1, 8], scorers=1, trials=20, seed=5)
    assert [type(pick.candidates) for pick in picks] == [int, int]


@pytest.mark.parametrize(
    ("candidates", "scorers", "trials"), [([], 1, 1), ([0], 1, 1), ([1], 0, 1), ([1], 1, 0), ([3, -1], 1, 1)]
)
def test_what_cannot_be_simulated_is_refused(candidates: list[int], scorers: int, trials: int) -> None:
    with pytest.raises(ValueError, match="whole numbers from 1"):
        best_of_n(candidates, scorers=scorers, trials=trials, seed=0)
