"""Labels of items by any number of raters, as codes."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .crosstable import is_missing
from .undefined import UndefinedReading

Units = Sequence[Sequence[Any]] | NDArray[Any]
"""For each item the labels that it got: a list of lists of any lengths, or a table of items by raters; None and NaN
are gaps."""


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """The labels of all items with two labels and more, gaps left out."""

    lengths: NDArray[np.int64]
    """For each item, its labels; at least 2."""
    codes: NDArray[np.int64]
    """The labels, item by item, each as its place in `labels`."""
    labels: tuple[Any, ...]
    """The labels that occur."""
    counts: NDArray[np.int64]
    """How often each of them occurs."""


def ratings_of(units: Units) -> Ratings:
    """The labels of the items that can be compared.

    Args:
        units: For each item, the labels that it got; who gave which does not matter.

    Raises:
        UndefinedReading: No item has two labels.
        ValueError: The table has not two dimensions, or an item is no list of labels.
    """
    flat, lengths = _flat(units)
    is_paired = lengths > 1
    if not is_paired.any():
        raise UndefinedReading("no item was rated by two raters or more")
    if not is_paired.all():
        kept = np.repeat(is_paired, lengths)
        flat = flat[kept] if isinstance(flat, np.ndarray) else [*itertools.compress(flat, kept.tolist())]
        lengths = lengths[is_paired]
    codes, labels = _coded_numbers(flat) if isinstance(flat, np.ndarray) else _coded(flat)
    counts = np.bincount(codes, minlength=len(labels))
    if counts.all():
        return Ratings(lengths, codes, tuple(labels), counts)
    used = np.flatnonzero(counts)
    return Ratings(
        lengths, (np.cumsum(counts > 0) - 1)[codes], tuple(labels[place] for place in used.tolist()), counts[used]
    )


def _flat(units: Units) -> tuple[NDArray[Any] | list[Any], NDArray[np.int64]]:
    """All labels in a row without gaps, and how many each item has."""
    if isinstance(units, np.ndarray):
        if units.ndim != 2:
            raise ValueError(f"labels have the shape {units.shape}, allowed is a table of items by raters")
        if units.dtype.kind == "f":
            is_given = ~np.isnan(units)
            return units[is_given], is_given.sum(axis=1)
        if np.can_cast(units.dtype, np.int64):
            return units.ravel(), np.full(units.shape[0], units.shape[1])
        units = units.tolist()
    try:
        lengths = np.fromiter(map(len, units), dtype=np.int64, count=len(units))
        flat = [*itertools.chain.from_iterable(units)]
        gaps = {label for label in dict.fromkeys(flat) if is_missing(label)}
    except TypeError as error:
        raise ValueError(f"each item needs a list of plain labels: {error}") from error
    if not gaps:
        return flat, lengths
    is_given = np.fromiter((not is_missing(label) for label in flat), dtype=bool, count=len(flat))
    owners = np.repeat(np.arange(lengths.size), lengths)
    return [*itertools.compress(flat, is_given.tolist())], np.bincount(owners[is_given], minlength=lengths.size)


def _coded(flat: Sequence[Any]) -> tuple[NDArray[np.int64], Sequence[Any]]:
    places = {label: place for place, label in enumerate(dict.fromkeys(flat))}
    return np.fromiter(map(places.__getitem__, flat), dtype=np.int64, count=len(flat)), [*places]


def _coded_numbers(flat: NDArray[Any]) -> tuple[NDArray[np.int64], Sequence[Any]]:
    """Codes of numbers: their distance from the smallest where they are whole and near each other, else their rank."""
    low, high = flat.min(), flat.max()
    if low > -(2**53) and high < 2**53 and int(high) - int(low) <= max(1024, flat.size):
        whole = flat.astype(np.int64)
        if flat.dtype.kind != "f" or np.array_equal(whole, flat):
            return whole - int(low), range(int(low), int(high) + 1)
    ranked = np.sort(flat)
    distinct = ranked[np.append(True, ranked[1:] != ranked[:-1])]
    return np.searchsorted(distinct, flat), distinct.tolist()
