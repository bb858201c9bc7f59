"""How text and files become records."""

import gzip
import io
import json
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from synthqc.errors import SynthQCError, UsageError
from synthqc.tools import formats
from synthqc.tools import sample as module
from synthqc.tools.rows import scored_items
from synthqc.tools.sample import Sample, SampleError, sample_of_file, sample_of_stream, sample_of_text


def stream(data: bytes, field: str = "") -> Sample:
    return sample_of_stream(io.BytesIO(data), "a file", field=field)


@pytest.mark.parametrize(
    ("data", "records", "lines"),
    [
        (b"one\ntwo\n", ("one", "two"), (1, 2)),
        (b"one\r\n\r\ntwo", ("one", "", "two"), (1, 2, 3)),
        (b"\xef\xbb\xbfone\n", ("one",), (1,)),
        (b"one\n\n\n", ("one",), (1,)),
        (b"", (), ()),
        (b"a\xffb\n", ("a\ufffdb",), (1,)),
        (b'{"text": "a"}\n{"text": "b"}\n', ("a", "b"), (1, 2)),
        (b'{"text": "a\\nb"}\n', ("a\nb",), (1,)),
        (b'{"id": 1, "reply": "a"}\n\n{"id": 2, "reply": "b"}\n', ("a", "b"), (1, 3)),
    ],
    ids=[
        "lines",
        "windows",
        "byte order mark",
        "blank end",
        "empty",
        "not utf-8",
        "rows",
        "break in a row",
        "own field",
    ],
)
def test_records_and_their_lines(data: bytes, records: tuple[str, ...], lines: tuple[int, ...]) -> None:
    found = stream(data)
    assert (found.records, found.lines) == (records, lines)


def test_what_is_left_out_of_rows_is_named() -> None:
    found = stream(b'{"text": "a"}\nbroken\n{"other": "b"}\n{"text": 3}\n{"text": "c"}\n')
    assert found.records == ("a", "c")
    assert found.notes == (
        "text taken from the field 'text'",
        "line 2 left out: not a row",
        "lines 3, 4 left out: no text in 'text'",
    )


def test_a_field_must_be_named_where_several_could_be_meant() -> None:
    with pytest.raises(SampleError, match="say which field holds the text with --field; fields with text: title, body"):
        stream(b'{"title": "a", "body": "b"}\n')
    assert stream(b'{"title": "a", "body": "b"}\n', field="body").records == ("b",)


def test_a_field_that_no_row_has_is_refused() -> None:
    with pytest.raises(SampleError, match="no row has text in a field 'txt'; fields with text: text"):
        stream(b'{"text": "a"}\n', field="txt")


def test_a_line_that_would_fill_the_memory_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_RECORD", 100)
    found = stream(b"short\n" + b"x" * 1_000 + b"\nlast\n")
    assert found.records == ("short", "last")
    assert found.lines == (1, 3)
    assert found.notes == ("line 2 left out: over 100 bytes",)


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing\.txt: cannot be read: No such file"):
        sample_of_file(tmp_path / "nothing.txt")
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        sample_of_file(tmp_path)


def test_outside_text_is_cleaned() -> None:
    assert sample_of_text("a\x1b[31mred\x1b[0m b", "x").records == ("ared b",)


@given(st.text(max_size=200))
def test_any_text_is_a_sample_or_refused(text: str) -> None:
    try:
        found = sample_of_text(text, "x")
    except SampleError:
        return
    assert len(found.records) == len(found.lines)
    assert list(found.lines) == sorted(set(found.lines))


ROWS = [{"text": f"answer {n}, with a comma", "score": n / 10, "ok": n % 2 == 0} for n in range(3)]
JSONL = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
FORMS = {
    "rows.jsonl": JSONL,
    "rows.json": json.dumps(ROWS, indent=2).encode(),
    "compact.json": b"\xef\xbb\xbf  " + json.dumps(ROWS).encode(),
    "rows.csv": b"text,score,ok\n" + b"".join(f'"{r["text"]}",{r["score"]},{r["ok"]}\n'.encode() for r in ROWS),
    "rows.tsv": b"text\tscore\tok\r\n" + b"".join(f"{r['text']}\t{r['score']}\t{r['ok']}\r\n".encode() for r in ROWS),
    "rows.jsonl.gz": gzip.compress(JSONL),
    "rows.jsonl.zst": zstandard.ZstdCompressor().compress(JSONL),
    "two frames.zst": zstandard.ZstdCompressor().compress(JSONL[:40]) + zstandard.ZstdCompressor().compress(JSONL[40:]),
    "rows.csv.gz": gzip.compress(
        b"text,score,ok\n" + b"".join(f'"{r["text"]}",{r["score"]},{r["ok"]}\n'.encode() for r in ROWS)
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_records(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(FORMS[name])
    found = sample_of_file(file)
    assert found.records == tuple(row["text"] for row in ROWS)
    assert [str(row["ok"]).lower() for row in found.rows] == ["true", "false", "true"]
    assert [float(row["score"]) for row in found.rows] == [0.0, 0.1, 0.2]
    assert scored_items(found, "score", "ok").are_right == (True, False, True)


def test_lines_of_elements_and_table_rows_are_those_of_the_file() -> None:
    assert stream(json.dumps(ROWS, indent=1).encode()).lines == (2, 7, 12)
    assert sample_of_stream(io.BytesIO(FORMS["rows.csv"]), "x.csv").lines == (2, 3, 4)
    assert sample_of_stream(io.BytesIO(b'text,n\n"two\nlines",1\nb,2\n'), "x.csv").lines == (3, 4)


def test_a_form_can_be_given_where_the_name_does_not_tell() -> None:
    assert sample_of_stream(io.BytesIO(FORMS["rows.csv"]), "standard input", form="csv").records[0] == ROWS[0]["text"]


@pytest.mark.parametrize(
    ("name", "data", "note"),
    [
        (
            "a.json",
            b'[{"text": "a"}, {"text": "b"',
            "the rest left out: line 1: the JSON array breaks off or is no JSON from here on",
        ),
        ("a.json", b'[{"text": "a"}, 3, null]', "lines 1, 1 left out: not a row"),
        ("a.csv", b"text,n\na,1\nb\nc,1,2\nd,4\n", "lines 3, 4 left out: not a row"),
        (
            "a.json.gz",
            gzip.compress(b'[{"text": "a"}, ' + b" " * 900_000 + b"3]", mtime=0)[:-30],
            "damaged and cannot be unpacked",
        ),
    ],
)
def test_what_is_broken_in_a_form_is_named_and_what_came_before_is_kept(name: str, data: bytes, note: str) -> None:
    found = sample_of_stream(io.BytesIO(data), name)
    assert found.records[0] == "a"
    assert any(note in one for one in found.notes), found.notes


def test_a_field_that_would_fill_the_memory_ends_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_RECORD", 100)
    for name, data in (
        ("a.csv", b"text\na\n" + b"x" * 500),
        ("a.json", b'[{"text": "a"}, {"text": "' + b"x" * 200_000),
    ):
        found = sample_of_stream(io.BytesIO(data), name)
        assert found.records == ("a",)
        assert any("the rest left out: line" in note for note in found.notes)


@pytest.mark.parametrize(
    "data", [b"[]", b"[{", b"[" + b'{"text":' * 5000, b"\x1f\x8bnonsense", b"\x28\xb5\x2f\xfdnonsense"]
)
def test_what_is_no_sample_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(SynthQCError, match=r"^[^\n]+$"):
        sample_of_stream(io.BytesIO(data), "x.json")


@given(
    st.lists(st.dictionaries(st.sampled_from(["text", "a"]), st.text(max_size=5), min_size=1), min_size=1),
    st.integers(1, 40),
)
def test_an_array_is_read_alike_however_it_is_cut_into_pieces(rows: list[dict[str, str]], piece: int) -> None:
    data = json.dumps(rows, ensure_ascii=False).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formats, "_PIECE", piece)
        assert [row for _, row in formats.rows_in_array(io.BytesIO(data), 1000)] == rows
