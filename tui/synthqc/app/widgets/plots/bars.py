"""Bars: one line for each name, its bar and its value."""

from collections.abc import Sequence

from rich.cells import cell_len

from synthqc.tools.reading import Series

from .axis import Axis, axis_of, short_number
from .glyphs import Glyphs
from .legend import entry
from .run import Line, Lines, Run, shortened

MOST_BARS = 20
"""Names shown; the rest is counted in words."""

_NAME_SHARE = 0.4
"""Part of the width that names may take."""


def bar_plot(series: Sequence[Series], width: int, glyphs: Glyphs) -> Lines:
    """Draws a bar for each name; of several series, bars with a filling of their own, one under the other.

    Args:
        series: At least one, each with at least one value; all over the same names. Where names are missing, the
            positions stand for them.
        width: Columns for all of it.
        glyphs: What to draw with.

    Returns:
        The bars, a line for those left out, and a line per series.
    """
    names = _names(series)
    shown = names[:MOST_BARS]
    values = [value for one in series for value in one.y]
    value_width = max(len(short_number(value)) for one in series for value in one.y[: len(shown)])
    longest = max(cell_len(shortened(name, width, glyphs)) for name in shown)
    name_width = max(1, min(longest, int(width * _NAME_SHARE), width - value_width - 6))
    axis = axis_of([0.0, *values], is_round=False)
    room = max(1, width - name_width - value_width - 2)
    lines: Lines = []
    for place, name in enumerate(shown):
        for number, one in enumerate(series):
            if place < len(one.y):
                word = shortened(name, name_width, glyphs) if number == 0 else ""
                left = Run(word + " " * (name_width - cell_len(word)) + " ")
                value = Run(f" {short_number(one.y[place]):>{value_width}}")
                lines.append([left, *_bar(axis, one.y[place], room, number, glyphs), value])
    if len(names) > len(shown):
        lines.append([Run(f"and {len(names) - len(shown):,} more, not shown")])
    for number, one in enumerate(series):
        lines += entry(glyphs.fill(number), number, one.label, "", width, glyphs)
    return [*lines, [Run(shortened(series[0].x_label, width, glyphs))]]


def _names(series: Sequence[Series]) -> list[str]:
    longest = max(series, key=lambda one: len(one.y))
    named = longest.names or next((one.names for one in series if one.names), ())
    return [*named, *(short_number(x) for x in longest.x[len(named) :])][: len(longest.y)]


def _bar(axis: Axis, value: float, room: int, number: int, glyphs: Glyphs) -> Line:
    """The bar of a value, from where 0 lies; a value that is not 0 always shows something."""
    if axis.low >= 0:
        return _filled("", _rightward(axis.share(value), room, number, glyphs), room, number)
    left = max(1, round(axis.share(0.0) * (room - 1)))
    right = max(0, room - 1 - left)
    if value < 0:
        part = value / axis.low
        bar = (glyphs.fill(number) * max(1, round(part * left)))[:left]
        return [Run(" " * (left - len(bar))), Run(bar, number), Run(glyphs.side + " " * right)]
    part = value / axis.high if axis.high > 0 else 0.0
    return _filled(" " * left + glyphs.side, _rightward(part, right, number, glyphs), right, number)


def _filled(before: str, bar: str, room: int, number: int) -> Line:
    return [Run(before), Run(bar, number), Run(" " * (room - len(bar)))]


def _rightward(part: float, room: int, number: int, glyphs: Glyphs) -> str:
    if part <= 0 or room < 1:
        return ""
    # Only the first filling has glyphs for parts of a cell.
    ends = glyphs.across if number % len(glyphs.fills) == 0 else glyphs.fill(number)
    pieces = max(1, round(part * room * len(ends)))
    full, rest = divmod(pieces, len(ends))
    return glyphs.fill(number) * full + (ends[rest - 1] if rest else "")
