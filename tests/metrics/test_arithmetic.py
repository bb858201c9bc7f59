"""The oracle for sums: what it reads, what it refuses to read, and exact results."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.arithmetic import sums_in


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("3 x 12.50 = 37.50", True),
        ("3 x 12.50 = 38.50", False),
        ("3 at 12.50 each come to 37.50, as agreed.", True),
        ("12 plus 30 is 42", True),
        ("12 plus 30 is 43", False),
        ("100 / 3 = 33.33", True),
        ("100 / 3 = 33.34", False),
        ("1,000 - 1 = 999", True),
        ("0.1 + 0.2 = 0.3", True),
        ("7 × 8 equals 54", False),
        ("5 divided by 0 is 0", False),
        ("4 at €2.50 each make €10.00", True),
        ("-3 + 5 = 2", True),
        ("3 - 5 = -2", True),
        ("−3 × 2 = −5", False),
        ("- 3 + 5 = 8", True),
        ("2 + 2 = 5!", False),
        ("1 / 8 = 0.13", True),
        ("7 / 2 = 4", False),
        ("答案是2 + 2 = 4", True),
    ],
)
def test_a_sum_is_right_or_wrong(text: str, is_right: bool) -> None:
    [found] = sums_in(text)
    assert found.is_right is is_right


@pytest.mark.parametrize(
    "text", ["", "Call 555-1234", "version 2.1.3", "the years 1999 to 2004", "1 + 2", "x + 2 = 5", "💶 + 3 = 4"]
)
def test_what_is_no_statement_is_not_read(text: str) -> None:
    assert list(sums_in(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "2 + 3 + 4 = 9",
        "10 - 2 - 3 = 5",
        "4 + 2 x 3 = 10",
        "5 euros + 3 euros + 2 euros = 10 euros",
        "2 plus 3 times 4 is 14",
        "1/2 + 1/2 = 1",
        "2/4 = 1/2",
        "2 + 2 = 3 + 1",
        "2 + 3 = 10 / 2",
        "2 + 7 = 3²",
        "2^3 + 1 = 9",
        "√4 + 2 = 4",
        "x2 + 2 = 5",
        "1e3 + 1 = 1001",
        "x + 2 + 3 = 9",
        "COVID-19 + 1 = 21",
        "2024-01-02 is 3 days later",
        f"{'1' * 5000} + 1 = 2",
    ],
)
def test_a_part_of_something_longer_is_not_taken_for_a_sum(text: str) -> None:
    assert list(sums_in(text)) == []


def test_lines_of_a_list_are_sums_of_their_own() -> None:
    found = list(sums_in("- 2 + 2 = 4\n- 3 + 3 = 6\n- 4 + 4 = 9"))
    assert [one.is_right for one in found] == [True, True, False]


def test_several_sums_in_one_text() -> None:
    found = list(sums_in("First 2 + 2 = 4, then 3 x 3 = 10."))
    assert [one.is_right for one in found] == [True, False]
    assert found[1].true == Fraction(9)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_true_products_are_right_and_others_wrong(first: int, second: int) -> None:
    assert next(sums_in(f"{first} x {second} = {first * second}")).is_right
    assert not next(sums_in(f"{first} x {second} = {first * second + 1}")).is_right
