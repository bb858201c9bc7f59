"""How the file of the store is, looked at without touching it."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from .store import SCHEMA


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at the file showed."""

    is_there: bool
    """Is there a file?"""
    problem: str = ""
    """What is wrong with it, in words; empty for a good file."""
    events: int = 0
    """Events of all learners."""
    learners: int = 0
    """Learners in it."""
    size: int = 0
    """Bytes."""


def health_of(path: Path) -> Health:
    """Reads the whole file and has SQLite check it; nothing is written and a damaged file stays where it is."""
    if not path.exists():
        return Health(is_there=False)
    size = path.stat().st_size
    try:
        # as_uri also quotes what a file name may hold and an address may not.
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=2)
        try:
            [version] = connection.execute("pragma user_version").fetchone()
            if version > SCHEMA:
                problem = f"comes from a newer version of synthqc (format {version}, this reads {SCHEMA})"
                return Health(is_there=True, problem=problem, size=size)
            [verdict] = connection.execute("pragma quick_check(1)").fetchone()
            if verdict != "ok":
                return Health(is_there=True, problem=f"is damaged ({verdict})", size=size)
            events, learners = connection.execute("select count(*), count(distinct learner) from events").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        return Health(is_there=True, problem=f"cannot be read ({error})", size=size)
    return Health(is_there=True, events=events, learners=learners, size=size)
