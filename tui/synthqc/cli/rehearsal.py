"""A rehearsal: every quiz answered by its key, every lab talked through by its reference transcript."""

from collections.abc import Iterator

from synthqc.assistant.protocol import Exchange, Turn
from synthqc.assistant.state import state_of, status_line
from synthqc.assistant.tutor import Tutor, readings_of
from synthqc.course.lab import Lab
from synthqc.course.loading import Course
from synthqc.course.quiz import MODULE_TEST, Quiz
from synthqc.course.source import Problem
from synthqc.learner.sitting import sitting_of
from synthqc.tools.sample import sample_of_text

_SECONDS_A_TURN = 30.0


def rehearse(course: Course) -> Iterator[Problem]:
    """What goes wrong when the course is played by its own keys; the course is sound otherwise."""
    ids = [entry.id for entry in course.module.lessons]
    for name in [one for one in (*ids, MODULE_TEST) if course.has_quiz(one)]:
        yield from _quiz(f"quizzes/{name}.yaml", course.quiz(name))
    for lesson in ids:
        if course.has_lab(lesson):
            yield from _lab(f"labs/{lesson}.yaml", course.lab(lesson), course)


def _quiz(file: str, quiz: Quiz) -> Iterator[Problem]:
    """Answered by the key, everything is right; answered otherwise, everything is missed."""
    for seed, is_right in ((0, True), (1, False)):
        sitting = sitting_of(quiz, sitting="rehearsal", seed=seed)
        while (question := sitting.question) is not None:
            choice = next(option for option in sitting.options(question) if option.right is is_right)
            sitting, verdict = sitting.answered(question, choice.id)
            if verdict.is_right is not is_right:
                yield Problem(file, 0, 0, f"question '{question.id}': option '{choice.id}' is graded against its key")
        if sitting.score != (len(quiz.questions) if is_right else 0):
            yield Problem(file, 0, 0, f"scores {sitting.score} of {len(quiz.questions)} by the key")


def _lab(file: str, lab: Lab, course: Course) -> Iterator[Problem]:
    if not lab.transcript:
        yield Problem(file, 0, 0, "has no transcript, a reference conversation that completes the lab")
        return
    turns = iter(range(10**9))
    tutor = Tutor(lambda: course.concepts, course.lesson_of, clock=lambda: next(turns) * _SECONDS_A_TURN)
    history: tuple[Exchange, ...] = ()
    readings = {}
    for number, turn in enumerate(lab.transcript, start=1):
        if turn.sample:
            field = course.sample(turn.sample).field
            sample = sample_of_text(course.sample_text(turn.sample), turn.sample, field=field)
            readings = readings_of(sample, lab)
        exchange = tutor.answer(Turn(turn.say, readings), lab, history)
        history = (*history, exchange)
        if not exchange.analysis.counted:
            yield Problem(file, 0, 0, f"transcript turn {number} does not count: {turn.say!r:.60}")
    state = state_of(history, lab)
    if not state.is_complete(lab):
        yield Problem(file, 0, 0, f"its transcript does not complete it: {status_line(state, lab)}")
