"""Pastes are cut out of the byte stream, however it is cut into pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.app.terminal.pastes import BEGIN, END, MOST_KEPT, PasteCutter, Pasted


def fed(pieces: list[bytes]) -> list[str | Pasted]:
    """What all pieces bring, with neighbouring keys joined."""
    cutter = PasteCutter()
    parts = [part for piece in pieces for part in cutter.feed(piece)] + cutter.end()
    joined: list[str | Pasted] = []
    for part in parts:
        if joined and isinstance(part, str) and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


@pytest.mark.parametrize(
    ("data", "parts"),
    [
        (b"abc", ["abc"]),
        (b"\x1b[A", ["\x1b[A"]),
        (BEGIN + b"hello" + END, [Pasted("hello")]),
        (b"a" + BEGIN + b"b\x1bq\x1b[31m" + END + b"c", ["a", Pasted("b\x1bq\x1b[31m"), "c"]),
        (BEGIN + b"a\r\nb\rc" + END, [Pasted("a\nb\nc")]),
        (BEGIN + b"\xff" + END, [Pasted("\ufffd")]),
        (BEGIN + END, [Pasted("")]),
        (BEGIN + b"never ended", [Pasted("never ended")]),
        ("é".encode(), ["é"]),
        (b"\x1b", ["\x1b"]),
    ],
    ids=["keys", "arrow", "paste", "escapes", "line ends", "not utf-8", "empty", "open", "two bytes", "escape key"],
)
def test_keys_and_pastes_are_told_apart(data: bytes, parts: list[str | Pasted]) -> None:
    assert fed([data]) == parts


@given(
    st.lists(st.sampled_from([b"a", b"\x1b", b"[20", BEGIN, END, b"\x1b[2", "é".encode(), b"0~", b"\n"]), max_size=12),
    st.data(),
)
def test_how_the_stream_is_cut_changes_nothing(tokens: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(tokens)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(stream)), max_size=8)))
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert fed(pieces) == fed([stream])


def test_an_escape_alone_may_be_a_key_and_more_of_a_marker_is_none() -> None:
    cutter = PasteCutter()
    cutter.feed(b"\x1b")
    assert cutter.may_be_a_key
    cutter.feed(b"[20")
    assert not cutter.may_be_a_key
    cutter.feed(b"0~a\x1b")
    assert not cutter.may_be_a_key
    assert cutter.is_open


def test_a_burst_with_line_ends_is_a_paste_and_typing_is_not() -> None:
    assert fed([b"line one\rline two\r" * 8]) == [Pasted("line one\nline two\n" * 8)]
    assert fed([b"quick\r"]) == ["quick\r"]


def test_of_an_endless_paste_a_part_is_kept() -> None:
    [paste] = fed([BEGIN, *[b"x" * 1_000_000] * 7, END])
    assert isinstance(paste, Pasted)
    assert len(paste.text) == MOST_KEPT
