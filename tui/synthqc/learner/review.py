"""Spaced review of key terms and missed questions: which cards there are, and when each is due.

The intervals are those of FSRS, by the package of its authors (https://github.com/open-spaced-repetition/py-fsrs);
without fuzz, so that the same events always give the same days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from synthqc.course.loading import Course
from synthqc.course.marks import CLAIM
from synthqc.course.quiz import MODULE_TEST, Question

from .events import CardReviewed, Event, OptionChosen, ReviewUndone, SectionReached

NEW_A_DAY = 10
"""New cards that one day brings at most."""

LEARN_AHEAD = timedelta(minutes=20)
"""A card that is due so soon comes again in the same round, once nothing else is left."""

GRADES: Mapping[int, str] = {1: "again", 2: "hard", 3: "good", 4: "easy"}
"""What a learner says of a card: not known, known with effort, known, known at once."""

Graded = tuple[datetime, int]
"""When a card was graded, and how."""


@dataclass(frozen=True, slots=True)
class Card:
    """Something to remember."""

    id: str
    """Card id: stable, so that its history stays with it."""
    front: str
    """What is asked."""
    back: str
    """What one should have said."""
    lesson: str
    """Lesson to reread."""
    section: str = ""
    """Section of it; empty for the lesson as a whole."""


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of a learner at one moment."""

    due: tuple[Card, ...]
    """Cards to review now, in order: those that are late first, then new ones, then those that come again soon."""
    history: Mapping[str, tuple[Graded, ...]]
    """How each card was graded so far, oldest first."""
    next_due: datetime | None
    """When the next card is due, where none is now; None where there is no card at all."""


def deck_of(course: Course, events: Iterable[Event], now: datetime) -> Deck:
    """The cards of a learner and which of them are due.

    Args:
        course: The course.
        events: All events of the learner in it.
        now: The time, in UTC.
    """
    in_order = sorted({event.id: event for event in events}.values(), key=lambda one: (one.at, one.id))
    cards = {card.id: card for card in _cards(course, in_order)}
    history, due_at = _reviews(in_order)
    known = [one for one in cards if one in due_at]
    late = sorted((one for one in known if due_at[one] <= now), key=lambda one: due_at[one])
    soon = sorted((one for one in known if now < due_at[one] <= now + LEARN_AHEAD), key=lambda one: due_at[one])
    begun_today = sum(graded[0][0].date() == now.date() for graded in history.values() if graded)
    new = [one for one in cards if one not in due_at][: max(0, NEW_A_DAY - begun_today)]
    later = [due_at[one] for one in known if due_at[one] > now + LEARN_AHEAD]
    if len(new) < len(cards) - len(known):
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        later.append(midnight)
    return Deck(tuple(cards[one] for one in (*late, *new, *soon)), history, min(later, default=None))


def _cards(course: Course, events: Sequence[Event]) -> Iterable[Card]:
    """Cards on what the learner has met: terms of lessons read to the end, both ways, and questions missed."""
    read = dict.fromkeys(one.fact.lesson for one in events if isinstance(one.fact, SectionReached) and one.fact.is_last)
    lessons = [entry.id for entry in course.module.lessons if entry.id in read]
    for lesson in lessons:
        for term in course.lesson(lesson).terms:
            meaning = CLAIM.sub("", " ".join(term.definition.split()))
            yield Card(f"term/{lesson}/{term.id}", f"What does “{term.term}” mean?", meaning, lesson)
            yield Card(f"name/{lesson}/{term.id}", f"Which term is meant? {meaning}", term.term, lesson)
    missed = dict.fromkeys(
        one.fact.question for one in events if isinstance(one.fact, OptionChosen) and not one.fact.is_right
    )
    quizzes = [entry.id for entry in course.module.lessons] + [MODULE_TEST]
    for quiz in quizzes:
        if missed and course.has_quiz(quiz):
            yield from (_card_of(one, quiz) for one in course.quiz(quiz).questions if one.id in missed)


def _card_of(question: Question, quiz: str) -> Card:
    right = next(option for option in question.options if option.right)
    back = f"{right.text.strip()}\n\n{' '.join(question.explanation.split())}"
    return Card(f"question/{quiz}/{question.id}", question.stem.strip(), back, question.lesson or quiz, question.reread)


def _reviews(events: Iterable[Event]) -> tuple[dict[str, tuple[Graded, ...]], dict[str, datetime]]:
    history: dict[str, list[Graded]] = {}
    due: dict[str, list[datetime]] = {}
    for event in events:
        match event.fact:
            case CardReviewed() as review if review.grade in GRADES and (at := _time(review.due)) is not None:
                history.setdefault(review.card, []).append((event.at, review.grade))
                due.setdefault(review.card, []).append(at)
            case ReviewUndone() as undone if history.get(undone.card):
                history[undone.card].pop()
                due[undone.card].pop()
    kept = {card: tuple(graded) for card, graded in history.items() if graded}
    return kept, {card: due[card][-1] for card in kept}


def _time(written: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def due_after(graded: Sequence[Graded], now: datetime) -> Mapping[int, datetime]:
    """For each grade, when a card would be due again.

    Args:
        graded: How it was graded so far, oldest first.
        now: The time of the grade to come, in UTC.
    """
    from fsrs import Card as Memory
    from fsrs import Rating, Scheduler

    scheduler = Scheduler(enable_fuzzing=False)
    memory = Memory(card_id=1, due=graded[0][0] if graded else now)
    for at, grade in graded:
        memory, _ = scheduler.review_card(memory, Rating(grade), at)
    return {grade: scheduler.review_card(memory, Rating(grade), now)[0].due for grade in GRADES}


def in_words(pause: timedelta) -> str:
    """A pause in one or two words: `10 min`, `3 h`, `5 days`, `2 months`."""
    minutes = max(1, round(pause.total_seconds() / 60))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{round(minutes / 60)} h"
    days = round(minutes / (24 * 60))
    if days < 60:
        return f"{days} day{'s' if days > 1 else ''}"
    return f"{round(days / 30)} months" if days < 730 else f"{round(days / 365)} years"


def grades_in_words(graded: Sequence[Graded], now: datetime) -> list[str]:
    """The four grades, each with when the card would come again: `1 again, 1 min`."""
    due = due_after(graded, now)
    return [f"{grade} {word}, {in_words(due[grade] - now)}" for grade, word in GRADES.items()]


def end_in_words(deck: Deck, done: int, now: datetime) -> str:
    """What is said when nothing is due any more."""
    if done == 0 and deck.next_due is None:
        return "No cards yet. Read a lesson to its end, or miss a question; both make cards."
    reviewed = f"{done} card{'s' if done != 1 else ''} reviewed. " if done else "Nothing is due. "
    if deck.next_due is None:
        return f"{reviewed}All done."
    return f"{reviewed}The next one is due in {in_words(deck.next_due - now)}. A few minutes a day are enough."
