"""What a file holds: plain or compressed, lines, a JSON array, or a table."""

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple, cast

from synthqc.errors import SynthQCError

from .meter import PIECE

Form = Literal["lines", "json", "csv", "tsv"]
"""How records stand in a file: a line each (text or a JSON row), in a JSON array, in a table with a heading."""

SUFFIXES: Mapping[str, Form] = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv"}
"""Forms that a file's name gives away; a JSON array is known by its first sign, all else are lines."""

PACKED = (".gz", ".zst", ".zstd")
"""Ends of the names of packed files."""

DELIMITERS: Mapping[Form, str] = {"csv": ",", "tsv": "\t"}
"""What stands between the fields of a table."""

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_PIECE = 1 << 16
_MARK = "\ufeff"
_GAP = re.compile(f"[ \t\r\n,{_MARK}]*")


class Entry(NamedTuple):
    """What stands in one place of a table or an array."""

    line: int
    """The line of the file, from 1: where a table's row ends, where an array's element begins."""
    row: Mapping[str, object] | None
    """The row; None for what is none."""
    raw: str
    """It as it stands in the file; bytes that are not UTF-8 as lone surrogates, so that they can be written again."""
    broken: str = ""
    """Why nothing from here on can be read, in one sentence; empty where it can."""
    is_frame: bool = False
    """Does it belong to the file and not to a record: a table's heading, blank lines at its end?"""


class FormatError(SynthQCError):
    """A file that is not what it seems to be."""


class _Unpacked(io.RawIOBase):
    """A stream that unpacks another, and says in one sentence where that one is damaged."""

    def __init__(self, inner: BinaryIO, damage: tuple[type[Exception], ...]) -> None:
        self._inner = inner
        self._damage = damage

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, target: Any) -> int:
        """Fills the buffer as far as the other stream goes."""
        try:
            piece = self._inner.read(len(target))
        except self._damage as error:
            raise FormatError(f"the file is damaged and cannot be unpacked: {error}") from error
        target[: len(piece)] = piece
        return len(piece)


def unpacked(stream: BinaryIO) -> io.BufferedReader:
    """The stream, unpacked while it is read if it is packed with gzip or zstd.

    Reading raises FormatError where a packed file is damaged.
    """
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    beginning = buffered.peek(4)[:4]
    if beginning.startswith(_GZIP):
        plain = cast("BinaryIO", gzip.GzipFile(fileobj=buffered))
        return io.BufferedReader(_Unpacked(plain, (EOFError, OSError, zlib.error)), PIECE)
    if beginning == _ZSTD:
        import zstandard

        plain = zstandard.ZstdDecompressor().stream_reader(buffered, read_across_frames=True)
        return io.BufferedReader(_Unpacked(plain, (zstandard.ZstdError,)), PIECE)
    return buffered


def form_of(name: str, stream: io.BufferedReader) -> Form:
    """The form of a file by its name, or by how it begins."""
    path = Path(name)
    suffix = Path(path.stem).suffix if path.suffix in PACKED else path.suffix
    if suffix.lower() in SUFFIXES:
        return SUFFIXES[suffix.lower()]
    beginning = stream.peek(256)[:256].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "json" if beginning.startswith(b"[") and beginning[1:].lstrip()[:1] in (b"{", b"]") else "lines"


def entries_in(stream: BinaryIO, form: Form, longest: int) -> Iterator[Entry]:
    """The entries of a table or of a JSON array, in order; their raw texts, one after another, are a table's text.

    Args:
        stream: UTF-8.
        form: What it holds; not lines.
        longest: Characters that a field of a table or an element of an array may have.
    """
    if form == "json":
        return _entries_in_array(stream, longest)
    return _entries_in_table(stream, DELIMITERS[form], longest)


class _Lines(Iterator[str]):
    """Lines that are remembered until somebody takes them together."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self._taken: list[str] = []
        self._is_first = True

    def __next__(self) -> str:
        line = next(self._text)
        self._taken.append(line)
        if self._is_first:
            self._is_first = False
            return line.removeprefix(_MARK)
        return line

    def take(self) -> str:
        """What was read since the last time."""
        text = "".join(self._taken)
        self._taken.clear()
        return text


def _entries_in_table(stream: BinaryIO, delimiter: str, longest: int) -> Iterator[Entry]:
    csv.field_size_limit(longest)
    with _as_text(stream) as text:
        lines = _Lines(text)
        reader = csv.reader(lines, delimiter=delimiter)
        heading: list[str] = []
        try:
            for fields in reader:
                if not fields:
                    continue
                if not heading:
                    heading = fields
                    yield Entry(reader.line_num, None, lines.take(), is_frame=True)
                    continue
                raw = lines.take()
                if _is_left_open(raw, delimiter):
                    begin = reader.line_num + 1 - len(raw.splitlines())
                    broken = f"line {begin}: a quotation mark is opened and never closed"
                    yield Entry(reader.line_num, None, raw, broken)
                    return
                # More fields than the heading has, or fewer, make a row whose columns cannot be trusted.
                is_whole = len(fields) == len(heading)
                row = dict(zip(heading, fields, strict=True)) if is_whole else None
                yield Entry(reader.line_num, row, raw)
        except csv.Error as error:
            broken = f"line {reader.line_num}: is no row of a table: {error}"
            yield Entry(reader.line_num, None, lines.take(), broken)
            for number, line in enumerate(text, start=reader.line_num + 1):
                yield Entry(number, None, line, broken)
            return
        if rest := lines.take():
            yield Entry(reader.line_num, None, rest, is_frame=True)


def _is_left_open(raw: str, delimiter: str) -> bool:
    """Does a table end inside quotation marks? Its last row then holds whatever came after them."""
    if raw.count('"') % 2 == 0:
        return False
    try:
        for _ in csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _entries_in_array(stream: BinaryIO, longest: int) -> Iterator[Entry]:
    decoder, text, at, line, is_open = json.JSONDecoder(), "", 0, 1, False
    with _as_text(stream) as source:
        while True:
            begin = _gap_end(text, at)
            line += text.count("\n", at, begin)
            at = begin
            if not is_open and text.startswith("[", at):
                at, is_open = at + 1, True
                continue
            if is_open and text.startswith("]", at):
                if (after := (text[at + 1 :] + source.read(_PIECE)).strip()) != "":
                    yield from _broken_off(line, "more stands behind the end of the JSON array", after, source)
                return
            value, end = _decoded(decoder, text, at)
            if end is None:
                piece = source.read(_PIECE)
                if not piece or len(text) - at > longest:
                    reason = (
                        f"an element is longer than {longest:,} characters, or no JSON"
                        if piece
                        else "the JSON array breaks off or is no JSON from here on"
                    )
                    yield from _broken_off(line, reason, text[at:] + piece, source)
                    return
                text, at = text[at:] + piece, 0
                continue
            yield Entry(line, value if isinstance(value, dict) else None, text[at:end])
            line += text.count("\n", at, end)
            at = end


def _gap_end(text: str, at: int) -> int:
    """Where the next sign stands that is neither white space nor a comma nor a byte order mark."""
    found = _GAP.match(text, at)
    return at if found is None else found.end()


def _broken_off(line: int, reason: str, rest: str, text: io.TextIOWrapper) -> Iterator[Entry]:
    """What stands where an array cannot be read on, piece by piece."""
    broken = f"line {line}: {reason}"
    yield Entry(line, None, rest, broken)
    while piece := text.read(_PIECE):
        yield Entry(line, None, piece, broken)


@contextmanager
def _as_text(stream: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """The stream as text; it is not closed with it, for it belongs to somebody else."""
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="")
    try:
        yield text
    finally:
        text.detach()


def _decoded(decoder: json.JSONDecoder, text: str, at: int) -> tuple[Any, int | None]:
    if at == len(text):
        return None, None
    try:
        value, end = decoder.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None, None
    # A number at the very end of a piece may go on in the next.
    return (value, end) if end < len(text) else (None, None)
