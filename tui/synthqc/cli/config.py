"""`synthqc config`: what is set, where it comes from, and the format of the settings file."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, fields

import click

from synthqc.app.actions import action_ids
from synthqc.course.schema import schema_for
from synthqc.settings.file import config_path
from synthqc.settings.resolving import Resolved, resolved
from synthqc.settings.settings import EndpointSettings, Settings


@click.group(short_help="Show what is set and where, the settings file's path and format.")
def command() -> None:
    """Show the settings: which value holds, where it comes from, where the file lies, what it may hold.

    A flag wins over the environment, the environment over the file, the file over the default.

    Example: synthqc config show
    """


@command.command(short_help="Print every setting with its value and where it comes from.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def show(form: str) -> None:
    """Print every setting with its value and where it comes from.

    Example: synthqc config show --format json
    """
    found = resolved(os.environ, actions=action_ids)
    if form == "json":
        values = {name: {"value": value, "from": found.sources[name]} for name, value in asdict(found.settings).items()}
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    rows = list(_rows(found))
    first, second = (max(len(row[number]) for row in rows) for number in (0, 1))
    for name, value, source in rows:
        click.echo(f"{name:{first}}  {value:{second}}  {source}")
    if not found.path.exists():
        click.echo(f"There is no settings file yet; {found.path} would be read.", err=True)


@command.command(short_help="Print where the settings file lies.")
def path() -> None:
    """Print where the settings file lies, whether it is there or not.

    Example: $EDITOR "$(synthqc config path)"
    """
    click.echo(str(config_path(os.environ)))


@command.command(short_help="Print the JSON Schema of the settings file.")
def schema() -> None:
    """Print the JSON Schema of the settings file, for an editor that completes and checks it.

    Example: synthqc config schema > config.schema.json
    """
    click.echo(json.dumps(schema_for(Settings, "synthqc settings"), ensure_ascii=False, indent=2))


def _rows(found: Resolved) -> Iterator[tuple[str, str, str]]:
    for one in fields(Settings):
        value = getattr(found.settings, one.name)
        source = found.sources[one.name]
        if isinstance(value, str | bool):
            yield one.name, _shown(value), source
        elif not value:
            yield one.name, "none", source
        else:
            for key, inner in value.items():
                yield f"{one.name}.{key}", _shown(inner), source


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, EndpointSettings):
        return str(value) or "none"
    parts = asdict(value)
    return ", ".join(f"{name} {_shown(inner)}" for name, inner in parts.items() if inner not in ("", False))
