"""What passes between a lab and whoever answers in it, be it the offline tutor or a model."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
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
    workbench: str = ""
    """The text on the workbench, which tools measure for this reply where the message brings no data of its own."""


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
    voice: str = ""
    """Who worded the reply, such as `qwen3 at localhost:11434`; empty for the offline tutor."""
    unbacked: tuple[str, ...] = ()
    """Numbers in the reply that neither a reading nor the lesson nor the learner said, as they stand there."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A model starts to word the reply; what was understood and counted stands already.

    A consumer that closes the reply before `Done` stores `stopped(exchange, text so far)`.
    """

    exchange: Exchange
    """The exchange as the offline tutor would hold it, with the tutor's reply."""


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
    by_model: bool = False
    """Was it a model that asked for it?"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The endpoint is asked again after a pause; closing the reply ends the pause."""

    seconds: float
    """Length of the pause from now on, at most ten seconds."""
    reason: str
    """Why, in one clause without a full stop, such as `localhost:11434 is overloaded (503)`."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The reply ended too early. What there is stays; the mark and the tutor's line follow as `Text`."""

    reason: str
    """Why, in one clause without a full stop."""


class CheckedClaim(Protocol):
    """A number that a reply claims, and what it rests on; see `grounding`."""

    @property
    def text(self) -> str:
        """The number as it stands in the reply."""

    @property
    def start(self) -> int:
        """Where it starts in the reply, in characters from 0."""

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""

    @property
    def source(self) -> str:
        """`tool`, `derived`, `lesson`, `learner`, `unbacked` or `none`."""

    @property
    def note(self) -> str:
        """What to tell the learner of it, such as what the tool says; may be empty."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The numbers of the whole reply were checked; comes after the last `Text`."""

    claims: tuple[CheckedClaim, ...]
    """In the order of the reply."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a model has cost."""

    requests: int = 0
    """Requests sent."""
    sent_tokens: int = 0
    """Tokens sent."""
    received_tokens: int = 0
    """Tokens received."""
    is_estimated: bool = False
    """Is any of it estimated, because the server did not count?"""

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.requests + other.requests,
            self.sent_tokens + other.sent_tokens,
            self.received_tokens + other.received_tokens,
            self.is_estimated or other.is_estimated,
        )


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
    usage: Usage = Usage()
    """What this reply has cost; nothing for the offline tutor."""


Event = Begun | Text | ToolRun | Notice | Waiting | Cut | Checked | Done
"""What happens while a turn is answered, in the order in which it happens."""

STOPPED = "(stopped)"
"""Mark of a reply that the learner stopped."""


def stopped(exchange: Exchange, said: str) -> Exchange:
    """The exchange to store where the learner stopped the reply: what was said so far, marked.

    Args:
        exchange: The exchange of `Begun`.
        said: The pieces of `Text` so far, joined.
    """
    # Choices that were never shown cannot be picked.
    return replace(exchange, reply=f"{said.rstrip()} {STOPPED}".lstrip(), choices=())


class Assistant(Protocol):
    """Whoever answers in a lab."""

    @property
    def voice(self) -> str:
        """Who answers and where words go, such as `offline tutor`."""

    def prepare(self, lab: Lab) -> None:
        """Gets ready to talk about a lab; slow the first time, so it is called off the main thread."""

    def reply(self, turn: Turn, lab: Lab, history: tuple[Exchange, ...]) -> AsyncIterator[Event]:
        """Answers one turn; the last event is `Done`.

        Closing the iterator, or cancelling the task that waits for its next event, ends the reply and its connection.

        Args:
            turn: What the learner said.
            lab: The lab.
            history: The exchanges before this one, oldest first.
        """
