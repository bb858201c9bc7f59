"""The best of n by score from items that are at hand: what its score and its truth are on average, exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .correlation import as_numbers
from .undefined import UndefinedReading


@dataclass(frozen=True, slots=True)
class Choice:
    """The item with the best score of so many, on average over all ways to draw them."""

    candidates: int
    """How many are drawn, without putting back."""
    score: float
    """The expected score of the best, in the unit of the scores."""
    truth: float
    """Its expected truth, in the unit of the truths."""


def best_of(scores: ArrayLike, truths: ArrayLike, candidates: Sequence[int]) -> list[Choice]:
    """Expected score and truth of the best of n by score, for every n asked for, from order statistics.

    Of N items sorted by score, that of rank i is the best of n drawn with probability C(i-1, n-1) / C(N, n). Among
    equal scores each is as likely. Three items with scores 1, 2, 3 and truths 5, 9, 1: of two, the best is the second
    in one case of three and the third in two, so the expected truth is (9 + 2 x 1) / 3.

    Args:
        scores: The scores, shape (n_items,).
        truths: What each item is truly worth, in any unit, for the same items in the same order.
        candidates: Numbers of items to draw, each from 1 to n_items.

    Returns:
        One choice for each number, in their order. The score never falls with the number; the truth may.

    Raises:
        UndefinedReading: There is no item.
        ValueError: Columns of different lengths, what is no finite number, or more candidates than items.

    Source:
        The unbiased estimator of R. Nakano et al. (2021), WebGPT, arXiv:2112.09332, appendix I, as used by L. Gao et
        al. (2022), arXiv:2210.10760.
    """
    given, worth = _columns(scores, truths)
    for number in candidates:
        if not 1 <= number <= given.size:
            raise ValueError(f"the best of {number} cannot be had from {given.size} items")
    order = np.argsort(given, kind="stable")
    ordered, worth = given[order], _shared_by_ties(given[order], worth[order])
    found = []
    for number in candidates:
        weights = _chances(given.size, number)
        found.append(Choice(number, float(weights @ ordered), float(weights @ worth)))
    return found


def truth_at_top(scores: ArrayLike, truths: ArrayLike, share: float) -> float:
    """The mean truth of the share of items with the best scores.

    Args:
        scores: The scores, shape (n_items,).
        truths: What each item is truly worth, for the same items in the same order.
        share: Share of the items, above 0 and up to 1; at least one item is taken.

    Returns:
        The mean, in the unit of the truths. Where equal scores share the last place, each is as likely to have it.

    Raises:
        UndefinedReading: There is no item.
        ValueError: Columns of different lengths, what is no finite number, or a share out of range.
    """
    if not 0 < share <= 1:
        raise ValueError(f"the share is {share}, allowed is above 0 and up to 1")
    given, worth = _columns(scores, truths)
    order = np.argsort(given, kind="stable")
    taken = max(1, round(share * given.size))
    return float(_shared_by_ties(given[order], worth[order])[-taken:].mean())


def _columns(scores: ArrayLike, truths: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    given, worth = as_numbers(scores, "the scores"), as_numbers(truths, "the truths")
    if given.size != worth.size:
        raise ValueError(f"there are {given.size} scores and {worth.size} truths, it needs as many of both")
    if not given.size:
        raise UndefinedReading("there are no scored items")
    return given, worth


def _shared_by_ties(ordered: NDArray[np.float64], worth: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each item's worth replaced by the mean of all that have its score."""
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    counts = np.diff(np.append(starts, ordered.size))
    return np.asarray(np.repeat(np.add.reduceat(worth, starts) / counts, counts), dtype=np.float64)


def _chances(items: int, drawn: int) -> NDArray[np.float64]:
    """The chance of each rank, lowest first, to be the best of those drawn; they add up to 1."""
    ranks = np.arange(1, items + 1, dtype=np.float64)
    # C(i, n) / C(N, n) downwards from i = N: each is the one above times (i + 1 - n) / (i + 1).
    factors = np.concatenate((np.maximum(ranks[1:] - drawn, 0) / ranks[1:], [1.0]))
    all_within = np.cumprod(factors[::-1])[::-1]
    return np.asarray(all_within * drawn / ranks, dtype=np.float64)
