"""A sample: the records that a mini-tool measures, and how text and files become one."""

import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from synthqc.cleaning import clean
from synthqc.errors import SynthQCError, UsageError

from .formats import Form, FormatError, form_of, rows_in_array, rows_in_table, unpacked

LONGEST_RECORD = 4_000_000
"""Bytes of a line; a longer one is left out and named, so that one broken line cannot fill the memory."""

USUAL_FIELDS = ("text", "content", "output", "response", "answer", "completion")
"""Fields tried, in this order, where a file of rows comes without a field name."""

_NAMED_LINES = 5
_DELIMITERS = {"csv": ",", "tsv": "\t"}


LONGEST_VALUE = 200
"""Characters of a text value that is kept beside the record's text; longer ones are no label."""

Value = str | int | float | bool
"""A value beside a record's text."""

Row = Mapping[str, Value]
"""What a JSON row has beside the text that is measured."""


class SampleError(SynthQCError):
    """A file or text that no sample can be made of."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Cleaned records in order."""

    records: tuple[str, ...]
    """One text per record: a line of plain text, or one field of a JSON row. Blank ones are kept."""
    lines: tuple[int, ...]
    """The line of the input where each record stands, from 1."""
    name: str
    """Where it came from: `pasted text`, a file name, the title of a bundled sample."""
    notes: tuple[str, ...] = ()
    """What was left out or changed on the way in, each in one sentence."""
    rows: tuple[Row, ...] = ()
    """The other fields of each record where the input has rows, as many as records; else nothing."""
    left_out: int = 0
    """Lines and rows that were left out; the notes name them."""


NO_SAMPLE = Sample((), (), "no sample")
"""What a tool that reads nothing is given."""


def sample_of_text(text: str, name: str, *, field: str = "") -> Sample:
    """The records of a text: JSON rows where the first line is one, else one record a line.

    Args:
        text: The text; it is cleaned here.
        name: What to call it.
        field: Field of a JSON row that holds the text; empty to take the usual one.

    Raises:
        SampleError: Rows without the field, or without any usual field.
    """
    return _sample(enumerate(io.StringIO(clean(text)), start=1), name, field=field)


def sample_of_file(path: Path, *, field: str = "", form: Form | None = None) -> Sample:
    """The records of a UTF-8 file: text, JSONL, a JSON array, CSV or TSV, packed with gzip or zstd or not.

    Args:
        path: The file.
        field: Field of a row that holds the text; empty to take the usual one.
        form: How records stand in it; found out by its name and its beginning where it is not given.

    Raises:
        UsageError: The file cannot be opened.
        SampleError: Rows without the field, or without any usual field.
    """
    try:
        with path.open("rb") as stream:
            return sample_of_stream(stream, path.name, field=field, form=form)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error


def sample_of_stream(stream: BinaryIO, name: str, *, field: str = "", form: Form | None = None) -> Sample:
    """The records of an open file, read piece by piece.

    Args:
        stream: UTF-8, packed or not; bytes that are not UTF-8 are replaced.
        name: What to call it.
        field: Field of a row that holds the text; empty to take the usual one.
        form: How records stand in it; found out by the name and the beginning where it is not given.

    Raises:
        SampleError: Rows without the field, or without any usual field.
        FormatError: A packed file is damaged before its first row.
    """
    plain = unpacked(stream)
    return _sample_in(plain, name, field, form or form_of(name, plain))


def _sample_in(stream: BinaryIO, name: str, field: str, form: Form) -> Sample:
    if form != "lines":
        if form == "json":
            return _sample_of_rows(rows_in_array(stream, LONGEST_RECORD), name, field=field)
        return _sample_of_rows(rows_in_table(stream, _DELIMITERS[form], LONGEST_RECORD), name, field=field)
    too_long: list[int] = []
    sample = _sample(_lines_of(stream, too_long), name, field=field)
    if not too_long:
        return sample
    note = f"{_lines_named(too_long)} left out: over {LONGEST_RECORD:,} bytes"
    return replace(sample, notes=(*sample.notes, note), left_out=sample.left_out + len(too_long))


def _lines_of(stream: BinaryIO, too_long: list[int]) -> Iterator[tuple[int, str]]:
    number = 0
    while raw := stream.readline(LONGEST_RECORD):
        number += 1
        if len(raw) == LONGEST_RECORD and not raw.endswith(b"\n"):
            too_long.append(number)
            while (rest := stream.readline(LONGEST_RECORD)) and not rest.endswith(b"\n"):
                pass
            continue
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8", errors="replace")
        yield number, clean(text)


def _sample(lines: Iterable[tuple[int, str]], name: str, *, field: str) -> Sample:
    numbers: list[int] = []
    records: list[str] = []
    for number, line in lines:
        numbers.append(number)
        records.append(line.rstrip("\n"))
    while records and not records[-1].strip():
        records.pop()
        numbers.pop()
    if field or _is_row(records):
        lines = zip(numbers, records, strict=True)
        return _sample_of_rows(((n, _row(line)) for n, line in lines if line.strip()), name, field=field)
    return Sample(tuple(records), tuple(numbers), name)


def _is_row(records: list[str]) -> bool:
    first = next((record for record in records if record.strip()), "")
    return isinstance(_row(first), dict)


def _row(line: str) -> object:
    if not line.lstrip().startswith("{"):
        return None
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _sample_of_rows(rows: Iterable[tuple[int, object]], name: str, *, field: str) -> Sample:
    kept: list[str] = []
    kept_lines: list[int] = []
    kept_rows: list[Row] = []
    not_rows: list[int] = []
    without: list[int] = []
    found: dict[str, None] = {}
    broken = ""
    for number, row in _until_broken(rows):
        if isinstance(row, FormatError):
            broken = str(row)
            break
        if not isinstance(row, dict):
            not_rows.append(number)
            continue
        fields = {key: value for key, value in row.items() if isinstance(value, str)}
        found.update(dict.fromkeys(fields))
        field = field or _usual_field(fields, name)
        if field in fields:
            kept.append(clean(fields[field]))
            kept_lines.append(number)
            kept_rows.append(_others(row, field))
        else:
            without.append(number)
    if not kept:
        if broken:
            raise SampleError(f"{name}, {broken}")
        raise SampleError(f"{name}: no row has text in a field '{field}'; {_fields_named(found)}")
    notes = [f"text taken from the field '{field}'"]
    if broken:
        notes.append(f"the rest left out: {broken}")
    if not_rows:
        notes.append(f"{_lines_named(not_rows)} left out: not a row")
    if without:
        notes.append(f"{_lines_named(without)} left out: no text in '{field}'")
    left_out = len(not_rows) + len(without) + bool(broken)
    return Sample(tuple(kept), tuple(kept_lines), name, tuple(notes), tuple(kept_rows), left_out)


def _until_broken(rows: Iterable[tuple[int, object]]) -> Iterator[tuple[int, object]]:
    """The rows, and at the end the error that ended them, if one did."""
    try:
        yield from rows
    except FormatError as error:
        yield 0, error


def _others(row: dict[str, object], field: str) -> Row:
    """The plain values of a row but for its text."""
    return {
        key: clean(value) if isinstance(value, str) else value
        for key, value in row.items()
        if key != field
        and isinstance(value, (str, int, float))
        and not (isinstance(value, str) and len(value) > LONGEST_VALUE)
        and not (isinstance(value, float) and not math.isfinite(value))
    }


def _usual_field(fields: dict[str, str], name: str) -> str:
    for usual in USUAL_FIELDS:
        if usual in fields:
            return usual
    if len(fields) == 1:
        return next(iter(fields))
    raise SampleError(f"{name}: say which field holds the text with --field; {_fields_named(fields)}")


def _fields_named(fields: Iterable[str]) -> str:
    names = list(fields)[:12]
    return "fields with text: " + ", ".join(names) if names else "no field with text was found"


def _lines_named(numbers: list[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:_NAMED_LINES])
    more = f" and {len(numbers) - _NAMED_LINES} more" if len(numbers) > _NAMED_LINES else ""
    return f"line{'s' if len(numbers) > 1 else ''} {shown}{more}"
