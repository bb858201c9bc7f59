"""Calibration: does a confidence of 0.9 come true nine times in ten?"""

from collections.abc import Sequence
from dataclasses import dataclass

from .undefined import UndefinedReading


@dataclass(frozen=True, slots=True)
class Bin:
    """Items of about the same confidence."""

    items: int
    """How many."""
    confidence: float
    """Their mean confidence."""
    accuracy: float
    """The share of them that is right."""


def bins_of(confidences: Sequence[float], are_right: Sequence[bool], *, bins: int = 10) -> list[Bin]:
    """Items by confidence, in equally wide bins from 0 to 1; empty bins are left out.

    Args:
        confidences: Between 0 and 1; a border belongs to the bin above, 1 to the last.
        are_right: Was the item right? As many as confidences.
        bins: How many bins.

    Raises:
        UndefinedReading: There is no item.
        ValueError: A confidence is no number between 0 and 1.
    """
    if not confidences:
        raise UndefinedReading("there are no scored items")
    if not all(0 <= one <= 1 for one in confidences):
        raise ValueError("a confidence lies outside 0 to 1")
    grouped: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, is_right in zip(confidences, are_right, strict=True):
        grouped[min(int(confidence * bins), bins - 1)].append((confidence, is_right))
    return [
        Bin(len(group), sum(c for c, _ in group) / len(group), sum(r for _, r in group) / len(group))
        for group in grouped
        if group
    ]


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """The mean distance between confidence and accuracy over bins, weighted by items; 0 is calibrated, at most 1.

    Source:
        C. Guo et al. (2017), On Calibration of Modern Neural Networks, arXiv:1706.04599, equation 3.
    """
    total = sum(one.items for one in bins)
    return sum(one.items * abs(one.confidence - one.accuracy) for one in bins) / total


def brier_score(confidences: Sequence[float], are_right: Sequence[bool]) -> float:
    """The mean squared distance between confidence and outcome; 0 is best, 0.25 is what "always 0.5" gets.

    Raises:
        UndefinedReading: There is no item.

    Source:
        G. W. Brier (1950), Monthly Weather Review 78(1):1-3.
    """
    if not confidences:
        raise UndefinedReading("there are no scored items")
    return sum((c - r) ** 2 for c, r in zip(confidences, are_right, strict=True)) / len(confidences)
