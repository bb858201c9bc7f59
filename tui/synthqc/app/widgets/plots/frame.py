"""What stands around a plot: values at the left, positions below."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from .axis import Axis, short_number
from .glyphs import Glyphs
from .run import Line, Lines, Run, shortened

FEWEST_COLUMNS = 4
"""Columns that the plot itself keeps, however narrow all of it is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The axes of a plot of a given width."""

    y: Axis
    """Values, upwards."""
    x_ends: tuple[float, float]
    """Positions at the left and at the right end."""
    x_label: str
    """What the positions are."""
    width: int
    """Columns for all of it."""
    glyphs: Glyphs
    """What to draw with."""

    @property
    def _margin(self) -> int:
        return max(len(short_number(value)) for value in (self.y.low, self.y.middle, self.y.high)) + 1

    @property
    def columns(self) -> int:
        """Columns for the plot itself."""
        return max(FEWEST_COLUMNS, self.width - self._margin - 1)

    def around(self, plot: Sequence[Line]) -> Lines:
        """The plot with its axes: three values at the left, the ends and the name of the positions below."""
        rows = len(plot)
        values = {rows - 1: self.y.low, rows // 2: self.y.middle, 0: self.y.high}
        labels = {row: short_number(value) for row, value in values.items()}
        return [[Run(self._left(labels.get(row, ""))), *line] for row, line in enumerate(plot)] + self._below()

    def _left(self, label: str) -> str:
        return f"{label:>{self._margin - 1}} {self.glyphs.tick if label else self.glyphs.side}"

    def _below(self) -> Lines:
        start, end = map(short_number, self.x_ends)
        left, room = " " * (self._margin + 1), self.columns - len(start) - len(end)
        label = shortened(self.x_label, self.width, self.glyphs)
        gap = room - cell_len(label)
        if gap >= 2:
            return [[Run(f"{left}{start}{' ' * (gap // 2)}{label}{' ' * (gap - gap // 2)}{end}")]]
        return [[Run(f"{left}{start}{' ' * max(1, room)}{end}")], [Run(label)]]
