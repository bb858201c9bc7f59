"""What every store of events promises, and what all of them do alike."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from .events import Event, Fact
from .facts import fact_as_json, fact_from_json
from .resetting import standing


class Row(NamedTuple):
    """An event as stored, whose learner and course go without saying."""

    id: str
    """Unique over all stores."""
    at: str
    """When, in ISO 8601."""
    kind: str
    """Kind of the fact."""
    data: str
    """The fact's fields, as JSON."""


class EventStore(Protocol):
    """What one learner did in one course, and the only way to add to it.

    Opening never fails and recording never raises: a course goes on without a disk or a server. `trouble` then says in
    one sentence what is not saved and why, and what could not be written is tried again with the next event.
    """

    notice: str
    """What happened to an older file when this one was opened, in one sentence; empty when nothing did."""

    @property
    def trouble(self) -> str:
        """Why nothing is being saved, in one sentence; empty while all is well."""

    def record(self, fact: Fact) -> bool:
        """Adds what happened.

        Args:
            fact: What happened.

        Returns:
            Whether it is stored. If not, `trouble` says why, and the fact is kept for the next try.
        """

    def events(self) -> tuple[Event, ...]:
        """All that this learner did in this course, stored and waiting, oldest first."""

    def rows(self) -> list[Row]:
        """All events of this learner in this course as stored, of kinds that this version does not know as well."""

    def merge(self, rows: Iterable[Row]) -> int:
        """Adds events of another store as this learner's; those that are here already stay as they are.

        Returns:
            How many were new; where none could be written, `trouble` says why.
        """

    def version(self) -> tuple[int, int]:
        """A pair that changes when another terminal has written.

        What this store records itself does not change it: whoever recorded it knows.
        """

    def keep_draft(self, item: str, text: str) -> bool:
        """Keeps a half-typed text, in place of the one kept before; an empty text removes it."""

    def draft(self, item: str) -> str:
        """The half-typed text kept for this item; empty if there is none."""

    def close(self) -> None:
        """Tries once more to write what is waiting, and closes."""


class Keeper(ABC):
    """The part of an `EventStore` that is the same wherever the rows go: what waits, and what is said about it."""

    def __init__(self, *, learner: str, course: str, now: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self.notice = ""
        """What happened to an older file when this one was opened, in one sentence; empty when nothing did."""
        self._learner = learner
        self._course = course
        self._now = now
        self._new_id = new_id
        self._unsaved: list[Event] = []
        self._failure = ""

    @property
    def trouble(self) -> str:
        """Why nothing is being saved, in one sentence; empty while all is well."""
        if not self._failure:
            return ""
        waiting = f" {len(self._unsaved)} steps wait to be saved." if self._unsaved else ""
        return f"Not saved: {self._failure}.{waiting}"

    def record(self, fact: Fact) -> bool:
        """Adds what happened.

        Args:
            fact: What happened.

        Returns:
            Whether it is stored. If not, `trouble` says why, and the fact is kept for the next try.
        """
        self._unsaved.append(Event(self._new_id(), self._learner, self._course, self._now(), fact))
        return self._write_unsaved()

    def events(self) -> tuple[Event, ...]:
        """All that this learner did in this course, stored and waiting, oldest first."""
        found: list[Event] = []
        for row in self.rows():
            fact = fact_from_json(row.kind, row.data)
            if fact is not None:
                found.append(Event(row.id, self._learner, self._course, datetime.fromisoformat(row.at), fact))
        saved = {event.id for event in found}
        return standing((*found, *(event for event in self._unsaved if event.id not in saved)))

    def merge(self, rows: Iterable[Row]) -> int:
        """Adds events of another store as this learner's; those that are here already stay as they are.

        Returns:
            How many were new; where none could be written, `trouble` says why.
        """
        known = {row.id for row in self.rows()}
        new = {row.id: row for row in rows if row.id not in known}
        return len(new) if self._insert(list(new.values())) else 0

    def close(self) -> None:
        """Tries once more to write what is waiting, and closes."""
        if self._unsaved:
            self._write_unsaved()
        self._disconnect()

    def _write_unsaved(self) -> bool:
        rows = [Row(e.id, e.at.isoformat(), e.fact.kind, fact_as_json(e.fact)) for e in self._unsaved]
        if not self._insert(rows):
            return False
        self._unsaved.clear()
        self._failure = ""
        return True

    @abstractmethod
    def _insert(self, rows: Sequence[Row]) -> bool:
        """Writes rows, all or none; one whose id is there already stays as it is. Where it cannot, notes why."""

    @abstractmethod
    def rows(self) -> list[Row]:
        """All events of this learner in this course as stored, of kinds that this version does not know as well."""

    @abstractmethod
    def _disconnect(self) -> None:
        """Closes."""


def storable(text: str) -> str:
    """The text without what no store takes: lone surrogates, which UTF-8 does not have, and zero bytes."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
