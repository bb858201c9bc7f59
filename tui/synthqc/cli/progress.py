"""`synthqc progress`: shows it, takes it to another machine, brings it back, begins a part anew."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from synthqc.course.loading import Course, load_course
from synthqc.course.quiz import MODULE_TEST
from synthqc.errors import UsageError
from synthqc.learner.events import PartReset
from synthqc.learner.exported import export_of, rows_from_export
from synthqc.learner.files import write_files
from synthqc.learner.keeping import EventStore
from synthqc.learner.opening import own_store
from synthqc.learner.places import data_directory, learner_name

_COURSE = click.option(
    "--course",
    "directory",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The course; the shipped one if left out.",
)


@click.group(short_help="Show progress, export, import, begin a part anew.")
def command() -> None:
    """Show what you have done, take it to another machine, bring it back, or begin a part anew.

    Example: synthqc progress show
    """


@command.command(short_help="Print the parts of the course with their state.")
@_COURSE
def show(directory: Path | None) -> None:
    """Print the parts of the course with their state.

    Example: synthqc progress show
    """
    from synthqc.learner.outline import parts_of
    from synthqc.learner.progress import progress_of

    with _opened(directory) as (course, store):
        parts = list(parts_of(course, progress_of(store.events())))
    wide = max(len(part.title) for part in parts)
    for part in parts:
        click.echo(f"{'*' if part.state == 'done' else ' '} {part.title:{wide}}  {part.words}")
    click.echo(f"{sum(part.state == 'done' for part in parts)} of {len(parts)} done (*)", err=True)


@command.command(short_help="Write what you did to a file.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--name", help="The name to hand it on under; your user name if left out.")
@_COURSE
def export(file: Path, name: str | None, directory: Path | None) -> None:
    """Write all that you did in the course to FILE, one JSON object a line; its name must end in .jsonl.

    The texts that you pasted and what you said in labs are in it. `synthqc progress import` adds it to what was done
    on another machine; an instructor reads it with `synthqc class`.

    Example: synthqc progress export ada.jsonl
    """
    if file.suffix != ".jsonl":
        raise click.UsageError(f"{file}: the name must end in .jsonl")
    with _opened(directory) as (course, store):
        rows = store.rows()
        write_files({file: export_of(rows, learner=name or learner_name(), course=course.module.id)})
    click.echo(f"{len(rows)} events written to {file}", err=True)


@command.command(name="import", short_help="Add the progress of another machine.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@_COURSE
def import_file(file: Path, directory: Path | None) -> None:
    """Add the events of an exported file to yours; what is here already stays, and importing twice adds nothing.

    Example: synthqc progress import laptop.jsonl
    """
    with _opened(directory) as (course, store):
        rows = rows_from_export(file, course=course.module.id)
        added = store.merge(rows)
        _refuse_trouble(store)
    click.echo(f"{added:,} of {len(rows):,} events are new", err=True)


@command.command(short_help="Begin the course or a part of it anew, with a backup.")
@click.option("--part", metavar="L2", help="A lesson with its quiz and lab, or module-test; all if left out.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_COURSE
def reset(part: str | None, directory: Path | None, *, yes: bool) -> None:
    """Begin the course, or a part of it, anew. A backup is written first, and you are asked.

    Nothing is deleted: the events stay, and do not count any more. To delete everything, remove the file that
    `synthqc locate progress` names.

    Example: synthqc progress reset --part L2
    """
    with _opened(directory) as (course, store):
        lab = _lab_of(course, part)
        what = {None: "the whole course", MODULE_TEST: "the module test"}.get(part, f"lesson, quiz and lab of {part}")
        if not yes:
            if not sys.stdin.isatty():
                raise UsageError("nobody can be asked here; --yes begins anew without asking")
            click.confirm(f"Begin {what} anew? A backup is written first.", abort=True, err=True)
        data = data_directory(os.environ)
        backup = data / f"progress-before-reset-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.jsonl"
        write_files({backup: export_of(store.rows(), learner=learner_name(), course=course.module.id)})
        store.record(PartReset(part or "", lab))
        _refuse_trouble(store)
        labs = [lab] if lab else [] if part else [_lab_of(course, one.id) for one in course.module.lessons]
        for one in filter(None, labs):
            for draft in ("message", "text"):
                store.keep_draft(f"{one}/{draft}", "")
    click.echo(f"Begun anew: {what}. The backup is {backup}", err=True)


@contextmanager
def _opened(directory: Path | None) -> Iterator[tuple[Course, EventStore]]:
    course = load_course(directory)
    store = own_store(os.environ, course.module.id)
    try:
        _refuse_trouble(store)
        yield course, store
    finally:
        store.close()


def _refuse_trouble(store: EventStore) -> None:
    if store.notice:
        click.echo(f"synthqc: {store.notice}", err=True)
    if store.trouble:
        raise UsageError(store.trouble.rstrip("."))


def _lab_of(course: Course, part: str | None) -> str:
    """The id of a part's lab; empty where it has none."""
    lessons = [one.id for one in course.module.lessons]
    if part is not None and part not in (*lessons, MODULE_TEST):
        raise UsageError(f"--part is {part!r:.60}, allowed is {', '.join((*lessons, MODULE_TEST))}")
    return course.lab(part).id if part in lessons and course.has_lab(part) else ""
