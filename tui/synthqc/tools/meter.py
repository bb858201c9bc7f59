"""A stream that says how far it has been read, and that ends where the file ended when it was opened."""

import io
import os
import stat
from collections.abc import Callable
from typing import Any, BinaryIO

PIECE = 1 << 18
"""Bytes read at a time: fewer calls than Python's own 8 KB, and no faster beyond."""


class Meter(io.RawIOBase):
    """Reads another stream and counts its bytes. The other one stays open."""

    def __init__(self, inner: BinaryIO, watch: Callable[[int, int], None] | None = None) -> None:
        """Starts to count.

        Args:
            inner: The stream to read.
            watch: Told of the bytes read and of the bytes there are, 0 where nobody knows: a pipe, a terminal.
        """
        self._inner = inner
        self._watch = watch
        self._done = 0
        self.size = _size_of(inner)
        """Bytes of the file when it was opened; 0 where it is no file on a disk."""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, target: Any) -> int:
        """Fills the buffer as far as the other stream goes, but not beyond what the file had when it was opened."""
        wanted = min(len(target), self.size - self._done) if self.size else len(target)
        # What is there at once: a pipe that pauses should not hold up what it has already given.
        read = getattr(self._inner, "read1", self._inner.read)
        piece: bytes = read(wanted) if wanted else b""
        target[: len(piece)] = piece
        self._done += len(piece)
        if self._watch is not None:
            self._watch(self._done, self.size)
        return len(piece)

    @property
    def change(self) -> str:
        """How the file has changed since it was opened, in one sentence; empty where its size is the same."""
        now = _size_of(self._inner)
        if now > self.size > 0:
            return f"the file grew while it was read: what came after its first {self.size:,} bytes is left out"
        if now < self.size:
            return f"the file shrank while it was read, from {self.size:,} bytes to {now:,}"
        return ""


def _size_of(stream: BinaryIO) -> int:
    try:
        status = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
