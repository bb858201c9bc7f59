"""Line plots: points joined in their order, each line ending in its mark."""

from collections.abc import Sequence

from synthqc.tools.reading import Series

from .axis import Axis, axis_of, short_number
from .dots import Dots
from .frame import Frame
from .glyphs import Glyphs
from .legend import entry
from .run import Lines


def line_plot(series: Sequence[Series], width: int, height: int, glyphs: Glyphs) -> Lines:
    """Draws series over the same positions.

    Args:
        series: At least one, each with at least one point.
        width: Columns for all of it.
        height: Lines of the plot itself, without axis and legend.
        glyphs: What to draw with.

    Returns:
        The plot, its axes, and a line per series that says where it starts and ends.
    """
    positions = [x for one in series for x in one.x]
    x = Axis(min(positions), max(positions))
    y = axis_of(value for one in series for value in one.y)
    frame = Frame(y, (x.low, x.high), series[0].x_label, width, glyphs)
    dots = Dots(frame.columns, height, glyphs)
    for number, one in enumerate(series):
        places = [(x.share(across), y.share(up)) for across, up in zip(one.x, one.y, strict=True)]
        for first, second in zip(places, places[1:] or places, strict=False):
            dots.join(first, second, number)
        if len(series) > 1:
            dots.mark(*places[-1], number)
    lines = frame.around(dots.lines())
    for number, one in enumerate(series):
        lines += entry(glyphs.mark(number), number, one.label, _words(one, glyphs), width, glyphs)
    return lines


def _words(one: Series, glyphs: Glyphs) -> str:
    return f"{short_number(one.y[0])} {glyphs.to} {short_number(one.y[-1])}{_turn(one.y)}"


def _turn(values: Sequence[float]) -> str:
    """Where a line rises above, or falls below, both its ends, that is worth saying."""
    peak, dip = max(values), min(values)
    span = peak - dip
    if span <= 0:
        return ""
    if peak - max(values[0], values[-1]) > 0.25 * span:
        return f", peak {short_number(peak)}"
    if min(values[0], values[-1]) - dip > 0.25 * span:
        return f", low {short_number(dip)}"
    return ""
