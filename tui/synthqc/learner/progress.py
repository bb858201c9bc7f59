"""How far a learner is: a pure fold over the events, never a second truth."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .events import (
    AnswerGiven,
    Event,
    ExchangeHeld,
    Json,
    LabCompleted,
    OptionChosen,
    PlaceLeft,
    QuestionFlagged,
    QuestionReached,
    SampleTaken,
    SectionReached,
    SittingFinished,
    SittingStarted,
    ToolDropped,
    ToolSet,
)


@dataclass(slots=True)
class SittingRecord:
    """A sitting as its events tell it."""

    id: str
    """Id of the sitting."""
    quiz: str
    """Quiz id."""
    seed: int
    """Draws the order of the options."""
    questions: tuple[str, ...]
    """Questions asked, by id."""
    answers: dict[str, str] = field(default_factory=dict)
    """Option id by question id, as graded; the first answer counts."""
    given: dict[str, str] = field(default_factory=dict)
    """Option id by question id in a module test that is not handed in; the newest answer counts."""
    flagged: set[str] = field(default_factory=set)
    """Questions flagged to come back to."""
    reached: str = ""
    """The question that was on the screen last."""
    right: int = 0
    """Right answers, when finished."""
    of: int = 0
    """Questions asked, when finished."""
    is_finished: bool = False
    """Were all questions answered?"""


@dataclass(slots=True)
class Progress:
    """Everything the screens ask about a learner."""

    sections: dict[str, set[str]] = field(default_factory=dict)
    """Sections reached, by lesson."""
    read: set[str] = field(default_factory=set)
    """Lessons whose last section was reached."""
    last_section: dict[str, str] = field(default_factory=dict)
    """The section reached last, by lesson."""
    sittings: dict[str, SittingRecord] = field(default_factory=dict)
    """Sittings by id, oldest first."""
    exchanges: dict[str, list[Mapping[str, Json]]] = field(default_factory=dict)
    """Exchanges by lab, oldest first."""
    samples: dict[str, SampleTaken] = field(default_factory=dict)
    """The text on the workbench, by lab."""
    tools: dict[str, dict[str, Mapping[str, Json]]] = field(default_factory=dict)
    """By lab, the tools that were added or set, in the order in which that began, each with what it is set to."""
    completed: set[str] = field(default_factory=set)
    """Labs completed."""
    place: PlaceLeft | None = None
    """Where the learner was last."""
    misconceptions: Counter[str] = field(default_factory=Counter)
    """How often the option of a misconception was chosen."""

    def sittings_of(self, quiz: str) -> list[SittingRecord]:
        """The sittings of a quiz, oldest first."""
        return [one for one in self.sittings.values() if one.quiz == quiz]

    def open_sitting(self, quiz: str) -> SittingRecord | None:
        """The newest sitting of a quiz, if it is not finished."""
        sittings = self.sittings_of(quiz)
        return sittings[-1] if sittings and not sittings[-1].is_finished else None

    def best(self, quiz: str) -> SittingRecord | None:
        """The finished sitting with the most right answers among those that asked the most questions."""
        finished = [one for one in self.sittings_of(quiz) if one.is_finished]
        return max(finished, key=lambda one: (one.of, one.right), default=None)

    def take(self, fact: object) -> None:
        """Adds the newest thing that happened."""
        match fact:
            case SectionReached():
                self.sections.setdefault(fact.lesson, set()).add(fact.section)
                self.last_section[fact.lesson] = fact.section
                if fact.is_last:
                    self.read.add(fact.lesson)
            case SittingStarted():
                record = SittingRecord(fact.sitting, fact.quiz, fact.seed, fact.questions)
                self.sittings.setdefault(fact.sitting, record)
            case OptionChosen():
                answers = self.sittings[fact.sitting].answers if fact.sitting in self.sittings else {}
                if fact.misconception and fact.question not in answers:
                    self.misconceptions[fact.misconception] += 1
                answers.setdefault(fact.question, fact.option)
            case QuestionReached():
                if reached := self.sittings.get(fact.sitting):
                    reached.reached = fact.question
            case AnswerGiven():
                if answered := self.sittings.get(fact.sitting):
                    answered.given[fact.question] = fact.option
            case QuestionFlagged():
                if flagging := self.sittings.get(fact.sitting):
                    (flagging.flagged.add if fact.is_flagged else flagging.flagged.discard)(fact.question)
            case SittingFinished():
                if record_found := self.sittings.get(fact.sitting):
                    record_found.is_finished = True
                    record_found.right, record_found.of = fact.right, fact.of
            case SampleTaken():
                self.samples[fact.lab] = fact
            case ToolSet():
                self.tools.setdefault(fact.lab, {})[fact.tool] = fact.arguments
            case ToolDropped():
                self.tools.get(fact.lab, {}).pop(fact.tool, None)
            case ExchangeHeld():
                self.exchanges.setdefault(fact.lab, []).append(fact.exchange)
            case LabCompleted():
                self.completed.add(fact.lab)
            case PlaceLeft():
                self.place = fact


def progress_of(events: Iterable[Event]) -> Progress:
    """Folds events, in any order and with repeats, into the learner's progress."""
    progress = Progress()
    unique = {event.id: event for event in events}
    for event in sorted(unique.values(), key=lambda event: (event.at, event.id)):
        progress.take(event.fact)
    return progress
