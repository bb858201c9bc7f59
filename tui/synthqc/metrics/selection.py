"""Choosing from a set so that its corners are covered."""

import heapq

import numpy as np
from numpy.typing import NDArray

from .undefined import UndefinedReading


def k_center(vectors: NDArray[np.float64], keep: int) -> list[int]:
    """Chooses items so that none is far from a chosen one: each step takes the item farthest from those chosen.

    Args:
        vectors: Unit vectors, items by dimensions.
        keep: How many to choose, at least 1; all where there are fewer.

    Returns:
        Positions in the order of choice; the first is the item most like the mean.

    Raises:
        UndefinedReading: There is no item.
        ValueError: None is to be chosen.

    Source:
        T. F. Gonzalez (1985), Theoretical Computer Science 38:293-306: within a factor of two of the best choice.
    """
    n = vectors.shape[0]
    if n == 0:
        raise UndefinedReading("there are no items to choose from")
    if keep < 1:
        raise ValueError(f"{keep} items are to be chosen, allowed is 1 and more")
    chosen = [int((vectors @ vectors.mean(axis=0)).argmax())]
    nearest = vectors @ vectors[chosen[0]]
    nearest[chosen[0]] = np.inf
    while len(chosen) < min(keep, n):
        farthest = int(nearest.argmin())
        chosen.append(farthest)
        nearest = np.maximum(nearest, vectors @ vectors[farthest])
        nearest[farthest] = np.inf
    return chosen


def facility_location(vectors: NDArray[np.float64], keep: int) -> list[int]:
    """Chooses items so that all items together are as like as can be to their nearest chosen one: greedily.

    Args:
        vectors: Unit vectors, items by dimensions.
        keep: How many to choose, at least 1; all where there are fewer.

    Returns:
        Positions in the order of choice; each raises the sum of likenesses to the nearest choice the most.

    Raises:
        UndefinedReading: There is no item.
        ValueError: None is to be chosen.

    Source:
        G. Nemhauser, L. Wolsey, M. Fisher (1978), Mathematical Programming 14:265-294: at least 1 - 1/e of the best
        sum, for likenesses that are not negative; negative ones count as 0 here. Bounds of earlier steps save most of
        the work: M. Minoux (1978).
    """
    n = vectors.shape[0]
    if n == 0:
        raise UndefinedReading("there are no items to choose from")
    if keep < 1:
        raise ValueError(f"{keep} items are to be chosen, allowed is 1 and more")
    likeness = np.clip(vectors @ vectors.T, 0, 1)
    np.fill_diagonal(likeness, 1)
    nearest = np.zeros(n)
    # A gain can only shrink as more is chosen, so an old one is an upper bound of the new one.
    bounds = [(-float(total), item) for item, total in enumerate(likeness.sum(axis=1))]
    heapq.heapify(bounds)
    chosen: list[int] = []
    while len(chosen) < min(keep, n):
        _, item = heapq.heappop(bounds)
        gain = float(np.maximum(likeness[item] - nearest, 0).sum())
        if bounds and -gain > bounds[0][0] + 1e-12:
            heapq.heappush(bounds, (-gain, item))
            continue
        chosen.append(item)
        nearest = np.maximum(nearest, likeness[item])
    return chosen


def coverage(vectors: NDArray[np.float64], chosen: list[int]) -> tuple[float, float]:
    """How near the items are to the chosen ones: the mean and the least likeness of an item to its nearest choice.

    Args:
        vectors: Unit vectors, items by dimensions.
        chosen: Positions of the chosen items, at least one.

    Returns:
        Mean and least cosine, each between -1 and 1; 1 where every item is chosen or has a copy among the chosen.
    """
    nearest = (vectors @ vectors[chosen].T).max(axis=1)
    nearest[chosen] = 1
    return float(nearest.mean()), float(nearest.min())
