"""Which assistant answers, and why: from what the learner or the host wants to who speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from synthqc.course.lab import Lab

from .budget import Limits
from .endpoint import USUAL_WINDOW, endpoint_of
from .grounding import claims_in, facts_for
from .online import Check, Grounding, OnlineAssistant
from .protocol import Assistant, Exchange, Turn
from .redaction import Secret
from .tutor import Tutor

OFFLINE = "SYNTHQC_OFFLINE"
"""Variable that forbids the network, whatever else is set."""

_OPENAI = "https://api.openai.com"
_NO = ("", "0", "no", "false")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted, from flags, environment and settings."""

    is_online: bool = False
    """Is a model wanted?"""
    base_url: str = ""
    """Address of the endpoint."""
    model: str = ""
    """Name of the model."""
    key: Secret = field(default_factory=Secret)
    """The key; empty for none."""
    name: str = ""
    """What its owner calls the endpoint."""
    window: int = USUAL_WINDOW
    """Tokens that the model reads and writes in one request."""
    may_be_plain: bool = False
    """May words go unencrypted to another machine?"""
    limits: Limits = field(default_factory=Limits)
    """What may be spent."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who answers."""

    assistant: Assistant
    """The assistant."""
    reason: str
    """Why it is this one, in one sentence for the learner."""


def assistant_for(
    wish: Wish, tutor: Tutor, environment: Mapping[str, str], *, grounding: Grounding | None = None
) -> Chosen:
    """The assistant for a wish.

    Args:
        wish: What is wanted.
        tutor: The offline tutor.
        environment: Environment variables, for the one that forbids the network.
        grounding: Checks the numbers of a model's replies, if not by readings, lesson and what the learner said.

    Raises:
        UsageError: A model is wanted and its address, name, key or window cannot be used.
    """
    if not wish.is_online:
        return Chosen(tutor, "The offline tutor answers; no endpoint is set.")
    if forbids_network(environment):
        return Chosen(tutor, f"The offline tutor answers: {OFFLINE} is set and forbids the network.")
    endpoint = endpoint_of(
        wish.base_url, wish.model, wish.key, name=wish.name, window=wish.window, may_be_plain=wish.may_be_plain
    )
    where = "on this machine" if endpoint.is_loopback else "over the network"
    return Chosen(
        OnlineAssistant(endpoint, tutor, limits=wish.limits, grounding=grounding or _grounding_by(tutor)),
        f"{endpoint.voice} words the replies ({where}); the key is {endpoint.key.shown}.",
    )


def _grounding_by(tutor: Tutor) -> Grounding:
    def prepared(turn: Turn, lab: Lab, history: tuple[Exchange, ...]) -> Check:
        facts = facts_for(turn, lab, tutor.lesson(lab), history)
        return lambda reply: claims_in(reply, facts)

    return prepared


def forbids_network(environment: Mapping[str, str]) -> bool:
    """Is the network forbidden?"""
    return environment.get(OFFLINE, "").strip().lower() not in _NO


def key_for(base_url: str, environment: Mapping[str, str]) -> Secret:
    """The key for an address: `SYNTHQC_API_KEY`, and OpenAI's own for OpenAI alone."""
    if key := environment.get("SYNTHQC_API_KEY", "").strip():
        return Secret(key)
    is_openai = base_url.strip().lower() == _OPENAI or base_url.strip().lower().startswith(f"{_OPENAI}/")
    return Secret(environment.get("OPENAI_API_KEY", "") if is_openai else "")
