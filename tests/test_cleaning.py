import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc import cleaning
from synthqc.cleaning import clean, one_line

HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("\x1b\x9b\x9d[]0;m\x07\\\r\n\u200d\u202e\ud800👩é")),
    max_size=60,
)


@given(HOSTILE)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(HOSTILE)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", clean(text))
    clean(text).encode()


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=60))
def test_ordinary_text_is_untouched(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("a \x1b[31mred\x1b[0m word", "a red word"),
        ("copy\x1b]52;c;aGVsbG8=\x07 this", "copy this"),
        ("\x1b]0;title\x1b\\text", "text"),
        ("\x1b]0;never ended\nnext line", "0;never ended\nnext line"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("safe\u202etxt.exe", "safe‹U+202E›txt.exe"),
        ("pass\u200bword", "pass‹U+200B›word"),
        ("👩\u200d👩\u200d👧 and می\u200cخواهم", "👩\u200d👩\u200d👧 and می\u200cخواهم"),
        ("lone \ud83d surrogate", "lone \ufffd surrogate"),
        ("join\u034fed", "join‹U+034F›ed"),
        ("tab\tand\nnewline stay", "tab\tand\nnewline stay"),
        ("\x1b\x1b[0m[31mnested", "[31mnested"),
    ],
)
def test_what_comes_out_is_what_a_reader_should_see(given_text: str, cleaned: str) -> None:
    assert clean(given_text) == cleaned


def test_every_unsafe_character_is_found_in_a_text_that_is_otherwise_printable() -> None:
    unsafe = [chr(code) for code in range(sys.maxunicode + 1) if cleaning._UNSAFE.search(chr(code))]
    assert len(unsafe) > 2000
    assert all(clean(f"a{one}b") != f"a{one}b" for one in unsafe)


def test_a_long_message_becomes_one_short_line() -> None:
    assert one_line("first\nsecond  third", limit=12) == "first secon…"
