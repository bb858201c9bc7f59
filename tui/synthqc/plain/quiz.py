"""Quizzes and the module test as numbered prompts."""

import uuid

from synthqc.course.quiz import MODULE_TEST, Question
from synthqc.errors import SynthQCError
from synthqc.learner.events import (
    AnswerGiven,
    OptionChosen,
    QuestionFlagged,
    QuestionReached,
    SittingFinished,
    SittingStarted,
)
from synthqc.learner.moduletest import (
    PASS_PERCENT,
    ModuleTest,
    by_lesson,
    drawn_order,
    is_passed,
    module_test_of,
    needed,
)
from synthqc.learner.progress import SittingRecord
from synthqc.learner.record import record_of, write_record
from synthqc.learner.sitting import Sitting, sitting_of

from .lesson import read_lesson
from .session import Session


def take_quiz(session: Session, quiz_id: str) -> None:
    """Takes the quiz of a lesson; an open sitting goes on at its question."""
    quiz = session.course.quiz(quiz_id)
    record = session.progress.open_sitting(quiz_id)
    sitting = None
    if record is not None:
        sitting = sitting_of(
            quiz, sitting=record.id, seed=record.seed, questions=record.questions, answers=record.answers
        )
    if sitting is None or sitting.is_finished:
        sitting = _begun(session, quiz_id, ())
    while True:
        finished = _asked(session, sitting)
        if finished is None:
            return
        sitting = finished
        session.record(SittingFinished(sitting.id, quiz_id, sitting.score, len(sitting.questions)))
        session.talk.say()
        session.talk.say(f"Done: {sitting.score} of {len(sitting.questions)} right.")
        for question in sitting.missed:
            session.talk.say(
                f"Missed: {question.stem.strip()} Worth another look: {_section(session, question, quiz_id)}."
            )
        if not sitting.missed:
            return
        allowed = ["", "r"]
        given = session.talk.command(
            "r tries the missed ones again, Enter goes back", allowed, lambda: session.talk.say("r or Enter.")
        )
        if given == "":
            return
        sitting = _begun(session, quiz_id, tuple(one.id for one in sitting.missed))


def _begun(session: Session, quiz_id: str, questions: tuple[str, ...]) -> Sitting:
    sitting = sitting_of(
        session.course.quiz(quiz_id),
        sitting=uuid.uuid4().hex,
        seed=session.chance.randrange(2**31),
        questions=questions,
    )
    session.record(SittingStarted(sitting.id, quiz_id, sitting.seed, tuple(one.id for one in sitting.questions)))
    return sitting


def _asked(session: Session, sitting: Sitting) -> Sitting | None:
    """Asks what is open; None where the learner goes back before the end."""
    talk = session.talk
    while (question := sitting.question) is not None:
        talk.say()
        talk.say(f"Question {sitting.position} of {len(sitting.questions)}: {question.stem.strip()}")
        numbers = _say_options(session, sitting, question)
        given = talk.command(
            "Answer", [*numbers, "b"], lambda: talk.say("A number answers; b goes back, your answers stay; q quits.")
        )
        if given == "b":
            return None
        option = sitting.options(question)[int(given) - 1]
        sitting, verdict = sitting.answered(question, option.id)
        session.record(
            OptionChosen(
                sitting.id,
                question.id,
                option.id,
                is_right=verdict.is_right,
                misconception=verdict.chosen.misconception,
            )
        )
        talk.say("Right." if verdict.is_right else "Not this one.")
        talk.say(verdict.chosen.feedback.strip())
        if wrong := session.course.misconceptions.get(verdict.chosen.misconception):
            talk.say(f"The idea behind it: “{wrong.idea}”")
        if not verdict.is_right:
            talk.say(f"The right one: {verdict.right.text.strip()}")
        talk.say(" ".join(question.explanation.split()))
        if question.source_note:
            talk.say(f"Source note: {' '.join(question.source_note.split())}")
    return sitting


def _say_options(session: Session, sitting: Sitting, question: Question, given: str = "") -> list[str]:
    options = sitting.options(question)
    for number, option in enumerate(options, start=1):
        mark = "(your answer) " if option.id == given else ""
        session.talk.say(f"{mark}{option.text.strip()}", first=f"{number}. ")
    return [str(number) for number in range(1, len(options) + 1)]


def _section(session: Session, question: Question, lesson: str) -> str:
    sections = session.course.lesson(question.lesson or lesson).sections
    title = next((one.title for one in sections if one.id == question.reread), "")
    return f"lesson {(question.lesson or lesson).removeprefix('L')}, {title}"


def take_module_test(session: Session) -> None:
    """Takes the module test, or goes on with an open attempt."""
    talk, quiz = session.talk, session.course.quiz(MODULE_TEST)
    record = session.progress.open_sitting(MODULE_TEST)
    if record is None:
        of = len(quiz.questions)
        talk.say(
            f"Module test: {of} questions on all lessons; {needed(of)} right answers ({PASS_PERCENT} %) pass. No "
            "feedback and no tutor until you hand in; until then answers can change. Each is saved at once."
        )
        finished = [one for one in session.progress.sittings_of(MODULE_TEST) if one.is_finished]
        for number, one in enumerate(finished, start=1):
            talk.say(f"Attempt {number}: {_result_words(one)}.")
        allowed = ["", "b", "r"] if finished else ["", "b"]
        words = "Enter begins, r tells the last result, b goes back" if finished else "Enter begins, b goes back"
        given = talk.command(words, allowed, lambda: talk.say(f"{words}."))
        if given == "b":
            return
        if given == "r":
            _tell_result(session, module_test_of(quiz, finished[-1]).sitting, finished[-1])
            return
        record = SittingRecord(
            uuid.uuid4().hex, MODULE_TEST, session.chance.randrange(2**31), drawn_order(quiz, session.chance)
        )
        session.record(SittingStarted(record.id, record.quiz, record.seed, record.questions))
    _go_through(session, module_test_of(quiz, record), record.reached)


def _go_through(session: Session, test: ModuleTest, reached: str) -> None:
    talk = session.talk
    ids = [one.id for one in test.questions]
    number = ids.index(reached) if reached in ids else 0
    while True:
        question = test.questions[number]
        session.record(QuestionReached(test.sitting.id, question.id))
        talk.say()
        flag = ", flagged" if question.id in test.flagged else ""
        talk.say(f"Question {number + 1} of {len(ids)}{flag}: {question.stem.strip()}")
        numbers = _say_options(session, test.sitting, question, test.sitting.answers.get(question.id, ""))
        given = talk.command(
            "Answer",
            [*numbers, "n", "p", "g", "f", "o", "x", "b"],
            lambda: talk.say(
                "A number answers and goes on; n and p go to the next and the previous question, g to one by its "
                "number; f flags this one, o tells what is open, x hands in, b goes back to the course, q quits."
            ),
        )
        if given == "b":
            return
        if given in numbers:
            option = test.sitting.options(question)[int(given) - 1]
            session.record(AnswerGiven(test.sitting.id, question.id, option.id))
            test = test.answered(question, option.id)
            if number + 1 == len(ids):
                _overview(session, test)
            number = min(number + 1, len(ids) - 1)
        elif given in ("n", "p"):
            number = min(max(number + (1 if given == "n" else -1), 0), len(ids) - 1)
        elif given == "f":
            test = test.flag_turned(question)
            session.record(QuestionFlagged(test.sitting.id, question.id, question.id in test.flagged))
        elif given == "o":
            _overview(session, test)
        elif given == "x":
            if _hand_in(session, test):
                return
        else:
            places = [str(n) for n in range(1, len(ids) + 1)]
            number = int(talk.command("Question", places, lambda: talk.say("The number of a question."))) - 1


def _overview(session: Session, test: ModuleTest) -> None:
    done = len(test.questions) - len(test.unanswered)
    words = [f"{done} of {len(test.questions)} answered."]
    if test.unanswered:
        words.append(f"Without an answer: {', '.join(map(str, test.unanswered))}.")
    if test.marked:
        words.append(f"Flagged: {', '.join(map(str, test.marked))}.")
    session.talk.say(" ".join([*words, "x hands in."]))


def _hand_in(session: Session, test: ModuleTest) -> bool:
    talk = session.talk
    if test.unanswered or test.marked:
        _overview(session, test)
        given = talk.command("x once more hands in all the same, b goes back", ["x", "b"], lambda: talk.say("x or b."))
        if given == "b":
            return False
    for fact in test.handed_in():
        session.record(fact)
    record = session.progress.sittings[test.sitting.id]
    _tell_result(session, module_test_of(session.course.quiz(MODULE_TEST), record).sitting, record)
    return True


def _result_words(record: SittingRecord) -> str:
    verdict = "passed" if is_passed(record.right, record.of) else f"not passed, {needed(record.of)} pass"
    return f"{record.right} of {record.of} right, {verdict}"


def _tell_result(session: Session, sitting: Sitting, record: SittingRecord) -> None:
    talk = session.talk
    talk.say()
    talk.say(f"Result: {_result_words(record)}.")
    shares = by_lesson(sitting)
    talk.say(", ".join(f"lesson {one.removeprefix('L')} {right} of {of}" for one, (right, of) in shares.items()) + ".")
    missed = {one.id for one in sitting.missed}
    numbers = []
    for number, question in enumerate(sitting.questions, start=1):
        state = "missed" if question.id in missed else "right" if question.id in sitting.answers else "no answer"
        talk.say(f"{number}. {state}: {question.stem.strip()}")
        numbers.append(str(number))
    while True:
        given = talk.command(
            "A number explains a question, w writes a record, b goes back",
            [*numbers, "w", "b", ""],
            lambda: talk.say("A number, w, or b."),
        )
        if given in ("b", ""):
            return
        if given == "w":
            record_values = record_of(session.course, session.store.events(), session.now())
            try:
                talk.say(f"Written to {write_record(record_values, session.notebooks)}")
            except SynthQCError as error:
                talk.say(str(error))
        else:
            _explain(session, sitting, sitting.questions[int(given) - 1])


def _explain(session: Session, sitting: Sitting, question: Question) -> None:
    talk = session.talk
    chosen = next((one for one in question.options if one.id == sitting.answers.get(question.id)), None)
    right = next(one for one in question.options if one.right)
    if chosen is not None:
        talk.say(f"You: {chosen.text.strip()} {chosen.feedback.strip()}")
        if wrong := session.course.misconceptions.get(chosen.misconception):
            talk.say(f"The idea behind it: “{wrong.idea}”")
    if chosen is not right:
        talk.say(f"Right: {right.text.strip()}")
    talk.say(" ".join(question.explanation.split()))
    talk.say(f"To reread: {_section(session, question, question.lesson)}.")
    given = talk.command("r rereads it, Enter goes back", ["r", ""], lambda: talk.say("r or Enter."))
    if given == "r":
        read_lesson(session, question.lesson, question.reread)
