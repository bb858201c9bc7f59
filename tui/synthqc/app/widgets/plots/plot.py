"""A plot: series of one kind and one unit, drawn as lines of text."""

from collections.abc import Sequence

from synthqc.tools.reading import Series

from .bars import bar_plot
from .glyphs import Glyphs
from .histogram import histogram
from .line import line_plot
from .reliability import reliability_plot
from .run import Lines, Run, shortened, within
from .scatter import scatter_plot

HEIGHTS = {"line": 5, "scatter": 9, "histogram": 6, "reliability": 9, "bar": 0}
"""Lines that a plot of each kind takes, without axes and words; bars take one for each name."""


def plot_of(series: Sequence[Series], width: int, glyphs: Glyphs, *, height: int | None = None) -> Lines:
    """Draws series in one plot.

    Args:
        series: Series of one kind, all values finite; those without points are left out.
        width: Columns, at least 1; from 30 on everything is legible.
        glyphs: What to draw with.
        height: Lines of the plot itself; the usual number for its kind where none is given.

    Returns:
        Lines of at most `width` columns, at least one.
    """
    there = [one for one in series if one.x and one.y]
    if not there:
        return [[Run(shortened("nothing to plot", width, glyphs))]]
    kind = there[0].kind
    lines = height or HEIGHTS[kind]
    if kind == "bar":
        drawn = bar_plot(there, width, glyphs)
    elif kind == "histogram":
        drawn = histogram(there, width, lines, glyphs)
    elif kind == "scatter":
        drawn = scatter_plot(there, width, lines, glyphs)
    elif kind == "reliability":
        drawn = reliability_plot(there, width, lines, glyphs)
    else:
        drawn = line_plot(there, width, lines, glyphs)
    return within(drawn, width)
