"""What whoever holds a class says and closes: events in the same store, under a name that no learner can have."""

import contextlib
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from synthqc.cleaning import one_line
from synthqc.course.loading import Course
from synthqc.errors import UsageError

from .events import Announced, Event, PartsClosed
from .keeping import EventStore
from .opening import opened_store
from .outline import parts_of, place_name
from .places import store_path
from .postgres import is_address
from .progress import Progress

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
    with contextlib.closing(_shared(place)) as store:
        _record(store, Announced(line))
    return line


def close_parts(course: Course, place: Path | str, *, close: Collection[str], reopen: Collection[str]) -> list[str]:
    """Closes and opens parts for all sessions on a store; whoever is in a part may finish it.

    Args:
        course: The course.
        place: A store, the directory of a workshop, or the address of a server.
        close: Parts to close, such as `quiz 2`.
        reopen: Parts to open again.

    Returns:
        The parts that are closed now, in the order of the course.

    Raises:
        UsageError: There is no store at the place, no such part, or it cannot be stored.
    """
    names = [place_name(part.screen, part.lesson) for part in parts_of(course, Progress())]
    for one in (*close, *reopen):
        if one not in names:
            raise UsageError(f"there is no part {one!r:.60}, there are {', '.join(names)}")
    with contextlib.closing(_shared(place)) as store:
        now = (closed_parts(store) | set(close)) - set(reopen)
        closed = [name for name in names if name in now]
        _record(store, PartsClosed(tuple(closed)))
    return closed


def closed_parts(store: EventStore | None) -> frozenset[str]:
    """The parts that are closed, such as `quiz 2`; none where nobody holds the class."""
    events = store.events() if store is not None else ()
    newest = next((event.fact for event in reversed(events) if isinstance(event.fact, PartsClosed)), None)
    return frozenset(newest.parts) if newest else frozenset()


def _shared(place: Path | str) -> EventStore:
    where = place
    if not is_address(place):
        where = store_path(Path(place)) if Path(place).is_dir() else Path(place)
        if not where.is_file():
            raise UsageError(f"{place}: nobody would hear it; give the directory of a workshop, or its store")
    return announcements(where)


def _record(store: EventStore, fact: Announced | PartsClosed) -> None:
    if not store.record(fact):
        raise UsageError(store.trouble.rstrip("."))


def lines_since(store: EventStore, start: datetime) -> Iterator[Event]:
    """The lines for a session that began at a time, oldest first."""
    for event in store.events():
        if isinstance(event.fact, Announced) and event.at >= start - RECENT:
            yield event
