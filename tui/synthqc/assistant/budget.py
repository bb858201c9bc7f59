"""How much goes to a model and what it costs: tokens estimated without a tokenizer, turns fitted, limits kept."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .protocol import Usage

_PIECES = re.compile(
    r"(?P<word>[A-Za-z]+)"
    r"|(?P<cjk>[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])"
    r"|(?P<emoji>[\u2600-\u27bf\U0001f000-\U0001faff])"
    r"|(?P<letter>[^\W\d_\x00-\x7f])"
    r"|(?P<sign>[^\S \t\r]|\S)"
)
_COSTS = {"cjk": 1.2, "emoji": 4.0, "letter": 0.5, "sign": 1.0}
_MARGIN = 1.1
_A_MESSAGE = 4
"""Tokens that a message costs beside its text."""


def tokens_in(text: str) -> int:
    """Tokens of a text, estimated: within -12 and +32 percent of a real tokenizer on prose, rows, code and Chinese."""
    total = 0.0
    for piece in _PIECES.finditer(text):
        kind = piece.lastgroup or "sign"
        total += 1 + (len(piece.group()) - 1) // 6 if kind == "word" else _COSTS[kind]
    return round(total * _MARGIN)


def tokens_of(messages: Sequence[Mapping[str, Any]]) -> int:
    """Tokens of messages, estimated, with the calls in them."""
    return sum(
        _A_MESSAGE
        + tokens_in(str(message.get("content") or ""))
        + (tokens_in(json.dumps(message["tool_calls"])) if "tool_calls" in message else 0)
        for message in messages
    )


def shortened_to(text: str, tokens: int) -> str:
    """The beginning of a text that fits into so many tokens, estimated, with an ellipsis where it is cut."""
    if tokens_in(text) <= tokens:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if tokens_in(text[:middle]) < tokens:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()} …" if low else ""


def latest_that_fit(turns: Sequence[Sequence[Mapping[str, Any]]], tokens: int) -> list[Mapping[str, Any]]:
    """The messages of the latest turns that fit, whole turns only, oldest first."""
    kept: list[Mapping[str, Any]] = []
    for turn in reversed(turns):
        tokens -= tokens_of(turn)
        if tokens < 0:
            break
        kept = [*turn, *kept]
    return kept


@dataclass(frozen=True, slots=True)
class Shares:
    """How a window is shared out, in tokens."""

    case: int
    """Rules, lab, state, moves and facts."""
    tools: int
    """The functions offered."""
    reply: int
    """The reply."""
    turns: int
    """This message and those before it."""


def shares_of(window: int, reply_tokens: int) -> Shares:
    """The shares of a window: what cannot be dropped first, the rest for turns."""
    reply = min(reply_tokens, window // 4)
    case = min(1_600, window * 3 // 8)
    tools = min(1_200, window // 6)
    # A long window is not filled: the state says what was talked about, and every turn is paid for each time.
    return Shares(case, tools, reply, min(6_000, window - reply - case - tools - 100))


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be spent before the tutor goes on alone."""

    reply_tokens: int = 500
    """Tokens of one reply."""
    lab_requests: int = 60
    """Requests in one lab, while the program runs."""
    session_requests: int = 300
    """Requests in all labs, while the program runs."""
    session_tokens: int = 1_000_000
    """Tokens sent and received, while the program runs."""


@dataclass(slots=True)
class Spending:
    """What was spent while the program runs."""

    limits: Limits
    """What may be spent."""
    labs: dict[str, Usage] = field(default_factory=dict)
    """What was spent, by lab."""

    @property
    def total(self) -> Usage:
        """What was spent in all labs."""
        return sum(self.labs.values(), Usage())

    def add(self, lab: str, usage: Usage) -> None:
        """Notes what was spent in a lab."""
        self.labs[lab] = self.labs.get(lab, Usage()) + usage

    def reason_to_stop(self, lab: str) -> str:
        """Which limit is reached, in one clause; empty where none is."""
        limits, total = self.limits, self.total
        if self.labs.get(lab, Usage()).requests >= limits.lab_requests:
            return f"this lab has used its {limits.lab_requests} requests to the model"
        if total.requests >= limits.session_requests:
            return f"this session has used its {limits.session_requests} requests to the model"
        if total.sent_tokens + total.received_tokens >= limits.session_tokens:
            return f"this session has used its {limits.session_tokens:,} tokens"
        return ""
