import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.course.loading import load_course
from synthqc.course.quiz import MODULE_TEST
from synthqc.learner.events import AnswerGiven, OptionChosen, QuestionFlagged, SittingFinished, SittingStarted
from synthqc.learner.moduletest import by_lesson, drawn_order, is_passed, module_test_of, needed
from synthqc.learner.progress import Progress, SittingRecord

QUIZ = load_course().quiz(MODULE_TEST)
RIGHT = {one.id: next(option.id for option in one.options if option.right) for one in QUIZ.questions}
WRONG = {one.id: next(option.id for option in one.options if not option.right) for one in QUIZ.questions}


def attempt(**changes) -> SittingRecord:
    return SittingRecord("s", MODULE_TEST, 3, drawn_order(QUIZ, random.Random(5)), **changes)


@pytest.mark.parametrize(("of", "right"), [(15, 12), (10, 8), (1, 1), (4, 4), (5, 4), (100, 80)])
def test_eighty_percent_pass_and_one_less_does_not(of: int, right: int) -> None:
    assert needed(of) == right
    assert is_passed(right, of)
    assert not is_passed(right - 1, of)


def test_a_test_without_questions_is_not_passed() -> None:
    assert not is_passed(0, 0)


def test_each_attempt_draws_an_order_of_its_own_and_asks_every_question() -> None:
    first, second = drawn_order(QUIZ, random.Random(1)), drawn_order(QUIZ, random.Random(2))
    assert first != second
    assert set(first) == set(second) == set(RIGHT)


def test_the_order_of_an_attempt_is_the_stored_one() -> None:
    record = attempt()
    assert tuple(one.id for one in module_test_of(QUIZ, record).questions) == record.questions


def test_an_answer_can_be_changed_until_the_test_is_handed_in() -> None:
    test = module_test_of(QUIZ, attempt())
    question = test.questions[0]
    test = test.answered(question, WRONG[question.id]).answered(question, RIGHT[question.id])
    assert test.sitting.score == 1
    assert test.unanswered == tuple(range(2, 16))


def test_what_is_handed_in_is_graded_and_a_missing_answer_is_not_right() -> None:
    test = module_test_of(QUIZ, attempt())
    for question in test.questions[:12]:
        test = test.answered(question, RIGHT[question.id])
    test = test.answered(test.questions[12], WRONG[test.questions[12].id])
    *graded, finished = test.handed_in()
    assert finished == SittingFinished("s", MODULE_TEST, 12, 15)
    assert [one.is_right for one in graded if isinstance(one, OptionChosen)] == [True] * 12 + [False]


def test_a_flag_is_set_and_taken_away() -> None:
    test = module_test_of(QUIZ, attempt())
    test = test.flag_turned(test.questions[3])
    assert test.marked == (4,)
    assert test.flag_turned(test.questions[3]).marked == ()


def test_the_events_tell_an_open_attempt_and_the_newest_answer_counts() -> None:
    order = drawn_order(QUIZ, random.Random(5))
    progress = Progress()
    progress.take(SittingStarted("s", MODULE_TEST, 3, order))
    for option in (WRONG[order[0]], RIGHT[order[0]]):
        progress.take(AnswerGiven("s", order[0], option))
    progress.take(QuestionFlagged("s", order[1], is_flagged=True))
    progress.take(QuestionFlagged("s", order[2], is_flagged=True))
    progress.take(QuestionFlagged("s", order[2], is_flagged=False))
    record = progress.open_sitting(MODULE_TEST)
    assert record is not None
    test = module_test_of(QUIZ, record)
    assert test.sitting.answers == {order[0]: RIGHT[order[0]]}
    assert test.marked == (2,)


def test_a_misconception_is_tallied_once_for_a_sitting_handed_in_twice() -> None:
    test = module_test_of(QUIZ, attempt())
    test = test.answered(test.questions[0], WRONG[test.questions[0].id])
    progress = Progress()
    progress.take(SittingStarted("s", MODULE_TEST, 3, tuple(one.id for one in test.questions)))
    for fact in [*test.handed_in(), *test.handed_in()]:
        progress.take(fact)
    assert sum(progress.misconceptions.values()) == 1


@given(st.dictionaries(st.sampled_from(sorted(RIGHT)), st.booleans()))
def test_the_shares_of_the_lessons_add_up_to_the_score(answers: dict[str, bool]) -> None:
    given_answers = {one: (RIGHT if is_right else WRONG)[one] for one, is_right in answers.items()}
    test = module_test_of(QUIZ, attempt(given=given_answers))
    shares = by_lesson(test.sitting)
    assert sum(of for _, of in shares.values()) == 15
    assert sum(right for right, _ in shares.values()) == test.sitting.score == sum(answers.values())
