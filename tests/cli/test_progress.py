"""`synthqc progress`: show, export, import, begin anew."""

import json
import stat
from pathlib import Path

import pytest

from synthqc.cli.main import run
from synthqc.course.loading import load_course
from synthqc.learner.events import ExchangeHeld, LabCompleted, SectionReached, SittingFinished, SittingStarted
from synthqc.learner.places import learner_name
from synthqc.learner.progress import progress_of
from synthqc.learner.store import Store


def store_in(home: Path, learner: str = "") -> Store:
    course = load_course().module.id
    return Store(home / "progress.sqlite3", learner=learner or learner_name(), course=course)


def progress_in(home: Path):
    store = store_in(home)
    progress = progress_of(store.events())
    store.close()
    return progress


@pytest.fixture
def homes(tmp_path: Path, monkeypatch):
    """Two machines; the first has done lesson 1 and 2, the lab of 2, and a quiz of 2."""
    monkeypatch.delenv("SYNTHQC_CONFIG", raising=False)

    def at(name: str) -> Path:
        monkeypatch.setenv("SYNTHQC_HOME", str(tmp_path / name))
        return tmp_path / name

    store = store_in(at("first"))
    for fact in (
        SectionReached("L1", "s", is_last=True),
        SectionReached("L2", "s", is_last=True),
        SittingStarted("one", "L2", 1, ("L2Q1",)),
        SittingFinished("one", "L2", 1, 1),
        ExchangeHeld("lab-2", "offline tutor", {"text": "hello"}),
        LabCompleted("lab-2"),
    ):
        store.record(fact)
    store.keep_draft("lab-2/message", "half a sentence")
    store.close()
    return at


def test_progress_is_shown_part_by_part(homes, capsys) -> None:
    homes("first")
    assert run(["progress", "show"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("* Lesson 1")
    assert any(line.startswith("* Lab 2") and line.endswith("completed") for line in lines)
    assert any(line.startswith("  Quiz 1") and line.endswith("not taken") for line in lines)


def test_what_was_exported_is_there_after_the_import_and_twice_adds_nothing(homes, tmp_path: Path, capsys) -> None:
    first, file = homes("first"), tmp_path / "laptop.jsonl"
    assert run(["progress", "export", str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    second = homes("second")
    store = store_in(second)
    store.record(SectionReached("L3", "s", is_last=True))
    store.close()
    capsys.readouterr()
    assert run(["progress", "import", str(file)]) == 0
    assert "6 of 6 events are new" in capsys.readouterr().err
    assert run(["progress", "import", str(file)]) == 0
    assert "0 of 6 events are new" in capsys.readouterr().err
    assert progress_in(second).read == {"L1", "L2", "L3"}
    assert progress_in(second).exchanges == progress_in(first).exchanges


def test_events_of_a_later_version_travel_along(homes, tmp_path: Path) -> None:
    homes("first")
    file = tmp_path / "a.jsonl"
    assert run(["progress", "export", str(file)]) == 0
    lines = file.read_text().splitlines()
    head = json.loads(lines[0])
    new = {"id": "x1", "at": "2030-01-01T00:00:00+02:00", "kind": "dance-danced", "data": {"steps": 3}}
    file.write_text("\n".join([json.dumps({**head, "events": 7}), *lines[1:], json.dumps(new)]))
    homes("second")
    assert run(["progress", "import", str(file)]) == 0
    assert run(["progress", "export", str(tmp_path / "b.jsonl")]) == 0
    assert {**new, "at": "2029-12-31T22:00:00+00:00"} in map(
        json.loads, (tmp_path / "b.jsonl").read_text().splitlines()
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: lines[:-1], "it is cut off"),
        (lambda lines: ["{}", *lines[1:]], "is no export of progress"),
        (lambda lines: [lines[0].replace('"format": 1', '"format": 9'), *lines[1:]], "newer version of synthqc (format 9, this reads 1)"),
        (lambda lines: [lines[0].replace('"course": "', '"course": "other-'), *lines[1:]], "is of the course 'other-"),
        (lambda lines: [*lines[:2], lines[2].replace("+00:00", ""), *lines[3:]], ":3: is no event"),
        (lambda lines: [*lines[:2], "nothing", *lines[3:]], ":3: is no event"),
    ],
    ids=["cut", "other file", "newer", "other course", "no zone", "no JSON"],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_whole(homes, tmp_path: Path, capsys, change, said: str) -> None:
    homes("first")
    file = tmp_path / "a.jsonl"
    run(["progress", "export", str(file)])
    file.write_text("\n".join(change(file.read_text().splitlines())))
    second = homes("second")
    assert run(["progress", "import", str(file)]) == 1
    assert said in capsys.readouterr().err
    assert progress_in(second).read == set()


def test_a_part_is_begun_anew_and_the_backup_brings_it_back_elsewhere(homes, tmp_path: Path, capsys) -> None:
    first = homes("first")
    assert run(["progress", "reset", "--part", "L2", "--yes"]) == 0
    after = progress_in(first)
    assert after.read == {"L1"}
    assert (after.sittings, after.exchanges, after.completed) == ({}, {}, set())
    assert store_in(first).draft("lab-2/message") == ""
    [backup] = first.glob("progress-before-reset-*.jsonl")
    assert str(backup) in capsys.readouterr().err
    second = homes("second")
    assert run(["progress", "import", str(backup)]) == 0
    assert progress_in(second).completed == {"lab-2"}


def test_what_is_done_after_a_reset_counts(homes) -> None:
    first = homes("first")
    assert run(["progress", "reset", "--yes"]) == 0
    assert progress_in(first).read == set()
    store = store_in(first)
    store.record(SectionReached("L2", "s", is_last=True))
    store.close()
    assert progress_in(first).read == {"L2"}


def test_another_learner_of_the_same_store_keeps_what_they_did(homes) -> None:
    first = homes("first")
    other = store_in(first, "somebody-else")
    other.record(LabCompleted("lab-1"))
    assert run(["progress", "reset", "--yes"]) == 0
    assert progress_of(other.events()).completed == {"lab-1"}
    other.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--part", "L9", "--yes"], "--part is 'L9', allowed is L1, L2, L3, L4, module-test"),
        ([], "nobody can be asked here"),
    ],
)
def test_a_reset_without_leave_or_of_nothing_is_refused(homes, capsys, monkeypatch, arguments, said: str) -> None:
    first = homes("first")
    assert run(["progress", "reset", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert progress_in(first).completed == {"lab-2"}
