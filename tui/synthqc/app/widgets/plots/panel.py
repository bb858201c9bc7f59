"""Plots as styled text, two beside each other where there is room."""

import itertools
from collections.abc import Iterable, Sequence

from rich.style import Style
from rich.text import Text

from synthqc.tools.reading import Series

from .glyphs import Glyphs
from .groups import plots_in
from .plot import plot_of
from .run import shortened

_BESIDE = 76
"""Columns from which two plots stand beside each other."""

_GAP = 2


def panels(series: Iterable[Series], width: int, colours: Sequence[Style], glyphs: Glyphs) -> list[Text]:
    """All plots of a reading.

    Args:
        series: What to plot.
        width: Columns for all of it.
        colours: One style per series; they are used in turn.
        glyphs: What to draw with.
    """
    plots = plots_in(series)
    columns = 2 if width >= _BESIDE and len(plots) > 1 else 1
    each = (width - _GAP * (columns - 1)) // columns
    drawn = [_titled(plot, each, colours, glyphs) for plot in plots]
    return [line for start in range(0, len(drawn), columns) for line in _beside(drawn[start : start + columns], each)]


def _beside(plots: Sequence[list[Text]], each: int) -> list[Text]:
    lines = []
    for cells in itertools.zip_longest(*plots):
        line = Text(no_wrap=True, overflow="crop")
        for cell in cells:
            piece = cell or Text()
            line.append_text(piece)
            line.append(" " * max(0, each - piece.cell_len + _GAP))
        line.rstrip()
        lines.append(line)
    return lines


def _titled(plot: list[Series], width: int, colours: Sequence[Style], glyphs: Glyphs) -> list[Text]:
    lines = [Text(shortened(plot[0].y_label, width, glyphs), style="underline")]
    for runs in plot_of(plot, width, glyphs):
        line = Text(no_wrap=True)
        for run in runs:
            line.append(run.text, colours[run.series % len(colours)] if run.series is not None else None)
        lines.append(line)
    return lines
