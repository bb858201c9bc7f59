"""What a store on a server does besides what every store does: it loses the server and finds it again."""

import json
import sys

import psycopg
import pytest
from postgres_cluster import Cluster, programs, running

from synthqc.cli.main import run
from synthqc.course.loading import load_course
from synthqc.errors import UsageError
from synthqc.learner.events import PlaceLeft, SampleTaken, SectionReached
from synthqc.learner.postgres import PostgresStore

NO_SERVER = "postgresql://ada:secret@127.0.0.1:1/none"


def opened(address: str, learner: str = "ada", course: str = "tiny") -> PostgresStore:
    return PostgresStore(address, learner=learner, course=course)


def sections(store: PostgresStore) -> list[str]:
    return [event.fact.section for event in store.events() if isinstance(event.fact, SectionReached)]


def test_a_server_that_is_not_there_is_said_without_the_password_and_the_course_goes_on() -> None:
    store = opened(NO_SERVER)
    assert not store.record(SectionReached("L1", "one"))
    assert store.trouble.startswith("Not saved: PostgreSQL at 127.0.0.1: ")
    assert store.trouble.endswith("1 steps wait to be saved.")
    assert "secret" not in store.trouble
    assert sections(store) == ["one"]


def test_a_server_that_was_not_reached_is_left_alone_for_a_moment(monkeypatch) -> None:
    now = [0.0]
    tries = []

    def refuses(*_address, **_options):
        tries.append(now[0])
        raise psycopg.OperationalError("nobody there")

    monkeypatch.setattr(psycopg, "connect", refuses)
    store = PostgresStore(NO_SERVER, learner="ada", course="tiny", clock=lambda: now[0])
    for now[0] in (0.5, 1.0, 2.5, 3.0):
        store.version()
    assert tries == [0.0, 2.5]


@pytest.fixture
def own_cluster():
    if programs() is None:
        pytest.skip("needs PostgreSQL's server")
    with running() as server:
        yield server


@pytest.mark.slow
def test_a_server_that_crashes_and_comes_back_has_everything(own_cluster: Cluster) -> None:
    now = [0.0]
    store = PostgresStore(own_cluster.new_database(), learner="ada", course="tiny", clock=lambda: now[0])
    assert store.record(SectionReached("L1", "one"))
    own_cluster.stop()
    assert not store.record(SectionReached("L1", "two"))
    assert "1 steps wait to be saved." in store.trouble
    own_cluster.start()
    now[0] = 10.0
    assert store.record(SectionReached("L1", "three"))
    assert not store.trouble
    assert sections(store) == ["one", "two", "three"]
    store.close()


def test_a_connection_that_was_cut_is_no_trouble(cluster: Cluster) -> None:
    address = cluster.new_database()
    store = opened(address)
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'synthqc'")
    assert store.record(SectionReached("L1", "one"))
    assert not store.trouble
    store.close()


def test_tables_of_a_newer_version_are_not_touched(cluster: Cluster) -> None:
    address = cluster.new_database()
    opened(address).close()
    with psycopg.connect(address) as other:
        other.execute("update synthqc_schema set version = 9")
    store = opened(address)
    assert not store.record(SectionReached("L1", "one"))
    assert "comes from a newer version of synthqc (format 9, this reads 1)" in store.trouble
    store.close()


def test_a_kind_of_event_from_a_later_version_is_skipped(cluster: Cluster) -> None:
    address = cluster.new_database()
    store = opened(address)
    store.record(SectionReached("L1", "one"))
    with psycopg.connect(address) as other:
        other.execute(
            "insert into synthqc_events values ('x', 'ada', 'tiny', '2026-01-01T00:00:00+00:00', 'sang', '{}')"
        )
    assert sections(store) == ["one"]
    store.close()


def test_zero_bytes_and_lone_surrogates_are_no_trouble(cluster: Cluster) -> None:
    store = opened(cluster.new_database())
    assert store.record(SampleTaken("lab-1", "x", "a\x00b\ud800"))
    assert [event.fact.text for event in store.events()] == ["a\x00b\ud800"]
    assert store.keep_draft("lab-1", "a\x00b")
    assert store.draft("lab-1") == "ab"
    store.close()


def test_the_class_command_reads_a_server(cluster: Cluster, capsys) -> None:
    address = cluster.new_database()
    for name in ("ada", "ben"):
        store = opened(address, name, load_course().module.id)
        store.record(PlaceLeft("quiz", "L1"))
        store.close()
    assert run(["class", address, "--format", "json"]) == 0
    assert [one["name"] for one in json.loads(capsys.readouterr().out)["pupils"]] == ["ada", "ben"]


def test_the_class_command_says_that_a_server_is_not_there(capsys) -> None:
    assert run(["class", NO_SERVER]) == 2
    said = capsys.readouterr().err
    assert "synthqc: PostgreSQL at 127.0.0.1: " in said
    assert "secret" not in said


def test_an_address_that_is_none_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="not one that PostgreSQL takes"):
        opened("postgresql://ada@host/x?nonsense=1")


def test_without_the_extra_its_name_is_said(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match=r"pip install 'synthqc\[postgres\]'"):
        opened(NO_SERVER)
