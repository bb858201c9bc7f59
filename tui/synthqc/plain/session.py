"""What every part of plain mode shares: the course, the store, the talk, and whoever answers in a lab."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from synthqc.assistant.protocol import Assistant
from synthqc.course.loading import Course
from synthqc.learner.events import Fact, PlaceLeft
from synthqc.learner.keeping import EventStore
from synthqc.learner.progress import Progress, progress_of

from .talk import Talk


@dataclass(slots=True)
class Session:
    """One learner at one plain terminal."""

    course: Course
    """The course."""
    store: EventStore
    """Where what the learner does is kept."""
    talk: Talk
    """Lines in and out."""
    assistant: Assistant
    """Who answers in the labs."""
    notebooks: Path
    """The directory that notebooks and records are written to."""
    chance: random.Random
    """Draws the seeds of sittings."""
    now: Callable[[], datetime]
    """The time, in UTC."""
    announcements: EventStore | None = None
    """What whoever holds the class says; None where nobody does."""
    _told: str = field(default="", init=False)

    @property
    def progress(self) -> Progress:
        """How far the learner is; another terminal may have written meanwhile."""
        return progress_of(self.store.events())

    def record(self, fact: Fact) -> None:
        """Stores what happened, and says so once where it cannot be saved."""
        self.store.record(fact)
        trouble = self.store.trouble
        if trouble and not self._told:
            self.talk.say(trouble)
        self._told = trouble

    def go(self, screen: str, item: str) -> None:
        """Notes where the learner goes, so that every face comes back there."""
        self.record(PlaceLeft(screen, item))
