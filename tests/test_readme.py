"""What README promises: its examples run, its commands and tools are there."""

import doctest
import re
from pathlib import Path

import pytest

from synthqc.cli.main import COMMANDS
from synthqc.tools.catalogue import TOOLS

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8")


def test_the_examples_run_and_give_what_they_say() -> None:
    done = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert done.attempted >= 10
    assert done.failed == 0


def test_every_tool_is_listed_and_every_listed_one_is_there() -> None:
    table = (
        TEXT.partition("## The tools")[2].partition("\n\n| tool")[0]
        + TEXT.partition("| tool | measures |")[2].partition("\n\n")[0]
    )
    listed = {
        name
        for row in table.splitlines()
        for name in re.findall(r"`([a-z-]+)`", row.split("|")[1] if "|" in row else "")
    }
    assert listed == set(TOOLS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_listed(command: str) -> None:
    assert f"`synthqc {command}" in TEXT
