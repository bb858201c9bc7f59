"""Intervals for a share: what an audit of some items says about all of them, and how many items it takes."""

import math
from collections.abc import Callable
from statistics import NormalDist

from .whole import is_whole

MOST_ITEMS = 10**15
"""An audit that would have to be larger than this is called impossible."""


def normal_quantile(level: float) -> float:
    """The number of standard errors on either side that holds a share of a normal distribution.

    Args:
        level: The share, above 0 and below 1; 0.95 gives 1.96.

    Raises:
        ValueError: The level is not between 0 and 1.
    """
    _check_inside(level, "the level")
    # The upper tail, because (1 + level) / 2 is rounded to 1 before the level is.
    return -NormalDist().inv_cdf((1 - float(level)) / 2)


def wilson(successes: int, trials: int, *, level: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of a share.

    Args:
        successes: Items with the property.
        trials: Items drawn at random, at least 1.
        level: Share of such intervals that hold the true share, two-sided.

    Returns:
        Lower and upper end, between 0 and 1; no wider than sense, unlike the normal approximation at 0 or n.

    Raises:
        ValueError: There is no trial, more successes than trials, a number that is no count, or a level that is not
            between 0 and 1.

    Source:
        E. B. Wilson (1927), JASA 22(158):209-212.
    """
    z = normal_quantile(level)
    if not is_whole(successes) or not is_whole(trials) or trials < 1 or not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no share")
    successes, trials = int(successes), int(trials)
    share = successes / trials
    centre = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = wilson_margin(share, trials, level=level)
    # Kept on their side of the share, where rounding would put them a hair beyond it.
    lower = 0.0 if successes == 0 else min(max(0.0, centre - half), share)
    upper = 1.0 if successes == trials else max(min(1.0, centre + half), share)
    return lower, upper


def wilson_margin(share: float, trials: int, *, level: float = 0.95) -> float:
    """Half the width of the Wilson interval around a share.

    Args:
        share: The share found or expected, from 0 to 1.
        trials: Items drawn at random, at least 1.
        level: Share of such intervals that hold the true share, two-sided.

    Returns:
        Above 0 and below 1/2; widest at a share of 1/2, and smaller the more items are drawn.

    Raises:
        ValueError: There is no trial, the share is none, or the level is not between 0 and 1.
    """
    z = normal_quantile(level)
    if not 0 <= share <= 1:
        raise ValueError(f"the share is {share:g}, allowed is 0 to 1")
    _check_trials(trials)
    trials = int(trials)
    return float(z / (1 + z * z / trials) * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)))


def upper_bound_without_errors(trials: int, *, level: float = 0.95) -> float:
    """The largest error rate at which so many items still show no error with a chance of 1 - level.

    Args:
        trials: Items drawn at random, at least 1, none of them wrong.
        level: One-sided confidence.

    Returns:
        Between 0 and 1; at 95 % about 3 / n.

    Raises:
        ValueError: There is no trial, or the level is not between 0 and 1.

    Source:
        The exact form of the rule of three: J. A. Hanley and A. Lippman-Hand (1983), JAMA 249(13):1743-1745.
    """
    _check_inside(level, "the level")
    _check_trials(trials)
    return -math.expm1(math.log1p(-level) / int(trials))


def rule_of_three(trials: int, *, level: float = 0.95) -> float:
    """The approximation that gave the rule its name: -ln(1 - level) / n, at 95 % 3 / n; at most 1.

    Args:
        trials: Items drawn at random, at least 1, none of them wrong.
        level: One-sided confidence.

    Returns:
        Between 0 and 1, never below the exact bound; from 60 items on within 3 % of it, at 95 % confidence.

    Raises:
        ValueError: There is no trial, or the level is not between 0 and 1.

    Source:
        J. A. Hanley and A. Lippman-Hand (1983), JAMA 249(13):1743-1745.
    """
    _check_inside(level, "the level")
    _check_trials(trials)
    return min(1.0, -math.log1p(-level) / int(trials))


def items_for_margin(margin: float, *, share: float = 0.5, level: float = 0.95) -> int:
    """The smallest audit whose Wilson interval is no wider than a margin on either side.

    Args:
        margin: Half the width wanted, above 0 and below 1.
        share: The share that one expects; at 1/2 the margin holds whatever is found.
        level: Share of such intervals that hold the true share, two-sided.

    Raises:
        ValueError: The margin, the share or the level is out of range, or it would take more than 10^15 items.
    """
    _check_inside(margin, "the margin")
    return _smallest(lambda trials: wilson_margin(share, trials, level=level) <= margin, at_least=1)


def items_to_claim(rate: float, errors: int = 0, *, level: float = 0.95) -> int:
    """The smallest audit after which, with so many errors found, the error rate is at most the one wanted.

    Args:
        rate: The largest error rate that may remain possible, above 0 and below 1.
        errors: Errors that the audit finds.
        level: Confidence of the claim.

    Returns:
        Items. With no error by the exact one-sided bound, else by the upper end of the two-sided Wilson interval.

    Raises:
        ValueError: The rate or the level is out of range, errors are no count, or it would take more than 10^15
            items.
    """
    _check_inside(rate, "the rate")
    if not is_whole(errors) or errors < 0:
        raise ValueError(f"{errors} is no number of errors, allowed is 0 and more")
    if errors == 0:
        return _smallest(lambda trials: upper_bound_without_errors(trials, level=level) <= rate, at_least=1)
    return _smallest(lambda trials: wilson(errors, trials, level=level)[1] <= rate, at_least=int(errors))


def _smallest(is_enough: Callable[[int], bool], *, at_least: int) -> int:
    """The smallest number that is enough, where all larger ones are."""
    high = at_least
    while not is_enough(high):
        high *= 2
        if high > MOST_ITEMS:
            raise ValueError("no audit of fewer than 10^15 items is enough")
    low = max(at_least, high // 2)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return low


def _check_inside(value: float, what: str) -> None:
    if not 0 < value < 1:
        raise ValueError(f"{what} is {value:g}, allowed is above 0 and below 1")


def _check_trials(trials: int) -> None:
    if not is_whole(trials) or trials < 1:
        raise ValueError(f"{trials} items tell nothing, it takes one")
