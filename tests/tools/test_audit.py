"""Audits as tools: intervals at any level, and the way back to the number of items."""

import json

import pytest

from synthqc.errors import UsageError
from synthqc.metrics.intervals import items_for_margin, rule_of_three, upper_bound_without_errors, wilson
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import run_tool
from synthqc.tools.sample import NO_SAMPLE, sample_of_text

PASSES = sample_of_text(
    "".join(json.dumps({"text": "a", "confidence": 0.95, "correct": n % 10 > 0}) + "\n" for n in range(200)), "x"
)


def test_the_interval_of_an_audit_has_the_level_asked_for() -> None:
    for level in (0.5, 0.95, 0.999):
        reading = run_tool("audit", PASSES, {"size": 200, "level": level})
        assert (reading.value("lower"), reading.value("upper")) == wilson(20, 200, level=level)
        assert any(f"{100 * level:g} % interval" in one.label for one in reading.quantities)


def test_how_large_an_audit_has_to_be_worked_by_hand() -> None:
    reading = run_tool("audit-size", NO_SAMPLE)
    assert reading.value("upper_50") == pytest.approx(1 - 0.05 ** (1 / 50))
    assert reading.value("upper") == reading.value("upper_200")
    assert reading.value("lower") == 0
    assert reading.value("rule_of_three") == rule_of_three(200) == pytest.approx(3 / 200, rel=0.002)
    assert reading.value("wilson_upper") == wilson(0, 200)[1]
    assert reading.value("items_for_rate") == 59
    assert reading.value("items_for_margin") == 381


@pytest.mark.parametrize("errors", [1, 2, 7, 30, 100, 5000])
def test_any_number_of_errors_can_be_found(errors: int) -> None:
    reading = run_tool("audit-size", NO_SAMPLE, {"errors": errors, "size": 10_000, "rate": 0.6})
    names = {one.name for one in reading.quantities}
    assert (reading.value("lower"), reading.value("upper")) == wilson(errors, 10_000)
    assert ("upper_50" in names) == (errors <= 50)
    assert "rule_of_three" not in names
    most, least = reading.series
    assert len(most.x) >= 5
    assert min(most.x) >= errors
    assert all(low <= high for low, high in zip(least.y, most.y, strict=True))
    needed = int(reading.value("items_for_rate"))
    assert wilson(errors, needed)[1] <= 0.6 < wilson(errors, needed - 1)[1]
    assert reading.value("items_for_margin_here") == items_for_margin(0.05, share=errors / 10_000)


def test_a_level_moves_the_bound_and_what_it_takes() -> None:
    reading = run_tool("audit-size", NO_SAMPLE, {"level": 0.99})
    assert reading.value("upper_200") == upper_bound_without_errors(200, level=0.99)
    # 0.95^90 is just below 0.01.
    assert reading.value("items_for_rate") == 90
    assert "one-sided 99 % bound" in reading.basis.rule


def test_more_errors_than_items_cannot_be() -> None:
    with pytest.raises(UndefinedReading, match="5 errors cannot be found in 3 items"):
        run_tool("audit-size", NO_SAMPLE, {"errors": 5, "size": 3})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"errors": -1}, "errors is -1, allowed is a whole number from 0"),
        ({"errors": 1.5}, "errors is 1.5, allowed is a whole number"),
        ({"size": 0}, "size is 0, allowed is a whole number from 1"),
        ({"rate": 0}, "rate is 0, allowed is a number from 0.0001 to 0.9999"),
        ({"margin": 1}, "margin is 1, allowed is a number from 0.0001 to 0.5"),
        ({"level": 95}, "level is 95, allowed is a number from 0.5 to 0.999"),
    ],
)
def test_what_an_audit_cannot_be_is_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError) as refused:
        run_tool("audit-size", NO_SAMPLE, arguments)
    assert message in str(refused.value)


def test_the_largest_question_has_an_answer() -> None:
    reading = run_tool("audit-size", NO_SAMPLE, {"errors": 10**6, "size": 10**9, "rate": 0.0001, "margin": 0.0001})
    assert reading.value("items_for_rate") > 10**10
    assert reading.value("items_for_margin") > 10**7
