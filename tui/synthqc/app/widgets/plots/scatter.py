"""Scatter plots: a dot for each point; where there are several series, the mark of its own."""

from collections.abc import Sequence

from synthqc.tools.reading import Series

from .axis import axis_of
from .dots import Dots
from .frame import Frame
from .glyphs import Glyphs
from .legend import entry
from .run import Lines


def scatter_plot(series: Sequence[Series], width: int, height: int, glyphs: Glyphs) -> Lines:
    """Draws points where they lie.

    Args:
        series: At least one, each with at least one point.
        width: Columns for all of it.
        height: Lines of the plot itself, without axis and legend.
        glyphs: What to draw with. One series is drawn in braille dots; several in marks, and where marks meet, that of
            the series with fewer points shows.

    Returns:
        The plot, its axes, and a line per series with its number of points.
    """
    x = axis_of(value for one in series for value in one.x)
    y = axis_of(value for one in series for value in one.y)
    frame = Frame(y, (x.low, x.high), series[0].x_label, width, glyphs)
    dots = Dots(frame.columns, height, glyphs)
    for number, one in sorted(enumerate(series), key=lambda numbered: len(numbered[1].x)):
        for across, up in zip(one.x, one.y, strict=True):
            put = dots.mark if len(series) > 1 else dots.set
            put(x.share(across), y.share(up), number)
    lines = frame.around(dots.lines())
    for number, one in enumerate(series):
        lines += entry(glyphs.mark(number), number, one.label, _points(len(one.x)), width, glyphs)
    return lines


def _points(n: int) -> str:
    return f"{n:,} point{'' if n == 1 else 's'}"
