"""A run: characters of a plot that belong together, and how lines of runs are kept in their width."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from .glyphs import Glyphs


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line that belongs to one series, or to none."""

    text: str
    """Characters."""
    series: int | None = None
    """Number of the series it draws."""


Line = list[Run]
Lines = list[Line]


def cells_of(line: Line) -> int:
    """Columns that a line takes on the terminal."""
    return sum(cell_len(run.text) for run in line)


def within(lines: Sequence[Line], width: int) -> Lines:
    """The lines, cut where they are wider than `width` columns."""
    return [_cut(line, width) for line in lines]


def _cut(line: Line, width: int) -> Line:
    kept: Line = []
    for run in line:
        size = cell_len(run.text)
        if size > width:
            return [*kept, Run(set_cell_size(run.text, width), run.series)] if width > 0 else kept
        kept.append(run)
        width -= size
    return kept


def shortened(text: str, cells: int, glyphs: Glyphs) -> str:
    """A name in one line of at most `cells` columns, its end replaced by dots where it is longer."""
    name = glyphs.word(" ".join(text.split()))
    if cell_len(name) <= cells:
        return name
    dots = glyphs.dots
    return set_cell_size(name, cells - len(dots)).rstrip() + dots if cells > len(dots) else set_cell_size(name, cells)
