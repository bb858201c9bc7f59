"""The module test, its result, and the ideas to watch on the screen."""

import json

import pytest

from synthqc.course.loading import load_course
from synthqc.course.quiz import MODULE_TEST

QUIZ = load_course().quiz(MODULE_TEST)


def letter_of(one, *, right: bool) -> str:
    """The letter at which a right or wrong option of the question on the screen stands."""
    screen = one.app.screen
    options = screen._test.sitting.options(screen._question)
    return "abcdef"[next(number for number, option in enumerate(options) if option.right is right)]


async def begins(one) -> None:
    await one.presses("end", "enter")
    await one.sees("Enter begins.")
    await one.presses("enter")
    await one.sees("question 1 of 15")


async def answers(one, *rights: bool) -> None:
    for right in rights:
        await one.presses(letter_of(one, right=right), "enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_twelve_right_answers_pass(learner, size) -> None:
    async with learner(size) as one:
        await one.presses("end", "enter")
        await one.sees("12 right answers (80 %) pass")
        await one.presses("enter")
        await answers(one, *[True] * 12, *[False] * 3)
        await one.sees("15 of 15 answered")
        await one.presses("h")
        await one.sees("12 of 15 right, passed")
        assert one.screen.count("missed") == 3 or "Passed: 12 of 15; 12 were needed." in one.screen
        assert "Lesson 4:" in one.screen
        await one.sees("The idea behind it:")
        assert max(map(len, one.screen.splitlines())) <= size[0]
        await one.presses("escape")
        await one.sees("12 of 15, passed")


async def test_there_is_no_feedback_before_the_test_is_handed_in(learner) -> None:
    async with learner() as one:
        await begins(one)
        await answers(one, False)
        await one.sees("question 2 of 15 · 1 answered")
        await one.presses("p")
        await one.sees("question 1 of 15")
        for word in ("✗", "✓", "Right", "idea behind"):
            assert word not in one.screen
        assert "●" in one.screen


async def test_an_answer_can_be_changed(learner) -> None:
    async with learner() as one:
        await begins(one)
        await answers(one, False)
        await one.presses("p")
        await answers(one, True)
        await one.presses("o")
        await one.sees("1 of 15 answered")
        await one.presses("h")
        await one.sees("Still without an answer: 2, 3")
        await one.presses("h")
        await one.sees("1 of 15 right, not passed")


async def test_what_is_open_or_flagged_is_listed_once_before_handing_in(learner) -> None:
    async with learner() as one:
        await begins(one)
        await answers(one, *[True] * 14)
        await one.sees("question 15 of 15")
        await one.presses("f")
        await one.sees("flagged")
        await one.presses("o", "h")
        await one.sees("Still without an answer: 15; flagged: 15.")
        await one.presses("escape")
        await one.sees("question 15 of 15")
        await one.presses("o", "up", "enter")
        await one.sees("question 14 of 15")
        await one.presses("o", "h", "h")
        await one.sees("14 of 15 right, passed")


async def test_a_learner_comes_back_to_the_same_question_in_the_same_order(learner) -> None:
    async with learner() as one:
        await begins(one)
        await answers(one, True, True, False)
        await one.presses("f")
        await one.sees("flagged")
        before = one.screen
    # The store alone carries it over: nothing was closed in an orderly way.
    async with learner() as one:
        await one.sees("Continue: Module test  3 of 15 answered")
        await one.presses("enter")
        await one.sees("question 4 of 15 · 3 answered")
        assert one.screen == before


async def test_a_retake_draws_a_new_order_and_all_attempts_stay(learner) -> None:
    async with learner() as one:
        await begins(one)
        first = [question.id for question in one.app.screen._test.questions]
        await one.presses("o", "h", "h")
        await one.sees("0 of 15 right, not passed")
        await one.presses("r")
        await one.sees("1. 0 of 15 right, not passed, 12 pass")
        await one.presses("enter")
        await one.sees("question 1 of 15")
        assert [question.id for question in one.app.screen._test.questions] != first
        await answers(one, *[True] * 15)
        await one.sees("15 of 15 answered")
        await one.presses("h")
        await one.sees("Attempts: 0 of 15, 15 of 15.")


async def test_the_section_of_a_missed_question_is_one_key_away(learner) -> None:
    async with learner() as one:
        await begins(one)
        await one.presses("o", "h", "h")
        await one.sees("You gave no answer.")
        question = one.app.screen._question
        section = next(
            section for section in one.app.course.lesson(question.lesson).sections if section.id == question.reread
        )
        await one.presses("g")
        await one.sees(section.title)
        await one.presses("escape")
        await one.sees("You gave no answer.")


async def test_the_record_is_written_and_said_where(learner, tmp_path) -> None:
    async with learner() as one:
        await begins(one)
        await one.presses("o", "h", "h")
        await one.sees("You gave no answer.")
        await one.presses("w")
        await one.sees("Written to")
        [file] = (tmp_path / "notebooks").glob("record-*.json")
        record = json.loads(file.read_text(encoding="utf-8"))
        assert [one["right"] for one in record["module_test"]] == [0]


async def test_ideas_to_watch_say_what_speaks_against_them_and_where_to_read(learner) -> None:
    async with learner() as one:
        await one.presses("i")
        await one.sees("None so far.")
        await one.presses("escape")
        await begins(one)
        await answers(one, False)
        await one.presses("o", "h", "h")
        await one.sees("0 of 15 right")
        await one.presses("escape")
        await one.sees("An idea to watch, chosen once")
        await one.presses("i")
        await one.sees("Met once: module test.")
        assert "Why it tempts:" in one.screen
        assert "Against it:" in one.screen
        await one.presses("1")
        await one.sees("esc")
        await one.presses("escape")
        await one.sees("Met once: module test.")
