"""Choosing from a set so that its corners are covered."""

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
