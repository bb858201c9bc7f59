"""The report of `synthqc measure` as text, for a terminal of 100 columns."""

import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from synthqc.cleaning import one_line
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.reading import Evidence, Reading, argument_shown
from synthqc.tools.sample import NO_SAMPLE, Sample

from .bounds import Outcome
from .verdict import Remark

WIDTH = 100
"""Columns that a line takes at most; only what a learner has to copy, such as a stack, may take more."""

_LABEL_WIDTH = 34
_EVIDENCE_SHOWN = 3
_LINES_SHOWN = 5
_BOUND = "\N{NO-BREAK SPACE}"
"""Stands for a blank at which no line is broken; cleaned text has none."""

_EVIDENCE_COLUMNS = 150


def table_of(sample: Sample, outcomes: Mapping[str, Outcome], remarks: Sequence[Remark]) -> str:
    """The report.

    Args:
        sample: What was measured.
        outcomes: What each tool gave.
        remarks: The verdict in words, none where single tools were asked for.
    """
    return "\n".join(_lines(sample, outcomes, remarks))


def _lines(sample: Sample, outcomes: Mapping[str, Outcome], remarks: Sequence[Remark]) -> Iterator[str]:
    if sample is NO_SAMPLE:
        yield "calculated, no file measured"
    else:
        yield f"{sample.name}: {len(sample.records):,} record{'s' if len(sample.records) != 1 else ''}"
    for note in sample.notes:
        yield from wrapped(f"note: {note}", "  ", "        ")
    for name, outcome in outcomes.items():
        yield ""
        yield from _reading(outcome) if isinstance(outcome, Reading) else _without(name, outcome)
    if remarks:
        yield from ("", "In words")
    for remark in remarks:
        yield from wrapped(remark.sentence, "  - ", "    ")


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """A text in lines, broken between words.

    Args:
        text: The text.
        first: What stands before the first line.
        rest: What stands before all others.
    """
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _without(name: str, undefined: UndefinedReading) -> list[str]:
    return [name, *wrapped(f"no reading: {undefined}", "  ", "    ")]


def _reading(reading: Reading) -> Iterator[str]:
    arguments = " ".join(f"{name}={argument_shown(value)}" for name, value in reading.arguments.items())
    yield from wrapped(f"{reading.tool}  {arguments}".rstrip(), "", "    ")
    yield from _numbers(reading)
    basis = reading.basis
    words = f", {basis.tokens:,} words" if basis.tokens else ""
    measured = f"measured on {basis.records:,} records{words}; {basis.rule}" if basis.records else basis.rule
    yield from wrapped(measured.rstrip("; "), "  ", "    ")
    if reading.seed is not None:
        yield f"  seed {reading.seed}"
    for caveat in reading.caveats:
        yield from wrapped(f"note: {caveat}", "  ", "        ")
    for row in reading.evidence[:_EVIDENCE_SHOWN]:
        yield from _evidence(row)
    if reading.recipe:
        yield from ("", *(f"  {line}" for line in reading.recipe.splitlines()))


def _numbers(reading: Reading) -> Iterator[str]:
    rows = [(one.label, one.shown(), one.scale) for one in reading.quantities]
    if reading.reference is not None:
        rows.insert(1, (f"  of {reading.reference.label}", f"{reading.reference.value:.3f}", rows[0][2]))
    width = max(_LABEL_WIDTH, *(len(label) for label, _, _ in rows))
    for label, number, scale in rows:
        yield f"  {label:<{width}}  {number:>10}  {scale}".rstrip()


def _evidence(row: Evidence) -> list[str]:
    places = f" ({_places(row.lines)})".replace(" ", _BOUND) if row.lines else ""
    text = _cut(one_line(row.text, len(row.text)), _EVIDENCE_COLUMNS)
    # Text without blanks, such as Japanese, is broken anywhere; there each sign may take two columns.
    width = WIDTH // 2 if any(_columns(sign) == 2 for sign in text) else WIDTH
    broken = textwrap.wrap(f"{row.shown}: {text} {places}", width, initial_indent="  ", subsequent_indent="    ")
    return [line.replace(_BOUND, " ") for line in broken]


def _places(lines: Sequence[int]) -> str:
    shown = ", ".join(map(str, lines[:_LINES_SHOWN]))
    more = ", ..." if len(lines) > _LINES_SHOWN else ""
    return f"line{'' if len(lines) == 1 else 's'} {shown}{more}"


def _cut(text: str, columns: int) -> str:
    """The text, cut to so many columns of a terminal, where signs of Chinese or Japanese and emoji take two."""
    if sum(map(_columns, text)) <= columns:
        return text
    left = columns - 1
    for place, sign in enumerate(text):
        left -= _columns(sign)
        if left < 0:
            return text[:place] + "…"
    return text


def _columns(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else int(not unicodedata.combining(sign))
