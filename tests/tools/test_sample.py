"""How text and files become records."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.errors import UsageError
from synthqc.tools import sample as module
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
        "line 2 left out: not a JSON row",
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
