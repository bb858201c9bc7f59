"""The escalation ladder on scored items: what a threshold routes to people, and what it lets through."""

from collections.abc import Sequence
from dataclasses import dataclass

from .undefined import UndefinedReading


@dataclass(frozen=True, slots=True)
class Ladder:
    """Shares of the tiers at two thresholds."""

    passed: float
    """Share passed without review."""
    rejected: float
    """Share rejected without review."""
    routed: float
    """Share sent to reviewers."""
    passed_errors: float
    """Share of wrong items among the passed ones; 0 where nothing passes."""
    rejected_good: float
    """Share of right items among the rejected ones; 0 where nothing is rejected."""


def ladder_at(
    confidences: Sequence[float], are_right: Sequence[bool], *, pass_from: float, reject_below: float
) -> Ladder:
    """Routes items by their confidence.

    Args:
        confidences: The scorer's probability that each item is right.
        are_right: Was it? As many as confidences.
        pass_from: Confidence from which an item passes.
        reject_below: Confidence below which it is rejected, at most `pass_from`.

    Raises:
        UndefinedReading: There is no item.
        ValueError: The thresholds are the wrong way round.
    """
    if not confidences:
        raise UndefinedReading("there are no scored items")
    if reject_below > pass_from:
        raise ValueError(f"items below {reject_below:g} are rejected, but items from {pass_from:g} pass")
    passed = [right for c, right in zip(confidences, are_right, strict=True) if c >= pass_from]
    rejected = [right for c, right in zip(confidences, are_right, strict=True) if c < reject_below]
    n = len(confidences)
    return Ladder(
        len(passed) / n,
        len(rejected) / n,
        (n - len(passed) - len(rejected)) / n,
        1 - sum(passed) / len(passed) if passed else 0.0,
        sum(rejected) / len(rejected) if rejected else 0.0,
    )
