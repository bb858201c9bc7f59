"""The escalation ladder on scored items: what a threshold routes to people, and what it lets through."""

from dataclasses import dataclass

import numpy as np

from .scored import Confidences, Truths, scored


@dataclass(frozen=True, slots=True)
class Ladder:
    """Shares of the tiers at two thresholds."""

    passed: float
    """Share passed without review."""
    rejected: float
    """Share rejected without review."""
    routed: float
    """Share sent to reviewers."""
    passed_errors: float | None
    """Share of wrong items among the passed ones; None where nothing passes."""
    rejected_good: float | None
    """Share of right items among the rejected ones; None where nothing is rejected."""
    let_through: float
    """Share of all items that is wrong and passes without review."""


def ladder_at(confidences: Confidences, are_right: Truths, *, pass_from: float, reject_below: float) -> Ladder:
    """Routes items by their confidence.

    Args:
        confidences: The scorer's probability that each item is right, shape (n_items,).
        are_right: Was it? True or False (or 1 or 0), as many as confidences.
        pass_from: Confidence from which an item passes.
        reject_below: Confidence below which it is rejected, at most `pass_from`.

    Raises:
        UndefinedReading: There is no item.
        ValueError: The thresholds are the wrong way round or no numbers, a confidence is no number between 0 and 1, a
            truth is neither true nor false, or there are not as many of both.
    """
    found, is_right = scored(confidences, are_right)
    # NaN is neither below nor above.
    if not reject_below <= pass_from:
        raise ValueError(f"items below {reject_below:g} are rejected, but items from {pass_from:g} pass")
    passed, rejected = is_right[found >= pass_from], is_right[found < reject_below]
    n = len(found)
    wrong = int(np.count_nonzero(~passed))
    return Ladder(
        len(passed) / n,
        len(rejected) / n,
        (n - len(passed) - len(rejected)) / n,
        wrong / len(passed) if len(passed) else None,
        int(np.count_nonzero(rejected)) / len(rejected) if len(rejected) else None,
        wrong / n,
    )
