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


@pytest.mark.parametrize(
    ("message", "speech", "data"),
    [
        ('Some rows\n{"a": 1}\n{"a": 2}\nAll alike.', "Some rows\nAll alike.", '{"a": 1}\n{"a": 2}'),
        ("id,text\n1,a b\n2,c d\n3,e f", "", "id,text\n1,a b\n2,c d\n3,e f"),
        ("What of these?\n1. Tom has 3.\n2. Ann has 4.", "What of these?", "Tom has 3.\nAnn has 4."),
        ('Measure this: "one two three four"', "Measure this:", "one two three four"),
        ("check the rare ones: they are lost in every round", "check the rare ones: they are lost in every round", ""),
        ("Here:\n```\na b\nc d\ne f\n```\nwhat now?", "Here:\nwhat now?", "a b\nc d\ne f"),
        (
            "I would dedup.\nThen I would train.\nThen we label.",
            "I would dedup.\nThen I would train.\nThen we label.",
            "",
        ),
    ],
    ids=["rows in speech", "table", "asked list", "in one line", "colon in speech", "fence", "plan"],
)
def test_speech_around_data_and_speech_that_looks_like_data(message: str, speech: str, data: str) -> None:
    assert split_paste(message) == (speech, data)


@given(st.text(max_size=300))
def test_any_message_is_split(message: str) -> None:
    speech, data = split_paste(message)
    assert len(speech) + len(data) <= len(message) + 1
