"""A sample: the records that a mini-tool measures, and how text and files become one."""

import codecs
import gc
import io
import itertools
import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from synthqc.cleaning import clean, one_line
from synthqc.errors import SynthQCError, UsageError

from .formats import Entry, Form, FormatError, entries_in, form_of, unpacked
from .keeping import Keeper, Records
from .meter import PIECE, Meter
from .records import Row, RowMaker, Value, compact

__all__ = [
    "NO_SAMPLE",
    "Row",
    "Sample",
    "SampleError",
    "Value",
    "row_on",
    "sample_of_file",
    "sample_of_stream",
    "sample_of_text",
]

LONGEST_RECORD = 4_000_000
"""Bytes of a line; a longer one is left out and named, so that one broken line cannot fill the memory."""

USUAL_FIELDS = ("text", "content", "output", "response", "answer", "completion")
"""Fields tried, in this order, where a file of rows comes without a field name."""

_NAMED_LINES = 5

_NO_ROWS = "no line is a JSON row; a table whose name does not say so needs --as csv or --as tsv, plain text no --field"


class SampleError(SynthQCError):
    """A file or text that no sample can be made of."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Cleaned records in order."""

    records: Records
    """One text per record: a line of plain text, or one field of a JSON row. Blank ones are kept."""
    lines: Sequence[int]
    """The line of the input where each record stands, from 1."""
    name: str
    """Where it came from: `pasted text`, a file name, the title of a bundled sample."""
    notes: tuple[str, ...] = ()
    """What was left out or changed on the way in, each in one sentence."""
    rows: tuple[Row, ...] = ()
    """The other fields of each record where the input has rows, as many as records; else nothing."""
    left_out: int = 0
    """Lines and rows that were left out; the notes name them."""
    places: Sequence[int] = ()
    """The place of each record among the entries of a table or an array, from 1; empty where the input has lines."""


NO_SAMPLE = Sample((), (), "no sample")
"""What a tool that reads nothing is given."""


def sample_of_text(text: str, name: str, *, field: str = "") -> Sample:
    """The records of a text: JSON rows where the first line is one, or a broken one before a whole one; else lines.

    Args:
        text: The text; it is cleaned here.
        name: What to call it.
        field: Field of a JSON row that holds the text; empty to take the usual one.

    Raises:
        SampleError: Rows without the field, or without any usual field.
    """
    return _sample_of_lines(enumerate(io.StringIO(clean(text)), start=1), name, field)


def sample_of_file(
    path: Path, *, field: str = "", form: Form | None = None, watch: Callable[[int, int], None] | None = None
) -> Sample:
    """The records of a UTF-8 file: text, JSONL, a JSON array, CSV or TSV, packed with gzip or zstd or not.

    Args:
        path: The file, or a pipe; of a file that grows, what it had when it was opened.
        field: Field of a row that holds the text; empty to take the usual one.
        form: How records stand in it; found out by its name and its beginning where it is not given.
        watch: Told of the bytes read and of the bytes there are, 0 where nobody knows.

    Raises:
        UsageError: The file cannot be opened.
        SampleError: Rows without the field, or without any usual field.
    """
    try:
        with path.open("rb") as stream:
            return sample_of_stream(stream, path.name, field=field, form=form, watch=watch)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error


def sample_of_stream(
    stream: BinaryIO,
    name: str,
    *,
    field: str = "",
    form: Form | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> Sample:
    """The records of an open file, read piece by piece.

    Args:
        stream: UTF-8, packed or not; bytes that are not UTF-8 are replaced.
        name: What to call it.
        field: Field of a row that holds the text; empty to take the usual one.
        form: How records stand in it; found out by the name and the beginning where it is not given.
        watch: Told of the bytes read and of the bytes there are, 0 where nobody knows.

    Raises:
        SampleError: Rows without the field, or without any usual field; text in UTF-16.
        FormatError: A packed file is damaged before its first row.
    """
    meter = Meter(stream, watch)
    plain = unpacked(io.BufferedReader(meter, PIECE))
    if plain.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise SampleError(f"{name}: is text in UTF-16; save it in UTF-8")
    with _uncollected():
        sample = _sample_in(plain, name, field, form or form_of(name, plain))
    return replace(sample, notes=(*sample.notes, meter.change)) if meter.change else sample


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for circles in millions of rows, which have none: a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _sample_in(stream: BinaryIO, name: str, field: str, form: Form) -> Sample:
    if form != "lines":
        return _sample_of_rows(entries_in(stream, form, LONGEST_RECORD), name, field, has_places=True)
    too_long: list[int] = []
    not_utf8: list[int] = []
    sample = _sample_of_lines(_lines_of(stream, too_long, not_utf8), name, field)
    notes = [*sample.notes]
    if too_long:
        notes.append(f"{_lines_named(too_long)} left out: over {LONGEST_RECORD:,} bytes")
    if not_utf8:
        notes.append(
            f"{_lines_named(not_utf8)} not in UTF-8: what could not be read counts as \N{REPLACEMENT CHARACTER}"
        )
    return replace(sample, notes=tuple(notes), left_out=sample.left_out + len(too_long)) if notes else sample


def _lines_of(stream: BinaryIO, too_long: list[int], not_utf8: list[int]) -> Iterator[tuple[int, str]]:
    number = 0
    while raw := stream.readline(LONGEST_RECORD):
        number += 1
        if len(raw) == LONGEST_RECORD and not raw.endswith(b"\n"):
            too_long.append(number)
            while (rest := stream.readline(LONGEST_RECORD)) and not rest.endswith(b"\n"):
                pass
            continue
        encoding = "utf-8-sig" if number == 1 else "utf-8"
        try:
            line = raw.decode(encoding)
        except UnicodeDecodeError:
            line = raw.decode(encoding, errors="replace")
            not_utf8.append(number)
        yield number, line


def _sample_of_lines(lines: Iterator[tuple[int, str]], name: str, field: str) -> Sample:
    numbers: array[int] = array("q")
    records = Keeper()
    for number, line in lines:
        record = _record(line)
        if not record.strip():
            numbers.append(number)
            records.append(record)
            continue
        begun = [(number, line), *_next_if_broken(line, lines)]
        again = itertools.chain(begun, lines)
        if field or any(row_on(one) is not None for _, one in begun):
            return _sample_of_rows(_entries(again), name, field)
        return _sample_of_records(again, name, numbers, records)
    return Sample((), (), name)


def _next_if_broken(line: str, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """What follows a line up to the next that is not blank, where the line looks like a row and is none."""
    if not line.lstrip().startswith("{") or row_on(line) is not None:
        return
    for number, following in lines:
        yield number, following
        if following.strip():
            return


def _sample_of_records(lines: Iterable[tuple[int, str]], name: str, numbers: "array[int]", records: Keeper) -> Sample:
    """A record for each line, behind the blank ones that came first."""
    for number, line in lines:
        numbers.append(number)
        records.append(_record(line))
    kept = records.records(without_last_blanks=True)
    return Sample(kept, compact(numbers[: len(kept)]), name)


def _record(line: str) -> str:
    return clean(line.rstrip("\r\n")).rstrip("\n")


def _entries(lines: Iterable[tuple[int, str]]) -> Iterator[Entry]:
    for number, line in lines:
        row = row_on(line)
        if row is not None or line.strip():
            yield Entry(number, row, "")


_DECODER = json.JSONDecoder()

_MOST_DIGITS = 4000
"""Digits of a whole number that Python reads without being told to; a longer one is infinite to all tools."""


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else float(digits)


_LONG_NUMBERS = json.JSONDecoder(parse_int=_whole)
"""Reads rows with longer numbers too, a little slower."""


def row_on(line: str) -> Mapping[str, object] | None:
    """The JSON row on a line; None where there is none.

    Args:
        line: The line, as it stands in the file.
    """
    bare = line.strip()
    if not bare.startswith("{"):
        return None
    try:
        value, end = _DECODER.raw_decode(bare)
    except RecursionError:
        return None
    except json.JSONDecodeError:
        cleaned = clean(bare)
        return None if cleaned == bare else row_on(cleaned)
    except ValueError:
        value, end = _with_long_numbers(bare)
    return value if end == len(bare) and isinstance(value, dict) else None


def _with_long_numbers(text: str) -> tuple[object, int]:
    try:
        return _LONG_NUMBERS.raw_decode(text)
    except (ValueError, RecursionError):
        return None, 0


def _sample_of_rows(entries: Iterable[Entry], name: str, field: str, *, has_places: bool = False) -> Sample:
    maker = RowMaker()
    records = Keeper()
    rows: list[Row] = []
    lines: array[int] = array("q")
    places: array[int] = array("q")
    not_rows: list[int] = []
    without: list[int] = []
    found: dict[str, None] = {}
    broken = ""
    for place, entry in enumerate(_until_damaged(entries), start=1):
        row = entry.row
        if entry.broken:
            broken = entry.broken
            break
        if row is None:
            if not entry.is_frame:
                not_rows.append(entry.line)
            continue
        field = field or _usual_field(row, name)
        text = row.get(field)
        if not isinstance(text, str):
            without.append(entry.line)
            if not len(records):
                found.update(dict.fromkeys(_text_fields(row)))
            continue
        records.append(clean(text))
        rows.append(maker.row(row, field))
        lines.append(entry.line)
        places.append(place)
    if not len(records):
        if broken:
            raise SampleError(f"{name}, {broken}")
        if not field:
            raise SampleError(f"{name}: there is no row in it")
        there = _fields_named(found) if without or has_places else _NO_ROWS
        raise SampleError(f"{name}: no row has text in a field '{field}'; {there}")
    notes = [f"text taken from the field '{field}'"]
    if broken:
        notes.append(f"the rest left out: {broken}")
    if not_rows:
        notes.append(f"{_lines_named(not_rows)} left out: not a row")
    if without:
        notes.append(f"{_lines_named(without)} left out: no text in '{field}'")
    return Sample(
        records.records(),
        compact(lines),
        name,
        tuple(notes),
        tuple(rows),
        len(not_rows) + len(without) + bool(broken),
        compact(places) if has_places else (),
    )


def _until_damaged(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, and at the end what says that a packed file is damaged there, if one is."""
    try:
        yield from entries
    except FormatError as error:
        yield Entry(0, None, "", str(error))


def _text_fields(row: Mapping[str, object]) -> list[str]:
    return [key for key, value in row.items() if isinstance(value, str)]


def _usual_field(row: Mapping[str, object], name: str) -> str:
    fields = _text_fields(row)
    for usual in USUAL_FIELDS:
        # Nothing in it in the first row, perhaps in others; another field with text, such as an id, is not meant.
        if usual in fields or (usual in row and row[usual] is None):
            return usual
    if len(fields) == 1:
        return fields[0]
    raise SampleError(f"{name}: say which field holds the text with --field; {_fields_named(fields)}")


def _fields_named(fields: Iterable[str]) -> str:
    names = [one_line(field, 60) for field in itertools.islice(fields, 12)]
    return "fields with text: " + ", ".join(names) if names else "no field with text was found"


def _lines_named(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:_NAMED_LINES])
    more = f" and {len(numbers) - _NAMED_LINES} more" if len(numbers) > _NAMED_LINES else ""
    return f"line{'s' if len(numbers) > 1 else ''} {shown}{more}"
