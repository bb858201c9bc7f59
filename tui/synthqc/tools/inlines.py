"""A reading as lines of text, for a terminal or a page."""

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from synthqc.cleaning import one_line

from .reading import Evidence, Reading, argument_shown

WIDTH = 100
"""Columns that a line takes at most where nothing else is said; what a learner has to copy may take more."""

_LABEL_WIDTH = 34
_EVIDENCE_SHOWN = 3
_LINES_SHOWN = 5
_BOUND = "\N{NO-BREAK SPACE}"
"""Stands for a blank at which no line is broken; cleaned text has none."""

_EVIDENCE_COLUMNS = 150


def wrapped(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """A text in lines, broken between words.

    Args:
        text: The text.
        first: What stands before the first line.
        rest: What stands before all others.
        width: Columns that a line takes at most.
    """
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def reading_lines(reading: Reading, width: int = WIDTH) -> Iterator[str]:
    """Everything a reading says, line by line: settings, numbers, basis, caveats, evidence, recipe.

    Args:
        reading: The reading.
        width: Columns that a line takes at most.
    """
    arguments = " ".join(f"{name}={argument_shown(value)}" for name, value in reading.arguments.items())
    yield from wrapped(f"{reading.tool}  {arguments}".rstrip(), "", "    ", width)
    yield from _numbers(reading)
    basis = reading.basis
    words = f", {basis.tokens:,} words" if basis.tokens else ""
    measured = f"measured on {basis.records:,} records{words}; {basis.rule}" if basis.records else basis.rule
    yield from wrapped(measured.rstrip("; "), "  ", "    ", width)
    if reading.seed is not None:
        yield f"  seed {reading.seed}"
    for caveat in reading.caveats:
        yield from wrapped(f"note: {caveat}", "  ", "        ", width)
    for row in reading.evidence[:_EVIDENCE_SHOWN]:
        yield from _evidence(row, width)
    if reading.recipe:
        yield from ("", *(f"  {line}" for line in reading.recipe.splitlines()))


def _numbers(reading: Reading) -> Iterator[str]:
    rows = [(one.label, one.shown(), one.scale) for one in reading.quantities]
    if reading.reference is not None:
        rows.insert(1, (f"  of {reading.reference.label}", f"{reading.reference.value:.3f}", rows[0][2]))
    width = max(_LABEL_WIDTH, *(len(label) for label, _, _ in rows))
    for label, number, scale in rows:
        yield f"  {label:<{width}}  {number:>10}  {scale}".rstrip()


def _evidence(row: Evidence, most: int) -> list[str]:
    places = f" ({_places(row.lines)})".replace(" ", _BOUND) if row.lines else ""
    text = _cut(one_line(row.text, len(row.text)), _EVIDENCE_COLUMNS)
    # Text without blanks, such as Japanese, is broken anywhere; there each sign may take two columns.
    width = most // 2 if any(_columns(sign) == 2 for sign in text) else most
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
