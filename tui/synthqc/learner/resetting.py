"""What still counts after a learner began a part anew; nothing is deleted for it."""

from collections.abc import Iterable

from .events import Event, PartReset, PlaceLeft, SittingStarted


def standing(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that count, in their order: all but those of a part from before it was begun anew."""
    every = tuple(events)
    resets = [event for event in every if isinstance(event.fact, PartReset)]
    if not resets:
        return every
    quizzes = {event.fact.sitting: event.fact.quiz for event in every if isinstance(event.fact, SittingStarted)}
    return tuple(event for event in every if not any(_is_undone(event, reset, quizzes) for reset in resets))


def _is_undone(event: Event, reset: Event, quizzes: dict[str, str]) -> bool:
    if event.course != reset.course or (event.at, event.id) >= (reset.at, reset.id):
        return False
    fact, undone = event.fact, reset.fact
    assert isinstance(undone, PartReset), "callers hand over resets"
    if not undone.part:
        return True
    if isinstance(fact, PartReset):
        return False
    if isinstance(fact, PlaceLeft):
        return fact.item == undone.part
    belongs_to = (
        getattr(fact, "lesson", None),
        getattr(fact, "quiz", None),
        quizzes.get(getattr(fact, "sitting", "")),
    )
    return undone.part in belongs_to or (bool(undone.lab) and getattr(fact, "lab", None) == undone.lab)
