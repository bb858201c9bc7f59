"""What a file holds: plain or compressed, lines, a JSON array, or a table."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from synthqc.errors import SynthQCError

Form = Literal["lines", "json", "csv", "tsv"]
"""How records stand in a file: a line each (text or a JSON row), in a JSON array, in a table with a heading."""

SUFFIXES: Mapping[str, Form] = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv"}
"""Forms that a file's name gives away; a JSON array is known by its first sign, all else are lines."""

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_PIECE = 1 << 16

Found = tuple[int, object]
"""A line number and what stands there: a mapping for a row, None for what is none."""


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
        return io.BufferedReader(_Unpacked(plain, (EOFError, OSError, zlib.error)))
    if beginning == _ZSTD:
        import zstandard

        plain = zstandard.ZstdDecompressor().stream_reader(buffered, read_across_frames=True)
        return io.BufferedReader(_Unpacked(plain, (zstandard.ZstdError,)))
    return buffered


def form_of(name: str, stream: io.BufferedReader) -> Form:
    """The form of a file by its name, or by how it begins."""
    path = Path(name)
    suffix = Path(path.stem).suffix if path.suffix in (".gz", ".zst", ".zstd") else path.suffix
    if suffix.lower() in SUFFIXES:
        return SUFFIXES[suffix.lower()]
    beginning = stream.peek(256)[:256].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "json" if beginning.startswith(b"[") and beginning[1:].lstrip()[:1] in (b"{", b"]") else "lines"


def rows_in_table(stream: BinaryIO, delimiter: str, longest: int) -> Iterator[Found]:
    """The rows of a table with a heading, each with the line where it ends.

    Args:
        stream: UTF-8; bytes that are not are replaced.
        delimiter: Comma or tab.
        longest: Characters that a field may have.

    Raises:
        FormatError: A row that no table can have, such as a field beyond `longest`; what came before was given.
    """
    csv.field_size_limit(longest)
    with _as_text(stream) as text:
        reader = csv.DictReader(text, delimiter=delimiter)
        try:
            for row in reader:
                # More fields than the heading has, or fewer, make a row whose columns cannot be trusted.
                is_whole = None not in row and None not in row.values()
                yield reader.line_num, row if is_whole else None
        except csv.Error as error:
            raise FormatError(f"line {reader.line_num}: is no row of a table: {error}") from error


def rows_in_array(stream: BinaryIO, longest: int) -> Iterator[Found]:
    """The elements of a JSON array, each with the line where it begins, read piece by piece.

    Args:
        stream: UTF-8; bytes that are not are replaced.
        longest: Characters that an element may have.

    Raises:
        FormatError: The array breaks off or holds what is no JSON; what came before was given.
    """
    decoder, rest, line, is_open = json.JSONDecoder(), "", 1, False
    with _as_text(stream) as text:
        while True:
            bare = rest.lstrip(" \t\r\n,")
            line += rest[: len(rest) - len(bare)].count("\n")
            rest = bare
            if not is_open and rest.startswith("["):
                rest, is_open = rest[1:], True
                continue
            if rest.startswith("]"):
                return
            value, end = _decoded(decoder, rest)
            if end is None:
                piece = text.read(_PIECE)
                if not piece or len(rest) > longest:
                    raise FormatError(f"line {line}: the JSON array breaks off or is no JSON from here on")
                rest += piece
                continue
            yield line, value if isinstance(value, dict) else None
            line += rest[:end].count("\n")
            rest = rest[end:]


@contextmanager
def _as_text(stream: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """The stream as text; it is not closed with it, for it belongs to somebody else."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


def _decoded(decoder: json.JSONDecoder, text: str) -> tuple[Any, int | None]:
    if not text:
        return None, None
    try:
        value, end = decoder.raw_decode(text)
    except (ValueError, RecursionError):
        return None, None
    # A number at the very end of a piece may go on in the next.
    return (value, end) if end < len(text) else (None, None)
