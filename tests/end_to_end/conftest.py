"""The installed program, started in a pseudo-terminal with a home of its own."""

import os
import sys
from pathlib import Path

import pytest
from pseudo_terminal import PseudoTerminal

COMMAND = os.environ.get("SYNTHQC_COMMAND") or str(Path(sys.executable).with_name("synthqc"))


@pytest.fixture
def installed() -> str:
    """The command under test: that of this environment, or of the one that SYNTHQC_COMMAND names."""
    return COMMAND


@pytest.fixture
def environment(tmp_path):
    """What a login shell would give, and a home that the test may read."""
    return {
        "SYNTHQC_HOME": str(tmp_path / "home"),
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
    }


@pytest.fixture
def start(environment):
    """Starts the program; every terminal is closed at the end of the test."""
    opened = []

    def started(*arguments: str, columns: int = 80, lines: int = 24, env=None, command=None):
        terminal = PseudoTerminal(
            [*(command or [COMMAND]), *arguments], columns=columns, lines=lines, env={**environment, **(env or {})}
        )
        opened.append(terminal)
        return terminal

    yield started
    for terminal in opened:
        terminal.close()
