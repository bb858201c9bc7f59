"""Lines that whoever holds a class says to all: events in the same store, under a name that no learner can have."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from synthqc.cleaning import one_line
from synthqc.errors import UsageError

from .events import Announced, Event
from .keeping import EventStore
from .opening import opened_store
from .places import store_path
from .postgres import is_address

HOST = "@host"
"""The name under which lines are stored; names of learners have letters, digits and hyphens."""

LONGEST = 200
"""Characters of a line; what is longer is cut."""

RECENT = timedelta(minutes=5)
"""A line from so long before a session began is shown in it as well: whoever lost the connection missed it."""


def announcements(place: Path | str) -> EventStore:
    """The store of the lines said to a class; closed by whoever opened it."""
    return opened_store(place, learner=HOST, course="")


def say(place: Path | str, text: str) -> str:
    """Says a line to all sessions on a store.

    Args:
        place: A store, the directory of a workshop, or the address of a server.
        text: The line.

    Returns:
        The line as it is shown.

    Raises:
        UsageError: There is no store at the place, nothing was said, or it cannot be stored.
    """
    line = one_line(text, LONGEST)
    if not line:
        raise UsageError("there is nothing to say; give a line of text")
    where = place
    if not is_address(place):
        where = store_path(Path(place)) if Path(place).is_dir() else Path(place)
        if not where.is_file():
            raise UsageError(f"{place}: nobody would hear it; give the directory of a workshop, or its store")
    store = announcements(where)
    try:
        if not store.record(Announced(line)):
            raise UsageError(store.trouble.rstrip("."))
    finally:
        store.close()
    return line


def lines_since(store: EventStore, start: datetime) -> Iterator[Event]:
    """The lines for a session that began at a time, oldest first."""
    for event in store.events():
        if isinstance(event.fact, Announced) and event.at >= start - RECENT:
            yield event
