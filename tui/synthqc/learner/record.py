"""What a learner did in a course, as a record to keep or to hand on: Markdown, JSON, CSV or lines of a table."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from synthqc import __version__
from synthqc.course.loading import Course
from synthqc.course.quiz import MODULE_TEST

from .events import Event, LabCompleted, SittingFinished
from .facts import fact_as_json
from .files import write_files
from .ideas import met_ideas
from .moduletest import is_passed, needed
from .progress import progress_of

STATEMENT = (
    "This is a record of what was done on one machine, made by the program from its own events. It is no certificate: "
    "nobody watched, and whoever has the file can change it. The digest shows whether it belongs to the same events."
)
"""What a record is and is not."""

Record = Mapping[str, Any]
"""A record as JSON values; `record_of` says what is in it."""


def record_of(course: Course, events: Sequence[Event], now: datetime) -> Record:
    """The record: course, version, when it was made, digest, parts, attempts at the module test, wrong ideas met.

    Args:
        course: The course.
        events: All events of the learner in it.
        now: When the record is made.
    """
    progress = progress_of(events)
    finished = _finished(events)
    attempts = [
        {
            "at": _when(finished.get(one.id)),
            "right": one.right,
            "of": one.of,
            "needed": needed(one.of),
            "passed": is_passed(one.right, one.of),
        }
        for one in progress.sittings_of(MODULE_TEST)
        if one.is_finished
    ]
    return {
        "course": course.module.id,
        "title": course.module.title,
        "synthqc": __version__,
        "made": _when(now),
        "digest": digest_of(events),
        "parts": list(_parts(course, events)),
        "module_test": attempts,
        "passed": any(one["passed"] for one in attempts),
        "ideas_met": [
            {"idea": one.idea, "times": one.times, "where": list(one.where)} for one in met_ideas(course, events)
        ],
        "statement": STATEMENT,
    }


def digest_of(events: Iterable[Event]) -> str:
    """SHA-256 over the events in order of time, each as one line: the same events give the same digest."""
    digest = hashlib.sha256()
    for one in sorted(events, key=lambda event: (event.at, event.id)):
        digest.update(f"{one.id}\t{one.at.isoformat()}\t{one.fact.kind}\t{fact_as_json(one.fact)}\n".encode())
    return digest.hexdigest()


def _parts(course: Course, events: Sequence[Event]) -> Iterator[dict[str, Any]]:
    progress = progress_of(events)
    completed = {one.fact.lab: one.at for one in reversed(events) if isinstance(one.fact, LabCompleted)}
    for entry in course.module.lessons:
        number = entry.id.removeprefix("L")
        read = len(progress.sections.get(entry.id, ()))
        state = "read" if entry.id in progress.read else f"{read} sections read" if read else "not begun"
        yield {"part": f"lesson {number}", "title": entry.title, "state": state, "done": entry.id in progress.read}
        if course.has_quiz(entry.id):
            best = progress.best(entry.id)
            taken = sum(one.is_finished for one in progress.sittings_of(entry.id))
            state = f"{best.right} of {best.of} right, best of {taken}" if best else "not taken"
            yield {"part": f"quiz {number}", "title": entry.title, "state": state, "done": best is not None}
        if course.has_lab(entry.id):
            lab = course.lab(entry.id).id
            at = completed.get(lab)
            held = len(progress.exchanges.get(lab, ()))
            state = (
                f"completed {_when(at)[:10]}"
                if at
                else f"{held} exchange{'s' if held > 1 else ''}"
                if held
                else "not begun"
            )
            yield {"part": f"lab {number}", "title": entry.lab, "state": state, "done": at is not None}


def _finished(events: Iterable[Event]) -> dict[str, datetime]:
    return {one.fact.sitting: one.at for one in events if isinstance(one.fact, SittingFinished)}


def _when(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def record_as_json(record: Record) -> str:
    """The record as JSON."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def record_as_csv(record: Record) -> str:
    """The parts and attempts as CSV: part, title, state, done."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("part", "title", "state", "done"))
    for part, title, state, is_done in rows_of(record):
        writer.writerow((part, title, state, "yes" if is_done else "no"))
    return out.getvalue()


def record_as_markdown(record: Record) -> str:
    """The record as Markdown."""
    lines = [f"# {record['title']}: record of what was done", "", record["statement"], ""]
    lines += ["| part | title | state |", "|---|---|---|"]
    lines += [f"| {part} | {title} | {state} |" for part, title, state, _ in rows_of(record)]
    if record["ideas_met"]:
        lines += ["", "## Ideas to watch", ""]
        lines += [f"- “{one['idea']}” ({one['times']}x: {', '.join(one['where'])})" for one in record["ideas_met"]]
    lines += ["", f"Made {record['made']} by synthqc {record['synthqc']}, course {record['course']}."]
    lines += [f"Digest of the events (SHA-256): {record['digest']}", ""]
    return "\n".join(lines)


def rows_of(record: Record) -> list[tuple[str, str, str, bool]]:
    """The parts, then the attempts at the module test: part, title, state in words, and whether it is done."""
    rows = [(one["part"], one["title"], one["state"], one["done"]) for one in record["parts"]]
    for number, one in enumerate(record["module_test"], start=1):
        words = "passed" if one["passed"] else f"not passed, {one['needed']} pass"
        state = f"{one['right']} of {one['of']} right, {words}, {one['at'][:10]}"
        rows.append(("module test", f"attempt {number}", state, one["passed"]))
    if not record["module_test"]:
        rows.append(("module test", "", "not taken", False))
    return rows


def write_record(record: Record, directory: Path) -> Path:
    """Writes the record as Markdown and JSON; an earlier one stays.

    Returns:
        The Markdown file; the JSON file lies beside it.

    Raises:
        WritingError: The disk is full, or the directory cannot be written to.
    """
    stamp = record["made"][:19].replace("T", "-").replace(":", "")
    path = directory / f"record-{stamp}.md"
    write_files({path: record_as_markdown(record), path.with_suffix(".json"): record_as_json(record)})
    return path
