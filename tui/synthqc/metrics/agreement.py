"""Agreement of raters beyond chance."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Literal

from .undefined import UndefinedReading


def raw_agreement(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """The share of items that two raters label alike, between 0 and 1.

    Raises:
        UndefinedReading: There is no item.
    """
    if not first:
        raise UndefinedReading("no item was rated by both")
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)


Weights = Literal["none", "linear", "quadratic"]
"""How much a disagreement counts: all the same, or more the further apart two ordered labels stand."""

Scale = Literal["nominal", "ordinal", "interval", "ratio"]
"""What labels are: names, ranks, numbers with a distance, or numbers with a true zero."""


def cohens_kappa(first: Sequence[Hashable], second: Sequence[Hashable], weights: Weights = "none") -> float:
    """Agreement of two raters, corrected for chance.

    Args:
        first: Labels of one rater.
        second: Labels of the other for the same items.
        weights: For ordered labels, how distance counts: by places among the labels that occur, or its square.

    Returns:
        (agreement - chance) / (1 - chance): 1 is perfect, 0 what chance gives, down to -1. It describes the batch,
        no single item, and falls when one label is rare.

    Raises:
        UndefinedReading: There is no item, or both raters gave one label throughout, so that chance agrees always.

    Source:
        J. Cohen (1960), A coefficient of agreement for nominal scales; J. Cohen (1968), Weighted kappa.
    """
    observed = raw_agreement(first, second)
    if weights != "none":
        return _weighted_kappa(first, second, 1 if weights == "linear" else 2)
    n = len(first)
    counts = Counter(first), Counter(second)
    # In whole numbers, so that "always agree by chance" is met exactly.
    by_chance = sum(counts[0][label] * counts[1][label] for label in counts[0])
    if by_chance == n * n:
        raise UndefinedReading("both raters gave every item the same label, so there is no chance to correct for")
    chance = by_chance / (n * n)
    return (observed - chance) / (1 - chance)


def _weighted_kappa(first: Sequence[Any], second: Sequence[Any], power: int) -> float:
    places = {label: place for place, label in enumerate(sorted({*first, *second}))}
    if len(places) < 2:
        raise UndefinedReading("both raters gave every item the same label, so there is no chance to correct for")
    counts = Counter(first), Counter(second)
    observed = sum(abs(places[a] - places[b]) ** power for a, b in zip(first, second, strict=True)) / len(first)
    expected = sum(
        counts[0][a] * counts[1][b] * abs(places[a] - places[b]) ** power for a in counts[0] for b in counts[1]
    )
    return float(1 - observed * len(first) ** 2 / expected)


def krippendorffs_alpha(units: Sequence[Sequence[Hashable]], scale: Scale = "nominal") -> float:
    """Agreement of any number of raters, with gaps, corrected for chance.

    Args:
        units: For each item, the labels that it got; items with fewer than two are left out. Numbers for all scales
            but the nominal one.
        scale: What labels are, which decides how far apart two of them stand.

    Returns:
        1 minus observed over expected disagreement: 1 is perfect, 0 what chance gives, below 0 worse than chance.

    Raises:
        UndefinedReading: No item has two labels, or all labels are the same.

    Source:
        K. Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    paired = [unit for unit in units if len(unit) > 1]
    if not paired:
        raise UndefinedReading("no item was rated by two raters or more")
    coincidences: defaultdict[tuple[Any, Any], float] = defaultdict(float)
    for unit in paired:
        for place, one in enumerate(unit):
            for other_place, other in enumerate(unit):
                if place != other_place:
                    coincidences[one, other] += 1 / (len(unit) - 1)
    totals: defaultdict[Any, float] = defaultdict(float)
    for (one, _), count in coincidences.items():
        totals[one] += count
    if len(totals) < 2:
        raise UndefinedReading("all labels are the same, so there is no chance to correct for")
    n = sum(totals.values())
    distance = _distances(totals, scale)
    observed = sum(count * distance(a, b) for (a, b), count in coincidences.items())
    expected = sum(totals[a] * totals[b] * distance(a, b) for a in totals for b in totals)
    return 1 - (n - 1) * observed / expected


def _distances(totals: Mapping[Any, float], scale: Scale) -> Callable[[Any, Any], float]:
    """The squared distance of two labels on a scale."""
    if scale == "nominal":
        return lambda a, b: float(a != b)
    if scale == "interval":
        return lambda a, b: float(a - b) ** 2
    if scale == "ratio":
        return lambda a, b: float((a - b) / (a + b)) ** 2 if a + b else 0.0
    ranked = sorted(totals)
    below: dict[Any, float] = {}
    running = 0.0
    for label in ranked:
        below[label] = running + totals[label] / 2
        running += totals[label]
    return lambda a, b: float(below[a] - below[b]) ** 2


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
