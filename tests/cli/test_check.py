"""`synthqc check` as an author meets it."""

import shutil
from pathlib import Path

import pytest

from synthqc.cli.main import run

TINY = Path(__file__).parents[1] / "course" / "tiny"


def test_a_course_without_problems_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(TINY)]) == 0
    out, err = capsys.readouterr()
    assert out == "1 lesson, 1 quiz, 0 labs, 1 claim: no problems\n"
    assert err == ""


def test_the_shipped_course_has_no_problems_and_can_be_played_to_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--play"]) == 0
    assert capsys.readouterr().out == "4 lessons, 5 quizzes, 4 labs, 73 claims: no problems and played to the end\n"


def test_problems_go_to_stdout_and_end_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = shutil.copytree(TINY, tmp_path / "course")
    quiz = course / "quizzes" / "L1.yaml"
    quiz.write_text(quiz.read_text().replace("reread: ones", "reread: twos"))
    assert run(["check", str(course)]) == 1
    out, err = capsys.readouterr()
    assert out == "quizzes/L1.yaml:16:13: there is no section 'twos' in lessons/L1.yaml\n"
    assert err.endswith("1 problem\n")


@pytest.mark.parametrize("argument", ["/nowhere", str(Path(__file__))])
def test_what_is_no_course_ends_with_2(argument: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", argument]) == 2
    assert argument in capsys.readouterr().err


def test_a_directory_without_the_folders_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(tmp_path)]) == 2
    assert "lessons, quizzes, labs" in capsys.readouterr().err
