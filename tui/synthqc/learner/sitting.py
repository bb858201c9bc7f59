"""One learner taking one quiz: which questions, in which order of options, answered how far."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from synthqc.course.quiz import Option, Question, Quiz

from .grading import Verdict, verdict_for


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting as it stands; answering returns the next one."""

    id: str
    """Id of the sitting."""
    quiz: str
    """Id of the quiz."""
    seed: int
    """Draws the order of the options, question by question."""
    questions: tuple[Question, ...]
    """The questions asked, in order."""
    answers: Mapping[str, str]
    """Option id by question id, as far as answered."""

    @property
    def question(self) -> Question | None:
        """The first question without an answer; None when all are answered."""
        return next((one for one in self.questions if one.id not in self.answers), None)

    @property
    def is_finished(self) -> bool:
        """Are all questions answered?"""
        return self.question is None

    @property
    def position(self) -> int:
        """Number of the current question, from 1; the number of questions when all are answered."""
        return min(len(self.answers) + 1, len(self.questions))

    @property
    def score(self) -> int:
        """Right answers so far."""
        return len(self.answers) - len(self.missed)

    @property
    def missed(self) -> tuple[Question, ...]:
        """Questions answered wrong."""
        return tuple(
            one
            for one in self.questions
            if one.id in self.answers and not verdict_for(one, self.answers[one.id]).is_right
        )

    def options(self, question: Question) -> tuple[Option, ...]:
        """The options of a question in this sitting's order.

        The order depends on the seed and the question alone, so it is the same after a break.
        """
        order = list(question.options)
        random.Random(f"{self.seed}:{question.id}").shuffle(order)
        return tuple(order)

    def answered(self, question: Question, option_id: str) -> tuple["Sitting", Verdict]:
        """The sitting after an answer, and what it was worth.

        Raises:
            KeyError: The question has no such option.
        """
        verdict = verdict_for(question, option_id)
        return replace(self, answers={**self.answers, question.id: option_id}), verdict


def sitting_of(
    quiz: Quiz, *, sitting: str, seed: int, questions: tuple[str, ...] = (), answers: Mapping[str, str] | None = None
) -> Sitting:
    """A sitting, new or as stored.

    What a newer course no longer has is left out: a question that is gone is not asked, an answer whose option is
    gone is asked again.

    Args:
        quiz: The quiz.
        sitting: Id of the sitting.
        seed: Draws the order of the options.
        questions: Ids of the questions to ask, in order; all of the quiz when empty.
        answers: Option ids by question id, as far as answered.
    """
    known = {one.id: one for one in quiz.questions}
    asked = tuple(known[one] for one in questions if one in known) if questions else quiz.questions
    kept = {
        one.id: answers[one.id]
        for one in asked
        if answers and one.id in answers and answers[one.id] in {option.id for option in one.options}
    }
    return Sitting(sitting, quiz.quiz, seed, asked, kept)
