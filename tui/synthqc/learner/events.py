"""What can happen to a learner: frozen facts, stored when they happen, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""What JSON can say."""


@dataclass(frozen=True, slots=True)
class SectionReached:
    """The learner reached a section of a lesson."""

    kind: ClassVar[str] = "section-reached"
    lesson: str
    """Lesson id."""
    section: str
    """Section id."""
    is_last: bool = False
    """Is it the last section, so that the lesson counts as read?"""


@dataclass(frozen=True, slots=True)
class SittingStarted:
    """A learner began to take a quiz, or to retry what was missed."""

    kind: ClassVar[str] = "sitting-started"
    sitting: str
    """Id of the sitting."""
    quiz: str
    """Quiz id."""
    seed: int
    """Draws the order of the options."""
    questions: tuple[str, ...]
    """Questions asked, by id, in order."""


@dataclass(frozen=True, slots=True)
class OptionChosen:
    """An answer was confirmed."""

    kind: ClassVar[str] = "option-chosen"
    sitting: str
    """Id of the sitting."""
    question: str
    """Question id."""
    option: str
    """Option id."""
    is_right: bool
    """Was it the right one by the key of that day?"""
    misconception: str = ""
    """Misconception behind a wrong option."""


@dataclass(frozen=True, slots=True)
class QuestionReached:
    """A question of the module test came on the screen; the newest is where the learner comes back to."""

    kind: ClassVar[str] = "question-reached"
    sitting: str
    """Id of the sitting."""
    question: str
    """Question id."""


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """A question of the module test was answered; until it is handed in the newest answer counts."""

    kind: ClassVar[str] = "answer-given"
    sitting: str
    """Id of the sitting."""
    question: str
    """Question id."""
    option: str
    """Option id."""


@dataclass(frozen=True, slots=True)
class QuestionFlagged:
    """A question of the module test was flagged to come back to, or the flag taken away."""

    kind: ClassVar[str] = "question-flagged"
    sitting: str
    """Id of the sitting."""
    question: str
    """Question id."""
    is_flagged: bool
    """Does it have a flag from now on?"""


@dataclass(frozen=True, slots=True)
class SittingFinished:
    """All questions of a quiz were answered, or the module test was handed in."""

    kind: ClassVar[str] = "sitting-finished"
    sitting: str
    """Id of the sitting."""
    quiz: str
    """Quiz id."""
    right: int
    """Right answers."""
    of: int
    """Questions asked."""


@dataclass(frozen=True, slots=True)
class CardReviewed:
    """A card of the review was looked at and graded."""

    kind: ClassVar[str] = "card-reviewed"
    card: str
    """Card id."""
    grade: int
    """1 again, 2 hard, 3 good, 4 easy."""
    due: str
    """When it is due again, in UTC, as ISO 8601: kept so that counting needs no scheduler."""


@dataclass(frozen=True, slots=True)
class ReviewUndone:
    """The newest grade of a card was a slip and does not count."""

    kind: ClassVar[str] = "review-undone"
    card: str
    """Card id."""


@dataclass(frozen=True, slots=True)
class SampleTaken:
    """A text was put on the workbench of a lab."""

    kind: ClassVar[str] = "sample-taken"
    lab: str
    """Lab id."""
    name: str
    """Where it came from: `pasted text`, a file name, the id of a bundled sample."""
    text: str
    """The text, cleaned."""


@dataclass(frozen=True, slots=True)
class ToolSet:
    """A tool of a lab's workbench was added or set otherwise."""

    kind: ClassVar[str] = "tool-set"
    lab: str
    """Lab id."""
    tool: str
    """Name of the tool."""
    arguments: Mapping[str, Json]
    """All that it is set to and that is not its default."""


@dataclass(frozen=True, slots=True)
class ToolDropped:
    """A tool that was added to a lab's workbench was taken away again."""

    kind: ClassVar[str] = "tool-dropped"
    lab: str
    """Lab id."""
    tool: str
    """Name of the tool."""


@dataclass(frozen=True, slots=True)
class ExchangeHeld:
    """The learner said something in a lab and was answered."""

    kind: ClassVar[str] = "exchange-held"
    lab: str
    """Lab id."""
    voice: str
    """Who answered."""
    exchange: Mapping[str, Json]
    """The exchange, as the assistant's protocol writes it in JSON."""


@dataclass(frozen=True, slots=True)
class LabCompleted:
    """A lab was completed; talking may go on."""

    kind: ClassVar[str] = "lab-completed"
    lab: str
    """Lab id."""


@dataclass(frozen=True, slots=True)
class PlaceLeft:
    """The learner went to a place in the course; the newest is where they come back to."""

    kind: ClassVar[str] = "place-left"
    screen: str
    """`lesson`, `quiz`, `lab` or `test`."""
    item: str
    """Lesson id; for the module test its quiz id."""


@dataclass(frozen=True, slots=True)
class PartReset:
    """The learner began a part, or all, anew: what they did in it before does not count any more."""

    kind: ClassVar[str] = "part-reset"
    part: str = ""
    """Lesson id, or the quiz id of the module test; empty for all of the course."""
    lab: str = ""
    """Id of the lab that belongs to the part."""


@dataclass(frozen=True, slots=True)
class Announced:
    """Whoever holds the class said a line to all."""

    kind: ClassVar[str] = "announced"
    text: str
    """The line."""


@dataclass(frozen=True, slots=True)
class PartsClosed:
    """Whoever holds the class closed or opened parts; the newest says which are closed."""

    kind: ClassVar[str] = "parts-closed"
    parts: tuple[str, ...]
    """The parts that are closed from now on, such as `quiz 2`."""


Fact = (
    SectionReached | SittingStarted | OptionChosen | QuestionReached | AnswerGiven | QuestionFlagged | SittingFinished
    | CardReviewed | ReviewUndone | SampleTaken | ToolSet | ToolDropped | ExchangeHeld | LabCompleted | PlaceLeft
    | PartReset | Announced | PartsClosed
)  # fmt: skip
"""Anything that can happen."""


@dataclass(frozen=True, slots=True)
class Event:
    """A fact with who and when, as stored."""

    id: str
    """Unique over all stores, so that two stores merge as the union of their events."""
    learner: str
    """Whose it is."""
    course: str
    """Course id."""
    at: datetime
    """When, in UTC."""
    fact: Fact
    """What happened."""
