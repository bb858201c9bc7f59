"""A file split in two: what is kept, in the form it had, and what is rejected, with the reason."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from .formats import Entry, Form, entries_in
from .sample import LONGEST_RECORD, Sample, row_on


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record is rejected."""

    layer: str
    """The layer that did it; `reading` where no record could be read."""
    text: str
    """Why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the records."""

    kept: int
    """Records that were kept."""
    rejected: int
    """Records that a layer removed."""
    unreadable: int
    """Entries that hold no record."""


def split(
    stream: BinaryIO, form: Form, sample: Sample, reasons: Mapping[int, Reason], kept: BinaryIO, rejected: BinaryIO
) -> Counts:
    """Copies each entry of a file to where it belongs, in order.

    Args:
        stream: The file, unpacked, from its beginning.
        form: What it holds.
        sample: What was read from the same file.
        reasons: Why records are rejected, by position in the sample.
        kept: Gets what is kept as it stands: a table with its heading, an array as an array of the elements kept.
        rejected: Gets a JSON row for each entry that is not: its number, its line, the layer, the reason, the original.
    """
    writer = _Array(kept) if form == "json" else _Whole(kept)
    numbers = iter(sample.places or sample.lines)
    expected, position, unreadable = next(numbers, 0), 0, 0
    for number, entry in enumerate(_entries(stream, form), start=1):
        if number == expected:
            reason = reasons.get(position)
            expected, position = next(numbers, 0), position + 1
        elif entry.is_frame:
            reason = None
        else:
            reason = Reason("reading", _unreadable(entry, form))
            unreadable += 1
        if reason is None:
            writer.write(entry)
        else:
            rejected.write(_explained(number, entry, reason))
    writer.close()
    return Counts(len(sample.records) - _blank(sample) - len(reasons), len(reasons), unreadable)


def _blank(sample: Sample) -> int:
    """Blank lines of a text: they are records, but nothing that anybody counts as kept."""
    return 0 if sample.rows else sum(not record.strip() for record in sample.records)


def _entries(stream: BinaryIO, form: Form) -> Iterator[Entry]:
    if form != "lines":
        yield from entries_in(stream, form, LONGEST_RECORD)
        return
    for number, raw in enumerate(_whole_lines(stream), start=1):
        yield Entry(number, None, raw.decode("utf-8", "surrogateescape"), is_frame=not raw.strip())


def _whole_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines of any length, each whole."""
    pieces: list[bytes] = []
    while piece := stream.readline(LONGEST_RECORD):
        pieces.append(piece)
        if piece.endswith(b"\n"):
            yield b"".join(pieces)
            pieces.clear()
    if pieces:
        yield b"".join(pieces)


class _Whole:
    """Writes entries as they stand."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target

    def write(self, entry: Entry) -> None:
        self._target.write(_bytes_of(entry))

    def close(self) -> None:
        """Nothing is left to write."""


class _Array:
    """Writes elements as they stand, in an array of their own."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._between = b"[\n"

    def write(self, entry: Entry) -> None:
        self._target.write(self._between + _bytes_of(entry))
        self._between = b",\n"

    def close(self) -> None:
        self._target.write(b"[]\n" if self._between.startswith(b"[") else b"\n]\n")


def _bytes_of(entry: Entry) -> bytes:
    return entry.raw.encode("utf-8", "surrogateescape")


def _unreadable(entry: Entry, form: Form) -> str:
    if entry.broken:
        return entry.broken
    if form == "lines" and len(entry.raw) >= LONGEST_RECORD:
        return f"over {LONGEST_RECORD:,} bytes"
    row = row_on(entry.raw) if form == "lines" else entry.row
    return "not a row" if row is None else "no text in the field"


def _explained(number: int, entry: Entry, reason: Reason) -> bytes:
    raw = _bytes_of(entry)
    row: dict[str, Any] = {
        "number": number,
        "line": entry.line,
        "rejected_by": reason.layer,
        "reason": reason.text,
        "original": raw.decode("utf-8", "replace").rstrip("\r\n"),
    }
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        # JSON cannot hold these bytes as text, and nothing should be lost.
        row["original_base64"] = base64.b64encode(raw).decode("ascii")
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()
