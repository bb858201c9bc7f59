"""Equality: which records are the same text but for case, spacing and compatibility forms."""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .spread import blocks_of, in_order

_JOB = 1 << 20
"""Characters given out at a time."""


def normalised(record: str) -> str:
    """The text as it counts for equality: compatibility forms unified, lower-cased, white space folded."""
    # ASCII has no compatibility forms, and asking takes a third of the time.
    return " ".join((record if record.isascii() else unicodedata.normalize("NFKC", record)).lower().split())


def normalised_all(records: Sequence[str]) -> list[str]:
    """The texts of several records as they count for equality.

    Most text has no white space to fold; finding that out for all of them at once takes a third of the time.
    """
    framed = "\n".join(("", *records, ""))
    if framed.isascii() and _is_folded(framed.encode()):
        lines = framed.lower().split("\n")[1:-1]
        if len(lines) == len(records):
            return lines
    return [normalised(record) for record in records]


def _is_folded(text: bytes) -> bool:
    """Is all white space a single space inside a line, or the end of one?"""
    signs = np.frombuffer(text, dtype=np.uint8)
    is_space, is_control = signs == ord(" "), signs < ord(" ")
    if np.count_nonzero(is_control) != text.count(b"\n"):
        return False
    beside = is_space[1:] & (is_space | is_control)[:-1] | is_space[:-1] & is_control[1:]
    return not beside.any()


@dataclass(frozen=True, slots=True)
class EqualRecords:
    """Which records are equal."""

    first_of: NDArray[np.int64]
    """For each record the position of the first that is equal to it, its own where it is the first; -1 without text."""

    @property
    def firsts(self) -> NDArray[np.int64]:
        """Positions of different records, ascending."""
        return np.flatnonzero(self.first_of == np.arange(self.first_of.size))

    @property
    def copies(self) -> NDArray[np.int64]:
        """Positions of records that are equal to an earlier one, ascending."""
        return np.flatnonzero((self.first_of >= 0) & (self.first_of < np.arange(self.first_of.size)))

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Groups of equal records, largest first."""
        groups: dict[int, list[int]] = {}
        for position in self.copies.tolist():
            first = int(self.first_of[position])
            groups.setdefault(first, [first]).append(position)
        return tuple(sorted(map(tuple, groups.values()), key=lambda group: (-len(group), group)))


def equal_records(records: Iterable[str]) -> EqualRecords:
    """Which records are equal but for case, spacing and compatibility forms.

    Compared by a digest of 16 bytes, so that memory does not grow with the text.
    """
    digests = b"".join(in_order(_digests, blocks_of(records, _JOB)))
    halves = np.frombuffer(digests, dtype=np.uint64).reshape(-1, 2)
    # Stable, so that of equal ones the first comes first.
    order = np.lexsort((halves[:, 1], halves[:, 0]))
    is_new = np.append(order[:1] >= 0, (halves[order[1:]] != halves[order[:-1]]).any(axis=1))
    first_of = np.empty(order.size, dtype=np.int64)
    first_of[order] = order[is_new][np.cumsum(is_new) - 1]
    first_of[(halves == 0).all(axis=1)] = -1
    return EqualRecords(first_of)


_NO_TEXT = bytes(16)


def _digests(records: list[str]) -> bytes:
    return b"".join(map(_digest, normalised_all(records)))


def _digest(text: str) -> bytes:
    if not text:
        return _NO_TEXT
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
