"""Text that arrives in pieces is the same as if it had come at once."""

from hypothesis import given
from hypothesis import strategies as st

from synthqc.assistant.arriving import Arriving
from synthqc.assistant.redaction import Secret, redacted

KEY = Secret("local-key-5f3a9c77")
PARTS = st.sampled_from(
    ["\x1b]0;title\x07", "\x1b[31m", "\x9b2J", "\x1b", "\x1b]", "\x07", "\x1b\\", "\r\n", "\r", "\n", "\u200d", "\u202e", "👩", "é",
     "a", " ", "word", "local-key-5f3a9c77", "local-", "Bearer ", "0123456789", "sk-", "sk-abc0123456", "<", "<think>", "</think>", "\x00", "中"]
)  # fmt: skip
TEXTS = st.lists(PARTS, max_size=14).map("".join)


@given(TEXTS, st.lists(st.integers(0, 60), max_size=12))
def test_however_it_is_cut_the_same_is_shown(text: str, places: list[int]) -> None:
    whole = Arriving(KEY)
    shown = whole.take(text) + whole.end()
    cuts = sorted({min(place, len(text)) for place in places})
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    arriving = Arriving(KEY)
    assert "".join([*map(arriving.take, pieces), arriving.end()]) == shown == arriving.text
    assert redacted(shown, KEY) == shown


@given(TEXTS)
def test_one_character_at_a_time_shows_no_byte_that_a_terminal_obeys(text: str) -> None:
    arriving = Arriving(KEY)
    shown = "".join([*map(arriving.take, text), arriving.end()])
    assert not {"\x1b", "\x9b", "\x07", "\x00", "\r"} & set(shown)
    assert KEY.reveal() not in shown


def test_ordinary_text_is_not_held_back() -> None:
    arriving = Arriving(KEY)
    assert [arriving.take(piece) for piece in ("Which ", "number?", " 0.21")] == ["Which ", "number?", " 0.21"]


def test_a_thought_in_front_is_left_out_however_long() -> None:
    arriving = Arriving(KEY, limit=50)
    pieces = ["<thi", "nk>", *["x" * 100] * 500, "</th", "ink>\n\nHello."]
    assert "".join([*map(arriving.take, pieces), arriving.end()]) == "Hello."
    assert not arriving.is_full
