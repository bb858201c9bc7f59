"""Agreement of raters beyond chance."""

from collections import Counter
from collections.abc import Hashable, Sequence

from .undefined import UndefinedReading


def raw_agreement(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """The share of items that two raters label alike, between 0 and 1.

    Raises:
        UndefinedReading: There is no item.
    """
    if not first:
        raise UndefinedReading("no item was rated by both")
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)


def cohens_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Agreement of two raters on unordered labels, corrected for chance.

    Args:
        first: Labels of one rater.
        second: Labels of the other for the same items.

    Returns:
        (agreement - chance) / (1 - chance): 1 is perfect, 0 what chance gives, down to -1. It describes the batch,
        no single item, and falls when one label is rare.

    Raises:
        UndefinedReading: There is no item, or both raters gave one label throughout, so that chance agrees always.

    Source:
        J. Cohen (1960), A coefficient of agreement for nominal scales.
    """
    observed = raw_agreement(first, second)
    n = len(first)
    counts = Counter(first), Counter(second)
    # In whole numbers, so that "always agree by chance" is met exactly.
    by_chance = sum(counts[0][label] * counts[1][label] for label in counts[0])
    if by_chance == n * n:
        raise UndefinedReading("both raters gave every item the same label, so there is no chance to correct for")
    chance = by_chance / (n * n)
    return (observed - chance) / (1 - chance)


def kappa_at(agreement: float, commoner: float) -> float:
    """Cohen's kappa of two raters who agree on a share of the items and both give one label to another share.

    Args:
        agreement: Raw agreement, between 0 and 1.
        commoner: Share of the items to which each rater gives the commoner of two labels, 0.5 or more, below 1.

    Raises:
        ValueError: No two raters can do both.
    """
    if not 0.5 <= commoner < 1 or not 2 * commoner - 1 - 1e-12 <= agreement <= 1 or 1 - agreement > 2 * (1 - commoner):
        raise ValueError(f"agreement {agreement:g} with a commoner label of {commoner:g} cannot be")
    chance = commoner**2 + (1 - commoner) ** 2
    return (agreement - chance) / (1 - chance)
