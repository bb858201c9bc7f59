"""`synthqc class`: where the learners of a class are, and where they are stuck."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from synthqc.assistant.record import open_topics_of
from synthqc.course.loading import load_course
from synthqc.learner.announcing import close_parts, say
from synthqc.learner.classroom import Classroom, classroom_of
from synthqc.learner.gathering import Gathering
from synthqc.learner.opening import place_of
from synthqc.learner.roll import room_as_csv, room_as_json, room_as_table

from .classpage import class_page
from .play import play

if TYPE_CHECKING:
    from textual.screen import Screen

_FORMS: Mapping[str, Callable[[Classroom], str]] = {
    "table": room_as_table,
    "json": room_as_json,
    "csv": room_as_csv,
    "html": class_page,
}


@click.command(epilog="Example: synthqc class exports --format html > class.html")
@click.argument("place", type=place_of, metavar="DIR")
@click.option("--format", "form", type=click.Choice(list(_FORMS)), default="table", show_default=True, help="How.")
@click.option(
    "--course",
    type=click.Path(path_type=Path),
    metavar="COURSE",
    help="The course; if left out, that of the workshop, else the shipped one.",
)
@click.option("--say", "line", metavar="TEXT", help="Say a line to all who are in the workshop, and end.")
@click.option("--close", multiple=True, metavar="PART", help="Close a part, such as quiz-2 or module-test, to all.")
@click.option("--open", "reopen", multiple=True, metavar="PART", help="Open a closed part again.")
@click.option("--live", is_flag=True, help="Show it on the screen and keep looking.")
@click.pass_context
def command(
    context: click.Context,
    place: Path | str,
    form: str,
    course: Path | None,
    *,
    line: str | None,
    close: tuple[str, ...],
    reopen: tuple[str, ...],
    live: bool,
) -> None:
    """Print where the learners of a class are and are stuck.

    DIR holds stores (a workshop) or files written by `synthqc progress export`, at any depth; a single one will do,
    and so will postgresql://user@host/database, the store of a workshop on several hosts.
    What is stored there stays as it is.
    """
    is_form_given = context.get_parameter_source("form") is not ParameterSource.DEFAULT
    if sum((line is not None, bool(close or reopen), live, is_form_given)) > 1:
        raise click.UsageError("--say, --close with --open, --live and --format do not go together")
    course = course or _course_of(place)
    if line is not None:
        click.echo(f"said: {say(place, line)}", err=True)
        return
    if close or reopen:
        closed = close_parts(load_course(course), place, close=_names(close), reopen=_names(reopen))
        click.echo(f"closed: {', '.join(closed) or 'nothing'}", err=True)
        return
    if live:
        Gathering(place).look()
        play(course, begins_with=partial(_screen, place))
        return
    the_course = load_course(course)
    gathering = Gathering(place)
    room = classroom_of(the_course, gathering.look(), datetime.now(UTC), open_topics_of)
    for problem in gathering.problems:
        click.echo(f"left out: {problem}", err=True)
    click.echo(_FORMS[form](room), nl=False)


def _names(parts: tuple[str, ...]) -> list[str]:
    return [one.replace("-", " ") for one in parts]


def _course_of(place: Path | str) -> Path | None:
    """The course of a workshop, where the place is one that has its own."""
    if isinstance(place, str) or not (place / "workshop.yaml").is_file():
        return None
    from synthqc.workshop.directory import open_workshop

    return open_workshop(place).course


def _screen(place: Path | str) -> "Screen[None]":
    from synthqc.app.screens.classroom import ClassScreen

    return ClassScreen(place)
