"""When a request is made again, after how long, and with what left out."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .failures import Failure


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an endpoint is waited for, all in seconds."""

    connect: float = 5.0
    """For a connection."""
    read: float = 20.0
    """For the next piece of the reply."""
    end: float = 2.0
    """For more, once the server has said why the reply ended: some never close."""
    write: float = 10.0
    """For the request to be taken."""
    total: float = 60.0
    """For the whole reply, with all its requests and pauses."""
    pauses: tuple[float, ...] = (0.5, 2.0)
    """Before each further try; as many tries as pauses."""
    longest_pause: float = 10.0
    """What a server may ask for; if it asks for more, the tutor answers at once."""


def pause_before(
    tried: int, failure: Failure, patience: Patience, chance: Callable[[], float] = random.random
) -> float | None:
    """Seconds before the request is made again; None where it is not worth it.

    Args:
        tried: How often it was made again already.
        failure: Why it failed.
        patience: How long is waited.
        chance: A number from 0 to 1, so that a class of learners does not come back at the same moment.
    """
    if not failure.is_passing or tried >= len(patience.pauses):
        return None
    if failure.retry_after is not None:
        return failure.retry_after if failure.retry_after <= patience.longest_pause else None
    return patience.pauses[tried] * (0.75 + 0.5 * chance())


_NAMES: Mapping[str, re.Pattern[str]] = {
    "stream_options": re.compile(r"stream[_ ]options|include_usage"),
    "max_tokens": re.compile(r"max_tokens|max_new_tokens"),
    "max_completion_tokens": re.compile(r"max_completion_tokens"),
    "temperature": re.compile(r"temperature"),
    "tools": re.compile(r"\btools?\b|tool[_-]choice|function[_ ]call|functions\b|--jinja"),
}
"""How servers name an argument that they do not take."""

_TOO_LONG = re.compile(
    r"context[_ ](?:length|window|size)|too long|too many tokens|maximum context|exceed\w* .*(?:tokens|context|length)"
)
_ROLES = re.compile(r"system (?:role|message|prompt)|role.{0,20}system|roles must alternate|unknown role|invalid role")
_SPARE = frozenset({"tools", "stream_options", "temperature", "max_tokens", "max_completion_tokens"})
"""Arguments that a request can do without."""


@dataclass(frozen=True, slots=True)
class Quirks:
    """What an endpoint was found not to take."""

    without: frozenset[str] = frozenset()
    """Arguments left out."""
    is_small: bool = False
    """Is its window smaller than it was said to be?"""
    has_no_system: bool = False
    """Has its model no place for a system message?"""
    is_thinking: bool = False
    """Does its model think before it writes, so that it needs more tokens?"""


def learnt(quirks: Quirks, failure: Failure, body: Mapping[str, Any]) -> Quirks | None:
    """The quirks after a request was refused; None where leaving something out will not help.

    Args:
        quirks: What was known before.
        failure: The refusal.
        body: The request that was refused.
    """
    said = failure.said.lower()
    if failure.is_lasting or failure.status not in (400, 413, 422, 500, 501):
        return None
    if not quirks.is_small and (failure.status == 413 or (failure.status < 500 and _TOO_LONG.search(said))):
        return replace(quirks, is_small=True)
    named = [name for name, pattern in _NAMES.items() if name in body and pattern.search(said)]
    # A refusal of max_tokens recommends max_completion_tokens, and the other way round: the one sent is meant.
    if failure.status >= 500:
        # llama.cpp and others answer so when their model's template has no tools or no system message.
        named = [name for name in named if name == "tools"]
    if named:
        return replace(quirks, without=quirks.without | {named[0]})
    if not quirks.has_no_system and _ROLES.search(said):
        return replace(quirks, has_no_system=True)
    if failure.status in (400, 422) and _SPARE & set(body):
        # It does not say what it wants: with nothing that it could object to, it may do.
        return replace(quirks, without=quirks.without | _SPARE)
    return None
