"""A mix: the shares of kinds in a set, and what an exponent makes of them."""

from collections.abc import Mapping
from fractions import Fraction

from .undefined import UndefinedReading


def flattened(counts: Mapping[str, int], exponent: float) -> dict[str, float]:
    """Shares of kinds when each is drawn in proportion to its count raised to a power.

    Args:
        counts: Items of each kind, each at least 1.
        exponent: 1 draws kinds as often as they occur, 0 all equally often; XLM-R and mT5 use 0.3 for languages.

    Returns:
        A share for each kind, between 0 and 1; together 1.

    Raises:
        UndefinedReading: There is no kind.

    Source:
        A. Conneau et al. (2019), arXiv:1911.02116, section 3.1.
    """
    if not counts:
        raise UndefinedReading("there are no kinds to mix")
    powers = {kind: count**exponent for kind, count in counts.items()}
    total = sum(powers.values())
    return {kind: power / total for kind, power in powers.items()}


def distance(shares: Mapping[str, float], targets: Mapping[str, Fraction]) -> float:
    """Total variation distance of a mix from a target: the share of items that would have to be of another kind.

    Args:
        shares: Shares of kinds, together 1.
        targets: The same, of the mix that is wanted; a kind may stand in one only.

    Returns:
        Between 0 (the same mix) and 1 (no kind in common).

    Source:
        D. Levin, Y. Peres, E. Wilmer (2009), Markov Chains and Mixing Times, section 4.1.
    """
    kinds = dict.fromkeys([*shares, *targets])
    return sum(abs(shares.get(kind, 0.0) - float(targets.get(kind, 0))) for kind in kinds) / 2


def largest_subset(counts: Mapping[str, int], targets: Mapping[str, Fraction]) -> int:
    """Items of the largest set that has the target shares and uses no item twice, each kind rounded down.

    Args:
        counts: Items of each kind.
        targets: Shares of the mix that is wanted, each above 0, together 1.
    """
    size = min(counts.get(kind, 0) / share for kind, share in targets.items())
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
