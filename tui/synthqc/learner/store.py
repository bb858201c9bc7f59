"""What learners did, in one SQLite file: events are added before the screen shows them, and never changed."""

import contextlib
import dataclasses
import itertools
import json
import os
import secrets
import sqlite3
import time
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import events
from .events import Event, Fact
from .resetting import standing

SCHEMA = 1
"""Version of the file; a file of a newer one is set aside, not opened."""

_BUSY_SECONDS = 4.0
_KINDS: Mapping[str, type[Any]] = {kind.kind: kind for kind in typing.get_args(events.Fact)}
_TABLES = """
create table if not exists events (
    id text primary key, learner text not null, course text not null, at text not null, kind text not null,
    data text not null
) without rowid;
create index if not exists events_by_learner on events (learner, course, at, id);
create table if not exists drafts (
    learner text not null, course text not null, item text not null, text text not null,
    primary key (learner, course, item)
) without rowid;
"""


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


_steps = itertools.count()


class Row(typing.NamedTuple):
    """An event as stored, whose learner and course go without saying."""

    id: str
    """Unique over all stores."""
    at: str
    """When, in ISO 8601."""
    kind: str
    """Kind of the fact."""
    data: str
    """The fact's fields, as JSON."""


def unique_id() -> str:
    """An id that no other event of any store has; ids of one program sort in the order in which they were made."""
    return f"{time.time_ns():016x}{next(_steps):08x}{secrets.token_hex(6)}"


class Store:
    """What one learner did in one course, and the only way to add to it.

    Opening never fails and recording never raises: a course goes on without a disk. `trouble` then says in one
    sentence what is not saved and why, and what could not be written is tried again with the next event.
    """

    def __init__(
        self,
        path: Path,
        *,
        learner: str,
        course: str,
        now: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = unique_id,
    ) -> None:
        self.path = path
        """The file."""
        self.notice = ""
        """What happened to an older file when this one was opened, in one sentence; empty when nothing did."""
        self._learner = learner
        self._course = course
        self._now = now
        self._new_id = new_id
        self._unsaved: list[Event] = []
        self._failure = ""
        self._files = 0
        self._connection: sqlite3.Connection | None = None
        self._connect()

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
            Whether it is on the disk. If not, `trouble` says why, and the fact is kept for the next try.
        """
        self._unsaved.append(Event(self._new_id(), self._learner, self._course, self._now(), fact))
        return self._write_unsaved()

    def events(self) -> tuple[Event, ...]:
        """All that this learner did in this course, on the disk and waiting, oldest first."""
        found: list[Event] = []
        query = "select id, at, kind, data from events where learner = ? and course = ? order by at, id"
        try:
            rows = self._connected().execute(query, (self._learner, self._course)).fetchall()
        except sqlite3.Error as error:
            self._fail(error)
            rows = []
        for event_id, at, kind, data in rows:
            fact = fact_from_json(kind, data)
            if fact is not None:
                found.append(Event(event_id, self._learner, self._course, datetime.fromisoformat(at), fact))
        saved = {event.id for event in found}
        return standing((*found, *(event for event in self._unsaved if event.id not in saved)))

    def rows(self) -> list[Row]:
        """All events of this learner in this course as stored, of kinds that this version does not know as well."""
        query = "select id, at, kind, data from events where learner = ? and course = ? order by at, id"
        try:
            found = self._connected().execute(query, (self._learner, self._course)).fetchall()
        except sqlite3.Error as error:
            self._fail(error)
            return []
        return [Row(*row) for row in found]

    def merge(self, rows: Iterable[Row]) -> int:
        """Adds events of another store as this learner's; those that are here already stay as they are.

        Returns:
            How many were new; where none could be written, `trouble` says why.
        """
        known = {row.id for row in self.rows()}
        new = [(row.id, self._learner, self._course, row.at, row.kind, row.data) for row in rows if row.id not in known]
        try:
            with self._transaction() as connection:
                connection.executemany("insert or ignore into events values (?, ?, ?, ?, ?, ?)", new)
        except sqlite3.Error as error:
            self._fail(error)
            return 0
        return len({one[0] for one in new})

    def version(self) -> tuple[int, int]:
        """A pair that changes when another terminal has written, or when this store began a new file.

        What this store records itself does not change it: whoever recorded it knows.
        """
        try:
            [version] = self._connected().execute("pragma data_version").fetchone()
        except sqlite3.Error as error:
            self._fail(error)
            version = -1
        return self._files, int(version)

    def keep_draft(self, item: str, text: str) -> bool:
        """Keeps a half-typed text, in place of the one kept before; an empty text removes it."""
        try:
            with self._transaction() as connection:
                connection.execute(
                    "insert or replace into drafts values (?, ?, ?, ?)",
                    (self._learner, self._course, item, _storable(text)),
                )
        except sqlite3.Error as error:
            self._fail(error)
            return False
        return True

    def draft(self, item: str) -> str:
        """The half-typed text kept for this item; empty if there is none."""
        query = "select text from drafts where learner = ? and course = ? and item = ?"
        try:
            row = self._connected().execute(query, (self._learner, self._course, item)).fetchone()
        except sqlite3.Error as error:
            self._fail(error)
            return ""
        return str(row[0]) if row else ""

    def close(self) -> None:
        """Tries once more to write what is waiting, and closes the file."""
        if self._unsaved:
            self._write_unsaved()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _write_unsaved(self) -> bool:
        rows = [(e.id, e.learner, e.course, e.at.isoformat(), e.fact.kind, fact_as_json(e.fact)) for e in self._unsaved]
        try:
            with self._transaction() as connection:
                connection.executemany("insert or ignore into events values (?, ?, ?, ?, ?, ?)", rows)
        except sqlite3.Error as error:
            self._fail(error)
            return False
        self._unsaved.clear()
        self._failure = ""
        return True

    @contextlib.contextmanager
    def _transaction(self) -> typing.Iterator[sqlite3.Connection]:
        connection = self._connected()
        connection.execute("begin immediate")
        try:
            yield connection
            connection.execute("commit")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("rollback")
            raise

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connect()
        if self._connection is None:
            raise sqlite3.OperationalError(self._failure)
        return self._connection

    def _fail(self, error: sqlite3.Error) -> None:
        name = getattr(error, "sqlite_errorname", "")
        if name in _DAMAGED and self._connection is not None:
            self._connection.close()
            self._connection = None
            self._begin_anew(_UnusableError("is damaged", "damaged"))
            return
        reason = _REASONS.get(name, str(error))
        self._failure = reason if str(self.path) in reason else f"{self.path}: {reason}"

    def _connect(self) -> None:
        self._files += 1
        try:
            self._connection = _opened(self.path)
        except _UnusableError as unusable:
            self._begin_anew(unusable)
        except OSError as error:
            self._failure = f"{error.filename or self.path}: {(error.strerror or str(error)).lower()}"
        except sqlite3.Error as error:
            self._fail(error)

    def _begin_anew(self, unusable: "_UnusableError") -> None:
        try:
            aside = _set_aside(self.path, unusable.word, self._now())
            self._connection = _opened(self.path)
        except (OSError, sqlite3.Error, _UnusableError) as error:
            self._failure = f"{self.path} {unusable} and cannot be set aside ({error})"
            return
        self.notice = f"{self.path.name} {unusable}; it was set aside as {aside.name} and a new file begun."


_DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
_REASONS = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "the disk or the file is read-only",
    "SQLITE_READONLY_DIRECTORY": "the directory is read-only",
    "SQLITE_BUSY": "another program keeps the file locked",
    "SQLITE_IOERR": "the disk reports an error",
    "SQLITE_IOERR_WRITE": "the disk cannot be written",
    "SQLITE_CANTOPEN": "the file cannot be opened",
    "SQLITE_CORRUPT": "the file is damaged",
    "SQLITE_NOTADB": "the file is damaged",
}


class _UnusableError(Exception):
    """The file is there and cannot be used as it is."""

    def __init__(self, sentence: str, word: str) -> None:
        super().__init__(sentence)
        self.word = word


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives its -wal and -shm files the mode of the main file, so the mode is right before it opens it.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        version = connection.execute("pragma user_version").fetchone()[0]
        if version > SCHEMA:
            raise _UnusableError(
                f"comes from a newer version of synthqc (format {version}, this reads {SCHEMA})", "newer"
            )
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        if version == 0:
            connection.executescript(f"begin immediate;{_TABLES}pragma user_version = {SCHEMA};commit;")
        connection.execute("select id, learner, course, at, kind, data from events limit 1").fetchone()
        connection.execute("select text from drafts limit 1").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        if getattr(error, "sqlite_errorname", "") in (*_DAMAGED, "SQLITE_ERROR"):
            raise _UnusableError("is damaged", "damaged") from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def _set_aside(path: Path, word: str, now: datetime) -> Path:
    """Renames the file and its companions to a name that is free; nothing is overwritten."""
    stem = f"{path.stem}.{word}-{now:%Y%m%dT%H%M%S}"
    for number in itertools.count():
        aside = path.with_name(f"{stem}{f'-{number}' if number else ''}{path.suffix}")
        if not aside.exists():
            break
    for ending in ("-wal", "-shm", ""):
        companion = path.with_name(path.name + ending)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + ending))
    return aside


def fact_as_json(fact: Fact) -> str:
    """The fact's fields as a JSON object."""
    return json.dumps(dataclasses.asdict(fact), ensure_ascii=True, allow_nan=False)


def fact_from_json(kind: str, data: str) -> Fact | None:
    """The fact, or None where this version does not know the kind or cannot read the fields."""
    if kind not in _KINDS:
        return None
    try:
        given = json.loads(data)
        known = {field.name: field for field in dataclasses.fields(_KINDS[kind])}
        values = {
            name: tuple(value) if isinstance(value, list) else value for name, value in given.items() if name in known
        }
        hints = typing.get_type_hints(_KINDS[kind])
        if any(not _fits(value, hints[name]) for name, value in values.items()):
            return None
        return typing.cast("Fact", _KINDS[kind](**values))
    except (ValueError, TypeError, AttributeError):
        return None


def _fits(value: object, kind: Any) -> bool:
    origin = typing.get_origin(kind) or kind
    return isinstance(value, origin) and not (origin is int and isinstance(value, bool))


def _storable(text: str) -> str:
    """SQLite stores UTF-8, which has no lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")
