"""One turn, decided: what a model is to word."""

from dataclasses import dataclass

from synthqc.course.lab import Lab

from .policy import Plan
from .protocol import Exchange, Turn
from .state import LabState


@dataclass(frozen=True, slots=True)
class Task:
    """One turn of a lab with everything that is known before a model is asked."""

    turn: Turn
    """The learner's message."""
    lab: Lab
    """The lab."""
    history: tuple[Exchange, ...]
    """The exchanges before it, oldest first."""
    plan: Plan
    """What was decided."""
    before: LabState
    """The conversation before it."""
    after: LabState
    """The conversation with it."""
    mark: str
    """A random word for the marks around data, which no paste can know."""

    @property
    def text_to_measure(self) -> str:
        """The data of this message, else the text on the workbench; may be empty."""
        return self.turn.paste or self.turn.workbench
