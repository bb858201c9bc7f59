"""`synthqc measure` on a learner's own file."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from synthqc.cli import measure, verdict
from synthqc.cli.main import run
from synthqc.course.loading import load_course
from synthqc.tools.catalogue import run_tool
from synthqc.tools.sample import sample_of_text

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


def test_a_table_from_standard_input_that_is_not_called_one_gets_the_option_that_says_so(monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"id,answer\n1,yes\n")))
    assert run(["measure", "-", "--field", "answer"]) == 1
    assert (
        "no line is a JSON row; a table whose name does not say so needs --as csv or --as tsv"
        in capsys.readouterr().err
    )


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


def test_without_a_tool_the_report_ends_in_words(replies: Path, capsys) -> None:
    assert run(["measure", str(replies)]) == 0
    words = " ".join(capsys.readouterr().out.partition("In words\n")[2].split())
    assert "One template covers 20 of 20 records (100%)" in words
    assert "Look at lines 1, 2, 3, 4, 5. (lesson L1, population)" in words
    assert run(["measure", str(replies), "--tool", "templates"]) == 0
    assert "In words" not in capsys.readouterr().out


def test_the_lessons_that_the_words_name_are_there() -> None:
    course = load_course()
    for rule in verdict._RULES:
        lesson, section = rule.lesson.split(", ")
        assert section in {one.id for one in course.lesson(lesson).sections}


def test_a_varied_text_gets_no_blame(tmp_path: Path, capsys) -> None:
    file = tmp_path / "varied.txt"
    file.write_text(load_course().sample_text("math-varied"))
    assert run(["measure", str(file)]) == 0
    assert "Nothing stands out in these measures" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("bound", "code", "message"),
    [
        (
            "distinct-n.distinct_n < 0.9",
            1,
            "--fail-if 'distinct-n.distinct_n < 0.9' holds: distinct_n.distinct_n is 0.",
        ),
        ("distinct-n.distinct_n < 0.01", 0, ""),
        ("templates.top_share >= 0.5 and text.lines > 10", 1, "templates.top_share is 1.000"),
        ("kappa.kappa < 0.7", 2, "--fail-if 'kappa.kappa < 0.7': kappa does not run here; add --tool kappa"),
        ("distinct-n.magic < 0.7", 1, "nothing was measured for distinct_n.magic; there are: distinct_n.distinct_n"),
        ("distinct-m.distinct_n < 0.7", 2, "there is no tool 'distinct-m'; there are: distinct-n"),
        ("top_share < 0.7", 2, "'top_share' is no quantity of a tool, write it as TOOL.QUANTITY"),
        ("text.letters < 0.7", 2, "of the text there are lines and words, not 'letters'"),
        ("text.lines == 20 and not (text.words > 500 or text.words < -1)", 1, "text.lines is 20, text.words is 180"),
        ("1 < 2", 2, "names nothing that is measured"),
        ("", 2, "--fail-if: condition '' has '', needs a name or a number"),
        ("text.lines = 20", 2, "has '=', which is no part of one"),
        ("'text.lines' < 20", 2, """has "'", which is no part of one"""),
        ("text.lines < 20 && text.words < 3", 2, "has '&', which is no part of one"),
        ("text.lines < 20 text.words < 3", 2, "has 'text.words' where it should end"),
        ("(" * 5000, 2, "too many brackets within brackets"),
        ("distinct-n.distinct_n <", 2, "--fail-if: condition"),
        ("__import__('os')", 2, "--fail-if: condition"),
    ],
)
def test_a_bound_makes_it_a_check(replies: Path, bound: str, code: int, message: str, capsys) -> None:
    assert run(["measure", str(replies), "--fail-if", bound]) == code
    assert message in capsys.readouterr().err


def test_strict_refuses_what_had_to_be_left_out(tmp_path: Path, capsys) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "a b c d e"}\nbroken\n')
    assert run(["measure", str(file), "--tool", "distinct-n"]) == 0
    assert "line 2 left out: not a row" in capsys.readouterr().out
    assert run(["measure", str(file), "--tool", "distinct-n", "--strict"]) == 1
    assert "1 lines or rows were left out" in capsys.readouterr().err


def test_a_report_is_written_to_a_file_in_any_format(replies: Path, tmp_path: Path, capsys) -> None:
    target = tmp_path / "report"
    assert run(["measure", str(replies), "--format", "csv", "--output", str(target), "--tool", "distinct-n"]) == 0
    assert capsys.readouterr().out == ""
    rows = list(csv.DictReader(io.StringIO(target.read_text())))
    assert rows[0]["tool"] == "distinct-n"
    assert 0 < float(rows[0]["value"]) < 0.5
    assert run(["measure", str(replies), "--format", "jsonl", "--output", str(target)]) == 0
    readings = [json.loads(line) for line in target.read_text().splitlines()]
    assert [reading["tool"] for reading in readings] == list(measure.STANDARD)
    assert run(["measure", str(replies), "--output", str(tmp_path)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_table_from_standard_input(monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"text,kind\none two,a\nthree four,b\n")))
    assert run(["measure", "-", "--as", "csv", "--tool", "mix", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["records"] == 2
    assert found["readings"][0]["quantities"][1]["value"] == 2


@pytest.mark.slow
def test_two_processes_measure_what_one_does(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr("synthqc.metrics.duplicates.EXACT_LIMIT", 10)
    file = tmp_path / "many.txt"
    file.write_text("".join(f"Row {n % 40} says {n * 7919 % 1000} things about {n // 2}.\n" for n in range(300)))
    reports = []
    for workers in ("1", "2"):
        assert run(["measure", str(file), "--tool", "near-duplicates", "--format", "json", "--workers", workers]) == 0
        reports.append(capsys.readouterr().out)
    assert reports[0] == reports[1]


def test_a_cluster_and_processes_together_are_refused(replies: Path, capsys) -> None:
    assert run(["measure", str(replies), "--workers", "2", "--dask", "tcp://127.0.0.1:1"]) == 2
    assert "not both" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sample", "lines", "is_poor"),
    [("alice", slice(0, 400), False), ("alice", slice(400, 700), False), ("code-answers", slice(None), True)],
)
def test_rules_on_words_spare_prose_and_name_what_repeats(sample: str, lines: slice, is_poor: bool) -> None:
    course = load_course()
    found = sample_of_text(course.sample_text(sample), sample, field=course.sample(sample).field)
    part = replace(found, records=found.records[lines], lines=tuple(found.lines)[lines])
    readings = {name: run_tool(name, part) for name in ("lexical-richness", "vendi-score")}
    words = " ".join(remark.text for remark in verdict.verdict_of(readings))
    assert ("In windows of 50 words only" in words) is is_poor
    assert ("By their words the 30 records compared count as" in words) is is_poor
    by_model = replace(readings["vendi-score"], basis=replace(readings["vendi-score"].basis, rule="a model's vectors"))
    others = verdict.verdict_of({**readings, "vendi-score": by_model})
    assert not any("By their words" in remark.text for remark in others)
    long = {**readings, "lexical-richness": run_tool("lexical-richness", part, {"window": 200})}
    assert not any("In windows of 50 words" in remark.text for remark in verdict.verdict_of(long))


def test_a_bound_is_read_before_the_file_is(capsys) -> None:
    assert run(["measure", "/nowhere/file.txt", "--fail-if", "magic.x < 1"]) == 2
    assert "there is no tool 'magic'" in capsys.readouterr().err


def test_a_bound_on_what_has_no_reading_says_why(tmp_path: Path, capsys) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert run(["measure", str(tmp_path / "empty.txt"), "--fail-if", "distinct-n.distinct_n < 1"]) == 1
    assert "nothing was measured for distinct_n.distinct_n: there are no words" in capsys.readouterr().err


def test_the_recipe_stands_under_the_numbers(replies: Path, capsys) -> None:
    assert run(["measure", str(replies), "--tool", "filter-stack", "--set", "layers=oracle"]) == 0
    out = capsys.readouterr().out
    assert "  # Save as stack.yaml, then:\n  # synthqc filter FILE --stack stack.yaml" in out
    assert "\n  layers: [oracle]\n" in out


def test_an_interrupted_report_is_marked_as_partial(replies: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    whole = measure.run_tool

    def stopped(name, *rest):
        if name == "templates":
            raise KeyboardInterrupt
        return whole(name, *rest)

    tools = ["--tool", "distinct-n", "--tool", "templates"]
    reports = {}
    for is_stopped in (False, True):
        if is_stopped:
            monkeypatch.setattr(measure, "run_tool", stopped)
        for form in measure.FORMATS:
            page = ["--html", str(tmp_path / "page.html")]
            assert run(["measure", str(replies), *tools, "--format", form, *page]) == (130 if is_stopped else 0)
            reports[form, is_stopped] = capsys.readouterr().out
            assert ("partial: interrupted" in (tmp_path / "page.html").read_text()) is is_stopped
    assert "note: partial: interrupted, so this report lacks templates" in reports["table", True]
    assert "partial" not in reports["table", False]
    for is_stopped in (False, True):
        found = json.loads(reports["json", is_stopped])
        assert (found["partial"], found["not_measured"]) == (is_stopped, ["templates"] * is_stopped)
        assert json.loads(reports["jsonl", is_stopped].splitlines()[0])["partial"] is is_stopped
        rows = [*csv.DictReader(io.StringIO(reports["csv", is_stopped]))]
        assert {row["partial"] for row in rows} == {"yes" if is_stopped else "no"}


def test_ctrl_c_while_reading_says_what_was_not_measured(replies: Path, capsys, monkeypatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(measure.Bar, "__call__", stopped)
    assert run(["measure", str(replies), "--tool", "distinct-n", "--tool", "templates"]) == 130
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "synthqc: interrupted while reading; not measured: distinct-n, templates\n"


def test_ctrl_c_keeps_what_was_measured(replies: Path, capsys, monkeypatch) -> None:
    whole = measure.run_tool

    def stopped(name, *rest):
        if name == "templates":
            raise KeyboardInterrupt
        return whole(name, *rest)

    monkeypatch.setattr(measure, "run_tool", stopped)
    tools = ["--tool", "distinct-n", "--tool", "templates", "--tool", "heuristics"]
    assert run(["measure", str(replies), *tools]) == 130
    out, err = capsys.readouterr()
    assert "Distinct-2" in out
    assert "interrupted; the report lacks templates, heuristics" in err
