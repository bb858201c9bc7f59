from collections import Counter

import pytest

from synthqc.course.quiz import Option, Question, Quiz
from synthqc.learner.sitting import Sitting, sitting_of


def question(question_id: str) -> Question:
    options = tuple(
        Option(
            name,
            f"option {name}",
            f"about {name}",
            right=name == "right",
            misconception="" if name == "right" else name,
        )
        for name in ("right", "wrong", "odd", "far")
    )
    return Question(question_id, "Which?", options, "Because.", "", "section", ())


QUIZ = Quiz("L1", tuple(question(f"L1Q{number}") for number in range(1, 5)))


def answer_all(sitting: Sitting, *answers: str) -> Sitting:
    for answer in answers:
        assert sitting.question is not None
        sitting, _ = sitting.answered(sitting.question, answer)
    return sitting


def test_questions_come_in_order_until_all_are_answered() -> None:
    sitting = sitting_of(QUIZ, sitting="s", seed=1)
    asked = []
    while sitting.question:
        asked.append((sitting.position, sitting.question.id))
        sitting, _ = sitting.answered(sitting.question, "right")
    assert asked == [(1, "L1Q1"), (2, "L1Q2"), (3, "L1Q3"), (4, "L1Q4")]
    assert sitting.is_finished
    assert sitting.score == 4


def test_an_answer_is_graded_by_the_id_of_the_option() -> None:
    sitting, verdict = sitting_of(QUIZ, sitting="s", seed=1).answered(QUIZ.questions[0], "odd")
    assert (verdict.is_right, verdict.chosen.misconception, verdict.right.id) == (False, "odd", "right")
    assert [one.id for one in sitting.missed] == ["L1Q1"]
    assert sitting.score == 0


def test_an_option_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        sitting_of(QUIZ, sitting="s", seed=1).answered(QUIZ.questions[0], "e")


def test_a_resumed_sitting_asks_the_same_question_in_the_same_order() -> None:
    before = answer_all(sitting_of(QUIZ, sitting="s", seed=7), "right", "odd")
    after = sitting_of(QUIZ, sitting="s", seed=7, answers=before.answers)
    assert after == before
    assert after.question is not None
    assert after.options(after.question) == before.options(after.question)


def test_missed_questions_alone_make_the_next_sitting() -> None:
    first = answer_all(sitting_of(QUIZ, sitting="s", seed=7), "right", "odd", "right", "far")
    again = sitting_of(QUIZ, sitting="t", seed=8, questions=tuple(one.id for one in first.missed))
    assert [one.id for one in again.questions] == ["L1Q2", "L1Q4"]


def test_what_a_newer_course_no_longer_has_is_asked_again_or_left_out() -> None:
    smaller = Quiz("L1", QUIZ.questions[:2])
    stored = {"L1Q1": "an option of last year", "L1Q2": "right", "L1Q4": "right"}
    sitting = sitting_of(smaller, sitting="s", seed=7, questions=("L1Q1", "L1Q2", "L1Q4"), answers=stored)
    assert [one.id for one in sitting.questions] == ["L1Q1", "L1Q2"]
    assert sitting.question == smaller.questions[0]


def test_the_right_option_stands_in_every_place_about_as_often() -> None:
    places = Counter(
        [option.right for option in sitting_of(QUIZ, sitting="s", seed=seed).options(one)].index(True)
        for seed in range(200)
        for one in QUIZ.questions
    )
    assert len(places) == 4
    assert all(150 < count < 250 for count in places.values())
