import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from synthqc.learner.events import (
    ExchangeHeld,
    LabCompleted,
    OptionChosen,
    SampleTaken,
    SectionReached,
    ToolDropped,
    ToolSet,
)
from synthqc.learner.keeping import EventStore
from synthqc.learner.opening import opened_store
from synthqc.learner.store import Store

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def opened(path: Path, learner: str = "ada") -> Store:
    return Store(path, learner=learner, course="tiny", now=lambda: NOON)


def sections(store: EventStore) -> list[str]:
    return [event.fact.section for event in store.events() if isinstance(event.fact, SectionReached)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "progress.sqlite3"


class Opener(Protocol):
    def __call__(self, place: Path | str, learner: str = "ada") -> EventStore: ...


@pytest.fixture
def at() -> Iterator[Opener]:
    """Opens stores that are closed at the end."""
    stores: list[EventStore] = []

    def open_at(place: Path | str, learner: str = "ada") -> EventStore:
        stores.append(opened_store(place, learner=learner, course="tiny"))
        return stores[-1]

    yield open_at
    for store in stores:
        store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where events go: what a store promises holds for both."""
    if request.param == "sqlite":
        return tmp_path / "home" / "progress.sqlite3"
    return request.getfixturevalue("cluster").new_database()


def test_what_is_recorded_is_there_after_reopening(place: Path | str, at: Opener) -> None:
    facts = [
        SectionReached("L1", "one", is_last=True),
        OptionChosen("s1", "L1Q1", "a", is_right=False, misconception="free-lunch"),
        SampleTaken("lab-1", "pasted text", "line one\nline 'two' \U0001f600 \ud800"),
        ExchangeHeld("lab-1", "offline tutor", {"text": "hello", "analysis": {"act": "greet", "topics": ["a"]}}),
        LabCompleted("lab-1"),
        ToolSet("lab-1", "budget", {"cents": 2.5, "votes": 3, "note": "x", "shown": True}),
        ToolDropped("lab-1", "budget"),
    ]
    store = at(place)
    assert all([store.record(fact) for fact in facts])
    store.close()
    assert [event.fact for event in at(place).events()] == facts


def test_two_learners_of_one_place_do_not_see_each_other(place: Path | str, at: Opener) -> None:
    ada, ben = at(place), at(place, "ben")
    ada.record(SectionReached("L1", "one"))
    assert (sections(ada), sections(ben)) == (["one"], [])


def test_only_the_owner_can_read_the_file(path: Path) -> None:
    store = opened(path)
    store.record(SectionReached("L1", "one"))
    modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert set(modes) >= {"progress.sqlite3", "progress.sqlite3-wal"}
    assert set(modes.values()) == {0o600}


def test_a_second_terminal_sees_what_the_first_one_recorded(place: Path | str, at: Opener) -> None:
    first, second = at(place), at(place)
    first.record(SectionReached("L1", "one"))
    second.record(SectionReached("L1", "two"))
    assert sorted(sections(first)) == sorted(sections(second)) == ["one", "two"]


VISITOR = """
import sys
from synthqc.learner.opening import opened_store, place_of
opened_store(place_of(sys.argv[1]), learner="ben", course="tiny").close()
"""


def test_two_stores_in_one_program_lose_nothing_when_another_program_comes_and_goes(
    place: Path | str, at: Opener
) -> None:
    first, second = at(place), at(place, "cy")
    first.record(SectionReached("L1", "one"))
    second.record(SectionReached("L1", "one"))
    subprocess.run([sys.executable, "-c", VISITOR, str(place)], check=True, timeout=60)
    assert first.record(SectionReached("L1", "two"))
    seen = subprocess.run([sys.executable, "-c", READER, str(place)], capture_output=True, check=True, timeout=60)
    assert seen.stdout.decode().split() == ["one", "two"]


READER = """
import sys
from synthqc.learner.opening import opened_store, place_of
for event in opened_store(place_of(sys.argv[1]), learner="ada", course="tiny").events():
    print(event.fact.section)
"""

WRITERS = """
import os, sys
from pathlib import Path
from synthqc.learner.events import SectionReached
from synthqc.learner.opening import opened_store, place_of
ready, go = os.pipe()
children = []
for number in range(30):
    child = os.fork()
    if not child:
        os.close(go)
        store = opened_store(place_of(sys.argv[1]), learner=f"learner-{number % 6}", course="tiny")
        os.read(ready, 1)
        for step in range(10):
            store.record(SectionReached("L1", str(step)))
        store.close()
        print(store.trouble, end="", file=sys.stderr, flush=True)
        os._exit(0)
    children.append(child)
os.close(go)
print(sum(os.waitpid(child, 0)[1] != 0 for child in children))
"""


def test_thirty_writers_at_once_lose_nothing(place: Path | str, at: Opener) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITERS, str(place)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "0\n", "")
    assert [len(at(place, f"learner-{number}").events()) for number in range(6)] == [50] * 6


@pytest.mark.parametrize("damage", [b"", b"this is no database at all, however long it may be" * 100])
def test_a_damaged_file_is_set_aside_and_said_so(path: Path, damage: bytes) -> None:
    store = opened(path)
    store.record(SectionReached("L1", "one"))
    store.close()
    content = damage or b"\xff" * 100 + path.read_bytes()[100:]
    path.write_bytes(content)
    after = opened(path)
    assert "progress.sqlite3 is damaged; it was set aside as progress.damaged-20260105T120000.sqlite3" in after.notice
    assert (path.parent / "progress.damaged-20260105T120000.sqlite3").read_bytes() == content
    assert after.record(SectionReached("L1", "two"))
    assert sections(after) == ["two"]


def test_damage_met_while_working_sets_the_file_aside_and_keeps_the_step(path: Path) -> None:
    store = opened(path)
    for number in range(400):
        store.record(SampleTaken("lab-1", str(number), "x" * 200))
    store.close()
    content = bytearray(path.read_bytes())
    content[8192:] = b"\x00" * len(content[8192:])
    path.write_bytes(bytes(content))
    store = opened(path)
    store.record(SectionReached("L1", "one"))
    assert sections(store) == ["one"] or store.record(SectionReached("L1", "two"))
    assert "set aside" in store.notice
    assert not store.trouble


def test_two_damaged_files_in_one_second_are_both_kept(path: Path) -> None:
    for _ in range(2):
        opened(path).close()
        path.write_bytes(b"not a database" * 100)
        opened(path).close()
    assert len(list(path.parent.glob("progress.damaged-*.sqlite3"))) == 2


def test_a_file_of_a_newer_version_is_set_aside_unchanged(path: Path) -> None:
    opened(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 99")
    connection.close()
    store = opened(path)
    assert "newer version of synthqc (format 99, this reads 1); it was set aside as progress.newer-" in store.notice
    assert store.record(SectionReached("L1", "one"))
    assert len(list(path.parent.glob("progress.newer-*.sqlite3"))) == 1


def test_a_kind_of_event_from_a_later_version_stays_in_the_file_and_is_skipped(path: Path) -> None:
    store = opened(path)
    store.record(SectionReached("L1", "one"))
    with sqlite3.connect(path) as connection:
        connection.execute("insert into events values ('x', 'ada', 'tiny', '2026-01-01T00:00:00+00:00', 'sang', '{}')")
        connection.execute(
            "insert into events values ('y', 'ada', 'tiny', '2026-01-01T00:00:00+00:00', 'section-reached', '[1]')"
        )
    connection.close()
    assert sections(store) == ["one"]
    with sqlite3.connect(path) as connection:
        assert connection.execute("select count(*) from events").fetchone() == (3,)
    connection.close()


def test_a_directory_in_the_way_is_said_and_the_course_goes_on(path: Path) -> None:
    path.mkdir(parents=True)
    store = opened(path)
    assert not store.record(SectionReached("L1", "one"))
    assert store.trouble == f"Not saved: {path}: is a directory. 1 steps wait to be saved."
    assert sections(store) == ["one"]
    path.rmdir()
    assert store.record(SectionReached("L1", "two"))
    assert not store.trouble
    store.close()
    assert sections(opened(path)) == ["one", "two"]


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from synthqc.learner.events import SampleTaken
from synthqc.learner.keeping import EventStore
from synthqc.learner.opening import opened_store
from synthqc.learner.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store(Path(sys.argv[1]), learner="ada", course="tiny")
assert store.record(SampleTaken("lab-1", "small", "x"))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
saved = store.record(SampleTaken("lab-1", "large", "x" * 300_000))
print(saved, len(store.events()), store.trouble)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(store.record(SampleTaken("lab-1", "later", "x")), len(store.events()), repr(store.trouble))
"""


def test_a_disk_that_takes_no_more_is_said_and_what_waited_is_saved_later(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    full, later = done.stdout.splitlines()
    assert full.startswith("False 2 Not saved: ")
    assert full.endswith("1 steps wait to be saved.")
    assert later == "True 3 ''"
    assert len(opened(path).events()) == 3


def test_another_program_that_locks_the_file_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("synthqc.learner.store._BUSY_SECONDS", 0.05)
    store = opened(path)
    locker = sqlite3.connect(path, isolation_level=None)
    locker.execute("begin exclusive")
    assert not store.record(SectionReached("L1", "one"))
    assert "another program keeps the file locked" in store.trouble
    locker.execute("rollback")
    locker.close()
    assert store.record(SectionReached("L1", "two"))
    assert sections(store) == ["one", "two"]


def test_a_draft_is_kept_until_it_is_replaced_or_emptied(place: Path | str, at: Opener) -> None:
    store = at(place)
    store.keep_draft("lab-1", "half a sent")
    store.keep_draft("lab-1", "half a sentence")
    assert at(place).draft("lab-1") == "half a sentence"
    store.keep_draft("lab-1", "")
    assert at(place).draft("lab-1") == ""
    assert at(place, "ben").draft("lab-1") == ""


SESSION = """
import sys
from pathlib import Path
from synthqc.learner.events import SampleTaken, SectionReached
from synthqc.learner.keeping import EventStore
from synthqc.learner.opening import opened_store
from synthqc.learner.store import Store
store = Store(Path(sys.argv[1]), learner="ada", course="tiny")
for number in range(100_000):
    fact = SampleTaken("lab-1", str(number), "x" * 5_000) if number % 5 == 4 else SectionReached("L1", str(number))
    if store.record(fact):
        sys.stdout.write(f"{number}\\n")
        sys.stdout.flush()
"""


@pytest.mark.slow
def test_nothing_confirmed_is_lost_when_the_program_is_killed_twenty_times(tmp_path: Path) -> None:
    chance = random.Random(20)
    for run in range(20):
        path = tmp_path / str(run) / "progress.sqlite3"
        session = subprocess.Popen([sys.executable, "-c", SESSION, str(path)], stdout=subprocess.PIPE, text=True)
        assert session.stdout is not None
        confirmed = [session.stdout.readline()]
        killer = threading.Timer(chance.uniform(0.0, 0.15), session.send_signal, (signal.SIGKILL,))
        killer.start()
        confirmed += session.stdout.readlines()
        assert session.wait() == -signal.SIGKILL
        session.stdout.close()
        killer.join()
        stored = opened(path).events()
        names = {e.fact.section if isinstance(e.fact, SectionReached) else getattr(e.fact, "name", "") for e in stored}
        assert {line.strip() for line in confirmed if line.endswith("\n")} <= names
        assert not list(path.parent.glob("progress.damaged-*"))


def test_a_file_that_cannot_be_reached_is_said_in_one_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    store = opened(blocked / "progress.sqlite3")
    assert not store.record(SectionReached("L1", "one"))
    assert store.trouble.startswith("Not saved: ")
    assert os.linesep not in store.trouble


def test_the_version_changes_when_another_terminal_has_written_and_only_then(place: Path | str, at: Opener) -> None:
    first, second = at(place), at(place)
    before = first.version()
    first.record(SectionReached("L1", "one"))
    assert first.version() == before
    second.record(SectionReached("L1", "two"))
    assert first.version() != before
    first.close()
    second.close()
