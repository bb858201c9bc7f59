"""`synthqc new`: a small working course to start one's own from."""

import shutil
from pathlib import Path

import click

from synthqc.cli.schema import schema_text
from synthqc.course.loading import find_course
from synthqc.course.schema import FORMATS, file_format, modeline
from synthqc.errors import UsageError

STARTER = Path(__file__).parents[1] / "starter"
"""The course that a new one starts as."""


@click.command(short_help="Write a small course that works, to start from.")
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
def command(directory: Path) -> int:
    """Write a small working course to DIR: one lesson, a quiz, a lab, a sample, and schemas for your editor.

    Example: synthqc new my-course, then synthqc check my-course --play and synthqc --course my-course --watch
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UsageError(f"{directory} is there already and not empty; give the name of a directory that is not")
    try:
        write_starter(directory)
    except OSError as error:
        raise UsageError(f"{directory} cannot be written: {error.strerror or error}") from error
    click.echo(f"{directory}: a course of one lesson")
    click.echo(f"next: synthqc check {directory} --play; synthqc --course {directory} --watch", err=True)
    return 0


def write_starter(directory: Path) -> None:
    """Writes the course; what all labs share is that of the course that comes with the program."""
    shutil.copytree(STARTER, directory, dirs_exist_ok=True)
    shutil.copyfile(find_course() / "labs" / "concepts.yaml", directory / "labs" / "concepts.yaml")
    (directory / "schemas").mkdir()
    for name in FORMATS:
        (directory / "schemas" / f"{name}.json").write_text(schema_text(name), encoding="utf-8")
    for file in sorted(directory.rglob("*.yaml")):
        path = file.relative_to(directory).as_posix()
        text = file.read_text(encoding="utf-8")
        if file_format(path) and not text.startswith("# yaml-language-server"):
            file.write_text(f"{modeline(path)}\n{text}", encoding="utf-8")
