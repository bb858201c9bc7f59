"""Pastes, cut out of the bytes from the terminal before anything could take them for keys."""

from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass

BEGIN = b"\x1b[200~"
END = b"\x1b[201~"

MOST_KEPT = 5_000_000
"""Bytes of one paste that are kept; the rest is read and dropped."""

BURST = 64
"""Bytes that nobody types at once: with line ends in it, such a burst is a paste from a terminal without markers."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """One paste."""

    text: str
    """What was pasted; bytes that are not UTF-8 are replaced."""


class PasteCutter:
    """Splits a stream of bytes into key sequences and pastes, however the stream is cut into pieces."""

    def __init__(self) -> None:
        self._held = b""
        self._paste: bytearray | None = None
        self._decode = getincrementaldecoder("utf-8")("replace").decode

    @property
    def is_open(self) -> bool:
        """Has a paste begun that has not ended, or is the start of a marker held back?"""
        return self._paste is not None or bool(self._held)

    @property
    def may_be_a_key(self) -> bool:
        """Is all that is held back one escape, which a person may have pressed? More of a marker nobody types."""
        return self._paste is None and self._held == b"\x1b"

    def feed(self, data: bytes) -> list[str | Pasted]:
        """What the next bytes bring: text that holds keys, and whole pastes."""
        if not self._held and self._paste is None and _is_burst(data):
            return [Pasted(_text(data))]
        return list(self._split(self._held + data))

    def end(self) -> list[str | Pasted]:
        """What is left when nothing more has come for a while: a key, or a paste whose end got lost."""
        held, self._held = self._held, b""
        if self._paste is not None:
            paste, self._paste = bytes(self._paste) + held, None
            return [Pasted(_text(paste))]
        text = self._decode(held)
        return [text] if text else []

    def _split(self, data: bytes) -> Iterator[str | Pasted]:
        while True:
            marker = BEGIN if self._paste is None else END
            before, found, data = data.partition(marker)
            if not found:
                # The start of a marker at the end is held back until the rest has come.
                length = _started(before, marker)
                before, self._held = before[: len(before) - length], before[len(before) - length :]
            if self._paste is None:
                if text := self._decode(before):
                    yield text
            else:
                self._paste += before[: max(0, MOST_KEPT - len(self._paste))]
            if not found:
                return
            if self._paste is None:
                self._paste = bytearray()
            else:
                yield Pasted(_text(bytes(self._paste)))
                self._paste = None


def _started(data: bytes, marker: bytes) -> int:
    return next((length for length in range(len(marker) - 1, 0, -1) if data.endswith(marker[:length])), 0)


def _is_burst(data: bytes) -> bool:
    return len(data) >= BURST and b"\x1b" not in data and (b"\r" in data or b"\n" in data)


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
