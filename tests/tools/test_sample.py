"""How text and files become records."""

import csv
import gzip
import io
import json
import os
import threading
import tracemalloc
from array import array
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from synthqc.errors import SynthQCError, UsageError
from synthqc.tools import formats
from synthqc.tools import sample as module
from synthqc.tools.formats import Form
from synthqc.tools.records import compact
from synthqc.tools.rows import scored_items
from synthqc.tools.sample import Sample, SampleError, sample_of_file, sample_of_stream, sample_of_text


def stream(data: bytes, field: str = "", form: Form | None = None) -> Sample:
    return sample_of_stream(io.BytesIO(data), "a file", field=field, form=form)


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
    assert (found.records, tuple(found.lines)) == (records, lines)


def test_what_is_left_out_of_rows_is_named() -> None:
    found = stream(b'{"text": "a"}\nbroken\n{"other": "b"}\n{"text": 3}\n{"text": "c"}\n')
    assert found.records == ("a", "c")
    assert found.notes == (
        "text taken from the field 'text'",
        "line 2 left out: not a row",
        "lines 3, 4 left out: no text in 'text'",
    )


def test_a_broken_first_row_does_not_make_text_of_the_others() -> None:
    found = stream(b'{"text": "broken,\n\n{"text": "a"}\n{"text": "b"}\n')
    assert (found.records, tuple(found.lines), found.left_out) == (("a", "b"), (3, 4), 1)
    assert found.notes[1] == "line 1 left out: not a row"
    assert stream(b"{curly} text\nand more\n").records == ("{curly} text", "and more")


def test_an_empty_usual_field_is_not_replaced_by_another() -> None:
    found = stream(b'{"id": "x1", "text": null}\n{"id": "x2", "text": "a"}\n')
    assert found.records == ("a",)
    assert found.notes == ("text taken from the field 'text'", "line 1 left out: no text in 'text'")


@pytest.mark.parametrize(
    "data", [b'id,text\n1,ok\n2,"open\n3,b\n4,c\n', b'text,id\nok,1\n"open,2\nb,3\n', b'text\nok\n"open']
)
def test_a_quotation_mark_that_is_never_closed_is_named(data: bytes) -> None:
    found = stream(data, form="csv")
    assert (found.records, found.left_out) == (("ok",), 1)
    assert found.notes[1] == "the rest left out: line 3: a quotation mark is opened and never closed"


def test_quotation_marks_inside_fields_are_no_break() -> None:
    data = b'text,n\n5" pipe,1\n"say ""so"", twice\nover",2\n"a"b,3\n'
    assert stream(data, form="csv").records == ('5" pipe', 'say "so", twice\nover', "ab")


def test_a_table_or_array_without_rows_says_so() -> None:
    for data, form in ((b"text,n\n", "csv"), (b"[]", "json"), (b"", "csv")):
        with pytest.raises(SampleError, match="there is no row in it"):
            stream(data, form=form)


def test_bytes_that_are_not_utf8_are_told() -> None:
    found = stream("café\nplain\nnaïve\n".encode("latin-1"))
    assert found.records == ("caf\ufffd", "plain", "na\ufffdve")
    assert found.notes == ("lines 1, 3 not in UTF-8: what could not be read counts as \ufffd",)
    for encoding in ("utf-16-le", "utf-16-be"):
        with pytest.raises(SampleError, match="is text in UTF-16; save it in UTF-8"):
            stream("\ufeffplain\n".encode(encoding))


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
    assert tuple(found.lines) == (1, 3)
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
    assert tuple(stream(json.dumps(ROWS, indent=1).encode()).lines) == (2, 7, 12)
    assert tuple(sample_of_stream(io.BytesIO(FORMS["rows.csv"]), "x.csv").lines) == (2, 3, 4)
    assert tuple(sample_of_stream(io.BytesIO(b'text,n\n"two\nlines",1\nb,2\n'), "x.csv").lines) == (3, 4)


def test_places_among_the_elements_tell_apart_what_stands_on_one_line() -> None:
    found = stream(b'[{"text": "a"}, 3, {"text": "b"}]')
    assert (tuple(found.lines), tuple(found.places)) == ((1, 1), (1, 3))
    assert tuple(sample_of_stream(io.BytesIO(b"text,n\n\na,1\nb\nc,3\n"), "x.csv").places) == (2, 4)


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
        assert [entry.row for entry in formats.entries_in(io.BytesIO(data), "json", 1000)] == rows


FIELDS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=8)


@given(st.lists(st.tuples(FIELDS, FIELDS), max_size=8), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_the_raw_entries_of_a_table_are_the_table(rows: list[tuple[str, str]], quoting: int) -> None:
    target = io.StringIO()
    csv.writer(target, quoting=quoting).writerows([("text", "kind"), *rows])
    data = target.getvalue().encode()
    entries = [*formats.entries_in(io.BytesIO(data), "csv", 1000)]
    assert "".join(entry.raw for entry in entries).encode("utf-8", "surrogateescape") == data
    assert [tuple(entry.row.values()) for entry in entries if entry.row is not None] == rows


@given(st.binary(max_size=60))
def test_no_byte_of_a_broken_table_is_lost(data: bytes) -> None:
    entries = formats.entries_in(io.BytesIO(data), "csv", 10)
    assert "".join(entry.raw for entry in entries).encode("utf-8", "surrogateescape") == data


def test_what_follows_an_array_is_named() -> None:
    found = stream(b'[{"text": "a"}]\n[{"text": "b"}]')
    assert found.records == ("a",)
    assert found.notes[-1] == "the rest left out: line 1: more stands behind the end of the JSON array"


def test_the_values_of_rows_are_cleaned_and_shared_and_keep_their_kind() -> None:
    data = (
        b'{"text": "a", "k\\u001b[31mind": "b\\u202ec", "n": 1, "yes": true, "none": null, "inf": 1e999, "list": []}\n'
    )
    rows = stream(data * 2).rows
    assert [dict(row) for row in rows] == [{"kind": "b‹U+202E›c", "n": 1, "yes": True}] * 2
    assert rows[0]["yes"] is True
    assert next(iter(rows[0])) is next(iter(rows[1]))
    assert rows[0]["kind"] is rows[1]["kind"]
    assert rows[0].get("absent") is None


def test_lines_that_follow_each_other_are_kept_as_a_range() -> None:
    assert stream(b"a\nb\nc\n").lines == range(1, 4)
    assert isinstance(compact(array("q", [1, 1, 3])), array)
    assert compact(array("q")) == ()


@given(st.lists(st.integers(1, 9)))
def test_compact_numbers_are_the_same_numbers(numbers: list[int]) -> None:
    assert list(compact(array("q", numbers))) == numbers


def test_a_watch_is_told_of_the_bytes_of_the_file(tmp_path: Path) -> None:
    for name, data in (("a.jsonl", JSONL), ("a.jsonl.gz", FORMS["rows.jsonl.gz"]), ("a.csv", FORMS["rows.csv"])):
        (tmp_path / name).write_bytes(data)
        told: list[tuple[int, int]] = []
        sample_of_file(tmp_path / name, watch=lambda done, of, told=told: told.append((done, of)))
        assert told[-1] == (len(data), len(data))
    told.clear()
    sample_of_stream(io.BytesIO(JSONL), "standard input", watch=lambda done, of: told.append((done, of)))
    assert told[-1] == (len(JSONL), 0)


def test_a_file_that_grows_is_read_as_it_was_when_it_was_opened(tmp_path: Path) -> None:
    file = tmp_path / "log.txt"
    file.write_text("one\ntwo\n")

    def add(done: int, _of: int) -> None:
        if done < 100:
            with file.open("a") as more:
                more.write("three\n")

    found = sample_of_file(file, watch=add)
    assert found.records == ("one", "two")
    assert found.notes == ("the file grew while it was read: what came after its first 8 bytes is left out",)


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(JSONL))
    writer.start()
    assert len(sample_of_file(pipe).records) == 3
    writer.join()


def test_a_device_without_anything_is_an_empty_sample() -> None:
    assert sample_of_file(Path(os.devnull)).records == ()


def test_millions_of_empty_lines_are_none_and_keep_no_memory() -> None:
    tracemalloc.start()
    found = stream(b"\n" * 200_000)
    assert found.records == ()
    assert tracemalloc.get_traced_memory()[0] < 1_000_000
    tracemalloc.stop()


def test_a_row_takes_little_more_than_its_text() -> None:
    line = b'{"text": "' + b"x" * 100 + b'", "kind": "billing", "id": 100000}\n'
    data = io.BytesIO(line * 20_000)
    tracemalloc.start()
    found = sample_of_stream(data, "x")
    beside = tracemalloc.get_traced_memory()[0] / 20_000 - 100
    tracemalloc.stop()
    assert len(found.records) == 20_000
    assert beside < 300


def test_an_element_that_would_fill_the_memory_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_RECORD", 100_000)
    found = stream(b'[{"text": "a"}, {"text": "' + b"x" * 500_000 + b'"}, {"text": "b"}]')
    assert found.records == ("a",)
    assert found.notes[1] == "the rest left out: line 1: an element is longer than 100,000 characters, or no JSON"


def test_a_number_of_any_length_leaves_a_row_a_row() -> None:
    found = stream(b'{"text": "a", "long": ' + b"1" * 5000 + b', "n": 3}\n{"text": "b", "n": 4}\n')
    assert found.records == ("a", "b")
    assert [dict(row) for row in found.rows] == [{"n": 3}, {"n": 4}]
    assert stream(b'{"text": "a", "long": ' + b"1" * 5000 + b"\n").records[0].startswith('{"text"')
