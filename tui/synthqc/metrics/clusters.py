"""Clusters: groups of lines that are alike, and how tight and how far apart they are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arrays import as_kernel, as_vectors
from .undefined import UndefinedReading

SMALLEST = 3
"""Lines that make a cluster worth the name."""

_ROUNDING = 1e-12
"""Rounding of a likeness right at the threshold: the cosine of two equal lines is 1 but for its last digit."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters of a set and what they are like."""

    members: tuple[tuple[int, ...], ...]
    """Positions of the lines of each cluster of at least `SMALLEST`, the centre first; largest cluster first."""
    within: float | None
    """Mean likeness of pairs inside a cluster, over all clusters; None where there is no cluster."""
    separation: float | None
    """1 minus the mean likeness of pairs of centres; None below two clusters."""


def clusters_of(likeness: ArrayLike, threshold: float) -> Clusters:
    """Groups lines around those with the most lines near them.

    The line with the most free neighbours takes them all; then the next; until every line has a place.

    Args:
        likeness: Likeness of each pair of lines, shape (n_lines, n_lines), symmetric, 1 on the diagonal.
        threshold: Likeness from which two lines are neighbours, from -1 to 1.

    Raises:
        UndefinedReading: There are fewer than two lines.
        ValueError: The likeness is no symmetric square of finite numbers with 1 on its diagonal, or the threshold is
            not between -1 and 1.

    Source:
        D. Butina (1999), J. Chem. Inf. Comput. Sci. 39(4):747-750, doi:10.1021/ci9803381.
    """
    pairs = _pairs(likeness)
    near = pairs >= _checked(threshold) - _ROUNDING
    np.fill_diagonal(near, val=True)
    counts = near.sum(axis=1)
    free = np.ones(len(pairs), dtype=bool)
    members: list[tuple[int, ...]] = []
    while free.any():
        centre = int(np.where(free, counts, -1).argmax())
        if counts[centre] < SMALLEST:
            break
        taken = np.flatnonzero(near[centre] & free)
        free[taken] = False
        counts = counts - near[taken].sum(axis=0)
        members.append((centre, *(int(one) for one in taken if one != centre)))
    members.sort(key=lambda one: (-len(one), one))
    centres = [one[0] for one in members]
    return Clusters(tuple(members), _within(pairs, members), _separation(pairs, centres))


def nearest_other(likeness: ArrayLike) -> NDArray[np.float64]:
    """For each line, its likeness to the one other line that is most like it.

    Args:
        likeness: Likeness of each pair of lines, shape (n_lines, n_lines), symmetric, 1 on the diagonal.

    Returns:
        Shape (n_lines,), in the unit of the likeness: 1 for a line with a copy, low for a line that stands alone.

    Raises:
        UndefinedReading: There are fewer than two lines.
        ValueError: The likeness is no symmetric square of finite numbers with 1 on its diagonal.

    Source:
        T. Cover and P. Hart (1967), Nearest Neighbor Pattern Classification, IEEE Trans. Inf. Theory 13(1):21-27.
    """
    others = _pairs(likeness).copy()
    np.fill_diagonal(others, -np.inf)
    found: NDArray[np.float64] = others.max(axis=1)
    return found


def covered_share(likeness: ArrayLike, threshold: float) -> float:
    """Share of one set's lines that have a neighbour in another set.

    Args:
        likeness: Likeness of each line of the set that is to be covered to each line of the other, shape
            (n_lines, n_others).
        threshold: Likeness from which two lines are neighbours, from -1 to 1.

    Returns:
        Between 0 (no line has a neighbour there) and 1 (each has). It rises with the size of the other set.

    Raises:
        UndefinedReading: One of the sets is empty.
        ValueError: The likeness is no table of finite numbers, or the threshold is not between -1 and 1.

    Source:
        The share of pairs found at a threshold, as in M. F. Naeem et al. (2020), Reliable Fidelity and Diversity
        Metrics for Generative Models, arXiv:2002.09797, equation 10, with one radius for all lines.
    """
    pairs = as_vectors(likeness)
    if not pairs.size:
        raise UndefinedReading("there is nothing to cover, or nothing that covers")
    return neighboured_share(pairs.max(axis=1), threshold)


def neighboured_share(nearest: ArrayLike, threshold: float) -> float:
    """Share of lines that have a neighbour.

    Args:
        nearest: The likeness of each line to the one that is most like it, shape (n_lines,), as `nearest_other` gives.
        threshold: Likeness from which two lines are neighbours, from -1 to 1.

    Returns:
        Between 0 and 1.

    Raises:
        UndefinedReading: There is no line.
        ValueError: The threshold is not between -1 and 1.
    """
    found = np.asarray(nearest, dtype=np.float64)
    if not found.size:
        raise UndefinedReading("there is no line that could have a neighbour")
    return float((found >= _checked(threshold) - _ROUNDING).mean())


def _pairs(likeness: ArrayLike) -> NDArray[np.float64]:
    pairs = as_kernel(likeness)
    if (n := len(pairs)) < 2:
        raise UndefinedReading(f"{n} line{'s' if n != 1 else ''} cannot be grouped or compared, it takes two")
    return pairs


def _checked(threshold: float) -> float:
    if not -1 <= threshold <= 1:
        raise ValueError(f"the threshold is {threshold:g}, allowed is -1 to 1")
    return threshold


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
