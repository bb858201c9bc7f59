"""`synthqc schema`: what the files of a course may hold, for editors."""

import json

import click

from synthqc.course.schema import FORMATS, schema_of


@click.command()
@click.argument("name", type=click.Choice(list(FORMATS)), metavar="|".join(FORMATS))
def command(name: str) -> None:
    """Print the JSON Schema of one kind of file of a course.

    Example: synthqc schema lesson > schemas/lesson.json
    """
    click.echo(schema_text(name), nl=False)


def schema_text(name: str) -> str:
    """The schema as it stands in a file."""
    return json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n"
