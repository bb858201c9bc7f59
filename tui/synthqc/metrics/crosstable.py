"""A crosstable: how often two raters gave which pair of labels."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .undefined import UndefinedReading

Labels = Sequence[Any] | NDArray[Any]
"""One rater's label for each item: text, numbers, booleans or other values that can be compared for equality."""

_BLOCK = 1 << 15
"""Items counted in one go, so that their codes stay in the processor's cache."""

_WIDEST = 1 << 11
"""Whole numbers that span no more than this are counted in a square of cells; others one pair at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Crosstable:
    """The pairs of labels that occur. Only those: two raters with a million labels would need 10^12 cells."""

    labels: tuple[Any, ...]
    """The labels that either rater used; in ascending order where an order was asked for."""
    rows: NDArray[np.int64]
    """For each pair, the place of the first rater's label in `labels`."""
    columns: NDArray[np.int64]
    """For each pair, the place of the second rater's."""
    counts: NDArray[np.int64]
    """For each pair, its items; at least 1."""

    @property
    def items(self) -> int:
        """Number of items."""
        return int(self.counts.sum())

    @property
    def agreed(self) -> int:
        """Items that both raters gave the same label."""
        return int(self.counts[self.rows == self.columns].sum())

    @property
    def of_first(self) -> list[int]:
        """For each label, the items that the first rater gave it."""
        return _per_label(self.rows, self.counts, len(self.labels))

    @property
    def of_second(self) -> list[int]:
        """For each label, the items that the second rater gave it."""
        return _per_label(self.columns, self.counts, len(self.labels))


def crosstable(first: Labels, second: Labels, *, ordered: bool = False) -> Crosstable:
    """Counts the pairs of labels that two raters gave.

    Args:
        first: Labels of one rater, shape (n_items,). As everywhere in Python, True and 1 and 1.0 are one label.
        second: Labels of the other for the same items in the same order.
        ordered: Do the places of labels have to follow their order?

    Raises:
        UndefinedReading: There is no item.
        ValueError: The raters have different numbers of items, a label is missing (None or NaN) or cannot be
            compared, or labels have no order where one is asked for.
    """
    for labels in (first, second):
        if isinstance(labels, np.ndarray) and labels.ndim != 1:
            raise ValueError(f"labels have the shape {labels.shape}, allowed is one label an item")
    if len(first) != len(second):
        raise ValueError(
            f"one rater has {len(first):,} labels, the other {len(second):,}; both must rate the same items"
        )
    if not len(first):
        raise UndefinedReading("no item was rated by both")
    return _of_whole_numbers(first, second) or _of_any(first, second, ordered=ordered)


def is_missing(label: object) -> bool:
    """Is it no label, but a gap: None or NaN?"""
    return label is None or label != label


def _of_whole_numbers(first: Labels, second: Labels) -> Crosstable | None:
    """The crosstable of arrays of whole numbers that lie near each other; None for other labels."""
    if not (isinstance(first, np.ndarray) and isinstance(second, np.ndarray)):
        return None
    if not (np.can_cast(first.dtype, np.int64) and np.can_cast(second.dtype, np.int64)):
        return None
    low = min(int(first.min()), int(second.min()))
    span = max(int(first.max()), int(second.max())) - low + 1
    if span > _WIDEST:
        return None
    cells = np.zeros(span * span, dtype=np.int64)
    block = max(_BLOCK, 4 * cells.size)
    for start in range(0, first.size, block):
        codes = np.multiply(first[start : start + block], span, dtype=np.int64)
        codes += second[start : start + block]
        if low:
            codes -= low * (span + 1)
        cells += np.bincount(codes, minlength=cells.size)
    rows, columns = np.divmod(np.flatnonzero(cells), span)
    used = np.flatnonzero(np.bincount(rows, minlength=span) + np.bincount(columns, minlength=span))
    labels = tuple((used + low).tolist())
    return Crosstable(labels, np.searchsorted(used, rows), np.searchsorted(used, columns), cells[cells > 0])


def _of_any(first: Labels, second: Labels, *, ordered: bool) -> Crosstable:
    one, other = (labels.tolist() if isinstance(labels, np.ndarray) else labels for labels in (first, second))
    try:
        pairs = Counter(zip(one, other, strict=True))
    except TypeError as error:
        raise ValueError(f"labels have to be text, numbers or other plain values: {error}") from error
    used = dict.fromkeys(label for pair in pairs for label in pair)
    if any(map(is_missing, used)):
        place = next(n for n, pair in enumerate(zip(one, other, strict=True), start=1) if any(map(is_missing, pair)))
        raise ValueError(
            f"item {place:,} lacks a label (None or NaN); leave out the items that one rater did not label"
        )
    labels = tuple(_in_order(used) if ordered else used)
    places = {label: place for place, label in enumerate(labels)}
    return Crosstable(
        labels,
        np.array([places[one] for one, _ in pairs]),
        np.array([places[other] for _, other in pairs]),
        np.array([*pairs.values()]),
    )


def _in_order(labels: dict[Any, None]) -> list[Any]:
    try:
        return sorted(labels)
    except TypeError as error:
        raise ValueError(f"weights need labels with an order, such as numbers: {error}") from error


def _per_label(places: NDArray[np.int64], counts: NDArray[np.int64], labels: int) -> list[int]:
    totals = np.zeros(labels, dtype=np.int64)
    np.add.at(totals, places, counts)
    return [*map(int, totals)]
