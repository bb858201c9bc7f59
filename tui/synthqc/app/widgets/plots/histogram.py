"""Histograms: a column for each bin, bins without a gap between them."""

import sys
from collections.abc import Sequence
from dataclasses import replace

from synthqc.tools.reading import Series

from .axis import Axis, short_number
from .frame import Frame
from .glyphs import Glyphs
from .legend import entry
from .run import Line, Lines, Run

WIDEST_COLUMN = 6
"""Cells of a column where there are few bins."""


def histogram(series: Sequence[Series], width: int, height: int, glyphs: Glyphs) -> Lines:
    """Draws the bins of each series, one series under the other.

    Args:
        series: At least one, each with at least one bin.
        width: Columns for all of it; where there are more bins, neighbours are added up.
        height: Lines of the columns, without axis and words.
        glyphs: What to draw with.

    Returns:
        The columns, their axes, and a line per series with its sum and its fullest bin.
    """
    return [line for number, one in enumerate(series) for line in _panel(one, number, width, height, glyphs)]


def _panel(one: Series, number: int, width: int, height: int, glyphs: Glyphs) -> Lines:
    ends = (one.x[0], one.x[-1] + bin_width(one))
    together = 0
    values: list[float] = []
    frame = None
    # How much room there is depends on how long the largest sum is, which depends on how many bins share a column.
    while frame is None or len(values) > frame.columns:
        together += 1
        values = _added(one.y, together)
        frame = Frame(Axis(0.0, max(0.0, *values) or 1.0), ends, one.x_label, width, glyphs)
    cells = min(WIDEST_COLUMN, frame.columns // len(values))
    columns = [_column(frame.y.share(value) if value > 0 else 0.0, height, glyphs) for value in values]
    gap = 1 if cells >= 3 else 0
    plot: list[Line] = [
        [Run("".join(column[row] * (cells - gap) + " " * gap for column in columns), number)] for row in range(height)
    ]
    words = _words(one, together)
    narrowed = replace(frame, width=width - frame.columns + cells * len(columns))
    return [*narrowed.around(plot), *entry(glyphs.mark(number), number, one.label, words, width, glyphs)]


def bin_width(one: Series) -> float:
    """The width of the bins; 0 where there is only one, whose upper end is not known."""
    return one.x[1] - one.x[0] if len(one.x) > 1 else 0.0


def _added(values: Sequence[float], together: int) -> list[float]:
    most = sys.float_info.max
    sums = (sum(values[start : start + together]) for start in range(0, len(values), together))
    return [min(max(value, -most), most) for value in sums]


def _column(share: float, height: int, glyphs: Glyphs) -> str:
    """The cells of a column, from the top; a bin that is not empty always shows something."""
    steps = len(glyphs.upward)
    pieces = max(1, round(share * height * steps)) if share > 0 else 0
    full, rest = divmod(pieces, steps)
    filled = glyphs.upward[-1] * full + (glyphs.upward[rest - 1] if rest else "")
    return (filled + " " * (height - len(filled)))[::-1]


def _words(one: Series, together: int) -> str:
    place = max(range(len(one.y)), key=lambda n: one.y[n])
    low, width = one.x[place], bin_width(one)
    span = f"at {short_number(low)} to {short_number(low + width)}" if width else f"from {short_number(low)} on"
    [total] = _added(one.y, len(one.y))
    parts = [f"{short_number(total)} in all", f"most, {short_number(one.y[place])}, {span}"]
    if together > 1:
        parts.append(f"{together} bins a column")
    if min(one.y) < 0:
        parts.append("values below 0 not drawn")
    return "; ".join(parts)
