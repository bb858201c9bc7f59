"""Workshops in temporary directories, opened on a free port of this machine."""

from pathlib import Path

import pytest
from workshops import made, opened

from synthqc.workshop.directory import Workshop


@pytest.fixture
def make(tmp_path: Path):
    """Makes a workshop with these lines in its settings."""

    def workshop(settings: str = "", limits: str = "") -> Workshop:
        return made(tmp_path / "spring", settings, limits)

    return workshop


@pytest.fixture
def serving():
    """Opens a workshop for the length of a `with`."""
    return opened
