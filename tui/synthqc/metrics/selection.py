"""Choosing from a set so that its corners are covered."""

import heapq
import math
from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arrays import as_kernel, as_vectors
from .undefined import UndefinedReading


def k_center(likeness: ArrayLike, keep: int) -> list[int]:
    """Chooses items so that none is far from a chosen one: each step takes the item farthest from those chosen.

    Args:
        likeness: Likeness of each pair of items, shape (n_items, n_items), symmetric, 1 on the diagonal.
        keep: How many to choose, at least 1; all where there are fewer.

    Returns:
        Positions in the order of choice; the first is the item most like all others together.

    Raises:
        UndefinedReading: There is no item.
        ValueError: None is to be chosen, or the likeness is no symmetric square of finite numbers with 1 on its
            diagonal.

    Source:
        T. F. Gonzalez (1985), Theoretical Computer Science 38:293-306: within a factor of two of the best choice.
    """
    pairs = as_kernel(likeness)
    _check_choice(len(pairs), keep)
    return _farthest_first(int(pairs.mean(axis=1).argmax()), pairs.__getitem__, len(pairs), keep)


def k_center_of_vectors(vectors: ArrayLike, keep: int) -> list[int]:
    """The same for more items than pairs fit the memory: O(n d) for each item chosen.

    Args:
        vectors: Unit vectors, shape (n_items, n_dimensions); the likeness of two is their cosine.
        keep: How many to choose, at least 1; all where there are fewer.

    Raises:
        UndefinedReading: There is no item.
        ValueError: None is to be chosen, or the vectors are no table of finite numbers.
    """
    rows = as_vectors(vectors)
    _check_choice(len(rows), keep)
    first = int((rows @ rows.mean(axis=0)).argmax())
    return _farthest_first(first, lambda item: rows @ rows[item], len(rows), keep)


def _farthest_first(first: int, like: Callable[[int], NDArray[np.float64]], n: int, keep: int) -> list[int]:
    chosen = [first]
    nearest = like(first).copy()
    nearest[first] = np.inf
    while len(chosen) < min(keep, n):
        farthest = int(nearest.argmin())
        chosen.append(farthest)
        np.maximum(nearest, like(farthest), out=nearest)
        nearest[farthest] = np.inf
    return chosen


def facility_location(likeness: ArrayLike, keep: int) -> list[int]:
    """Chooses items so that all items together are as like as can be to their nearest chosen one: greedily.

    Args:
        likeness: Likeness of each pair of items, shape (n_items, n_items), symmetric, 1 on the diagonal.
        keep: How many to choose, at least 1; all where there are fewer.

    Returns:
        Positions in the order of choice; each raises the sum of likenesses to the nearest choice the most.

    Raises:
        UndefinedReading: There is no item.
        ValueError: None is to be chosen, or the likeness is no symmetric square of finite numbers with 1 on its
            diagonal.

    Source:
        G. Nemhauser, L. Wolsey, M. Fisher (1978), Mathematical Programming 14:265-294: at least 1 - 1/e of the best
        sum, for likenesses that are not negative; negative ones count as 0 here. Bounds of earlier steps save most of
        the work: M. Minoux (1978).
    """
    pairs = np.clip(as_kernel(likeness), 0, None)
    n = len(pairs)
    _check_choice(n, keep)
    nearest = np.zeros(n)
    # A gain can only shrink as more is chosen, so an old one is an upper bound of the new one.
    bounds = [(-float(total), item) for item, total in enumerate(pairs.sum(axis=1))]
    heapq.heapify(bounds)
    chosen: list[int] = []
    while len(chosen) < min(keep, n):
        _, item = heapq.heappop(bounds)
        gain = float(np.maximum(pairs[item] - nearest, 0).sum())
        if bounds and -gain > bounds[0][0] + 1e-12:
            heapq.heappush(bounds, (-gain, item))
            continue
        chosen.append(item)
        nearest = np.maximum(nearest, pairs[item])
    return chosen


def _check_choice(n: int, keep: int) -> None:
    if not n:
        raise UndefinedReading("there are no items to choose from")
    if keep < 1:
        raise ValueError(f"{keep} items are to be chosen, allowed is 1 and more")


def coverage(likeness: ArrayLike, chosen: Sequence[int]) -> tuple[float, float]:
    """How near the items are to the chosen ones: the mean and the least likeness of an item to its nearest choice.

    Args:
        likeness: Likeness of each pair of items, shape (n_items, n_items), 1 on the diagonal.
        chosen: Positions of the chosen items, at least one.

    Returns:
        Mean and least likeness; 1 where every item is chosen or has a copy among the chosen.

    Raises:
        UndefinedReading: There is no item, or none is chosen.
        ValueError: The likeness is no table of finite numbers, or a position is not one of an item.

    Source:
        The objectives of `facility_location` (mean) and `k_center` (least).
    """
    pairs = as_vectors(likeness)
    picks = np.asarray(chosen, dtype=np.int64)
    if not pairs.size or not picks.size:
        raise UndefinedReading("there are no items to cover" if not pairs.size else "no item is chosen")
    if picks.min() < 0 or picks.max() >= len(pairs):
        raise ValueError(f"a position is not from 0 to {len(pairs) - 1}, where the items are")
    nearest = pairs[picks].max(axis=0)
    return float(nearest.mean()), float(nearest.min())


def groups_reached(groups: Sequence[Collection[int]], chosen: Collection[int]) -> int:
    """How many groups keep at least one item.

    Args:
        groups: Positions of the items of each group.
        chosen: Positions of the chosen items.

    Returns:
        Between 0 and the number of groups.
    """
    kept = set(chosen)
    return sum(not kept.isdisjoint(group) for group in groups)


def groups_reached_by_chance(sizes: Sequence[int], n: int, keep: int) -> float:
    """How many groups keep at least one item when items are drawn at random: the mean over all draws.

    Args:
        sizes: Items of each group, each from 0 to n.
        n: Items there are.
        keep: Items drawn without putting back, from 0 to n.

    Returns:
        Between 0 and the number of groups.

    Raises:
        ValueError: More items are drawn, or stand in a group, than there are.

    Source:
        The hypergeometric distribution: a group of s items is missed with probability C(n - keep, s) / C(n, s).
    """
    if not 0 <= keep <= n or any(not 0 <= size <= n for size in sizes):
        raise ValueError(f"there are {n} items; so many can be drawn or stand in a group at most, and no fewer than 0")
    return sum(1 - math.prod((n - keep - item) / (n - item) for item in range(size)) for size in sizes)
