"""Calibration: does a confidence of 0.9 come true nine times in ten?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .scored import Confidences, Truths, scored
from .undefined import UndefinedReading
from .whole import is_whole

MOST_BINS = 10_000
"""More bins than this say nothing; the number is bounded so that a typing error cannot fill the memory."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Items of about the same confidence."""

    items: int
    """How many."""
    confidence: float
    """Their mean confidence."""
    accuracy: float
    """The share of them that is right."""


def bins_of(confidences: Confidences, are_right: Truths, *, bins: int = 10) -> list[Bin]:
    """Items by confidence, in equally wide bins from 0 to 1; empty bins are left out.

    Args:
        confidences: Between 0 and 1, shape (n_items,). Bin m of M holds those above (m - 1) / M and up to m / M, the
            first one 0 too: a border belongs to the bin below, as in Guo et al. and scikit-learn. Programs that give it
            to the bin above get another value where items lie right on a border.
        are_right: Was the item right? True or False (or 1 or 0), as many as confidences.
        bins: How many bins, from 1 to 10,000.

    Raises:
        UndefinedReading: There is no item.
        ValueError: A confidence is no number between 0 and 1, a truth is neither true nor false, there are not as
            many of both, or the number of bins is out of range.

    Source:
        C. Guo et al. (2017), On Calibration of Modern Neural Networks, arXiv:1706.04599, section 2.
    """
    found, is_right = scored(confidences, are_right)
    places = _bins(found, bins)
    items = np.bincount(places, minlength=bins)
    sure = np.bincount(places, weights=found, minlength=bins)
    right = np.bincount(places, weights=is_right, minlength=bins)
    return [
        Bin(int(items[place]), float(sure[place] / items[place]), float(right[place] / items[place]))
        for place in np.flatnonzero(items)
    ]


def histogram(confidences: Confidences, *, bins: int = 10) -> list[int]:
    """How many items fall into each bin of confidence, empty ones included.

    Args:
        confidences: Between 0 and 1, shape (n_items,); borders as in `bins_of`.
        bins: How many bins, from 1 to 10,000.

    Returns:
        A count for each bin, the one that begins at 0 first.

    Raises:
        UndefinedReading: There is no item.
        ValueError: A confidence is no number between 0 and 1, or the number of bins is out of range.
    """
    found, _ = scored(confidences, np.zeros(len(confidences), dtype=bool))
    return [*map(int, np.bincount(_bins(found, bins), minlength=bins))]


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """The mean distance between confidence and accuracy over bins, weighted by items; 0 is calibrated, at most 1.

    Args:
        bins: Bins as `bins_of` gives them. The value depends on their number: compare only at one number.

    Raises:
        UndefinedReading: There is no bin.

    Source:
        C. Guo et al. (2017), On Calibration of Modern Neural Networks, arXiv:1706.04599, equation 3.
    """
    if not bins:
        raise UndefinedReading("there are no scored items")
    total = sum(one.items for one in bins)
    return sum(one.items * abs(one.confidence - one.accuracy) for one in bins) / total


def maximum_calibration_error(bins: Sequence[Bin]) -> float:
    """The largest distance between confidence and accuracy in any bin; 0 is calibrated, at most 1.

    Args:
        bins: Bins as `bins_of` gives them. A bin of one item can be as far off as can be by chance.

    Raises:
        UndefinedReading: There is no bin.

    Source:
        C. Guo et al. (2017), On Calibration of Modern Neural Networks, arXiv:1706.04599, equation 5.
    """
    if not bins:
        raise UndefinedReading("there are no scored items")
    return max(abs(one.confidence - one.accuracy) for one in bins)


def brier_score(confidences: Confidences, are_right: Truths) -> float:
    """The mean squared distance between confidence and outcome; 0 is best, 0.25 is what "always 0.5" gets.

    Args:
        confidences: Between 0 and 1, shape (n_items,).
        are_right: Was the item right? True or False (or 1 or 0), as many as confidences.

    Returns:
        Between 0 and 1.

    Raises:
        UndefinedReading: There is no item.
        ValueError: A confidence is no number between 0 and 1, a truth is neither true nor false, or there are not as
            many of both.

    Source:
        G. W. Brier (1950), Monthly Weather Review 78(1):1-3; the form for two outcomes, which is half of his.
    """
    found, is_right = scored(confidences, are_right)
    return float(np.mean(np.square(found - is_right)))


def _bins(confidences: NDArray[np.float64], bins: int) -> NDArray[np.int64]:
    """The bin of each item."""
    if not is_whole(bins) or not 1 <= bins <= MOST_BINS:
        raise ValueError(f"the number of bins is {bins!r:.60}, allowed is a whole number from 1 to {MOST_BINS:,}")
    # Compared with the borders as they are written: 0.57 * 100 is a little less than 57.
    return np.searchsorted(np.arange(1, bins) / int(bins), confidences, side="left")
