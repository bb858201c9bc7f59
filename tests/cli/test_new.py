"""`synthqc new` and what an author does next; `--play`, `sources`."""

import json
from pathlib import Path

import pytest

from synthqc.cli.main import run
from synthqc.course.loading import load_course


@pytest.fixture
def course(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    directory = tmp_path / "my course"
    assert run(["new", str(directory)]) == 0
    capsys.readouterr()
    return directory


def test_a_new_course_is_whole_and_can_be_played_to_the_end(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(course), "--play"]) == 0
    assert capsys.readouterr().out == "1 lesson, 1 quiz, 1 lab, 1 claim: no problems and played to the end\n"
    assert load_course(course).module.title == "Commit messages that help"


def test_its_files_name_schemas_that_are_there(course: Path) -> None:
    for file in course.rglob("*.yaml"):
        named = file.read_text(encoding="utf-8").splitlines()[0].partition("$schema=")[2]
        assert json.loads((file.parent / named).read_text(encoding="utf-8"))["title"].startswith("synthqc")


def test_a_directory_with_something_in_it_is_left_alone(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {file: file.read_bytes() for file in course.rglob("*") if file.is_file()}
    assert run(["new", str(course)]) == 2
    assert "is there already and not empty" in capsys.readouterr().err
    assert {file: file.read_bytes() for file in course.rglob("*") if file.is_file()} == before


def test_an_empty_directory_is_filled(tmp_path: Path) -> None:
    assert run(["new", str(tmp_path)]) == 0
    assert (tmp_path / "lessons" / "module.yaml").exists()


def test_where_nothing_can_be_written_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert run(["new", str(tmp_path / "file" / "course")]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("labs/L1.yaml", "transcript:", "transcript: []\nfacts_of_old:", "key 'facts_of_old' is not known"),
        (
            "labs/L1.yaml",
            "- say: I would count",
            "- say: ok\n  - say: I would count",
            "transcript turn 3 does not count",
        ),
        ("labs/L1.yaml", "minimum: 2", "minimum: 9", "its transcript does not complete it: exchange 3 of 9"),
        (
            "labs/L1.yaml",
            "templates.lines == 20",
            "templates.lines == 21",
            "does not hold for 'history': templates.lines 20",
        ),
        (
            "labs/L1.yaml",
            "    sample: history\n  - say: The team",
            "    sample: secret\n  - say: The team",
            "offers no sample 'secret'",
        ),
    ],
)
def test_what_goes_wrong_in_a_rehearsal_is_named(
    course: Path, file: str, old: str, new: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (course / file).read_text(encoding="utf-8")
    assert old in text
    (course / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert run(["check", str(course), "--play"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("labs/L1.yaml:")
    assert message in out


def test_a_lab_without_a_transcript_is_no_problem_unless_it_is_played(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lab = course / "labs" / "L1.yaml"
    lab.write_text(lab.read_text(encoding="utf-8").partition("transcript:")[0], encoding="utf-8")
    assert run(["check", str(course)]) == 0
    capsys.readouterr()
    assert run(["check", str(course), "--play"]) == 1
    assert "has no transcript" in capsys.readouterr().out


def test_all_claims_are_printed_with_verdict_basis_and_reference(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sources"]) == 0
    out, err = capsys.readouterr()
    assert err == "73 of 73 claims\n"
    assert "C01  the source says otherwise" in out
    assert "arXiv:2305.17493" in out
    assert "from memory, not re-read" in out


@pytest.mark.parametrize(
    ("verdict", "number"), [("supported", 13), ("partly", 27), ("not-found", 21), ("contradicted", 12)]
)
def test_claims_are_filtered_by_verdict(verdict: str, number: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sources", "--verdict", verdict, "--format", "json"]) == 0
    claims = json.loads(capsys.readouterr().out)
    assert len(claims) == number
    assert {claim["verdict"] for claim in claims} == {verdict}
    assert all(reference["title"] for claim in claims for reference in claim["references"])


def test_the_claims_of_another_course(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sources", "--course", str(course)]) == 0
    assert "Pro Git" in capsys.readouterr().out


def test_watching_is_for_playing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--watch", "check"]) == 2
    assert "--watch is for playing a course" in capsys.readouterr().err
