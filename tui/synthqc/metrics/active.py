"""Active learning: how fast a classifier learns from labels that it asks for, and from labels drawn at random."""

import math
import random
import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .classifier import Classifier, Item, f1, trained_on
from .selection import k_center
from .undefined import UndefinedReading
from .vectors import lexical_likeness

Strategy = Literal["uncertainty", "diversity", "margin"]
"""Which lines are asked about: those whose probabilities have the most entropy; those farthest from all that were asked
about; or those whose two likeliest kinds are nearest to each other."""

BATCH = 10
"""Labels asked for at a time."""

FEWEST = 6
"""Lines that each kind needs, so that a third can be held out."""


MOST_COMPARED = 4000
"""Lines among which diversity picks; of more it picks among a random draw."""


@dataclass(frozen=True, slots=True)
class Point:
    """How good the classifiers are after so many labels, on lines that neither learned from."""

    labels: int
    """Labels so far."""
    asked: float
    """Mean score over the seeds, labels chosen by the strategy."""
    drawn: float
    """The same, labels drawn at random."""
    asked_spread: float | None
    """Standard deviation of the first over the seeds; None for a single seed."""
    drawn_spread: float | None
    """Standard deviation of the second."""


@dataclass(frozen=True, slots=True)
class Curves:
    """The two ways side by side."""

    points: tuple[Point, ...]
    """One point for each batch of labels."""
    lead: float
    """How much better asking is, mean over the curve and the seeds."""
    lead_spread: float | None
    """Standard deviation of that over the seeds; None for a single seed."""


def learning_curves(
    items: Sequence[Item],
    *,
    most: int,
    seeds: int,
    watch: Callable[[int, int], None],
    strategy: Strategy = "uncertainty",
    score: Callable[[Classifier, Sequence[Item]], float] = f1,
) -> Curves:
    """Learning curves of the two ways, averaged over seeds.

    Each seed holds out a third of the lines, starts both ways with the same few labels, and adds batches: lines that
    the strategy picks, or lines drawn at random.

    Args:
        items: Labelled lines; kinds are whole numbers from 0 without a gap, or good and bad as False and True.
        most: Labels to go up to.
        seeds: How many splits and starts to average over, at least 1.
        watch: Told of each seed done.
        strategy: How lines are picked. With two kinds, uncertainty and margin pick the same lines.
        score: How a classifier is judged on the lines held out, from 0 to 1.

    Raises:
        UndefinedReading: There are too few lines of a kind to split and to start with.
        ValueError: Fewer than one seed.

    Source:
        B. Settles (2009), Active Learning Literature Survey, section 3.1; for diversity O. Sener, S. Savarese (2018),
        Active Learning for Convolutional Neural Networks: A Core-Set Approach, arXiv:1708.00489.
    """
    if seeds < 1:
        raise ValueError(f"seeds is {seeds}, needs to be at least 1")
    sizes = Counter(int(kind) for _, kind in items)
    if len(sizes) <= 2 and min(sizes[0], sizes[1]) < FEWEST:
        raise UndefinedReading(f"{sizes[1]} bad and {sizes[0]} good lines are too few, each kind needs six")
    if min(sizes.values()) < FEWEST:
        raise UndefinedReading(f"a kind of {min(sizes.values())} lines is too small, each kind needs six")
    runs = []
    for seed in range(seeds):
        watch(seed, seeds)
        runs.append(_run(items, most, random.Random(seed), strategy, score))
    leads = [statistics.fmean(step.asked - step.drawn for step in run) for run in runs]
    points = tuple(_point([run[place] for run in runs]) for place in range(min(map(len, runs))))
    return Curves(points, statistics.fmean(leads), _spread(leads))


@dataclass(frozen=True, slots=True)
class _Step:
    labels: int
    asked: float
    drawn: float


def _point(steps: Sequence[_Step]) -> Point:
    asked, drawn = [step.asked for step in steps], [step.drawn for step in steps]
    return Point(steps[0].labels, statistics.fmean(asked), statistics.fmean(drawn), _spread(asked), _spread(drawn))


def _spread(values: Sequence[float]) -> float | None:
    return statistics.stdev(values) if len(values) > 1 else None


def _run(
    items: Sequence[Item],
    most: int,
    chance: random.Random,
    strategy: Strategy,
    score: Callable[[Classifier, Sequence[Item]], float],
) -> list[_Step]:
    held_out, pool = _split(items, chance)
    start = _start(items, pool)
    asked, drawn = list(start), list(start)
    spread_out = _spread_out(items, pool, most + len(start) + BATCH) if strategy == "diversity" else []
    steps = []
    while True:
        model = trained_on([items[n] for n in asked])
        others = trained_on([items[n] for n in drawn])
        steps.append(_Step(len(asked), score(model, held_out), score(others, held_out)))
        if len(asked) >= min(most, len(pool)):
            return steps
        known = set(asked)
        free = [n for n in pool if n not in known]
        picked = [n for n in spread_out if n not in known] or by_doubt(free, items, model, strategy)
        asked += picked[:BATCH]
        known = set(drawn)
        free = [n for n in pool if n not in known]
        drawn += chance.sample(free, min(BATCH, len(free)))


def _split(items: Sequence[Item], chance: random.Random) -> tuple[list[Item], list[int]]:
    """A third held out, and the positions of the rest; drawn again where a part lacks a kind."""
    kinds = {int(kind) for _, kind in items}
    order = list(range(len(items)))
    while True:
        chance.shuffle(order)
        third = len(order) // 3
        held_out, pool = [items[n] for n in order[:third]], order[third:]
        if {int(kind) for _, kind in held_out} == {int(items[n][1]) for n in pool} == kinds:
            return held_out, pool


def by_doubt(places: Sequence[int], items: Sequence[Item], model: Classifier, strategy: Strategy) -> list[int]:
    """Positions of lines, those first of which a classifier is least sure.

    Args:
        places: The positions.
        items: All lines.
        model: The classifier.
        strategy: `uncertainty` or `margin`.
    """
    doubt = _DOUBTS[strategy]
    return sorted(places, key=lambda n: -doubt(model.probabilities(items[n][0])))


def entropy(shares: Sequence[float]) -> float:
    """Entropy of the probabilities in nats: 0 where one of them is 1, log(k) where all k are alike."""
    return -math.fsum(share * math.log(share) for share in shares if share > 0)


def closeness(shares: Sequence[float]) -> float:
    """One less the margin between the two largest probabilities: 1 where they are alike, 0 where one of them is 1."""
    second, first = sorted(shares)[-2:]
    return 1 - (first - second)


# Diversity comes here only when it has used up the lines that it compared.
_DOUBTS: Mapping[Strategy, Callable[[Sequence[float]], float]] = {
    "uncertainty": entropy,
    "margin": closeness,
    "diversity": entropy,
}


def _spread_out(items: Sequence[Item], pool: Sequence[int], most: int) -> list[int]:
    """Lines of the pool in an order in which each is as far as can be from those before it."""
    # The pool is in random order, so its beginning is a fair draw where all of it are too many pairs.
    drawn = pool[:MOST_COMPARED]
    return [drawn[place] for place in k_center(lexical_likeness([items[n][0] for n in drawn]), most)]


def _start(items: Sequence[Item], pool: Sequence[int]) -> list[int]:
    """The first lines of the pool, a batch of them, with one of each kind among them."""
    firsts: dict[int, int] = {}
    for n in pool:
        firsts.setdefault(int(items[n][1]), n)
    return [*dict.fromkeys([*firsts.values(), *pool])][: max(BATCH, len(firsts))]
