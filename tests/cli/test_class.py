"""`synthqc class` and `synthqc progress export` on the command line."""

import io
import json
from pathlib import Path

import pytest

from synthqc.cli.main import run
from synthqc.course.loading import load_course
from synthqc.learner.events import PlaceLeft, SampleTaken, SectionReached
from synthqc.learner.places import learner_name, store_path
from synthqc.learner.store import Store

COURSE = load_course().module.id


def learns(directory: Path, learner: str, *facts) -> None:
    store = Store(store_path(directory), learner=learner, course=COURSE)
    for fact in facts or (PlaceLeft("lesson", "L1"),):
        assert store.record(fact)
    store.close()


def exports(home: Path, monkeypatch, file: Path, *more: str) -> None:
    monkeypatch.setenv("SYNTHQC_HOME", str(home))
    assert run(["progress", "export", str(file), *more]) == 0


def names(capsys) -> list[str]:
    return [one["name"] for one in json.loads(capsys.readouterr().out)["pupils"]]


def test_a_store_with_many_learners_is_a_class(tmp_path, capsys) -> None:
    for name in ("ada", "ben"):
        learns(tmp_path, name)
    assert run(["class", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "2 learners, 2 active in the last half hour, 0 stuck" in out
    assert "lesson 1: " in out


def test_looking_changes_nothing(tmp_path, capsys) -> None:
    learns(tmp_path, "ada")
    store = store_path(tmp_path)
    before = store.read_bytes()
    assert run(["class", str(store)]) == 0
    assert store.read_bytes() == before


def test_a_folder_of_exported_files_is_a_class(tmp_path, capsys, monkeypatch) -> None:
    folder = tmp_path / "exports"
    for name in ("ada", "ben"):
        learns(tmp_path / name, learner_name(), SectionReached("L1", name))
        exports(tmp_path / name, monkeypatch, folder / f"{name}.jsonl", "--name", name)
    assert run(["class", str(folder), "--format", "json"]) == 0
    assert names(capsys) == ["ada", "ben"]


def test_two_people_of_one_user_name_stay_two_and_two_exports_of_one_are_one(tmp_path, capsys, monkeypatch) -> None:
    folder = tmp_path / "exports"
    me = learner_name()
    for home in ("a", "b", "c"):
        learns(tmp_path / home, me)
        exports(tmp_path / home, monkeypatch, folder / f"{home}.jsonl")
    learns(tmp_path / "b", me)
    exports(tmp_path / "b", monkeypatch, folder / "later.jsonl")
    assert run(["class", str(folder), "--format", "json"]) == 0
    assert names(capsys) == [me, f"{me} (b)", f"{me} (c)"]


def test_a_file_that_is_no_export_is_left_out_and_named(tmp_path, capsys) -> None:
    learns(tmp_path, "ada")
    (tmp_path / "notes.jsonl").write_text("{}\n")
    (tmp_path / "cut.jsonl").write_text('{"synthqc": "progress", "format": 1, "learner": "x", "course": "y"}\n{"id"')
    (tmp_path / "new.jsonl").write_text('{"synthqc": "progress", "format": 2, "learner": "x", "course": "y"}\n')
    (tmp_path / "broken.sqlite3").write_bytes(b"no database" * 500)
    assert run(["class", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert "1 learner, " in out
    assert "notes.jsonl: is no export of progress" in err
    assert "cut.jsonl:2: is no event of an export" in err
    assert "new.jsonl: comes from a newer version of synthqc (format 2, this reads 1)" in err
    assert "broken.sqlite3: cannot be read" in err


@pytest.mark.parametrize("place", ["missing", "."])
def test_a_place_with_nothing_to_read_is_a_usage_error(tmp_path, capsys, place: str) -> None:
    assert run(["class", str(tmp_path / place)]) == 2
    assert "nothing to read; give a store" in capsys.readouterr().err


def test_what_a_learner_wrote_cannot_reach_the_terminal_or_the_page(tmp_path, capsys) -> None:
    learns(tmp_path, "\x1b]0;x\x07<b>ada</b>", SampleTaken("lab-1", "x", "\x1b[2J"))
    for form in ("table", "json", "csv", "html"):
        assert run(["class", str(tmp_path), "--format", form]) == 0
        out = capsys.readouterr().out
        assert "\x1b" not in out
        assert "ada" in out
        assert form != "html" or "<b>ada" not in out


def test_an_export_has_a_name_that_the_class_command_finds(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("SYNTHQC_HOME", str(tmp_path))
    assert run(["progress", "export", str(tmp_path / "me.txt")]) == 2
    assert "must end in .jsonl" in capsys.readouterr().err


def test_another_store_is_played_on_and_reported_from(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("SYNTHQC_HOME", str(tmp_path / "home"))
    store = tmp_path / "another.sqlite3"
    monkeypatch.setattr("sys.stdin", io.StringIO("1\nq\n"))
    assert run(["--plain", "--store", str(store)]) == 0
    assert not store_path(tmp_path / "home").exists()
    monkeypatch.setenv("SYNTHQC_STORE", str(store))
    capsys.readouterr()
    assert run(["report"]) == 0
    assert "sections read" in capsys.readouterr().out


def test_a_command_takes_its_store_from_the_environment_alone(capsys) -> None:
    assert run(["--store", "x", "report"]) == 2
    assert "--store is for playing a course" in capsys.readouterr().err


def test_a_line_to_all_is_stored_and_whoever_said_it_is_no_learner(tmp_path, capsys) -> None:
    learns(tmp_path, "ada")
    assert run(["class", str(tmp_path), "--say", "Break until\n ten past"]) == 0
    assert capsys.readouterr().err == "said: Break until ten past\n"
    assert run(["class", str(tmp_path), "--format", "json"]) == 0
    assert names(capsys) == ["ada"]


@pytest.mark.parametrize(("line", "said"), [("x", "nobody would hear it"), (" ", "nothing to say")])
def test_a_line_needs_words_and_somebody_who_hears_it(tmp_path, capsys, line: str, said: str) -> None:
    assert run(["class", str(tmp_path), "--say", line]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_workshop_is_shown_by_its_own_course(tmp_path, capsys) -> None:
    assert run(["new", str(tmp_path / "mine")]) == 0
    place = tmp_path / "spring"
    assert run(["workshop", "init", str(place)]) == 0
    with (place / "workshop.yaml").open("a") as file:
        file.write("course: ../mine\n")
    course = load_course(tmp_path / "mine")
    store = Store(store_path(place), learner="ada", course=course.module.id)
    store.record(PlaceLeft("lesson", "L1"))
    store.close()
    capsys.readouterr()
    assert run(["class", str(place)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(course.module.title)
    assert "lesson 1: " in out


def test_parts_are_closed_and_opened_and_a_part_that_is_not_there_is_said(tmp_path, capsys) -> None:
    learns(tmp_path, "ada")
    assert run(["class", str(tmp_path), "--close", "module-test", "--close", "quiz-2"]) == 0
    assert run(["class", str(tmp_path), "--open", "quiz-2"]) == 0
    assert run(["class", str(tmp_path), "--open", "module-test"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "closed: quiz 2, module test",
        "closed: module test",
        "closed: nothing",
    ]
    assert run(["class", str(tmp_path), "--close", "quiz-9"]) == 2
    assert "there is no part 'quiz 9', there are lesson 1, quiz 1, lab 1, " in capsys.readouterr().err


def test_what_does_not_go_together_is_said(tmp_path, capsys) -> None:
    learns(tmp_path, "ada")
    assert run(["class", str(tmp_path), "--say", "x", "--live"]) == 2
    assert "do not go together" in capsys.readouterr().err
