"""A mini-tool: declared once, read by the workbench, the function-calling schema and the command line."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from synthqc.errors import UsageError

from .reading import Argument, Reading
from .sample import Sample

LONGEST_FIELD = 60
"""Characters of a field's name."""

LONGEST_TEXT = 400
"""Characters of a text; the tool says what may stand in it."""


class Watch(Protocol):
    """How a long run reports and is stopped."""

    def __call__(self, done: int, of: int, /) -> None:
        """Says that `done` of `of` steps are done; raises `Stopped` when the run is no longer wanted."""


class Stopped(Exception):
    """The run is no longer wanted: newer text arrived, or the learner stopped it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that can be set."""

    name: str
    """Name in `--set name=value` and in the schema."""
    kind: Literal["integer", "number", "choice", "yes-no", "field", "text"]
    """What values look like."""
    default: Argument
    """Value when nothing is given."""
    help: str
    """What it does, in one line."""
    minimum: float | None = None
    """Smallest value allowed."""
    maximum: float | None = None
    """Largest value allowed."""
    choices: tuple[str, ...] = ()
    """Values allowed for a choice."""
    for_people: bool = False
    """Is it left to people to set, and kept from a model that calls the tool?"""


@dataclass(frozen=True, slots=True)
class Derived:
    """A number that may be told of a reading although no quantity has it: what is left of one without another."""

    label: str
    """What it is, such as `bigrams that repeat`."""
    whole: str
    """Name of the quantity that is taken from."""
    part: str
    """Name of the quantity that is taken away, in the same unit."""
    words: tuple[str, ...]
    """Words by which a reply may call it."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One mini-tool. It knows none of its faces."""

    name: str
    """Name on the command line and in the schema, kebab-case."""
    title: str
    """Name on the screen."""
    help: str
    """What it tells one, in one line."""
    parameters: tuple[Parameter, ...]
    """What can be set."""
    run: Callable[[Sample, Mapping[str, Argument], Watch], Reading]
    """Measures the sample. Raises UndefinedReading where the number has no meaning."""
    words: Mapping[str, tuple[str, ...]]
    """For each quantity, the words by which a person or a reply may call it."""
    derived: tuple[Derived, ...] = ()
    """What a reply may tell beside the quantities."""
    live: bool = True
    """Is it quick enough to run while one types?"""
    reads: Literal["text", "rows", "nothing", "either"] = "text"
    """What it takes: any text; rows with certain fields; no sample at all (a calculation or a simulation); or either, a
    simulation that gives way to rows where they have the fields."""

    @property
    def needs_sample(self) -> bool:
        """Has it nothing to say without a sample?"""
        return self.reads in ("text", "rows")


def arguments_for(tool: Tool, given: Mapping[str, object]) -> dict[str, Argument]:
    """The arguments of a run: those given, checked and converted, and defaults for the rest.

    Args:
        tool: The tool to run.
        given: Values by parameter name; text is converted, as it comes from a command line.

    Raises:
        UsageError: A name the tool does not have, or a value of the wrong kind or out of range.
    """
    known = {parameter.name: parameter for parameter in tool.parameters}
    for name in given:
        if name not in known:
            allowed = ", ".join(known) or "none"
            raise UsageError(f"{tool.name} has no parameter '{name}'; it takes: {allowed}")
    return {
        name: _checked(tool, parameter, given[name]) if name in given else parameter.default
        for name, parameter in known.items()
    }


def _checked(tool: Tool, parameter: Parameter, value: object) -> Argument:
    allowed = allowed_values(parameter)
    try:
        converted = _converted(parameter, value)
    except (TypeError, ValueError, OverflowError):
        converted = None
    if converted is None or not is_allowed(parameter, converted):
        raise UsageError(f"{tool.name}: {parameter.name} is {value!r:.60}, allowed is {allowed}")
    return converted


def _converted(parameter: Parameter, value: object) -> Argument | None:
    if parameter.kind in ("choice", "field", "text"):
        return value if isinstance(value, str) else None
    if parameter.kind == "yes-no":
        if isinstance(value, bool):
            return value
        return {"yes": True, "true": True, "no": False, "false": False}.get(str(value).lower())
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    number = float(value)
    if not math.isfinite(number):
        return None
    if parameter.kind == "number":
        return number
    return int(number) if number == int(number) else None


def is_allowed(parameter: Parameter, value: Argument) -> bool:
    """Does the parameter take this value, which is of the right type?"""
    if parameter.kind == "choice":
        return value in parameter.choices
    if parameter.kind == "text":
        return len(str(value)) <= LONGEST_TEXT
    if parameter.kind == "field":
        return 0 < len(str(value)) <= LONGEST_FIELD
    if isinstance(value, (bool, str)):
        return True
    above = parameter.minimum is None or value >= parameter.minimum
    below = parameter.maximum is None or value <= parameter.maximum
    return above and below


def allowed_values(parameter: Parameter) -> str:
    """The values a parameter takes, in words, such as `a whole number from 1 to 5`."""
    if parameter.kind == "choice":
        return "one of " + ", ".join(parameter.choices)
    if parameter.kind == "yes-no":
        return "yes or no"
    if parameter.kind == "text":
        return f"a text of at most {LONGEST_TEXT} characters"
    if parameter.kind == "field":
        return f"a field's name of at most {LONGEST_FIELD} characters"
    kind = "a whole number" if parameter.kind == "integer" else "a number"
    if parameter.minimum is not None and parameter.maximum is not None:
        return f"{kind} from {parameter.minimum:.10g} to {parameter.maximum:.10g}"
    if parameter.minimum is not None:
        return f"{kind} from {parameter.minimum:.10g}"
    return kind if parameter.maximum is None else f"{kind} up to {parameter.maximum:.10g}"
