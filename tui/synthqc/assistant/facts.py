"""What evidence rules may speak of: every number of every reading, by name."""

from collections.abc import Mapping
from dataclasses import dataclass

from synthqc.tools.catalogue import TOOLS
from synthqc.tools.reading import Reading, argument_shown


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """The numbers of some readings of one text."""

    values: Mapping[str, float]
    """Numbers by name: `templates.top_share`, `distinct_n.reference`, `text.lines`, `text.words`."""
    shown: Mapping[str, str]
    """The same numbers as every face writes them."""


def facts_of(readings: Mapping[str, Reading]) -> ReadingFacts:
    """The facts in readings of one text; none without readings."""
    values: dict[str, float] = {}
    shown: dict[str, str] = {}

    def note(name: str, value: float, written: str) -> None:
        values[name] = value
        shown[name] = written

    for reading in readings.values():
        tool = reading.tool.replace("-", "_")
        for quantity in reading.quantities:
            note(f"{tool}.{quantity.name}", quantity.value, quantity.shown())
        if reading.reference is not None:
            note(f"{tool}.reference", reading.reference.value, f"{reading.reference.value:.3f}")
    # A tool may measure a part of the text, as an audit does; the text is what the largest basis has.
    if readings:
        lines = max(reading.basis.records for reading in readings.values())
        words = max(reading.basis.tokens for reading in readings.values())
        note("text.lines", lines, f"{lines:,}")
        note("text.words", words, f"{words:,}")
    return ReadingFacts(values, shown)


def citation_of(reading: Reading) -> str:
    """A reading's headline with its basis and arguments, in one line, as the diagnosis cites it."""
    headline = reading.quantities[0]
    # A calculation reads no text, so it has no lines to rest on.
    has_text = reading.basis.records or reading.basis.tokens
    basis = f"{reading.basis.records:,} lines, {reading.basis.tokens:,} words; " if has_text else ""
    # The first parameter matters most, a seed belongs to every number of chance; of the others what is not as usual.
    usual = {one.name: one.default for one in TOOLS[reading.tool].parameters[1:] if one.name != "seed"}
    told = [(name, value) for name, value in reading.arguments.items() if name not in usual or usual[name] != value]
    settings = ", ".join([reading.tool, *(f"{name} {argument_shown(value)}" for name, value in told)])
    line = f"{headline.label}: {headline.shown()} ({basis}{settings})"
    if reading.reference is not None:
        line += f"; {reading.reference.label}: {reading.reference.value:.3f}"
    return line
