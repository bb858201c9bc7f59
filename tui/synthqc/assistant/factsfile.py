"""What a reply may state, from a JSON file: for scripts that check replies without a lab."""

import dataclasses
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from synthqc.cleaning import clean
from synthqc.errors import UsageError
from synthqc.tools.catalogue import TOOLS
from synthqc.tools.reading import Reading

from .groundfacts import GroundFacts, ground_facts


@dataclass(frozen=True, slots=True)
class FactsFile:
    """`facts.json`."""

    readings: tuple[Reading, ...] = ()
    """Readings as `synthqc measure --format json` writes them."""
    lesson: Mapping[str, float] = field(default_factory=dict)
    """The lesson's numbers by name, such as `concern_below`."""
    learner: tuple[str, ...] = ()
    """The learner's messages."""


def read_facts(path: Path) -> GroundFacts:
    """The facts in a file.

    Raises:
        UsageError: It cannot be read, or says something else than a `FactsFile`.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: is no JSON: {error!s:.80}") from error
    facts: FactsFile = _value(FactsFile, given, str(path))
    for number, reading in enumerate(facts.readings):
        if reading.tool not in TOOLS or not reading.quantities:
            allowed = "a tool's name and a quantity at least"
            raise UsageError(f"{path}: readings[{number}] is of {reading.tool!r:.60}, needs {allowed}")
    return ground_facts(facts.readings, case=facts.lesson, learner=facts.learner)


def _value(kind: Any, given: Any, place: str) -> Any:
    """What is given as a value of the kind that an annotation names.

    Raises:
        UsageError: It is of another kind, lacks a field or has one too many.
    """
    if dataclasses.is_dataclass(kind):
        return _record(kind, given, place)
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _one_of(inner, given, place)
    if origin is tuple and isinstance(given, list):
        return tuple(_value(inner[0], one, f"{place}[{n}]") for n, one in enumerate(given))
    if origin is Mapping and isinstance(given, dict):
        return {clean(name): _value(inner[1], one, f"{place}.{name}") for name, one in given.items()}
    if origin is typing.Literal and given in inner:
        return given
    if kind is str and isinstance(given, str):
        return clean(given)
    is_number = isinstance(given, int) or (isinstance(given, float) and given - given == 0)
    if kind is float and is_number and not isinstance(given, bool):
        return given
    if kind in (int, bool) and type(given) is kind:
        return given
    raise UsageError(f"{place}: is {json.dumps(given)!s:.60}, needs {_in_words(kind)}")


def _record(kind: Any, given: Any, place: str) -> Any:
    if not isinstance(given, dict):
        raise UsageError(f"{place}: is {json.dumps(given)!s:.60}, needs an object")
    known = {one.name: one for one in dataclasses.fields(kind)}
    for name in given:
        if name not in known:
            raise UsageError(f"{place}: has {name!r:.60}; allowed are {', '.join(known)}")
    for name, one in known.items():
        has_default = one.default is not dataclasses.MISSING or one.default_factory is not dataclasses.MISSING
        if name not in given and not has_default:
            raise UsageError(f"{place}: lacks {name!r}")
    kinds = typing.get_type_hints(kind)
    return kind(**{name: _value(kinds[name], one, f"{place}.{name}") for name, one in given.items()})


def _one_of(kinds: tuple[Any, ...], given: Any, place: str) -> Any:
    if given is None and type(None) in kinds:
        return None
    # An exact type comes first, so that 3 stays a whole number and `true` no number.
    exact = [one for one in kinds if type(given) is one]
    rest = [one for one in kinds if one is not type(None)]
    return _value((exact or rest)[0], given, place)


def _in_words(kind: Any) -> str:
    words = {str: "a string", float: "a number", int: "a whole number", bool: "true or false"}
    origin = typing.get_origin(kind)
    if origin in (tuple, Mapping):
        return "a list" if origin is tuple else "an object"
    return words.get(kind, "another value")
