"""Speech and data in one message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.assistant.paste import split_paste


@pytest.mark.parametrize(
    ("message", "speech", "data"),
    [
        ("The replies repeat.", "The replies repeat.", ""),
        ("one\ntwo", "one\ntwo", ""),
        ("one\ntwo\nthree", "", "one\ntwo\nthree"),
        ("Look at these:\none\ntwo\nthree", "Look at these:", "one\ntwo\nthree"),
        ("Look at these:\n\none\ntwo\nthree\n\nWhat now?", "Look at these:\nWhat now?", "one\ntwo\nthree"),
        ('{"text": "a"}', "", '{"text": "a"}'),
        ("1. first reply\n2. second reply", "", "first reply\nsecond reply"),
        ("{not json", "{not json", ""),
        ("", "", ""),
    ],
    ids=[
        "speech",
        "two lines",
        "three lines",
        "introduced",
        "introduced and asked",
        "a row",
        "a list",
        "a brace",
        "nothing",
    ],
)
def test_data_are_split_off(message: str, speech: str, data: str) -> None:
    assert split_paste(message) == (speech, data)


@given(st.text(max_size=300))
def test_any_message_is_split(message: str) -> None:
    speech, data = split_paste(message)
    assert len(speech) + len(data) <= len(message) + 1
