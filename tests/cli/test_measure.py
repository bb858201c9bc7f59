"""`synthqc measure` on a learner's own file."""

import io
import json
from pathlib import Path

import pytest

from synthqc.cli.main import run

LINES = "".join(f"Dear customer {number}, your parcel is on its way.\n" for number in range(20))


@pytest.fixture
def replies(tmp_path: Path) -> Path:
    file = tmp_path / "replies.txt"
    file.write_text(LINES)
    return file


def test_a_table_shows_numbers_with_their_basis(replies: Path, capsys) -> None:
    assert run(["measure", str(replies)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("replies.txt: 20 records\n")
    for part in (
        "Distinct-2",
        "near-duplicates",
        "largest template",
        "MATTR",
        "measured on 20 records, 180 words",
        "note:",
    ):
        assert part in out
    assert err == ""


def test_standard_input_is_read(monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "one two"}\n')))
    assert run(["measure", "-", "--tool", "distinct-n", "--set", "n=1", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["name"] == "standard input"
    assert found["readings"][0]["quantities"][0]["value"] == 1.0


def test_where_no_tool_has_a_value_the_exit_code_is_1(tmp_path: Path, capsys) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert run(["measure", str(tmp_path / "empty.txt")]) == 1
    assert "no reading: there are no words to count" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--tool", "magic"], "there is no tool 'magic'"),
        (["--set", "n=9"], "allowed is a whole number from 1 to 5"),
        (["--set", "colour=red"], "give NAME=VALUE, where NAME is one of distinct-n.n"),
        (["--set", "n"], "give NAME=VALUE"),
        (["--format", "xml"], "xml"),
        (["--field", "text"], "no row has text in a field 'text'"),
    ],
)
def test_wrong_use_is_one_sentence_on_stderr(replies: Path, arguments: list[str], message: str, capsys) -> None:
    code = run(["measure", str(replies), *arguments])
    out, err = capsys.readouterr()
    assert code == (1 if arguments[0] == "--field" else 2)
    assert out == ""
    assert message in err
    assert err.count("\n") == 1


def test_a_missing_file_is_named(capsys) -> None:
    assert run(["measure", "/nowhere/file.txt"]) == 2
    assert capsys.readouterr().err == "synthqc: /nowhere/file.txt: cannot be read: No such file or directory\n"
