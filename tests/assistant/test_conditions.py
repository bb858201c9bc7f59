"""The small grammar of evidence rules."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.assistant.conditions import ConditionError, filled, parse_condition, slots_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b >= 0.5", True),
        ("a.b > 0.5", False),
        ("a.b == 0.5 and c != 1", True),
        ("a.b < 0.1 or c == 2", True),
        ("not a.b < 0.1", True),
        ("not (a.b < 0.1 or c == 2)", False),
        ("c > 1 and a.b < 0.1 or c < 3", True),
        ("missing > 1", False),
        ("not missing > 1", False),
        ("1 < c", True),
        ("a.b > -0.5 and not a.b < -1", True),
    ],
)
def test_a_condition_holds_as_it_reads(text: str, expected: bool) -> None:
    assert parse_condition(text).holds({"a.b": 0.5, "c": 2}) is expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a >",
        "> 1",
        "a >= 1 b",
        "(a > 1",
        "a > 1)",
        "a = 1",
        "a > 'x'",
        "__import__('os')",
        "a and b",
        "not",
        "a > -",
        "a -1",
    ],
)
def test_what_is_no_condition_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ConditionError, match="condition"):
        parse_condition(text)


@given(st.text(alphabet="ab.<>=!() 01ndort", max_size=40))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    with contextlib.suppress(ConditionError):
        parse_condition(text).holds({"a": 1.0, "b": 0.0})


def test_slots_are_filled_as_shown_or_as_percent() -> None:
    assert slots_in("{a.b} and {c:percent}") == {"a.b", "c"}
    assert filled("{a.b} and {c:percent}", {"a.b": 1, "c": 0.616}, {"a.b": "1,000", "c": "0.616"}) == "1,000 and 62%"
