"""The store on a PostgreSQL server, so that several hosts serve one workshop; needs the extra `postgres`."""

import contextlib
import importlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from synthqc.cleaning import one_line
from synthqc.errors import UsageError

from .events import Event
from .exported import event_from_row
from .keeping import Keeper, Row, storable
from .store import unique_id, utc_now

if TYPE_CHECKING:
    import psycopg

SCHEMES = ("postgresql://", "postgres://")
"""How an address of a server begins."""

SCHEMA = 1
"""Version of the tables; those of a newer one are not touched."""

RETRY_SECONDS = 2.0
"""After a failed try to connect the next one waits so long: each may take seconds, and a screen waits for it."""

_LOCK = 0x73796E74
"""Whoever makes the tables holds this lock: `if not exists` alone fails when two do it at once."""

# Times and ids are ASCII and sorted as bytes, as SQLite does; a collation of words would sort them otherwise.
_TABLES = """
create table if not exists synthqc_schema (version integer not null);
insert into synthqc_schema select 1 where not exists (select from synthqc_schema);
create table if not exists synthqc_events (
    id text collate "C" primary key, learner text not null, course text not null, at text collate "C" not null,
    kind text not null, data text not null
);
create index if not exists synthqc_events_by_learner on synthqc_events (learner, course, at, id);
create table if not exists synthqc_drafts (
    learner text not null, course text not null, item text not null, text text not null,
    primary key (learner, course, item)
);
"""
_COLUMNS = "id, learner, course, at, kind, data"


def is_address(place: object) -> bool:
    """Is it the address of a PostgreSQL server?"""
    return isinstance(place, str) and place.startswith(SCHEMES)


class _NewerError(Exception):
    """The tables come from a newer version."""


class PostgresStore(Keeper):
    """What one learner did in one course, on a PostgreSQL server.

    Raises:
        UsageError: The extra `postgres` is not installed, or the address is none.
    """

    def __init__(
        self,
        address: str,
        *,
        learner: str,
        course: str,
        now: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = unique_id,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(learner=learner, course=course, now=now, new_id=new_id)
        self._psycopg = _driver()
        self._address = address
        self._shown = shown_address(address)
        self._clock = clock
        self._next_try = 0.0
        self._connections = 0
        self._written = 0
        self._connection: psycopg.Connection[Any] | None = None
        self._run(lambda _connection: None)

    def version(self) -> tuple[int, int]:
        """A pair that changes when another terminal has written, or when the server was reached anew."""
        query = "select count(*) from synthqc_events where learner = %s and course = %s"
        found = self._rows(query, (self._learner, self._course))
        return self._connections, int(found[0][0]) - self._written if found else -1

    def keep_draft(self, item: str, text: str) -> bool:
        """Keeps a half-typed text, in place of the one kept before; an empty text removes it."""
        query = (
            "insert into synthqc_drafts values (%s, %s, %s, %s) "
            "on conflict (learner, course, item) do update set text = excluded.text"
        )
        values = (self._learner, self._course, item, storable(text))
        return self._run(lambda connection: connection.execute(query, values))

    def draft(self, item: str) -> str:
        """The half-typed text kept for this item; empty if there is none."""
        query = "select text from synthqc_drafts where learner = %s and course = %s and item = %s"
        found = self._rows(query, (self._learner, self._course, item))
        return str(found[0][0]) if found else ""

    def _insert(self, rows: Sequence[Row]) -> bool:
        query = "insert into synthqc_events values (%s, %s, %s, %s, %s, %s) on conflict (id) do nothing"
        values = [(row.id, self._learner, self._course, row.at, row.kind, row.data) for row in rows]

        def insert(connection: "psycopg.Connection[Any]") -> None:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.executemany(query, values)

        if not self._run(insert):
            return False
        self._written += len(rows)
        return True

    def rows(self) -> list[Row]:
        """All events of this learner in this course as stored, of kinds that this version does not know as well."""
        query = "select id, at, kind, data from synthqc_events where learner = %s and course = %s order by at, id"
        return [Row(*row) for row in self._rows(query, (self._learner, self._course))]

    def _rows(self, query: str, values: Sequence[str]) -> list[Any]:
        found: list[Any] = []
        self._run(lambda connection: found.extend(connection.execute(query, values).fetchall()))
        return found

    def _run(self, work: "Callable[[psycopg.Connection[Any]], object]") -> bool:
        """Does something on the server; where that fails, says why, and connects anew the next time."""
        had_connection = self._connection is not None
        if not had_connection and self._clock() < self._next_try:
            return False
        try:
            work(self._connected())
        except (self._psycopg.Error, _NewerError) as error:
            self._failure = f"{self._shown}: {_reason(error)}"
            if self._connection is not None and self._connection.closed:
                self._connection = None
                # One that a firewall or a restart of the server has cut is no trouble yet.
                return had_connection and self._run(work)
            return False
        return True

    def _connected(self) -> "psycopg.Connection[Any]":
        if self._connection is None:
            self._next_try = self._clock() + RETRY_SECONDS
            self._connection = _connected(self._address)
            self._next_try = 0.0
            self._connections += 1
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def events_on_server(address: str, known: Mapping[str, Event]) -> Iterator[Event]:
    """The events of all learners that are not known yet, cleaned; kinds that this version does not know are left out.

    Raises:
        UsageError: The extra `postgres` is not installed, or the server cannot be reached or read.
        ValueError: A row is no event.
        TypeError: A row is no event.
    """
    driver = _driver()
    try:
        with contextlib.closing(_connected(address)) as connection:
            ids = [id_ for [id_] in connection.execute("select id from synthqc_events").fetchall()]
            query = f"select {_COLUMNS} from synthqc_events where id = any(%s)"  # noqa: S608 - own words
            rows = connection.execute(query, ([id_ for id_ in ids if id_ not in known],)).fetchall()
    except (driver.Error, _NewerError) as error:
        raise UsageError(f"{shown_address(address)}: {_reason(error)}") from error
    for row in rows:
        if (event := event_from_row(*row)) is not None:
            yield event


def _driver() -> Any:
    try:
        return importlib.import_module("psycopg")
    except ImportError as error:
        raise UsageError("a store on PostgreSQL needs psycopg: pip install 'synthqc[postgres]'") from error


def shown_address(address: str) -> str:
    """The address without user, password and options, to be shown.

    Raises:
        UsageError: It is no address.
    """
    driver = _driver()
    try:
        parts = driver.conninfo.conninfo_to_dict(address)
    except driver.Error as error:
        raise UsageError(
            "the address of the store is not one that PostgreSQL takes, such as postgresql://user@host/database"
        ) from error
    return f"PostgreSQL at {parts.get('host', 'this machine')}"


def _connected(address: str) -> "psycopg.Connection[Any]":
    # A server that vanished without a word must not hold a screen for the minutes that TCP would wait.
    connection: psycopg.Connection[Any] = _driver().connect(
        address,
        autocommit=True,
        connect_timeout=4,
        tcp_user_timeout=5_000,
        options="-c statement_timeout=4000 -c client_encoding=utf8",
        application_name="synthqc",
    )
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: "psycopg.Connection[Any]") -> None:
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", (_LOCK,))
        [there] = connection.execute("select to_regclass('synthqc_schema') is not null").fetchone() or (False,)
        if not there:
            connection.execute(_TABLES)
        [version] = connection.execute("select max(version) from synthqc_schema").fetchone() or (SCHEMA,)
    if version > SCHEMA:
        raise _NewerError(f"comes from a newer version of synthqc (format {version}, this reads {SCHEMA})")


def _reason(error: Exception) -> str:
    return one_line(str(error)).removeprefix("connection is bad: ").rstrip(".?") or type(error).__name__
