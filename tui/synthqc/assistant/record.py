"""Exchanges as plain JSON values, for the store and for scripts."""

import typing
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from synthqc.course.lab import Lab
from synthqc.tools.reading import reading_as_json

from .protocol import (
    Act,
    Analysis,
    Begun,
    Checked,
    Choice,
    Cut,
    Done,
    Event,
    Exchange,
    Notice,
    Text,
    ToolRun,
    Waiting,
)
from .state import state_of

_ACTS = typing.get_args(Act)


def exchange_as_json(exchange: Exchange) -> dict[str, Any]:
    """The exchange as JSON values."""
    return asdict(exchange)


def event_as_json(event: Event) -> dict[str, Any]:
    """The event as JSON values, its kind under `event`."""
    match event:
        case Begun():
            return {"event": "begun", "voice": event.exchange.voice, "moves": list(event.exchange.moves)}
        case Text():
            return {"event": "text", "delta": event.delta}
        case ToolRun():
            told = {"event": "tool", "reading": reading_as_json(event.reading)}
            return {**told, "by_model": True} if event.by_model else told
        case Notice():
            return {"event": "notice", "text": event.text}
        case Waiting():
            return {"event": "waiting", "seconds": round(event.seconds, 2), "reason": event.reason}
        case Cut():
            return {"event": "cut", "reason": event.reason}
        case Checked():
            claims = [
                {"text": one.text, "span": [one.start, one.end], "source": one.source, "note": one.note}
                for one in event.claims
            ]
            return {"event": "checked", "claims": claims}
        case Done():
            return {"event": "done", **exchange_as_json(event.exchange), "usage": asdict(event.usage)}


def exchange_from_json(given: Mapping[str, Any]) -> Exchange | None:
    """The exchange that was stored, or None where a newer or damaged record cannot be read."""
    try:
        analysis = given["analysis"]
        act = analysis["act"]
        return Exchange(
            text=_text(given["text"]),
            paste=_text(given["paste"]),
            analysis=Analysis(
                act if act in _ACTS else "claim",
                _texts(analysis["topics"]),
                _texts(analysis["expectations"]),
                _texts(analysis["misconceptions"]),
                counted=bool(analysis["counted"]),
            ),
            moves=_texts(given["moves"]),
            reply=_text(given["reply"]),
            case=_text(given["case"]),
            asked=_text(given["asked"]),
            choices=tuple(Choice(_text(one["expectation"]), _text(one["text"])) for one in given["choices"]),
            cited=_texts(given["cited"]),
            is_bare=bool(given["is_bare"]),
            variants=_texts(given["variants"]),
            # Records from before there was a model have neither.
            voice=_text(given.get("voice", "")),
            unbacked=_texts(given.get("unbacked", ())),
        )
    except (KeyError, TypeError, ValueError):
        return None


def open_topics_of(lab: Lab, exchanges: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The names of the topics still open after exchanges as stored; those that cannot be read are left out."""
    history = [one for given in exchanges if (one := exchange_from_json(given)) is not None]
    addressed = state_of(history, lab).addressed
    return tuple(topic.name for topic_id, topic in lab.topics.items() if topic_id not in addressed)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.60} is no text")
    return value


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, (list, tuple)):
        raise TypeError(f"{values!r:.60} is no list")
    return tuple(map(_text, values))
