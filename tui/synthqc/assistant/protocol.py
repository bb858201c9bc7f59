"""What passes between a lab and whoever answers in it, be it the offline tutor or a model."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from synthqc.course.lab import Lab
from synthqc.tools.reading import Reading

Act = Literal[
    "paste", "other_language", "injection", "parrot", "ack", "greet", "meta", "closing", "tool_request",
    "help", "hostile", "gibberish", "question", "claim", "off_topic", "pick", "deny",
]  # fmt: skip
"""What a message does; a pick answers an offered choice, a deny takes a credit back."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the learner and what lies on the workbench when it is sent."""

    text: str
    """The message as typed, cleaned, without the pasted block: data are measured, never read as speech."""
    readings: Mapping[str, Reading] = field(default_factory=dict)
    """Readings of the text on the workbench, by tool name; empty where there is no text."""
    paste: str = ""
    """The block of data that came with this message, split off and cleaned; empty for plain speech."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was understood of a message."""

    act: Act
    """What the message does."""
    topics: tuple[str, ...] = ()
    """Topics addressed, by id."""
    expectations: tuple[str, ...] = ()
    """Expected ideas recognised, by id."""
    misconceptions: tuple[str, ...] = ()
    """Misconceptions recognised, by id."""
    counted: bool = False
    """Does it count as an exchange?"""


@dataclass(frozen=True, slots=True)
class Choice:
    """An offered reading of an unclear message: `[1] ...`."""

    expectation: str
    """Id of the expectation that picking it credits; empty for `something else`."""
    text: str
    """What the learner reads."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn and its reply, as stored; the state of a lab is a fold over its exchanges."""

    text: str
    """What the learner said."""
    paste: str
    """The start of the block of data that came with it, enough to know it again; empty for plain speech."""
    analysis: Analysis
    """What was understood."""
    moves: tuple[str, ...]
    """What the reply does, such as `evidence`, `credit`, `ask`."""
    reply: str
    """The reply, complete."""
    case: str = ""
    """Id of the case the learner named in this message; empty where they named none."""
    asked: str = ""
    """Topic of the question that the reply ends on."""
    choices: tuple[Choice, ...] = ()
    """Choices that the reply offers."""
    cited: tuple[str, ...] = ()
    """Readings the reply cites, each as one line with its basis: they go into the diagnosis."""
    is_bare: bool = False
    """Were it bare terms, without any grammar?"""
    variants: tuple[str, ...] = ()
    """Ids of the phrasings used, so that none is used twice in a row."""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the reply; the pieces joined are the reply so far."""

    delta: str
    """Plain text."""


@dataclass(frozen=True, slots=True)
class ToolRun:
    """A tool was run for this reply."""

    reading: Reading
    """What it measured."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell beside the conversation, such as why a message did not count."""

    text: str
    """One sentence."""


@dataclass(frozen=True, slots=True)
class Done:
    """The reply is complete."""

    exchange: Exchange
    """What to store."""


Event = Text | ToolRun | Notice | Done


class Assistant(Protocol):
    """Whoever answers in a lab."""

    @property
    def voice(self) -> str:
        """Who answers and where words go, such as `offline tutor`."""

    def prepare(self, lab: Lab) -> None:
        """Gets ready to talk about a lab; slow the first time, so it is called off the main thread."""

    def reply(self, turn: Turn, lab: Lab, history: tuple[Exchange, ...]) -> AsyncIterator[Event]:
        """Answers one turn; the last event is `Done`.

        Args:
            turn: What the learner said.
            lab: The lab.
            history: The exchanges before this one, oldest first.
        """
