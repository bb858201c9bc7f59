"""A reading: what a mini-tool measured, with everything needed to judge the number."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Argument = str | int | float | bool
"""A value that a parameter of a tool can take."""


def argument_shown(value: Argument) -> str:
    """A value as every face writes it: `yes`, `0.5`, `2000000`; an empty text is `(none)`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.10g}" if isinstance(value, float) else str(value) or "(none)"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One measured number."""

    name: str
    """Name in JSON and in evidence rules, snake_case, such as `top_share`."""
    label: str
    """Name on the screen."""
    value: float | int
    """The number; never NaN or infinite (an undefined case is an error, not a value)."""
    unit: str
    """`share` (0 to 1), `count`, `words`, `lines`, `pairs`, `score`, ..."""
    low: float | None = None
    """Smallest value possible, where there is one."""
    high: float | None = None
    """Largest value possible, where there is one."""

    def shown(self) -> str:
        """The number as every face writes it: a count whole, all else with three decimals, one, or none by its size."""
        size = abs(self.value)
        if isinstance(self.value, int) or size >= 1000:
            return f"{self.value:,.0f}"
        return f"{self.value:.3f}" if size < 10 else f"{self.value:.1f}"

    @property
    def scale(self) -> str:
        """What stands behind the number: its unit, or the range of a score; nothing behind a count or another score."""
        if self.unit == "score" and self.low is not None and self.high is not None:
            return f"from {self.low:g} to {self.high:g}"
        return "" if self.unit in ("score", "count") else self.unit


@dataclass(frozen=True, slots=True)
class Basis:
    """What a number was computed on."""

    records: int
    """Records (lines or rows) that went in."""
    tokens: int
    """Words under the course's token rule; 0 where the tool does not count words."""
    characters: int
    """Characters."""
    rule: str = ""
    """How the text was split, or what counts as equal, in one sentence."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The headline number of a reference text cut to the same length."""

    label: str
    """Which text, such as `Alice in Wonderland, same length`."""
    value: float
    """Its value of the reading's first quantity."""
    tokens: int
    """Words of the reference text that went in."""


MOST_PLACES = 20
"""Numbers of lines that a row of evidence has at most."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row behind a number: what was found and in which lines."""

    text: str
    """What was found: an n-gram, a skeleton, a pair of lines."""
    count: float
    """How often, or how alike."""
    lines: tuple[int, ...]
    """Line numbers in the sample, from 1; at most twenty, the first ones."""
    unit: str = "times"
    """What the count counts: `times`, `lines`, or `alike` for a similarity from 0 to 1."""

    @property
    def shown(self) -> str:
        """The count with its unit, as every face writes it: `1,234 lines`, `1 line`, `0.931 alike`."""
        if not isinstance(self.count, int):
            return f"{self.count:.3f} {self.unit}"
        is_one = self.count == 1 and self.unit in _COUNTED
        return f"{self.count:,} {self.unit[:-1] if is_one else self.unit}"


_COUNTED = ("times", "lines", "items", "words")

PlotKind = Literal["line", "bar", "scatter", "histogram", "reliability"]
"""How points are drawn: joined in order; a bar each, by name; a dot each; a bar for each bin, where positions are the
lower ends of bins of one width; or accuracy by confidence, with the diagonal on which a calibrated scorer lies."""


@dataclass(frozen=True, slots=True)
class Series:
    """Points to plot."""

    label: str
    """Name in the legend."""
    x: tuple[float, ...]
    """Positions."""
    y: tuple[float, ...]
    """Values, as many as positions."""
    x_label: str
    """What the positions are."""
    y_label: str
    """What the values are, with unit. Series with different y labels are drawn in plots of their own."""
    kind: PlotKind = "line"
    """How they are drawn; series of one plot are of one kind."""
    names: tuple[str, ...] = ()
    """For bars: what each position stands for; for reliability: what is in each bin. As many as positions."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one tool measured on one sample."""

    tool: str
    """Name of the tool."""
    arguments: Mapping[str, Argument]
    """The arguments it ran with, defaults included, so that the run can be repeated."""
    quantities: tuple[Quantity, ...]
    """What was measured; the first is the headline."""
    basis: Basis
    """What it was measured on."""
    caveats: tuple[str, ...] = ()
    """What limits the number, each in one sentence."""
    reference: Reference | None = None
    """The headline for human writing of the same length, where that makes sense."""
    evidence: tuple[Evidence, ...] = ()
    """The rows behind the number, strongest first."""
    series: tuple[Series, ...] = ()
    """What there is to plot."""
    seed: int | None = None
    """Seed, where chance is part of the result."""
    source: str = ""
    """Where the formula stands."""
    recipe: str = ""
    """What to save to a file to do the same by command, with the command in a comment; empty where there is none."""

    def value(self, name: str) -> float | int:
        """The value of the quantity called `name`.

        Raises:
            KeyError: The reading has no such quantity.
        """
        for quantity in self.quantities:
            if quantity.name == name:
                return quantity.value
        raise KeyError(name)


def reading_as_json(reading: Reading) -> dict[str, Any]:
    """The reading as plain JSON values: what `--format json`, the store and a function call give."""
    return asdict(reading)
