"""The table of `synthqc measure`: what stands where, and how wide it gets."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

from synthqc.cli.main import run
from synthqc.tools.catalogue import TOOLS

REPLIES = [
    f"Dear customer {n}, your parcel is on its way.\nIt holds {n + 1} jars and {n} + 1 = {n + 1}." for n in range(200)
]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Rows that every tool can read."""
    file = tmp_path / "rows.jsonl"
    kinds = ["good", "template", "good", "wrong sum"]
    lines = [
        {
            "text": text,
            "kind": kinds[n % 4],
            "answer": kinds[n % 4],
            "labelled": n < 100,
            "fault": "" if n % 2 == 0 else kinds[n % 4],
            "confidence": n / 200,
            "correct": n % 3 > 0,
            "rater_a": n % 2,
            "rater_b": n % 3 % 2,
        }
        for n, text in enumerate(REPLIES)
    ]
    file.write_text("\n".join(map(json.dumps, lines)))
    return file


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


@pytest.mark.parametrize("tool", TOOLS)
def test_no_line_takes_more_than_a_hundred_columns(tool: str, rows: Path, capsys) -> None:
    run(["measure", str(rows), "--tool", tool])
    lines = capsys.readouterr().out.splitlines()
    assert lines[3].startswith(tool)
    assert [line for line in lines if columns(line) > 100 and "synthqc filter FILE" not in line] == []


@pytest.mark.parametrize("text", ["あ" * 300, "𝕏" + "x" * 300, "🎉 " * 200, "e\u0301" * 200])
def test_long_lines_of_any_script_are_cut(text: str, tmp_path: Path, capsys) -> None:
    file = tmp_path / "lines.txt"
    file.write_text(f"{text}\n{text}\n", encoding="utf-8")
    assert run(["measure", str(file), "--tool", "near-duplicates"]) == 0
    out = capsys.readouterr().out
    assert max(map(columns, out.splitlines())) <= 100
    assert "2 times: " in out
    assert "…" in out


def test_numbers_stand_in_one_column_with_their_unit(rows: Path, capsys) -> None:
    assert run(["measure", str(rows), "--tool", "near-duplicates"]) == 0
    lines = capsys.readouterr().out.splitlines()
    [reference] = [line for line in lines if "of Alice in Wonderland, same length" in line]
    [groups] = [line for line in lines if line.startswith("  groups of copies")]
    [share] = [line for line in lines if line.startswith("  share with a copy or near copy")]
    assert reference.endswith("0.000  share")
    assert share.index("  share", 10) == reference.index("  share", 10) == len(groups)


def test_a_record_of_several_lines_is_told_on_one(rows: Path, capsys) -> None:
    assert run(["measure", str(rows), "--tool", "audit"]) == 0
    assert "parcel is on its way. It holds" in capsys.readouterr().out


def test_settings_stand_as_one_sets_them(rows: Path, capsys) -> None:
    assert run(["measure", str(rows), "--tool", "near-duplicates", "--set", "masked=no"]) == 0
    assert "near-duplicates  threshold=0.8 shingle=5 masked=no masked_up_to=100000\n" in capsys.readouterr().out


def test_one_line_is_no_lines(rows: Path, capsys) -> None:
    assert run(["measure", str(rows), "--tool", "audit", "--set", "sure_from=0.9"]) == 0
    assert re.search(r"\(line 1\d\d\)", capsys.readouterr().out)


def test_the_tools_are_described_without_a_file(capsys) -> None:
    assert run(["measure", "--describe"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n{tool} " in f"\n{out}" for tool in TOOLS)
    assert max(map(len, out.splitlines())) <= 100


@pytest.mark.parametrize("tool", TOOLS)
def test_every_setting_of_a_tool_is_described(tool: str, capsys) -> None:
    assert run(["measure", "--describe", "--tool", tool]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{tool}: ")
    assert all(f"\n  {one.name}=" in out for one in TOOLS[tool].parameters)
    assert max(map(len, out.splitlines())) <= 100


def test_a_calculation_runs_without_a_file(capsys) -> None:
    assert run(["measure", "--tool", "budget", "--set", "dollars=100"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("calculated, no file measured\n\nbudget  cents=10")
    assert "1,000  labels" in out


@pytest.mark.parametrize("tools", [[], ["--tool", "budget", "--tool", "kappa"]], ids=["standard", "kappa"])
def test_what_needs_a_file_says_so(tools: list[str], capsys) -> None:
    assert run(["measure", *tools]) == 2
    wanted = "synthqc: give a FILE, or - for standard input; without one run only budget, audit-size, kappa-prevalence"
    assert capsys.readouterr().err.startswith(wanted)


def test_wrong_use_names_the_help(capsys) -> None:
    assert run(["filter", "x.txt"]) == 2
    assert capsys.readouterr().err == "synthqc: Missing option '--output'; see synthqc filter --help\n"


def test_fields_that_a_tool_misses_come_with_the_settings_that_name_them(tmp_path: Path, capsys) -> None:
    file = tmp_path / "scored.jsonl"
    file.write_text('{"text": "a", "score": 0.9, "is_right": true}\n' * 3)
    assert run(["measure", str(file), "--tool", "calibration", "--tool", "mix", "--tool", "kappa"]) == 1
    words = " ".join(capsys.readouterr().out.split())
    assert "fields found: is_right, score; set confidence and truth to say which to read" in words
    assert "fields found: is_right, score; set field to say which to read" in words
    assert "fields found: is_right, score; set raters to say which to read" in words


def test_a_verdict_on_wording_quotes_what_comes_most_often(rows: Path, capsys) -> None:
    assert run(["measure", str(rows)]) == 0
    words = " ".join(capsys.readouterr().out.partition("In words\n")[2].split())
    assert "documentation 0.77. Most often comes “dear customer”: 200 times. Look at lines 1, 2, 3, 4, 5." in words
    assert "documentation 69% to 80%. (lesson L3, distinct)" in words


def test_vectors_of_meaning_that_no_tool_would_use_are_refused(rows: Path, capsys) -> None:
    arguments = ["--tool", "distinct-n", "--embeddings", "http://127.0.0.1:9/v1", "--model", "m"]
    assert run(["measure", str(rows), *arguments]) == 2
    assert "it is for clusters, diversity-sample, vendi-score" in capsys.readouterr().err


def test_help_keeps_its_examples_in_lines(capsys) -> None:
    assert run(["filter", "--help"]) == 0
    out = capsys.readouterr().out
    assert "layers: [heuristics, duplicates, oracle]\n" in out
    assert "  synthqc filter replies.jsonl --stack stack.yaml --output kept.jsonl --rejected rejected.jsonl\n" in out
    assert run(["--help"]) == 0
    assert "..." not in capsys.readouterr().out.partition("Commands:")[2]
