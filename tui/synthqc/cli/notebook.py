"""`synthqc notebook`: what there is to take away from a lab, or from the whole course."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from synthqc.course.loading import load_course
from synthqc.learner.coursebook import coursebook_as_json, coursebook_as_markdown, notebook_of
from synthqc.learner.files import write_files
from synthqc.learner.notebook import notebook_as_json, notebook_as_markdown
from synthqc.learner.opening import own_store
from synthqc.learner.progress import progress_of


@click.command(epilog="Example: synthqc notebook lab-1 --output lab-1.md")
@click.argument("lab", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="How to write.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option(
    "--course", type=click.Path(path_type=Path), metavar="DIR", help="The course; the shipped one if left out."
)
def command(lab: str | None, form: str, output: Path | None, course: Path | None) -> None:
    """Print the notebook of a lab or of the course.

    LAB is the id of a lab, such as lab-1; without it the whole course is meant.
    """
    the_course = load_course(course)
    store = own_store(os.environ, the_course.module.id)
    events = store.events()
    store.close()
    if lab is None:
        make = coursebook_as_markdown if form == "markdown" else coursebook_as_json
        text = make(the_course, events, datetime.now(UTC))
    else:
        lesson, _ = the_course.lab_with_id(lab)
        notebook = notebook_of(the_course, progress_of(events), lesson)
        text = notebook_as_markdown(notebook) if form == "markdown" else notebook_as_json(notebook)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_files({output: text})
        click.echo(f"Written to {output}", err=True)
