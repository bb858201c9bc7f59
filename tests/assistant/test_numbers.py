"""Numbers that a learner cites, beside what the tool measured."""

import pytest
from transcripts import sample_named

from synthqc.assistant.numbers import mismatch_in
from synthqc.assistant.tutor import readings_of
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


COURSE = load_course()


@pytest.fixture(scope="module", params=["L1", "L2", "L3", "L4"])
def on_the_workbench(request):
    lab = COURSE.lab(request.param)
    return readings_of(sample_named(lab.samples[0]), lab)


def _shares(on_the_workbench):
    return [one for reading in on_the_workbench.values() for one in reading.quantities if one.unit == "share"]


def test_in_every_lab_a_number_that_a_tool_shows_is_left_alone(on_the_workbench) -> None:
    cited = [f"The {one.label} is {one.value:.2f}, I think." for one in _shares(on_the_workbench)]
    assert cited
    assert [text for text in cited if mismatch_in(text, on_the_workbench)] == []


def test_in_every_lab_a_number_that_no_tool_shows_is_asked_about(on_the_workbench) -> None:
    measured = [one.value for one in _shares(on_the_workbench)]
    odd = next(value for value in (0.33, 0.34, 0.36, 0.37) if all(abs(value - one) > 0.006 for one in measured))
    for reading in on_the_workbench.values():
        headline = reading.quantities[0]
        if headline.unit == "share":
            found = mismatch_in(f"The {headline.label} is {odd}.", on_the_workbench)
            assert found is not None
            assert found.measured == headline.shown()
