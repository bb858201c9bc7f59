"""The wrong ideas a learner met, over quizzes, the module test and labs: a pure fold over the events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from synthqc.course.loading import Course
from synthqc.course.quiz import MODULE_TEST, Question

from .events import Event, ExchangeHeld, OptionChosen, SittingStarted


@dataclass(frozen=True, slots=True)
class MetIdea:
    """A wrong idea that was chosen or said."""

    idea: str
    """The idea as its holder would say it."""
    tempting: str
    """Why one comes to think so; empty where the course does not say."""
    against: str
    """What speaks against it."""
    ask: str
    """A question to check oneself with; empty where the course has none."""
    lesson: str
    """Id of the lesson to reread."""
    section: str
    """Id of its section; empty for the lesson as a whole."""
    where: tuple[str, ...]
    """Where it was met, such as `quiz 2`, oldest first, each once."""
    times: int
    """How often it was met."""
    last: datetime
    """When it was met last."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """One occasion on which an idea was met."""

    key: str
    where: str
    at: datetime
    idea: str
    tempting: str
    against: str
    ask: str
    lesson: str
    section: str


def met_ideas(course: Course, events: Iterable[Event]) -> tuple[MetIdea, ...]:
    """The wrong ideas met, most frequent first, of equal ones the newest first.

    What a newer course no longer has is left out, and what was denied in a lab is taken back.
    """
    unique = {event.id: event for event in events}
    met: dict[str, list[_Meeting]] = {}
    for meeting in _meetings(course, sorted(unique.values(), key=lambda one: (one.at, one.id))):
        met.setdefault(meeting.key, []).append(meeting)
    ideas = [_idea_of(meetings) for meetings in met.values()]
    return tuple(sorted(ideas, key=lambda one: (one.times, one.last), reverse=True))


def _idea_of(meetings: list[_Meeting]) -> MetIdea:
    last = meetings[-1]
    where = tuple(dict.fromkeys(one.where for one in meetings))
    return MetIdea(
        last.idea,
        last.tempting,
        last.against,
        last.ask,
        last.lesson,
        last.section,
        where,
        times=len(meetings),
        last=last.at,
    )


def _meetings(course: Course, events: Iterable[Event]) -> Iterator[_Meeting]:
    quizzes: dict[str, str] = {}
    graded: set[tuple[str, str]] = set()
    said: dict[str, list[list[_Meeting]]] = {}
    for event in events:
        match event.fact:
            case SittingStarted() as started:
                quizzes[started.sitting] = started.quiz
            case OptionChosen() as chosen if chosen.misconception and (chosen.sitting, chosen.question) not in graded:
                graded.add((chosen.sitting, chosen.question))
                yield from _in_quiz(course, quizzes.get(chosen.sitting, ""), chosen, event.at)
            case ExchangeHeld() as held:
                exchanges = said.setdefault(held.lab, [])
                if _analysis(held).get("act") == "deny" and exchanges:
                    exchanges[-1] = []
                exchanges.append(list(_in_lab(course, held, event.at)))
    for exchanges in said.values():
        for meetings in exchanges:
            yield from meetings


def _in_quiz(course: Course, quiz: str, chosen: OptionChosen, at: datetime) -> Iterator[_Meeting]:
    if not quiz or not course.has_quiz(quiz) or chosen.misconception not in course.misconceptions:
        return
    questions = {one.id: one for one in course.quiz(quiz).questions}
    question: Question | None = questions.get(chosen.question)
    option = next((one for one in question.options if one.id == chosen.option), None) if question else None
    if question is None or option is None:
        return
    yield _Meeting(
        key=f"quiz/{chosen.misconception}",
        where="module test" if quiz == MODULE_TEST else f"quiz {quiz.removeprefix('L')}",
        at=at,
        idea=course.misconceptions[chosen.misconception].idea,
        tempting=course.misconceptions[chosen.misconception].tempting,
        against=f"{option.feedback.strip()} {question.explanation.strip()}",
        ask="",
        lesson=question.lesson or quiz,
        section=question.reread,
    )


def _in_lab(course: Course, held: ExchangeHeld, at: datetime) -> Iterator[_Meeting]:
    lessons = {course.lab(one.id).id: one.id for one in course.module.lessons if course.has_lab(one.id)}
    if held.lab not in lessons:
        return
    lesson = lessons[held.lab]
    known = course.lab(lesson).misconceptions
    ids = _analysis(held).get("misconceptions", ())
    for one in ids if isinstance(ids, list | tuple) else ():
        if one in known:
            wrong = known[str(one)]
            yield _Meeting(
                key=f"{held.lab}/{one}",
                where=f"lab {lesson.removeprefix('L')}",
                at=at,
                idea=wrong.idea.strip(),
                tempting=wrong.tempting.strip(),
                against=wrong.answer.strip(),
                ask=wrong.ask.strip(),
                lesson=lesson,
                section="",
            )


def _analysis(held: ExchangeHeld) -> dict[str, object]:
    analysis = held.exchange.get("analysis")
    return dict(analysis) if isinstance(analysis, dict) else {}
