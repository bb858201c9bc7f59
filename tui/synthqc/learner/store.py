"""What learners did, in one SQLite file: events are added before the screen shows them, and never changed."""

import contextlib
import errno
import itertools
import os
import secrets
import sqlite3
import time
import typing
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from .keeping import Keeper, Row, storable

SCHEMA = 1
"""Version of the file; a file of a newer one is set aside, not opened."""

_BUSY_SECONDS = 4.0
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


def unique_id() -> str:
    """An id that no other event of any store has; ids of one program sort in the order in which they were made."""
    return f"{time.time_ns():016x}{next(_steps):08x}{secrets.token_hex(6)}"


class Store(Keeper):
    """What one learner did in one course, in one SQLite file."""

    def __init__(
        self,
        path: Path,
        *,
        learner: str,
        course: str,
        now: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = unique_id,
    ) -> None:
        super().__init__(learner=learner, course=course, now=now, new_id=new_id)
        self.path = path
        """The file."""
        self._files = 0
        self._connection: sqlite3.Connection | None = None
        self._connect()

    def version(self) -> tuple[int, int]:
        """A pair that changes when another terminal has written, or when this store began a new file."""
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
                    (self._learner, self._course, item, storable(text)),
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

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _insert(self, rows: Sequence[Row]) -> bool:
        values = [(row.id, self._learner, self._course, row.at, row.kind, row.data) for row in rows]
        try:
            with self._transaction() as connection:
                connection.executemany("insert or ignore into events values (?, ?, ?, ?, ?, ?)", values)
        except sqlite3.Error as error:
            self._fail(error)
            return False
        return True

    def rows(self) -> list[Row]:
        """All events of this learner in this course as stored, of kinds that this version does not know as well."""
        query = "select id, at, kind, data from events where learner = ? and course = ? order by at, id"
        try:
            found = self._connected().execute(query, (self._learner, self._course)).fetchall()
        except sqlite3.Error as error:
            self._fail(error)
            return []
        return [Row(*row) for row in found]

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
    # A file that is there is not opened for it: closing it would drop the locks that another connection of this process
    # holds on it, and the next program that closes the file would take away the log that this one goes on writing to.
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
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
