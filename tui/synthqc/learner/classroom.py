"""How a class stands: a pure fold over the events of many learners, for whoever teaches them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from synthqc.course.lab import Lab
from synthqc.course.loading import Course
from synthqc.course.quiz import MODULE_TEST, Question

from .events import Event, ExchangeHeld, OptionChosen
from .ideas import met_ideas
from .outline import Part, parts_of, place_name
from .progress import Progress, progress_of

LAB_MINUTES = 10
"""After so many minutes in a lab without an exchange that counts, somebody is stuck."""

AWAY_MINUTES = 30
"""Whoever has done nothing for so long is away, not stuck in a lab."""

WRONG_IN_A_ROW = 2
"""Whoever answered a question wrong so often, and not right since, is stuck on it."""

OpenTopics = Callable[[Lab, Sequence[Mapping[str, Any]]], Sequence[str]]
"""From a lab and the exchanges held in it, as stored, to the names of the topics that are still open."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """Where one learner stands."""

    name: str
    """Name of the learner."""
    where: str
    """Where they were last, such as `quiz 2: 3 of 8 answered`."""
    last: datetime
    """When they did something last."""
    idle: timedelta
    """How long that is ago; never negative."""
    done: int
    """Parts of the course that are done."""
    of: int
    """Parts that the course has."""
    scores: Mapping[str, tuple[int, int] | None]
    """By quiz id, right answers and questions of the best finished sitting; None where there is none."""
    stuck: tuple[str, ...]
    """What they are stuck on, each in a few words; empty for most."""
    open_topics: Mapping[str, tuple[str, ...]]
    """By lab id, the topics still open, for the labs that they began."""

    @property
    def is_away(self) -> bool:
        """Have they done nothing for long?"""
        return self.idle > timedelta(minutes=AWAY_MINUTES)


@dataclass(frozen=True, slots=True)
class HardQuestion:
    """A question that learners answered wrong; each learner's first answer counts."""

    question: str
    """Question id."""
    stem: str
    """The question."""
    answered: int
    """Learners who answered it."""
    wrong: int
    """Learners whose first answer was wrong."""
    chosen: tuple[tuple[str, int], ...]
    """The wrong options chosen, most frequent first: what it says, and how many chose it."""


@dataclass(frozen=True, slots=True)
class SharedIdea:
    """A wrong idea that learners hold."""

    idea: str
    """The idea as its holder would say it."""
    learners: int
    """How many met it."""
    times: int
    """How often it was met."""


@dataclass(frozen=True, slots=True)
class OpenTopic:
    """A topic of a lab that learners have not spoken of yet."""

    lab: str
    """Title of the lab."""
    topic: str
    """Name of the topic."""
    open_for: int
    """Learners for whom it is open."""
    begun: int
    """Learners who began the lab."""


@dataclass(frozen=True, slots=True)
class Classroom:
    """A class at one time."""

    title: str
    """Title of the course."""
    at: datetime
    """The time."""
    pupils: tuple[Pupil, ...]
    """The learners by name."""
    hardest: tuple[HardQuestion, ...]
    """Questions with a wrong answer, those that most got wrong first."""
    ideas: tuple[SharedIdea, ...]
    """Wrong ideas, those of most learners first."""
    open_topics: tuple[OpenTopic, ...]
    """Open topics of labs in the order of the course."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer of one learner."""

    at: datetime
    """When."""
    question: Question
    """The question."""
    option: str
    """What the chosen option says."""
    is_right: bool
    """Was it right?"""


def classroom_of(
    course: Course, learners: Mapping[str, Sequence[Event]], now: datetime, open_topics: OpenTopics
) -> Classroom:
    """Folds the events of many learners.

    Args:
        course: The course.
        learners: By name, the events of each in any order; those of other courses are left out.
        now: The time, for how long somebody has been idle.
        open_topics: Tells what is still open in a lab.
    """
    ours = {name: _in_order(events, course.module.id) for name, events in learners.items()}
    ours = {name: events for name, events in sorted(ours.items()) if events}
    pupils = tuple(_pupil(course, name, events, now, open_topics) for name, events in ours.items())
    return Classroom(
        title=course.module.title,
        at=now,
        pupils=pupils,
        hardest=_hardest(course, ours.values()),
        ideas=_shared_ideas(course, ours.values()),
        open_topics=tuple(_open_topics(course, pupils)),
    )


def answers_of(course: Course, events: Iterable[Event]) -> tuple[GivenAnswer, ...]:
    """All graded answers of a learner, oldest first; those to questions that the course no longer has are left out."""
    questions = _questions(course)
    found = []
    for event in _in_order(events, course.module.id):
        if isinstance(event.fact, OptionChosen) and (question := questions.get(event.fact.question)):
            text = next((one.text for one in question.options if one.id == event.fact.option), None)
            if text is not None:
                found.append(GivenAnswer(event.at, question, " ".join(text.split()), event.fact.is_right))
    return tuple(found)


def _in_order(events: Iterable[Event], course: str) -> list[Event]:
    unique = {event.id: event for event in events if event.course == course}
    return sorted(unique.values(), key=lambda event: (event.at, event.id))


def _questions(course: Course) -> dict[str, Question]:
    return {one.id: one for quiz in _quizzes(course) for one in course.quiz(quiz).questions}


def _quizzes(course: Course) -> list[str]:
    ids = [one.id for one in course.module.lessons if course.has_quiz(one.id)]
    return [*ids, MODULE_TEST] if course.has_module_test else ids


def _pupil(course: Course, name: str, events: Sequence[Event], now: datetime, open_topics: OpenTopics) -> Pupil:
    progress = progress_of(events)
    parts = list(parts_of(course, progress))
    best = {quiz: progress.best(quiz) for quiz in _quizzes(course)}
    labs = [course.lab(one.id) for one in course.module.lessons if course.has_lab(one.id)]
    last = events[-1].at
    idle = max(now - last, timedelta())
    return Pupil(
        name=name,
        where=_where(parts, progress),
        last=last,
        idle=idle,
        done=sum(part.state == "done" for part in parts),
        of=len(parts),
        scores={quiz: (one.right, one.of) if one else None for quiz, one in best.items()},
        stuck=(*_stuck_questions(events), *_stuck_lab(course, progress, events, now, idle)),
        open_topics={
            lab.id: tuple(open_topics(lab, exchanges)) for lab in labs if (exchanges := progress.exchanges.get(lab.id))
        },
    )


def _where(parts: Sequence[Part], progress: Progress) -> str:
    place = progress.place
    part = next((one for one in parts if place and (one.screen, one.lesson) == (place.screen, place.item)), None)
    if part is None:
        return "course map"
    return f"{place_name(part.screen, part.lesson)}: {part.words}"


def _stuck_questions(events: Iterable[Event]) -> Iterator[str]:
    wrong: Counter[str] = Counter()
    for event in events:
        if isinstance(event.fact, OptionChosen):
            wrong[event.fact.question] = 0 if event.fact.is_right else wrong[event.fact.question] + 1
    for question, times in wrong.items():
        if times >= WRONG_IN_A_ROW:
            yield f"{question} wrong {times} times"


def _stuck_lab(
    course: Course, progress: Progress, events: Iterable[Event], now: datetime, idle: timedelta
) -> Iterator[str]:
    place = progress.place
    if place is None or place.screen != "lab" or not course.has_lab(place.item):
        return
    lab = course.lab(place.item).id
    if lab in progress.completed or idle > timedelta(minutes=AWAY_MINUTES):
        return
    since = max(event.at for event in events if event.fact == place or _counts(event.fact, lab))
    minutes = int((now - since) / timedelta(minutes=1))
    if minutes >= LAB_MINUTES:
        yield f"{place_name('lab', place.item)}: nothing that counts for {minutes} min"


def _counts(fact: object, lab: str) -> bool:
    if not isinstance(fact, ExchangeHeld) or fact.lab != lab:
        return False
    analysis = fact.exchange.get("analysis")
    return isinstance(analysis, dict) and bool(analysis.get("counted"))


def _hardest(course: Course, classes: Iterable[Sequence[Event]]) -> tuple[HardQuestion, ...]:
    answered: Counter[str] = Counter()
    wrong: dict[str, Counter[str]] = {}
    for events in classes:
        first: dict[str, OptionChosen] = {}
        for event in events:
            if isinstance(event.fact, OptionChosen):
                first.setdefault(event.fact.question, event.fact)
        answered.update(first.keys())
        for question, chosen in first.items():
            if not chosen.is_right:
                wrong.setdefault(question, Counter())[chosen.option] += 1
    known = _questions(course)
    found = [_hard(known[id_], answered[id_], options) for id_, options in wrong.items() if id_ in known]
    return tuple(sorted(found, key=lambda one: (-one.wrong, -one.wrong / one.answered, one.question)))


def _hard(question: Question, answered: int, wrong: Counter[str]) -> HardQuestion:
    texts = {one.id: " ".join(one.text.split()) for one in question.options}
    return HardQuestion(
        question.id,
        " ".join(question.stem.split()),
        answered,
        wrong.total(),
        tuple((texts.get(option, f"an option that is gone ({option})"), n) for option, n in wrong.most_common()),
    )


def _shared_ideas(course: Course, classes: Iterable[Sequence[Event]]) -> tuple[SharedIdea, ...]:
    learners: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for events in classes:
        met = met_ideas(course, events)
        learners.update({one.idea for one in met})
        for one in met:
            times[one.idea] += one.times
    found = [SharedIdea(idea, n, times[idea]) for idea, n in learners.items()]
    return tuple(sorted(found, key=lambda one: (-one.learners, -one.times, one.idea)))


def _open_topics(course: Course, pupils: Sequence[Pupil]) -> Iterator[OpenTopic]:
    for entry in course.module.lessons:
        if not course.has_lab(entry.id):
            continue
        lab = course.lab(entry.id)
        begun = [one.open_topics[lab.id] for one in pupils if lab.id in one.open_topics]
        for topic in lab.topics.values():
            if open_for := sum(topic.name in topics for topics in begun):
                yield OpenTopic(f"Lab {entry.id.removeprefix('L')}  {entry.lab}", topic.name, open_for, len(begun))
