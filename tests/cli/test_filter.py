"""`synthqc filter`: what is kept, what is rejected and why, and that nothing is lost."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.cli.main import run
from synthqc.course.loading import find_course

SAMPLE = find_course() / "labs" / "samples" / "support-conversations.jsonl"


def filtered(tmp_path: Path, file: Path, *more: str) -> tuple[list[bytes], list[dict]]:
    kept, rejected = tmp_path / "kept", tmp_path / "rejected"
    assert run(["filter", str(file), "--output", str(kept), "--rejected", str(rejected), *more]) == 0
    return kept.read_bytes().splitlines(keepends=True), [json.loads(line) for line in rejected.read_text().splitlines()]


def test_each_line_is_in_one_of_two_files_as_it_stood(tmp_path: Path, capsys) -> None:
    kept, rejected = filtered(tmp_path, SAMPLE)
    assert "208 lines kept, 192 rejected, 0 that were no rows" in capsys.readouterr().err
    originals = SAMPLE.read_text(encoding="utf-8").splitlines()
    assert [originals[row["line"] - 1] for row in rejected] == [row["original"] for row in rejected]
    gone = {row["line"] for row in rejected}
    assert [line.decode().rstrip("\n") for line in kept] == [
        one for n, one in enumerate(originals, start=1) if n not in gone
    ]


def test_the_reason_stands_beside_each_rejected_line(tmp_path: Path) -> None:
    _, rejected = filtered(tmp_path, SAMPLE)
    layers = {row["rejected_by"] for row in rejected}
    assert layers == {"heuristics", "duplicates", "classifier", "oracle", "diversity"}
    faults = {row["line"]: json.loads(row["original"])["fault"] for row in rejected}
    for row in rejected:
        if row["rejected_by"] == "oracle":
            assert faults[row["line"]] == "wrong sum"
            assert row["reason"].startswith("wrong sum: ")
        if row["rejected_by"] == "duplicates":
            assert row["reason"].startswith("copy or near copy of line ")


def test_a_stack_says_which_layers_and_settings(tmp_path: Path) -> None:
    stack = tmp_path / "stack.yaml"
    stack.write_text("layers: [heuristics]\nshortest: 1\nlongest: 3\n")
    file = tmp_path / "lines.txt"
    file.write_text("one\n\none two three four\nthe last")
    kept, rejected = filtered(tmp_path, file, "--stack", str(stack))
    assert kept == [b"one\n", b"\n", b"the last"]
    assert rejected == [
        {
            "line": 3,
            "rejected_by": "heuristics",
            "reason": "breaks the rule on length",
            "original": "one two three four",
        }
    ]


def test_rows_that_are_none_are_rejected_and_counted(tmp_path: Path, capsys) -> None:
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(gzip.compress(b'{"text": "a line of some six words"}\nbroken\n{"other": 1}\n'))
    kept, rejected = filtered(tmp_path, file)
    assert len(kept) == 1
    assert [(row["line"], row["rejected_by"]) for row in rejected] == [(2, "reading"), (3, "reading")]
    assert "2 that were no rows" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("stack", "message"),
    [
        ("layers: [magic]\n", "stack.yaml:1:10: is 'magic', needs one of heuristics, duplicates"),
        ("layer: [oracle]\n", "did you mean 'layers'?"),
        ("threshold: high\n", "needs a number"),
    ],
)
def test_a_wrong_stack_is_named_by_place(tmp_path: Path, stack: str, message: str, capsys) -> None:
    (tmp_path / "stack.yaml").write_text(stack)
    arguments = [
        "--stack",
        str(tmp_path / "stack.yaml"),
        "--output",
        str(tmp_path / "k"),
        "--rejected",
        str(tmp_path / "r"),
    ]
    assert run(["filter", str(SAMPLE), *arguments]) == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "k").exists()


def test_the_input_is_never_written_to(tmp_path: Path, capsys) -> None:
    file = tmp_path / "lines.txt"
    file.write_text("one two three\n")
    assert run(["filter", str(file), "--output", str(file), "--rejected", str(tmp_path / "r")]) == 2
    assert "three different files" in capsys.readouterr().err
    assert file.read_text() == "one two three\n"
    assert (
        run(["filter", str(tmp_path / "t.csv"), "--output", str(tmp_path / "k"), "--rejected", str(tmp_path / "r")])
        == 2
    )
    assert "cannot be read" in capsys.readouterr().err
    (tmp_path / "t.csv").write_text("text\na\n")
    assert (
        run(["filter", str(tmp_path / "t.csv"), "--output", str(tmp_path / "k"), "--rejected", str(tmp_path / "r")])
        == 2
    )
    assert "is csv; a stack filters text or JSONL" in capsys.readouterr().err


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30), max_size=12))
def test_lines_are_neither_lost_nor_reordered(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    place = tmp_path_factory.mktemp("filter")
    file = place / "lines.txt"
    file.write_bytes(("x y z\n" + "".join(line + "\n" for line in lines)).encode())
    kept, rejected = filtered(place, file)
    originals = file.read_bytes().split(b"\n")[:-1]
    gone = {row["line"] for row in rejected}
    assert [line.rstrip(b"\n") for line in kept] == [one for n, one in enumerate(originals, start=1) if n not in gone]
