"""Reward gaming: what a scorer picks from more and more candidates, and what the pick is truly worth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MODEL = (
    "each candidate has a worth drawn from a normal distribution; for each scorer one candidate in 50 has found what "
    "flatters that scorer, which adds to the score a bonus that is mostly small and now and then large, and costs worth"
)
"""The simulation in words."""

FLATTERED = 0.02
"""Share of candidates that have found one scorer's weakness."""

BONUS = 6.0
"""Mean of what flattery adds to a score (exponentially distributed), in standard deviations of worth."""

COST = 2.0
"""What it takes from the worth."""

NOISE = 0.5
"""Standard deviation of a scorer's honest error."""


@dataclass(frozen=True, slots=True)
class Pick:
    """The candidate that has the best score, on average over the trials."""

    candidates: int
    """How many there were to choose from."""
    score: float
    """Its score, in standard deviations of worth."""
    worth: float
    """Its true worth, in the same unit; 0 is an average candidate."""
    best: float
    """The worth of the truly best candidate."""


def best_of_n(candidates: Sequence[int], *, scorers: int, trials: int, seed: int) -> list[Pick]:
    """Picks by the mean score of several scorers from ever more candidates.

    Args:
        candidates: Numbers of candidates, each at least 1.
        scorers: Scorers whose scores are averaged; each has a weakness of its own.
        trials: Picks to average over.
        seed: Draws the candidates.

    Returns:
        One pick per number of candidates. Choosing harder raises the score without end; the worth rises at first and
        falls where flattery decides, the pattern that L. Gao et al. (2022), arXiv:2210.10760, chart for learned
        rewards. The numbers of this simulation are its own.

    Raises:
        ValueError: No number of candidates, or a number of candidates, scorers or trials below 1.
    """
    if not len(candidates) or min(*candidates, scorers, trials) < 1:
        raise ValueError("candidates, scorers and trials are whole numbers from 1, and there is one or more of each")
    chance = np.random.default_rng(seed)
    most = max(candidates)
    sums = {int(number): np.zeros(3) for number in candidates}
    for _ in range(trials):
        flattery = chance.random((most, scorers)) < FLATTERED
        worth = chance.standard_normal(most) - COST * flattery.sum(axis=1)
        errors = NOISE * chance.standard_normal((most, scorers))
        bonus = BONUS * chance.standard_exponential((most, scorers)) * flattery
        score = (worth[:, None] + errors + bonus).mean(axis=1)
        for number in sums:
            pick = int(score[:number].argmax())
            sums[number] += (score[pick], worth[pick], worth[:number].max())
    return [Pick(number, *(float(value) for value in sums[number] / trials)) for number in map(int, candidates)]
