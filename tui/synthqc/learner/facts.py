"""Facts as JSON and back: what a store keeps of each, and what an exported file says."""

import dataclasses
import json
import typing
from collections.abc import Mapping
from typing import Any

from . import events
from .events import Fact

_KINDS: Mapping[str, type[Any]] = {kind.kind: kind for kind in typing.get_args(events.Fact)}


def fact_as_json(fact: Fact) -> str:
    """The fact's fields as a JSON object."""
    return json.dumps(dataclasses.asdict(fact), ensure_ascii=True, allow_nan=False)


def fact_from_json(kind: str, data: str) -> Fact | None:
    """The fact, or None where this version does not know the kind or cannot read the fields."""
    if kind not in _KINDS:
        return None
    try:
        given = json.loads(data)
        known = {field.name: field for field in dataclasses.fields(_KINDS[kind])}
        values = {
            name: tuple(value) if isinstance(value, list) else value for name, value in given.items() if name in known
        }
        hints = typing.get_type_hints(_KINDS[kind])
        if any(not _fits(value, hints[name]) for name, value in values.items()):
            return None
        return typing.cast("Fact", _KINDS[kind](**values))
    except (ValueError, TypeError, AttributeError):
        return None


def _fits(value: object, kind: Any) -> bool:
    origin = typing.get_origin(kind) or kind
    return isinstance(value, origin) and not (origin is int and isinstance(value, bool))
