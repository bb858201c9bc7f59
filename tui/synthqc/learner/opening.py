"""Opens the store that a learner's progress goes to: the file of this machine, another file, or a server."""

from collections.abc import Mapping
from pathlib import Path

from .keeping import EventStore
from .places import data_directory, learner_name, store_path
from .postgres import PostgresStore, is_address
from .store import Store


def store_place(environment: Mapping[str, str]) -> Path | str:
    """Where progress is kept: `SYNTHQC_STORE`, a file or the address of a server, else the file of this system."""
    return place_of(environment.get("SYNTHQC_STORE", "")) or store_path(data_directory(environment))


def place_of(given: str) -> Path | str:
    """A place as it was given: the address of a server stays one, anything else is a file; empty stays empty."""
    return given if is_address(given) or not given else Path(given).expanduser()


def opened_store(place: Path | str, *, learner: str, course: str) -> EventStore:
    """The store of a learner in a course at a place.

    Raises:
        UsageError: The place is a server, and the extra `postgres` is not installed or the address is none.
    """
    if is_address(place):
        return PostgresStore(str(place), learner=learner, course=course)
    return Store(Path(place), learner=learner, course=course)


def own_store(environment: Mapping[str, str], course: str) -> EventStore:
    """The store of whoever runs the program.

    Raises:
        UsageError: The place is a server, and the extra `postgres` is not installed or the address is none.
    """
    return opened_store(store_place(environment), learner=learner_name(), course=course)
