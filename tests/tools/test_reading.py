"""How every face writes numbers, counts and values."""

import pytest

from synthqc.tools.reading import Argument, Evidence, Quantity, argument_shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.1234, "0.123"),
        (-1.8216, "-1.822"),
        (60.17, "60.2"),
        (416.66, "416.7"),
        (50133.3, "50,133"),
        (25, "25"),
        (1234567, "1,234,567"),
    ],
)
def test_a_number_has_the_digits_that_one_reads(value: float, shown: str) -> None:
    assert Quantity("name", "label", value, "hours").shown() == shown


@pytest.mark.parametrize(
    ("unit", "low", "high", "scale"),
    [
        ("share", 0, 1, "share"),
        ("hours", 0, None, "hours"),
        ("score", -1, 1, "from -1 to 1"),
        ("score", None, None, ""),
        ("count", 0, None, ""),
    ],
)
def test_behind_a_number_stands_what_it_is_measured_in(
    unit: str, low: float | None, high: float | None, scale: str
) -> None:
    assert Quantity("name", "label", 0.5, unit, low, high).scale == scale


@pytest.mark.parametrize(
    ("count", "unit", "shown"),
    [
        (58_800, "times", "58,800 times"),
        (1, "times", "1 time"),
        (1, "lines", "1 line"),
        (1, "wrong", "1 wrong"),
        (1.0, "alike", "1.000 alike"),
        (0.6913, "kappa", "0.691 kappa"),
    ],
)
def test_a_count_is_whole_and_has_its_unit(count: float, unit: str, shown: str) -> None:
    assert Evidence("what", count, (1,), unit).shown == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(True, "yes"), (False, "no"), (0.5, "0.5"), (2_000_000, "2000000"), ("", "(none)"), ("a", "a")]
)
def test_a_value_is_written_in_words(value: Argument, shown: str) -> None:
    assert argument_shown(value) == shown
