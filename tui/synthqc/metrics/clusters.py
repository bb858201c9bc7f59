"""Clusters: groups of lines that are alike, and how tight and how far apart they are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .undefined import UndefinedReading

SMALLEST = 3
"""Lines that make a cluster worth the name."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters of a set and what they are like."""

    members: tuple[tuple[int, ...], ...]
    """Positions of the lines of each cluster of at least `SMALLEST`, the centre first; largest cluster first."""
    within: float | None
    """Mean likeness of pairs inside a cluster, over all clusters; None where there is no cluster."""
    separation: float | None
    """1 minus the mean likeness of pairs of centres; None below two clusters."""


def clusters_of(likeness: NDArray[np.float64], threshold: float) -> Clusters:
    """Groups lines around those with the most lines near them.

    The line with the most free neighbours takes them all; then the next; until every line has a place.

    Args:
        likeness: Likeness of each pair of lines, 1 on the diagonal.
        threshold: Likeness from which two lines are neighbours.

    Raises:
        UndefinedReading: There are fewer than two lines.

    Source:
        D. Butina (1999), J. Chem. Inf. Comput. Sci. 39(4):747-750, doi:10.1021/ci9803381.
    """
    n = likeness.shape[0]
    if n < 2:
        raise UndefinedReading(f"{n} line{'s' if n != 1 else ''} cannot be grouped, it takes two")
    near = likeness >= threshold
    np.fill_diagonal(near, val=True)
    counts = near.sum(axis=1)
    free = np.ones(n, dtype=bool)
    members: list[tuple[int, ...]] = []
    while free.any():
        centre = int(np.where(free, counts, -1).argmax())
        taken = np.flatnonzero(near[centre] & free)
        free[taken] = False
        counts = counts - near[:, taken].sum(axis=1)
        if taken.size >= SMALLEST:
            members.append((centre, *(int(one) for one in taken if one != centre)))
    members.sort(key=lambda one: (-len(one), one))
    centres = [one[0] for one in members]
    return Clusters(tuple(members), _within(likeness, members), _separation(likeness, centres))


def _within(likeness: NDArray[np.float64], members: list[tuple[int, ...]]) -> float | None:
    sums, pairs = 0.0, 0
    for one in members:
        block = likeness[np.ix_(one, one)]
        sums += float(block.sum() - np.trace(block)) / 2
        pairs += len(one) * (len(one) - 1) // 2
    return sums / pairs if pairs else None


def _separation(likeness: NDArray[np.float64], centres: list[int]) -> float | None:
    k = len(centres)
    if k < 2:
        return None
    block = likeness[np.ix_(centres, centres)]
    return 1 - float(block.sum() - np.trace(block)) / (k * (k - 1))
