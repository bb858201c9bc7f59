"""`synthqc locate`: where everything lies."""

import os
from collections.abc import Mapping
from pathlib import Path

import click

from synthqc.course.loading import find_course
from synthqc.learner.places import crash_log, data_directory, notebook_directory, store_path
from synthqc.settings.file import config_path

NAMES = ("settings", "data", "progress", "notebooks", "crash-log", "course", "program")
"""What can be located."""


@click.command(short_help="Print where settings, progress, notebooks and the course lie.")
@click.argument("name", type=click.Choice(NAMES), required=False, metavar="[" + "|".join(NAMES) + "]")
def command(name: str | None) -> None:
    """Print where settings, progress, notebooks, the crash log, the course and the program lie; or one of them.

    Example: cp "$(synthqc locate progress)" backup.sqlite3
    """
    places = located(os.environ)
    if name:
        click.echo(str(places[name]))
        return
    for one, place in places.items():
        there = "" if place.exists() else "  (not there yet)"
        click.echo(f"{one:10} {place}{there}")


def located(environment: Mapping[str, str]) -> dict[str, Path]:
    """The places by name, whether something is there or not."""
    data = data_directory(environment)
    places = (
        config_path(environment),
        data,
        store_path(data),
        notebook_directory(data),
        crash_log(data),
        find_course(None),
        Path(__file__).parents[1],
    )
    return dict(zip(NAMES, places, strict=True))
