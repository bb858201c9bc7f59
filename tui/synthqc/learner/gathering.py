"""The events of many learners, from wherever an instructor has them: stores, a workshop, exported files."""

import itertools
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from synthqc.errors import SynthQCError, UsageError

from .announcing import HOST
from .events import Event
from .exported import event_from_row, events_from_export
from .postgres import events_on_server, is_address
from .resetting import standing
from .store import SCHEMA

STORE_ENDING = ".sqlite3"
EXPORT_ENDING = ".jsonl"

_SET_ASIDE = (".damaged-", ".newer-")


@dataclass(slots=True)
class Gathering:
    """What was found, kept between two looks so that the next one reads only what is new."""

    place: Path | str
    """A store, an exported file, or a directory with any number of them at any depth; or the address of a server."""
    events: dict[Path, dict[str, Event]] = field(default_factory=dict)
    """By file, the events read so far, by id."""
    problems: tuple[str, ...] = ()
    """Files that could not be read at the last look, each in one sentence."""

    def look(self) -> Mapping[str, Sequence[Event]]:
        """Reads what is new.

        Returns:
            By learner, the events of each. Two files under one name that share no event are two people who happen to
            be called alike: the second is called by its file as well.

        Raises:
            UsageError: There is nothing at the place, nothing in it that could be read, or no server at the address.
        """
        if is_address(self.place):
            known = self.events.setdefault(Path(), {})
            known.update({event.id: event for event in events_on_server(str(self.place), known)})
            return _by_learner(self.events)
        problems = []
        files = list(self._files())
        for path in files:
            try:
                self._read(path)
            except (SynthQCError, ValueError, TypeError, OSError, sqlite3.Error) as error:
                problems.append(str(error) if isinstance(error, SynthQCError) else f"{path}: cannot be read: {error}")
        self.problems = tuple(problems)
        if not files:
            raise UsageError(
                f"{self.place}: nothing to read; give a store (*{STORE_ENDING}), a file of `synthqc progress export` "
                f"(*{EXPORT_ENDING}), or a directory with them"
            )
        if len(problems) == len(files):
            raise UsageError(problems[0])
        return _by_learner(self.events)

    def _files(self) -> Iterator[Path]:
        place = Path(self.place)
        if place.is_dir():
            for path in sorted(place.rglob("*")):
                is_ours = path.suffix in (STORE_ENDING, EXPORT_ENDING) and path.is_file()
                if is_ours and not any(word in path.name for word in _SET_ASIDE):
                    yield path
        elif place.exists():
            yield place

    def _read(self, path: Path) -> None:
        known = self.events.setdefault(path, {})
        if path.suffix == EXPORT_ENDING:
            known.update({event.id: event for event in events_from_export(path)})
        else:
            known.update({event.id: event for event in _events_in_store(path, known)})


def _events_in_store(path: Path, known: Mapping[str, Event]) -> Iterator[Event]:
    # as_uri also quotes what a file name may hold and an address may not. Read only: a look must not begin a file.
    # Where nothing can be written, SQLite cannot keep its own lock files, and nobody else can write either.
    mode = "mode=ro" if os.access(path.parent, os.W_OK) else "immutable=1"
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, timeout=4)
    try:
        [version] = connection.execute("pragma user_version").fetchone()
        if version > SCHEMA:
            raise UsageError(f"{path}: comes from a newer version of synthqc (format {version}, this reads {SCHEMA})")
        new = [id_ for [id_] in connection.execute("select id from events") if id_ not in known]
        for id_ in new:
            row = connection.execute(
                "select id, learner, course, at, kind, data from events where id = ?", (id_,)
            ).fetchone()
            if row is not None and (event := event_from_row(*row)) is not None:
                yield event
    finally:
        connection.close()


def _by_learner(files: Mapping[Path, Mapping[str, Event]]) -> dict[str, list[Event]]:
    people: dict[str, dict[str, Event]] = {}
    for path, events in files.items():
        own: dict[str, dict[str, Event]] = {}
        for event in events.values():
            if event.learner == HOST:
                continue
            own.setdefault(event.learner, {})[event.id] = event
        for name, theirs in own.items():
            # Ids of events are unique, so whoever shares one is the same person.
            same = (one for one, known in people.items() if known.keys() & theirs.keys())
            called = next(same, None) or next(one for one in _names(name, path) if one not in people)
            people.setdefault(called, {}).update(theirs)
    return {name: list(standing(events.values())) for name, events in people.items()}


def _names(name: str, path: Path) -> Iterator[str]:
    """The learner's name; where it is taken by somebody else, with the file, or for stores with their directory."""
    yield name
    file = path.parent.name if path.suffix == STORE_ENDING else path.stem
    yield f"{name} ({file})"
    yield from (f"{name} ({file}, {number})" for number in itertools.count(2))
