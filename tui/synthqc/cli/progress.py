"""`synthqc progress`: what a learner did, as a file to hand on."""

import os
from pathlib import Path

import click

from synthqc.course.loading import load_course
from synthqc.learner.exported import export_of
from synthqc.learner.files import write_files
from synthqc.learner.places import data_directory, learner_name, store_path
from synthqc.learner.store import Store


@click.group(epilog="Example: synthqc progress export ada.jsonl")
def command() -> None:
    """Hand on what you did in the course."""


@command.command(short_help="Write what you did to a file.", epilog="Example: synthqc progress export ada.jsonl")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--name", help="The name to hand it on under; your user name if left out.")
@click.option(
    "--course", type=click.Path(path_type=Path), metavar="DIR", help="The course; the shipped one if left out."
)
def export(file: Path, name: str | None, course: Path | None) -> None:
    """Write all that you did in the course to FILE, one JSON object a line; its name must end in .jsonl.

    The texts that you pasted and what you said in labs are in it. An instructor reads it with `synthqc class`.
    """
    if file.suffix != ".jsonl":
        raise click.UsageError(f"{file}: the name must end in .jsonl")
    course_id = load_course(course).module.id
    learner = learner_name()
    store = Store(store_path(data_directory(os.environ)), learner=learner, course=course_id)
    events = store.events()
    store.close()
    write_files({file: export_of(events, learner=name or learner, course=course_id)})
    click.echo(f"{len(events)} events written to {file}", err=True)
