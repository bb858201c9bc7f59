"""`synthqc review`: opens the review of what is due."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from textual.screen import Screen


@click.command(epilog="Example: synthqc review")
@click.option(
    "--course", type=click.Path(path_type=Path), metavar="DIR", help="The course; the shipped one if left out."
)
def command(course: Path | None) -> None:
    """Review key terms and missed questions that are due."""
    from synthqc.cli.play import play

    play(course, begins_with=_review)


def _review() -> "Screen[None]":
    from synthqc.app.screens.review import ReviewScreen

    return ReviewScreen()
