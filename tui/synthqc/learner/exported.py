"""What a learner did as a file to hand on: a line that says whose it is, then one event a line, all of it JSON."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from synthqc.cleaning import clean, one_line
from synthqc.errors import SynthQCError

from .events import Event
from .facts import fact_from_json
from .keeping import Row

FORMAT = 1
"""Version of the file; one of a newer version is refused."""

LONGEST_NAME = 40
"""Characters of a learner's name that are kept."""


class ExportError(SynthQCError):
    """A file that is not, or not any more, an export of progress."""


def export_of(rows: Sequence[Row], *, learner: str, course: str) -> str:
    """The text of the file: events in order of time, of kinds that this version does not know as well."""
    head = {"synthqc": "progress", "format": FORMAT, "learner": learner, "course": course, "events": len(rows)}
    events = ({"id": row.id, "at": row.at, "kind": row.kind, "data": json.loads(row.data)} for row in rows)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, *events))


def rows_from_export(path: Path, *, course: str) -> list[Row]:
    """The events of a file as a store takes them, cleaned, of kinds that this version does not know as well.

    Raises:
        ExportError: The file cannot be read, is no export, is cut off, is of another course or of a newer version.
    """
    lines = _lines(path)
    _, other = _head(path, lines)
    if other != course:
        raise ExportError(f"{path}: is of the course {one_line(other, 60)!r}, this is {course!r}")
    rows = [_row(path, number, line) for number, line in enumerate(lines[1:], start=2)]
    stated = json.loads(lines[0]).get("events", len(rows))
    if stated != len(rows):
        raise ExportError(f"{path}: has {len(rows)} events and says it has {stated!r:.20}; it is cut off")
    return rows


def _row(path: Path, number: int, line: str) -> Row:
    try:
        given = json.loads(line)
        when = datetime.fromisoformat(given["at"])
        if when.tzinfo is None or not (given["id"] and given["kind"]):
            raise ValueError("no time zone, id or kind")
        data = json.dumps(_cleaned(dict(given["data"])))
        return Row(clean(str(given["id"])), when.astimezone(UTC).isoformat(), clean(str(given["kind"])), data)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ExportError(f"{path}:{number}: is no event of an export; was the file cut or edited?") from error


def _lines(path: Path) -> list[str]:
    try:
        # By newlines alone: a text may hold other characters that end a line elsewhere.
        return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error


def events_from_export(path: Path) -> Iterator[Event]:
    """The events of a file, cleaned; kinds that this version does not know are left out.

    Raises:
        ExportError: The file cannot be read, is no export, or comes from a newer version.
    """
    lines = _lines(path)
    learner, course = _head(path, lines)
    for number, line in enumerate(lines[1:], start=2):
        try:
            row = json.loads(line)
            event = event_from_row(row["id"], learner, course, row["at"], row["kind"], json.dumps(row["data"]))
        except (ValueError, TypeError, KeyError) as error:
            raise ExportError(f"{path}:{number}: is no event of an export; was the file cut or edited?") from error
        if event is not None:
            yield event


def _head(path: Path, lines: Sequence[str]) -> tuple[str, str]:
    try:
        head = json.loads(lines[0])
        if head["synthqc"] != "progress":
            raise KeyError("synthqc")
        version, learner, course = int(head["format"]), str(head["learner"]), str(head["course"])
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise ExportError(f"{path}: is no export of progress; `synthqc progress export` writes one") from error
    if version > FORMAT:
        raise ExportError(f"{path}: comes from a newer version of synthqc (format {version}, this reads {FORMAT})")
    return learner, course


def event_from_row(id_: str, learner: str, course: str, at: str, kind: str, data: str) -> Event | None:
    """An event of somebody else's store or file, cleaned; None where this version does not know it.

    Raises:
        ValueError: The time is none, or the facts are no JSON.
        TypeError: A value is of another kind.
    """
    fact = fact_from_json(kind, json.dumps(_cleaned(json.loads(data))))
    if fact is None:
        return None
    when = datetime.fromisoformat(at)
    if when.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return Event(str(id_), one_line(learner, LONGEST_NAME), course, when, fact)


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case list():
            return [_cleaned(one) for one in value]
        case dict():
            return {clean(str(key)): _cleaned(one) for key, one in value.items()}
    return value
