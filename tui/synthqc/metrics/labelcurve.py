"""A label curve: how good a classifier is with ever more of the labels that are there."""

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from .classifier import Item, f1, trained_on

FEWEST = 4
"""Labels that a curve starts with."""


@dataclass(frozen=True, slots=True)
class Labels:
    """How good classifiers are that learned from so many labels."""

    labels: int
    """Labels learned from."""
    f1: float
    """Mean F1 on bad lines over the draws."""
    spread: float
    """Its standard deviation over the draws; 0 with all labels, where all draws are the same."""


def label_curve(seed: Sequence[Item], held_out: Sequence[Item], *, draws: int, seed_number: int = 0) -> list[Labels]:
    """F1 on held-out lines against the number of labels: 4, 8, 16 and so on, and all.

    Args:
        seed: Labelled lines, good and bad.
        held_out: Labelled lines to judge by, not among the others.
        draws: Times that labels are drawn, at least 2; each draw has one of both kinds at least.
        seed_number: Seeds the draws.

    Raises:
        UndefinedReading: The labels are all of one kind.
        ValueError: Fewer than two draws.
    """
    if draws < 2:
        raise ValueError(f"draws is {draws}, a spread needs two or more")
    whole = trained_on(seed)
    sizes = [size for power in range(32) if (size := FEWEST << power) < len(seed)]
    chance = random.Random(seed_number)
    orders = [_order(seed, chance) for _ in range(draws)]
    points = []
    for size in sizes:
        found = [f1(trained_on(order[:size]), held_out) for order in orders]
        points.append(Labels(size, statistics.fmean(found), statistics.stdev(found)))
    return [*points, Labels(len(seed), f1(whole, held_out), 0.0)]


def _order(seed: Sequence[Item], chance: random.Random) -> list[Item]:
    """The labels in random order, but one of each kind in front."""
    order = chance.sample(list(seed), len(seed))
    firsts = [next(place for place, (_, kind) in enumerate(order) if bool(kind) is is_bad) for is_bad in (True, False)]
    return [*(order[place] for place in firsts), *(one for place, one in enumerate(order) if place not in firsts)]
