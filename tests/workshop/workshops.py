"""Workshops in temporary directories, opened on a free port of this machine."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from visitor import CODE

from synthqc.workshop.directory import Workshop, open_workshop
from synthqc.workshop.server import Server


def made(directory: Path, settings: str = "", limits: str = "") -> Workshop:
    """A workshop with these lines in its settings."""
    (directory / "learners").mkdir(parents=True)
    text = f'title: Data quality\njoin_code: "{CODE}"\naddress: 127.0.0.1\nport: 0\n{settings}\n'
    (directory / "workshop.yaml").write_text(text + (f"limits:\n{limits}" if limits else ""))
    return open_workshop(directory)


@contextlib.asynccontextmanager
async def opened(workshop: Workshop, **options) -> AsyncIterator[Server]:
    """The workshop while it is open; what its host would read is in `said`."""
    said: list[str] = []
    server = Server(workshop, say=said.append, **options)
    server.said = said
    await server.open()
    try:
        yield server
    finally:
        await server.close()
