"""The module test: answers change until it is handed in, then it is graded at once."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from synthqc.course.quiz import Question, Quiz

from .events import OptionChosen, SittingFinished
from .grading import verdict_for
from .progress import SittingRecord
from .sitting import Sitting, sitting_of

PASS_PERCENT = 80
"""Share of right answers that passes."""


def needed(of: int) -> int:
    """Right answers that pass a test of so many questions: 12 of 15."""
    return -(-of * PASS_PERCENT // 100)


def is_passed(right: int, of: int) -> bool:
    """Was a test passed? One without questions never is."""
    return of > 0 and right >= needed(of)


def drawn_order(quiz: Quiz, chance: random.Random) -> tuple[str, ...]:
    """The ids of the questions in an order of chance: each attempt draws its own."""
    order = [one.id for one in quiz.questions]
    chance.shuffle(order)
    return tuple(order)


@dataclass(frozen=True, slots=True)
class ModuleTest:
    """An attempt as it stands; changing it returns the next one."""

    sitting: Sitting
    """Its questions in order and the answers given so far."""
    flagged: frozenset[str] = frozenset()
    """Questions flagged to come back to."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions in order."""
        return self.sitting.questions

    @property
    def unanswered(self) -> tuple[int, ...]:
        """Numbers of the questions without an answer, from 1."""
        return tuple(n for n, one in enumerate(self.questions, start=1) if one.id not in self.sitting.answers)

    @property
    def marked(self) -> tuple[int, ...]:
        """Numbers of the flagged questions, from 1."""
        return tuple(n for n, one in enumerate(self.questions, start=1) if one.id in self.flagged)

    def answered(self, question: Question, option: str) -> "ModuleTest":
        """The test after an answer, the first or a changed one.

        Raises:
            KeyError: The question has no such option.
        """
        return replace(self, sitting=self.sitting.answered(question, option)[0])

    def flag_turned(self, question: Question) -> "ModuleTest":
        """The test after a flag was set or taken away."""
        return replace(self, flagged=self.flagged ^ {question.id})

    def handed_in(self) -> Iterator[OptionChosen | SittingFinished]:
        """What is on record once the test is handed in: each answer graded, then the result. No answer is not right."""
        for question in self.questions:
            if option := self.sitting.answers.get(question.id):
                verdict = verdict_for(question, option)
                yield OptionChosen(
                    self.sitting.id,
                    question.id,
                    option,
                    is_right=verdict.is_right,
                    misconception=verdict.chosen.misconception,
                )
        yield SittingFinished(self.sitting.id, self.sitting.quiz, self.sitting.score, len(self.questions))


def module_test_of(quiz: Quiz, record: SittingRecord) -> ModuleTest:
    """An attempt as its events tell it, open or handed in."""
    answers = record.answers if record.is_finished else record.given
    sitting = sitting_of(quiz, sitting=record.id, seed=record.seed, questions=record.questions, answers=answers)
    known = {one.id for one in sitting.questions}
    return ModuleTest(sitting, frozenset(record.flagged & known))


def by_lesson(sitting: Sitting) -> Mapping[str, tuple[int, int]]:
    """For each lesson in the order of their ids, right answers and questions."""
    shares: dict[str, tuple[int, int]] = {}
    missed = {one.id for one in sitting.missed}
    for question in sorted(sitting.questions, key=lambda one: one.lesson):
        right, of = shares.get(question.lesson, (0, 0))
        is_right = question.id in sitting.answers and question.id not in missed
        shares[question.lesson] = (right + is_right, of + 1)
    return shares
