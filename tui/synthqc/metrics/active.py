"""Active learning: how fast a classifier learns from labels that it asks for, and from labels drawn at random."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from .classifier import Classifier, train
from .selection import k_center
from .undefined import UndefinedReading
from .vectors import lexical_likeness

Item = tuple[Sequence[str], bool]
"""Words of a line, and whether it is bad."""

Strategy = Literal["uncertainty", "diversity"]
"""Which lines are asked about: those whose probability is nearest to a half, which with two labels are also those of
the smallest margin; or those farthest from all that were asked about."""

BATCH = 10
"""Labels asked for at a time."""


@dataclass(frozen=True, slots=True)
class Point:
    """How good the classifiers are after so many labels, on lines that neither learned from."""

    labels: int
    """Labels so far."""
    asked: float
    """Mean F1 on bad lines over the seeds, labels chosen by the strategy."""
    drawn: float
    """The same, labels drawn at random."""


def learning_curves(
    items: Sequence[Item],
    *,
    most: int,
    seeds: int,
    watch: Callable[[int, int], None],
    strategy: Strategy = "uncertainty",
) -> list[Point]:
    """Learning curves of the two ways, averaged over seeds.

    Each seed holds out a third of the lines, starts both ways with the same few labels, and adds batches: lines that
    the strategy picks, or lines drawn at random.

    Args:
        items: Labelled lines.
        most: Labels to go up to.
        seeds: How many splits and starts to average over.
        watch: Told of each seed done.
        strategy: How lines are picked.

    Raises:
        UndefinedReading: There are too few lines of either kind to split and to start with.

    Source:
        B. Settles (2009), Active Learning Literature Survey, section 3.1; for diversity O. Sener, S. Savarese (2018),
        Active Learning for Convolutional Neural Networks: A Core-Set Approach, arXiv:1708.00489.
    """
    bad = sum(is_bad for _, is_bad in items)
    if min(bad, len(items) - bad) < 6:
        raise UndefinedReading(f"{bad} bad and {len(items) - bad} good lines are too few, each kind needs six")
    runs = []
    for seed in range(seeds):
        watch(seed, seeds)
        runs.append(_run(items, most, random.Random(seed), strategy))
    shortest = min(map(len, runs))
    return [
        Point(
            runs[0][step][0],
            sum(run[step][1] for run in runs) / seeds,
            sum(run[step][2] for run in runs) / seeds,
        )
        for step in range(shortest)
    ]


def _run(items: Sequence[Item], most: int, chance: random.Random, strategy: Strategy) -> list[tuple[int, float, float]]:
    order = list(range(len(items)))
    chance.shuffle(order)
    third = len(order) // 3
    held_out, pool = [items[n] for n in order[:third]], order[third:]
    start = _start(items, pool)
    asked, drawn = list(start), list(start)
    spread_out = _spread_out(items, pool) if strategy == "diversity" else []
    points = []
    while True:
        model = _learned(items, asked)
        points.append((len(asked), f1(model, held_out), f1(_learned(items, drawn), held_out)))
        if len(asked) >= min(most, len(pool)):
            return points
        known = set(asked)
        order = spread_out or sorted(pool, key=lambda n: abs(model.probability_bad(items[n][0]) - 0.5))
        asked += [n for n in order if n not in known][:BATCH]
        others = [n for n in pool if n not in set(drawn)]
        drawn += chance.sample(others, min(BATCH, len(others)))


def _spread_out(items: Sequence[Item], pool: Sequence[int]) -> list[int]:
    """The pool in an order in which each line is as far as can be from those before it."""
    return [pool[place] for place in k_center(lexical_likeness([items[n][0] for n in pool]), len(pool))]


def _start(items: Sequence[Item], pool: Sequence[int]) -> list[int]:
    """The first lines of the pool, with one of each kind at least."""
    first = list(pool[:BATCH])
    for kind in (True, False):
        if not any(items[n][1] is kind for n in first):
            first.append(next(n for n in pool if items[n][1] is kind))
    return first


def _learned(items: Sequence[Item], chosen: Sequence[int]) -> Classifier:
    return train([items[n][0] for n in chosen], [items[n][1] for n in chosen])


def f1(model: Classifier, held_out: Sequence[Item]) -> float:
    """F1 on bad lines: the harmonic mean of precision and recall, 0 where nothing bad is found."""
    called = [is_bad for words, is_bad in held_out if model.probability_bad(words) >= 0.5]
    bad = sum(is_bad for _, is_bad in held_out)
    hits = sum(called)
    return 2 * hits / (len(called) + bad) if called or bad else 0.0
