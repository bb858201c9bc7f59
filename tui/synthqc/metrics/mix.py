"""A mix: the shares of kinds in a set, and what an exponent makes of them."""

from collections.abc import Mapping

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
