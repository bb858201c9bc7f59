"""A quiz on the screen."""

import pytest

from synthqc.course.loading import load_course
from synthqc.learner.progress import progress_of

QUIZ = load_course().quiz("L1")


def letter_of(one, question, *, right: bool) -> str:
    """The letter at which a right or wrong option stands in this sitting."""
    sitting = one.app.screen._current
    options = sitting.options(question)
    return "abcdef"[next(number for number, option in enumerate(options) if option.right is right)]


async def answers(one, *rights: bool) -> None:
    """Answers the open questions in turn."""
    for right in rights:
        question = one.app.screen._current.question
        await one.presses(letter_of(one, question, right=right), "enter")
        await one.sees("✓ Right." if right else "✗ Not this one.")
        await one.presses("enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_wrong_answer_gets_its_misconception_and_the_explanation(learner, size) -> None:
    async with learner(size) as one:
        await one.opens(2, "question 1 of 4")
        question = QUIZ.questions[0]
        await one.presses(letter_of(one, question, right=False), "enter")
        await one.sees("✗ Not this one.")
        await one.sees("The idea behind it:")
        assert max(map(len, one.screen.splitlines())) <= size[0]
        await one.presses("end")
        words = question.explanation.split()[-1]
        await one.sees(words)


async def test_enter_without_a_choice_asks_for_one(learner) -> None:
    async with learner() as one:
        await one.opens(2, "question 1 of 4")
        await one.presses("enter")
        await one.presses("down", "up")
        assert not one.app.progress.sittings or not next(iter(one.app.progress.sittings.values())).answers


async def test_missed_questions_are_named_and_tried_again(learner) -> None:
    async with learner() as one:
        await one.opens(2, "question 1 of 4")
        await answers(one, True, False, True, False)
        await one.sees("2 of 4 right")
        assert one.screen.count("Worth another look") == 2
        await one.presses("r")
        await one.sees("question 1 of 2")
        await answers(one, True, True)
        await one.sees("2 of 2 right")
        assert "All of them" in one.screen
        await one.presses("escape")
        await one.sees("● Quiz 1")
        assert "2 of 4 right" in one.screen


async def test_an_answer_is_stored_before_it_is_judged(learner) -> None:
    async with learner() as one:
        await one.opens(2, "question 1 of 4")
        question = QUIZ.questions[0]
        await one.presses(letter_of(one, question, right=True), "enter")
        await one.sees("✓ Right.")
        [sitting] = progress_of(one.app.store.events()).sittings.values()
        [(asked, chosen)] = sitting.answers.items()
        assert asked == question.id
        assert next(option for option in question.options if option.id == chosen).right


async def test_options_keep_their_order_after_a_break_and_are_shuffled_anew_in_a_new_sitting(learner) -> None:
    async with learner() as one:
        await one.opens(2, "question 1 of 4")
        before = one.screen.splitlines()[1:-1]
    async with learner() as again:
        await again.presses("enter")
        await again.sees("question 1 of 4")
        assert again.screen.splitlines()[1:-1] == before
        orders = {tuple(option.id for option in again.app.screen._current.options(QUIZ.questions[0]))}
        for _ in range(4):
            await answers(again, *[False] * len(again.app.screen._current.questions))
            await again.sees("0 of 4 right")
            await again.presses("r")
            await again.sees("question 1 of 4")
            orders.add(tuple(option.id for option in again.app.screen._current.options(QUIZ.questions[0])))
        assert len(orders) > 1


async def test_the_section_behind_a_question_opens_and_closes(learner) -> None:
    async with learner() as one:
        await one.opens(2, "question 1 of 4")
        await one.presses("a", "enter")
        await one.sees("g reread")
        await one.presses("g")
        await one.sees("of 8")
        await one.presses("escape")
        await one.sees("question 1 of 4")


async def test_the_result_leads_to_the_lab(learner) -> None:
    async with learner() as one:
        await one.opens(2, "question 1 of 4")
        await answers(one, True, True, True, True)
        await one.sees("4 of 4 right")
        await one.presses("l")
        await one.sees("exchange 0 of 3")
