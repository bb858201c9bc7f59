"""Every command says in its help how it is used."""

from collections.abc import Iterator

import click
import pytest

from synthqc.cli.main import cli, run


def _commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _commands(inner, (*path, name))


@pytest.mark.parametrize("path", list(_commands(cli, ())), ids=" ".join)
def test_help_shows_an_example_that_calls_the_command(path: tuple[str, ...], capsys) -> None:
    assert run([*path, "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Example" in said
    assert f"synthqc {' '.join(path)}".strip() in said.partition("Example")[2]
