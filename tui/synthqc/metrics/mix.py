"""A mix: the shares of kinds in a set, and what an exponent makes of them."""

import math
from collections.abc import Mapping
from fractions import Fraction

from .undefined import UndefinedReading


def flattened(counts: Mapping[str, int], exponent: float) -> dict[str, float]:
    """Shares of kinds when each is drawn in proportion to its count raised to a power.

    Args:
        counts: Items of each kind, each at least 1.
        exponent: 1 draws kinds as often as they occur, 0 all equally often, more than 1 sharpens; XLM-R and mT5 use
            0.3 for languages.

    Returns:
        A share for each kind, between 0 and 1; together 1.

    Raises:
        UndefinedReading: There is no kind.
        ValueError: A count is no whole number of at least 1, or the exponent is negative or no number.

    Source:
        A. Conneau et al. (2019), arXiv:1911.02116, section 3.1.
    """
    if not counts:
        raise UndefinedReading("there are no kinds to mix")
    for kind, count in counts.items():
        if not 1 <= count < math.inf or count != int(count):
            raise ValueError(f"'{kind}' has {count} items, allowed is a whole number from 1")
    if not 0 <= exponent < math.inf:
        raise ValueError(f"the exponent is {exponent:g}, allowed is 0 and more")
    # Of the largest count, so that no power overflows.
    most = max(map(int, counts.values()))
    powers = {kind: (int(count) / most) ** float(exponent) for kind, count in counts.items()}
    total = sum(powers.values())
    return {kind: power / total for kind, power in powers.items()}


def distance(shares: Mapping[str, float], targets: Mapping[str, Fraction | float]) -> float:
    """Total variation distance of a mix from a target: the share of items that would have to be of another kind.

    Args:
        shares: Shares of kinds, together 1.
        targets: The same, of the mix that is wanted; a kind may stand in one only.

    Returns:
        Between 0 (the same mix) and 1 (no kind in common).

    Raises:
        UndefinedReading: One of the two has no kind.
        ValueError: The shares of one are negative, no numbers, or do not add up to 1.

    Source:
        D. Levin, Y. Peres, E. Wilmer (2009), Markov Chains and Mixing Times, section 4.1.
    """
    for mix in (shares, targets):
        if not mix:
            raise UndefinedReading("there are no kinds to compare")
        if not all(share >= 0 for share in mix.values()) or not math.isclose(sum(mix.values()), 1, abs_tol=1e-6):
            raise ValueError("the shares of a mix are numbers of at least 0 that add up to 1")
    kinds = dict.fromkeys([*shares, *targets])
    # Rounding of many shares can add up to a hair more than all of them.
    return min(1.0, math.fsum(abs(float(shares.get(kind, 0)) - float(targets.get(kind, 0))) for kind in kinds) / 2)


def largest_subset(counts: Mapping[str, int], targets: Mapping[str, Fraction]) -> int:
    """Items of the largest set that has the target shares and uses no item twice, each kind rounded down.

    Args:
        counts: Items of each kind.
        targets: Shares of the mix that is wanted, each above 0, together 1; exact ones give exact numbers.

    Returns:
        Items, 0 or more.

    Raises:
        UndefinedReading: No kind is wanted.
        ValueError: A share is not above 0, or a count is negative.
    """
    if not targets:
        raise UndefinedReading("there are no kinds to compare")
    if not all(share > 0 for share in targets.values()) or not all(count >= 0 for count in counts.values()):
        raise ValueError("counts are numbers of at least 0, and target shares are above 0")
    size = min(int(counts.get(kind, 0)) / share for kind, share in targets.items())
    return sum(int(size * share) for share in targets.values())


def targets_in(text: str) -> dict[str, Fraction]:
    """Target shares as people write them: `billing=0.5, returns=0.3, other=0.2`; they are made to add up to 1.

    Exact, because 30 items at a share of 0.3 make 100, where floats would make 99.

    Raises:
        ValueError: A part is no kind with a number above 0, or a kind stands there twice.
    """
    targets: dict[str, Fraction] = {}
    for part in text.split(","):
        kind, _, number = (piece.strip() for piece in part.rpartition("="))
        share = _share(number)
        if not kind or share is None or kind in targets:
            raise ValueError(f"'{part.strip()}' is no target; write kind=share, such as billing=0.5, each kind once")
        targets[kind] = share
    total = sum(targets.values())
    return {kind: share / total for kind, share in targets.items()}


def _share(number: str) -> Fraction | None:
    try:
        # A float first: a fraction with a billion digits would take all day.
        return Fraction(number) if 0 < float(number) < float("inf") else None
    except ValueError:
        return None
