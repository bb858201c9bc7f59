"""Agreement of raters beyond chance."""

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from numbers import Real
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from .crosstable import Crosstable, Labels, crosstable
from .intervals import normal_quantile
from .labels import Ratings, Units, ratings_of
from .undefined import UndefinedReading

Weights = Literal["none", "linear", "quadratic"]
"""How much a disagreement counts: all the same, or more the further apart two ordered labels stand."""

Scale = Literal["nominal", "ordinal", "interval", "ratio"]
"""What labels are: names, ranks, numbers with a distance, or numbers with a true zero."""

_POWERS: dict[Weights, int] = {"none": 0, "linear": 1, "quadratic": 2}


def raw_agreement(first: Labels, second: Labels) -> float:
    """The share of items that two raters label alike.

    Args:
        first: Labels of one rater, shape (n_items,): a list, a tuple or an array.
        second: Labels of the other for the same items in the same order.

    Returns:
        Between 0 and 1.

    Raises:
        UndefinedReading: There is no item.
        ValueError: The raters have different numbers of items, or a label is missing (None or NaN).
    """
    table = crosstable(first, second)
    return table.agreed / table.items


def cohens_kappa(first: Labels, second: Labels, weights: Weights = "none") -> float:
    """Agreement of two raters, corrected for chance.

    Args:
        first: Labels of one rater, shape (n_items,): a list, a tuple or an array.
        second: Labels of the other for the same items in the same order. Swapping the raters changes nothing.
        weights: For ordered labels, how distance counts: by places among the labels that occur, or its square.

    Returns:
        (agreement - chance) / (1 - chance): 1 is perfect, 0 what chance gives, down to -1. It describes the batch,
        no single item, and falls when one label is rare. Exact up to the last division.

    Raises:
        UndefinedReading: There is no item, or both raters gave one label throughout, so that chance agrees always.
        ValueError: The raters have different numbers of items, a label is missing (None or NaN), or labels have no
            order where weights need one.

    Source:
        J. Cohen (1960), A coefficient of agreement for nominal scales, doi:10.1177/001316446002000104; J. Cohen
        (1968), Weighted kappa, doi:10.1037/h0026256.
    """
    table = _table(first, second, weights)
    observed, expected = _disagreement(table, _POWERS[weights])
    return (expected - table.items * observed) / expected


def kappa_standard_error(first: Labels, second: Labels, weights: Weights = "none") -> float:
    """The standard error of Cohen's kappa: how far it would vary over other items of the same kind.

    Args:
        first: Labels of one rater, shape (n_items,).
        second: Labels of the other for the same items in the same order.
        weights: As in `cohens_kappa`.

    Returns:
        0 or more. For large numbers of items only; 0 where all labels agree, which then says nothing.

    Raises:
        UndefinedReading: As in `cohens_kappa`.
        ValueError: As in `cohens_kappa`.

    Source:
        J. L. Fleiss, J. Cohen, B. S. Everitt (1969), Large sample standard errors of kappa and weighted kappa,
        Psychological Bulletin 72(5):323-327, doi:10.1037/h0028106.
    """
    table = _table(first, second, weights)
    power, n = _POWERS[weights], table.items
    observed, expected = (total / n for total in _disagreement(table, power))
    expected /= n
    to_second = np.array(_distances_to(table.of_second, power), dtype=np.float64)[table.rows] / n
    to_first = np.array(_distances_to(table.of_first, power), dtype=np.float64)[table.columns] / n
    # What one item adds to 1 - observed / expected, to first order: their variance is that of kappa.
    pull = _distances(table, power) / expected - observed / expected**2 * (to_second + to_first)
    shares = table.counts / n
    return math.sqrt(float(shares @ (pull - shares @ pull) ** 2) / n)


def kappa_interval(
    first: Labels, second: Labels, weights: Weights = "none", *, level: float = 0.95
) -> tuple[float, float]:
    """The interval around Cohen's kappa that its standard error gives.

    Args:
        first: Labels of one rater, shape (n_items,).
        second: Labels of the other for the same items in the same order.
        weights: As in `cohens_kappa`.
        level: Share of such intervals that hold the kappa of all items, two-sided.

    Returns:
        Lower and upper end, cut to -1 and 1. Too narrow on few items, and of no width where all labels agree.

    Raises:
        UndefinedReading: As in `cohens_kappa`.
        ValueError: As in `cohens_kappa`, or the level is not between 0 and 1.

    Source:
        J. L. Fleiss, J. Cohen, B. S. Everitt (1969), doi:10.1037/h0028106.
    """
    kappa = cohens_kappa(first, second, weights)
    half = normal_quantile(level) * kappa_standard_error(first, second, weights)
    return max(-1.0, kappa - half), min(1.0, kappa + half)


def kappa_by_label(first: Labels, second: Labels) -> dict[Any, float]:
    """For each label, Cohen's kappa on the question whether an item has it or any other.

    Args:
        first: Labels of one rater, shape (n_items,).
        second: Labels of the other for the same items in the same order.

    Returns:
        A kappa for each label that occurs: the lowest are those that the raters do not share. Their mean, weighted by
        the disagreement that chance would give, is the kappa of all labels together.

    Raises:
        UndefinedReading: There is no item, or both raters gave one label throughout.
        ValueError: As in `cohens_kappa`.

    Source:
        J. L. Fleiss, B. Levin, M. C. Paik (2003), Statistical Methods for Rates and Proportions, section 18.1.
    """
    table = _table(first, second, "none")
    n, ones, others = table.items, table.of_first, table.of_second
    agreed = [0] * len(table.labels)
    is_same = table.rows == table.columns
    for place, count in zip(table.rows[is_same].tolist(), table.counts[is_same].tolist(), strict=True):
        agreed[place] = count
    kappas = {}
    for label, one, other, both in zip(table.labels, ones, others, agreed, strict=True):
        expected = one * (n - other) + other * (n - one)
        kappas[label] = (expected - n * (one + other - 2 * both)) / expected
    return kappas


def _table(first: Labels, second: Labels, weights: Weights) -> Crosstable:
    if weights not in _POWERS:
        raise ValueError(f"weights are {weights!r:.60}, allowed is one of {', '.join(_POWERS)}")
    table = crosstable(first, second, ordered=weights != "none")
    if len(table.labels) < 2:
        raise UndefinedReading("both raters gave every item the same label, so there is no chance to correct for")
    return table


def _disagreement(table: Crosstable, power: int) -> tuple[int, int]:
    """The sum of distances over all items, and over all pairs of a label of one rater and one of the other.

    In whole numbers of any size, so that kappa is exact and a sum cannot overflow.
    """
    distances = map(int, _distances(table, power))
    observed = sum(count * distance for count, distance in zip(table.counts.tolist(), distances, strict=True))
    to_second = _distances_to(table.of_second, power)
    return observed, sum(count * distance for count, distance in zip(table.of_first, to_second, strict=True))


def _distances(table: Crosstable, power: int) -> NDArray[np.int64]:
    """How far apart the labels of each pair stand; with power 0, whether they differ."""
    apart: NDArray[np.int64] = np.abs(table.rows - table.columns)
    return np.minimum(apart, 1) if power == 0 else np.power(apart, power)


def _distances_to(counts: Sequence[int], power: int) -> list[int]:
    """For each label, the sum of its distances to all labels that a rater gave, in one pass instead of all pairs."""
    n = sum(counts)
    if power == 0:
        return [n - count for count in counts]
    first = sum(place * count for place, count in enumerate(counts))
    if power == 1:
        # One step up takes every label below one further away, and brings every other one nearer.
        steps = (2 * below - n for below in itertools.accumulate(counts[:-1]))
        return [*itertools.accumulate(steps, initial=first)]
    second = sum(place * place * count for place, count in enumerate(counts))
    return [second - 2 * place * first + place * place * n for place in range(len(counts))]


def krippendorffs_alpha(units: Units, scale: Scale = "nominal") -> float:
    """Agreement of any number of raters, with gaps, corrected for chance.

    Args:
        units: For each item, the labels that it got: a list of lists of any lengths, or an array of items by raters.
            None and NaN are gaps; items with fewer than two labels are left out. Numbers for all scales but the
            nominal one, of at least 0 for the ratio scale.
        scale: What labels are, which decides how far apart two of them stand.

    Returns:
        1 minus observed over expected disagreement: 1 is perfect, 0 what chance gives, below 0 worse than chance.

    Raises:
        UndefinedReading: No item has two labels, or all labels are the same.
        ValueError: The table has not two dimensions, or labels are of a kind that the scale does not take.

    Source:
        K. Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    if scale not in ("nominal", "ordinal", "interval", "ratio"):
        raise ValueError(f"the scale is {scale!r:.60}, allowed is one of nominal, ordinal, interval, ratio")
    ratings = ratings_of(units)
    if len(ratings.labels) < 2:
        raise UndefinedReading("all labels are the same, so there is no chance to correct for")
    positions = ratings.codes if scale == "nominal" else _positions(ratings, scale)[ratings.codes]
    observed, expected = _observed(positions, ratings.lengths, scale), _expected(ratings, scale)
    if expected == 0:
        raise UndefinedReading("all labels lie too near each other to tell them apart")
    return float(1 - (ratings.codes.size - 1) * observed / expected)


def _observed(values: NDArray[Any], lengths: NDArray[np.int64], scale: Scale) -> Fraction:
    """The sum of distances over ordered pairs of labels within items, each item weighted by 1 / (labels - 1)."""
    total = Fraction(0)
    sizes = np.flatnonzero(np.bincount(lengths)).tolist()
    for size in sizes:
        of_size = values if len(sizes) == 1 else values[np.repeat(lengths == size, lengths)]
        columns = np.ascontiguousarray(of_size.reshape(-1, size).T)
        pairs = sum(
            float(_apart(columns[place], columns[place + 1 :], scale).sum(dtype=np.float64))
            for place in range(size - 1)
        )
        total += Fraction(2 * pairs) / (size - 1)
    return total


def _expected(ratings: Ratings, scale: Scale) -> Fraction:
    """The sum of distances over all ordered pairs of labels."""
    counts, n = ratings.counts, ratings.codes.size
    if scale == "nominal":
        return Fraction(n * n - sum(count * count for count in counts.tolist()))
    positions = _positions(ratings, scale)
    if scale == "ratio":
        rows = (counts[place] * (counts @ _apart(positions[place], positions, scale)) for place in range(counts.size))
        return Fraction(sum(map(float, rows)))
    return Fraction(float(2 * n * (counts @ np.square(positions - counts @ positions / n))))


def _apart(one: NDArray[Any], other: NDArray[Any], scale: Scale) -> NDArray[Any]:
    """The squared distances of labels from labels."""
    apart: NDArray[Any] = one != other if scale == "nominal" else one - other
    if scale == "ratio":
        total = one + other
        # Two zeros are the same label.
        apart = apart / np.where(total > 0, total, 1)
    return apart if scale == "nominal" else np.square(apart)


def _positions(ratings: Ratings, scale: Scale) -> NDArray[np.float64]:
    """Where labels stand on a scale, in units that keep squares from overflowing."""
    if not all(isinstance(label, (Real, np.bool_)) for label in ratings.labels):
        strange = next(label for label in ratings.labels if not isinstance(label, (Real, np.bool_)))
        raise ValueError(f"the {scale} scale needs labels that are numbers, not {strange!r:.60}")
    try:
        values = np.array([float(label) for label in ratings.labels])
    except OverflowError as error:
        raise ValueError(f"the {scale} scale needs smaller numbers: {error}") from error
    if not np.isfinite(values).all():
        raise ValueError(f"the {scale} scale needs labels that are finite numbers")
    if scale == "ratio":
        if values.min() < 0:
            raise ValueError(f"the ratio scale needs numbers of at least 0, not {values.min():g}")
    elif scale == "ordinal":
        values = _middle_ranks(values, ratings.counts)
    else:
        # Half of each, so that even the ends of what a number can be lie a number apart.
        values = values / 2 - values.min() / 2
    # By a power of two, which changes no digit.
    scaled: NDArray[np.float64] = np.ldexp(values, -int(np.frexp(values.max())[1]))
    return scaled


def _middle_ranks(values: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """For each label, twice the middle of the ranks that its ratings take up."""
    order = np.argsort(values)
    ranks = np.empty(values.size)
    ranks[order] = 2 * np.cumsum(counts[order]) - counts[order]
    return ranks


def kappa_at(agreement: float, commoner: float) -> float:
    """Cohen's kappa of two raters who agree on a share of the items and both give one label to another share.

    Args:
        agreement: Raw agreement, between 0 and 1.
        commoner: Share of the items to which each rater gives the commoner of two labels, 0.5 or more, below 1.

    Returns:
        Kappa, from -1 to 1.

    Raises:
        ValueError: No two raters can do both.

    Source:
        J. Cohen (1960), doi:10.1177/001316446002000104, with equal margins.
    """
    if not 0.5 <= commoner < 1 or not 2 * commoner - 1 - 1e-12 <= agreement <= 1 or 1 - agreement > 2 * (1 - commoner):
        raise ValueError(f"agreement {agreement:g} with a commoner label of {commoner:g} cannot be")
    chance = commoner**2 + (1 - commoner) ** 2
    return float((agreement - chance) / (1 - chance))
