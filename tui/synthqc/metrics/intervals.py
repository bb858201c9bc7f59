"""Intervals for a share: what an audit of some items says about all of them."""

import math

Z_95 = 1.959963984540054
"""Standard normal quantile of a two-sided 95 % interval."""


def wilson(successes: int, trials: int, z: float = Z_95) -> tuple[float, float]:
    """The Wilson score interval of a share.

    Args:
        successes: Items with the property.
        trials: Items drawn at random, at least 1.
        z: Normal quantile; the default gives 95 %.

    Returns:
        Lower and upper end, between 0 and 1; no wider than sense, unlike the normal approximation at 0 or n.

    Raises:
        ValueError: There is no trial, or more successes than trials.

    Source:
        E. B. Wilson (1927), JASA 22(158):209-212.
    """
    if trials < 1 or not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no share")
    share = successes / trials
    scale = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / scale
    half = z / scale * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    lower = 0.0 if successes == 0 else max(0.0, centre - half)
    upper = 1.0 if successes == trials else min(1.0, centre + half)
    return lower, upper


def upper_bound_without_errors(trials: int) -> float:
    """The largest error rate that leaves a 5 % chance to see no error in so many items: about 3 / n.

    Raises:
        ValueError: There is no trial.

    Source:
        The rule of three: J. A. Hanley and A. Lippman-Hand (1983), JAMA 249(13):1743-1745. This is its exact form.
    """
    if trials < 1:
        raise ValueError(f"{trials} items tell nothing, it takes one")
    return float(1 - 0.05 ** (1 / trials))
