"""The notebook of the whole course: what was done, the ideas to watch, and what each lab came to."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from synthqc.course.loading import Course

from .events import Event
from .files import write_files
from .notebook import Notebook, findings_in, notebook_as_json
from .progress import Progress, progress_of
from .record import Record, record_as_markdown, record_of


def notebook_of(course: Course, progress: Progress, lesson: str) -> Notebook:
    """The notebook of the lab of a lesson, as far as the events tell it."""
    lab = course.lab(lesson)
    sample = progress.samples.get(lab.id)
    title = f"Lab {lesson.removeprefix('L')}  {course.entry(lesson).lab}"
    return Notebook(title, lab, progress.exchanges.get(lab.id, ()), sample.name if sample else "")


def _notebooks(course: Course, events: Sequence[Event]) -> Iterator[Notebook]:
    progress = progress_of(events)
    for entry in course.module.lessons:
        if course.has_lab(entry.id):
            notebook = notebook_of(course, progress, entry.id)
            if notebook.exchanges:
                yield notebook


def coursebook_as_markdown(course: Course, events: Sequence[Event], now: datetime) -> str:
    """The record, and behind it what each lab came to.

    Args:
        course: The course.
        events: All events of the learner in it.
        now: When it is made.
    """
    parts = [record_as_markdown(record_of(course, events, now)).rstrip()]
    parts += [
        "\n".join([f"## {one.title}", "", *findings_in(one, level=3)]).rstrip() for one in _notebooks(course, events)
    ]
    return "\n\n".join(parts) + "\n"


def coursebook_as_json(course: Course, events: Sequence[Event], now: datetime) -> str:
    """The record, and the whole notebook of each lab, as JSON."""
    record: Record = record_of(course, events, now)
    labs: list[Mapping[str, Any]] = [json.loads(notebook_as_json(one)) for one in _notebooks(course, events)]
    return json.dumps({**record, "labs": labs}, ensure_ascii=False, indent=2) + "\n"


def write_coursebook(course: Course, events: Sequence[Event], directory: Path, now: datetime) -> Path:
    """Writes the notebook of the course as Markdown and JSON.

    Returns:
        The Markdown file; the JSON file lies beside it.

    Raises:
        WritingError: The disk is full, or the directory cannot be written to.
    """
    path = directory / f"{course.module.id}-{now:%Y-%m-%d-%H%M%S}.md"
    write_files(
        {
            path: coursebook_as_markdown(course, events, now),
            path.with_suffix(".json"): coursebook_as_json(course, events, now),
        }
    )
    return path
