"""`synthqc filter`: what is kept, what is rejected and why, and that nothing is lost."""

import base64
import csv
import gzip
import io
import json
import os
import threading
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from synthqc.cli.main import run
from synthqc.course.loading import find_course
from synthqc.tools import sample as sample_module
from synthqc.tools import split as split_module
from synthqc.tools.sample import sample_of_file

SAMPLE = find_course() / "labs" / "samples" / "support-conversations.jsonl"


def filtered(tmp_path: Path, file: Path, *more: str) -> tuple[list[bytes], list[dict]]:
    kept, rejected = tmp_path / "kept", tmp_path / "rejected"
    assert run(["filter", str(file), "--output", str(kept), "--rejected", str(rejected), *more]) == 0
    return kept.read_bytes().splitlines(keepends=True), [
        json.loads(line) for line in rejected.read_bytes().split(b"\n")[:-1]
    ]


def test_each_line_is_in_one_of_two_files_as_it_stood(tmp_path: Path, capsys) -> None:
    kept, rejected = filtered(tmp_path, SAMPLE)
    assert "208 of 400 records kept, 192 rejected (heuristics 50, duplicates 65, " in capsys.readouterr().err
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
            "number": 3,
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
    assert (
        "1 of 1 records kept, 0 rejected; rejected too: 2 that could not be read as records" in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("stack", "message"),
    [
        ("layers: [magic]\n", "stack.yaml:1:10: is 'magic', needs one of heuristics, duplicates"),
        ("layer: [oracle]\n", "did you mean 'layers'?"),
        ("threshold: high\n", "needs a number"),
        ("layers: [oracle]\nthreshold: 0.1\n", "stack.yaml:2:12: is 0.1, needs a number from 0.3 to 1"),
        ("cap: 2\n", "stack.yaml:1:6: is 2.0, needs a number from 0.001 to 1"),
        ("layers: []\n", "stack.yaml:1:9: names no layer"),
        ("layers: [oracle, oracle]\n", "stack.yaml:1:9: names oracle twice"),
        ("shortest: 9\nlongest: 8\n", "stack.yaml:2:10: is 8, needs to be at least 9"),
        ("masked: perhaps\n", "stack.yaml:1:9: is 'perhaps', needs true or false"),
        ("", "stack.yaml:1:1: is empty"),
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


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30), max_size=12))
def test_lines_are_neither_lost_nor_reordered(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    place = tmp_path_factory.mktemp("filter")
    file = place / "lines.txt"
    file.write_bytes(("x y z\n" + "".join(line + "\n" for line in lines)).encode())
    kept, rejected = filtered(place, file)
    originals = file.read_bytes().split(b"\n")[:-1]
    gone = {row["line"] for row in rejected}
    assert [line.rstrip(b"\n") for line in kept] == [one for n, one in enumerate(originals, start=1) if n not in gone]


TEXTS = st.lists(
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=30).filter(lambda text: bool(text.strip())), max_size=8
)
GOOD = "a fine line of some seven words"


def contents(path: Path) -> bytes:
    return path.read_bytes()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@given(TEXTS)
def test_a_table_keeps_heading_order_and_values(
    tmp_path_factory: pytest.TempPathFactory, end: str, texts: list[str]
) -> None:
    place = tmp_path_factory.mktemp("filter")
    file = place / "rows.csv"
    with file.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target, lineterminator=end, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerows([("id", "text"), *enumerate([GOOD, *texts])])
    kept, rejected = filtered(place, file)
    rows = [*csv.reader(io.StringIO(b"".join(kept).decode(), newline=""))]
    assert rows[0] == ["id", "text"]
    gone = [next(csv.reader(io.StringIO(row["original"], newline=""))) for row in rejected]
    assert [int(row[0]) for row in rows[1:]] == sorted(int(row[0]) for row in rows[1:])
    assert [row["line"] for row in rejected] == sorted(row["line"] for row in rejected)
    together = sorted(rows[1:] + gone, key=lambda row: int(row[0]))
    assert [row[1] for row in together] == [GOOD, *texts]


@pytest.mark.parametrize("indent", [None, 2], ids=["one line", "indented"])
@given(TEXTS)
def test_an_array_stays_one(tmp_path_factory: pytest.TempPathFactory, indent: int | None, texts: list[str]) -> None:
    place = tmp_path_factory.mktemp("filter")
    rows = [{"text": text, "id": n} for n, text in enumerate([GOOD, *texts])]
    file = place / "rows.json"
    file.write_text(json.dumps([*rows, 3], indent=indent))
    kept, rejected = filtered(place, file)
    there = json.loads(b"".join(kept))
    gone = [json.loads(row["original"]) for row in rejected]
    assert gone.pop() == 3
    assert sorted(there + gone, key=lambda row: row["id"]) == rows
    numbers = {row["number"] for row in rejected}
    assert [row["id"] + 1 for row in there] == [n for n in range(1, len(rows) + 1) if n not in numbers]


@given(st.lists(st.binary(max_size=20), max_size=6))
def test_kept_and_rejected_lines_together_are_the_file_whatever_its_bytes(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    place = tmp_path_factory.mktemp("filter")
    file = place / "lines.txt"
    file.write_bytes(b"x y z\n" + b"".join(line.replace(b"\n", b"") + b"\n" for line in lines))
    kept, rejected = filtered(place, file, "--as", "lines")
    gone = {
        row["number"]: base64.b64decode(row["original_base64"])
        if "original_base64" in row
        else row["original"].encode()
        for row in rejected
    }
    stay = iter(b"".join(kept).split(b"\n"))
    originals = file.read_bytes().split(b"\n")
    for number, original in enumerate(originals, start=1):
        assert (gone[number] if number in gone else next(stay)).rstrip(b"\r\n") == original.rstrip(b"\r\n")
    assert next(stay, b"") == b""


@pytest.mark.parametrize("name", ["rows.csv", "rows.tsv", "rows.json", "rows.jsonl"])
@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
def test_what_is_kept_can_be_filtered_again_and_stays(tmp_path: Path, name: str, packing: str) -> None:
    texts = [GOOD, "short", "another fine line, with a comma in it", "<b>markup is not wanted in a line</b>"]
    rows = [{"id": n, "text": text} for n, text in enumerate(texts)]
    data = {
        "rows.csv": "id,text\n" + "".join(f'{n},"{text}"\n' for n, text in enumerate(texts)),
        "rows.tsv": "id\ttext\n" + "".join(f"{n}\t{text}\n" for n, text in enumerate(texts)),
        "rows.json": json.dumps(rows),
        "rows.jsonl": "".join(json.dumps(row) + "\n" for row in rows),
    }[name].encode()
    packed = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.ZstdCompressor().compress}[packing]
    (tmp_path / (name + packing)).write_bytes(packed(data))
    kept, again = tmp_path / f"kept-{name}{packing}", tmp_path / f"again-{name}{packing}"
    for file, target in ((tmp_path / (name + packing), kept), (kept, again)):
        assert run(["filter", str(file), "--output", str(target), "--rejected", str(tmp_path / "rejected.gz")]) == 0
    assert contents(kept) == contents(again)
    assert sample_of_file(again).records == (texts[0], texts[2])
    assert gzip.decompress(contents(tmp_path / "rejected.gz")) == b""


def test_a_broken_table_is_kept_as_far_as_it_goes(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(split_module, "LONGEST_RECORD", 60)
    monkeypatch.setattr(sample_module, "LONGEST_RECORD", 60)
    file = tmp_path / "rows.csv"
    file.write_text(f"text,n\n{GOOD},1\nno number\n{'x' * 100},2\n{GOOD} again,3\n")
    kept, rejected = filtered(tmp_path, file)
    assert b"".join(kept).decode() == f"text,n\n{GOOD},1\n"
    assert [(row["line"], row["rejected_by"]) for row in rejected] == [(3, "reading"), (4, "reading"), (5, "reading")]
    assert [row["original"] for row in rejected] == ["no number", "x" * 100 + ",2", f"{GOOD} again,3"]
    assert rejected[0]["reason"] == "not a row"
    assert "field larger than field limit" in rejected[1]["reason"]


def test_a_line_that_is_too_long_is_rejected_whole(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(split_module, "LONGEST_RECORD", 60)
    monkeypatch.setattr(sample_module, "LONGEST_RECORD", 60)
    (tmp_path / "lines.txt").write_text(f"{GOOD}\n{'x' * 200}\nsome other words that say much more\n")
    kept, rejected = filtered(tmp_path, tmp_path / "lines.txt")
    assert len(kept) == 2
    assert [(row["line"], row["reason"], row["original"]) for row in rejected] == [(2, "over 60 bytes", "x" * 200)]


def test_standard_input_is_filtered_too(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"text,n\n{GOOD},1\nshort,2\n".encode())))
    kept = tmp_path / "kept.csv"
    arguments = ["filter", "-", "--as", "csv", "--output", str(kept), "--rejected", str(tmp_path / "r.jsonl")]
    assert run(arguments) == 0
    assert kept.read_text() == f"text,n\n{GOOD},1\n"
    assert "1 of 2 records kept, 1 rejected (heuristics 1)\n" in capsys.readouterr().err


def test_a_pipe_is_filtered_too(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(f"{GOOD}\nshort\n"))
    writer.start()
    kept, _ = filtered(tmp_path, pipe)
    writer.join()
    assert kept == [f"{GOOD}\n".encode()]


@pytest.mark.parametrize("raised", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_a_run_that_ends_early_leaves_what_was_there_before(tmp_path: Path, monkeypatch, capsys, raised) -> None:
    (tmp_path / "kept").write_text("as it was")

    def stopped(*_: object) -> None:
        raise raised

    monkeypatch.setattr(split_module, "_explained", stopped)
    arguments = ["filter", str(SAMPLE), "--output", str(tmp_path / "kept"), "--rejected", str(tmp_path / "rejected")]
    assert run(arguments) == (130 if raised is KeyboardInterrupt else 2)
    assert [*tmp_path.iterdir()] == [tmp_path / "kept"]
    assert (tmp_path / "kept").read_text() == "as it was"
    assert (
        "interrupted; nothing was written" if raised is KeyboardInterrupt else "No space left"
    ) in capsys.readouterr().err


def test_a_file_that_changes_meanwhile_is_refused(tmp_path: Path, monkeypatch, capsys) -> None:
    file = tmp_path / "lines.txt"
    file.write_text(f"{GOOD}\nshort\n")
    explained = split_module._explained

    def growing(*arguments):
        file.write_text(f"{GOOD}\nshort\nmore\n")
        return explained(*arguments)

    monkeypatch.setattr(split_module, "_explained", growing)
    assert run(["filter", str(file), "--output", str(tmp_path / "k"), "--rejected", str(tmp_path / "r")]) == 2
    assert "lines.txt: changed while it was read; nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "k").exists()


def test_a_damaged_file_is_refused(tmp_path: Path, capsys) -> None:
    file = tmp_path / "rows.jsonl.gz"
    rows = "".join(json.dumps({"text": f"{GOOD} {n * 7919}"}) + "\n" for n in range(20_000))
    file.write_bytes(gzip.compress(rows.encode())[:-3000])
    assert run(["filter", str(file), "--output", str(tmp_path / "k"), "--rejected", str(tmp_path / "r")]) == 1
    assert "damaged and cannot be unpacked" in capsys.readouterr().err
    assert not (tmp_path / "k").exists()


@pytest.mark.parametrize(
    ("output", "message"),
    [("nowhere/kept", "cannot be written: No such file or directory"), (".", "cannot be written: Is a directory")],
)
def test_a_target_that_cannot_be_is_named(tmp_path: Path, output: str, message: str, capsys) -> None:
    arguments = ["filter", str(SAMPLE), "--output", str(tmp_path / output), "--rejected", str(tmp_path / "r")]
    assert run(arguments) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "r").exists()


def test_a_device_takes_what_nobody_wants(tmp_path: Path) -> None:
    assert run(["filter", str(SAMPLE), "--output", str(tmp_path / "k.jsonl"), "--rejected", os.devnull]) == 0
    assert len((tmp_path / "k.jsonl").read_bytes().splitlines()) == 208
    assert not Path(os.devnull).is_file()


def test_the_recipe_of_a_reading_filters_as_the_reading_says(tmp_path: Path, capsys) -> None:
    settings = ["--set", "layers=duplicates,oracle", "--set", "threshold=0.7"]
    assert run(["measure", str(SAMPLE), "--tool", "filter-stack", "--format", "json", *settings]) == 0
    [reading] = json.loads(capsys.readouterr().out)["readings"]
    (tmp_path / "stack.yaml").write_text(reading["recipe"])
    kept, _ = filtered(tmp_path, SAMPLE, "--stack", str(tmp_path / "stack.yaml"))
    assert len(kept) == next(one["value"] for one in reading["quantities"] if one["name"] == "kept_lines")
