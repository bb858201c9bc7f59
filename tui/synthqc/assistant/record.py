"""Exchanges as plain JSON values, for the store and for scripts."""

import typing
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from .protocol import Act, Analysis, Choice, Exchange

_ACTS = typing.get_args(Act)


def exchange_as_json(exchange: Exchange) -> dict[str, Any]:
    """The exchange as JSON values."""
    return asdict(exchange)


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


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.60} is no text")
    return value


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, (list, tuple)):
        raise TypeError(f"{values!r:.60} is no list")
    return tuple(map(_text, values))
