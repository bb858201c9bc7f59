"""Records that are kept: in memory, or in a file where they are many."""

import itertools
import os
import tempfile
import weakref
from array import array
from collections.abc import Iterator, Sequence
from typing import overload

MOST_IN_MEMORY = 200_000_000
"""Characters of records that are kept in memory; more go to a file that is gone with the program."""

_PIECE = 1 << 20
"""Bytes that are read at a time when all records are gone through."""


class FiledRecords(Sequence[str]):
    """Records in a temporary file, each read when it is asked for. Two are equal only if they are the same."""

    __hash__ = object.__hash__

    def __init__(self) -> None:
        """Makes an empty file, which has no name and is deleted when it is closed."""
        self._file = tempfile.TemporaryFile(buffering=_PIECE)  # noqa: SIM115 - it lives as long as the records
        self._ends = array("q", [0])
        weakref.finalize(self, self._file.close)

    def append(self, record: str) -> None:
        """Adds a record; not after one has been read."""
        written = self._file.write(record.encode("utf-8", "surrogatepass"))
        self._ends.append(self._ends[-1] + written)

    def cut(self, records: int) -> None:
        """Leaves the first so many."""
        self._file.flush()
        del self._ends[records + 1 :]

    def __len__(self) -> int:
        """Number of records."""
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int, /) -> str: ...
    @overload
    def __getitem__(self, place: slice, /) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice, /) -> str | tuple[str, ...]:
        """The record at a place, or several."""
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        at = range(len(self))[place]
        begin, end = self._ends[at], self._ends[at + 1]
        return os.pread(self._file.fileno(), end - begin, begin).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        """All records in order, read in large pieces."""
        piece, begins, reached = b"", 0, 0
        for begin, end in itertools.pairwise(self._ends):
            if end > reached:
                piece, begins = piece[begin - begins :], begin
                piece += os.pread(self._file.fileno(), max(_PIECE, end - reached), reached)
                reached = begins + len(piece)
            yield piece[begin - begins : end - begins].decode("utf-8", "surrogatepass")


Records = tuple[str, ...] | FiledRecords
"""The records of a sample, in order."""


class Keeper:
    """Takes records in, one after the other, and moves them to a file when they become too many."""

    def __init__(self, most: int = MOST_IN_MEMORY) -> None:
        """Starts with none.

        Args:
            most: Characters that are kept in memory.
        """
        self._most = most
        self._characters = 0
        self._kept: list[str] | FiledRecords = []
        self._full = 0

    def append(self, record: str) -> None:
        """Takes a record in."""
        self._kept.append(record)
        if record.strip():
            self._full = len(self._kept)
        self._characters += len(record)
        if self._characters > self._most and isinstance(self._kept, list):
            filed = FiledRecords()
            for one in self._kept:
                filed.append(one)
            self._kept = filed

    def __len__(self) -> int:
        """Records taken so far."""
        return len(self._kept)

    def records(self, *, without_last_blanks: bool = False) -> Records:
        """All of them; or those up to the last with text."""
        count = self._full if without_last_blanks else len(self._kept)
        if isinstance(self._kept, FiledRecords):
            self._kept.cut(count)
            return self._kept
        return tuple(self._kept[:count])
