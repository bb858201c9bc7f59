"""Numbers that a learner cites, beside what the tool measured."""

import pytest

from synthqc.assistant.numbers import mismatch_in
from synthqc.course.loading import load_course
from synthqc.tools.catalogue import run_tool
from synthqc.tools.sample import sample_of_text


@pytest.fixture(scope="module")
def readings():
    course = load_course()
    sample = sample_of_text(course.sample_text("math-problems"), "problems", field="text")
    return {"distinct-n": run_tool("distinct-n", sample)}


@pytest.mark.parametrize(
    "text",
    [
        "Distinct-2 is 0.21",
        "A Distinct-2 of 0.21 means that 79 percent of the bigrams repeat an earlier one.",
        "Distinct-2 is 0.212, so 79% are repeated",
        "I would raise it to 0.5",
        "We have 50,000 problems",
        "",
    ],
)
def test_a_number_that_a_reading_has_is_left_alone(readings, text: str) -> None:
    assert mismatch_in(text, readings) is None


@pytest.mark.parametrize(
    ("text", "given"), [("Distinct-2 is 0.47", "0.47"), ("distinct-2 is 47%", "47%"), ("Distinct-2 of 0.79", "0.79")]
)
def test_a_number_that_no_reading_has_is_named(readings, text: str, given: str) -> None:
    found = mismatch_in(text, readings)
    assert found is not None
    assert (found.given, found.label, found.measured) == (given, "Distinct-2", "0.212")
