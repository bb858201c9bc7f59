"""Line plots as lines of text: braille dots, or ASCII where the terminal has no better."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from synthqc.tools.reading import Series

MARKS = "●▲■◆"
"""One mark per series, so that colour is never the only sign."""

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line that belongs to one series, or to none."""

    text: str
    """Characters."""
    series: int | None = None
    """Number of the series it draws."""


Lines = list[list[Run]]


def line_plot(series: Sequence[Series], width: int, height: int, *, ascii_only: bool = False) -> Lines:
    """Draws series over the same positions in one plot.

    Args:
        series: At least one, all with the same x and y labels.
        width: Columns for all of it, at least 24.
        height: Lines of the plot itself, without axis and legend, at least 3.
        ascii_only: Draw with `*` instead of braille.

    Returns:
        The plot, the x axis, and one line per series that says where it starts and ends.
    """
    low, high = _limits(series)
    labels = [_number(high), _number((low + high) / 2), _number(low)]
    margin = max(map(len, labels)) + 1
    columns = max(8, width - margin - 1)
    grid = [[(0, -1)] * columns for _ in range(height)]
    first, last = min(one.x[0] for one in series), max(one.x[-1] for one in series)
    for number, one in enumerate(series):
        _draw(grid, one, number, first, last, low, high)
    lines: Lines = []
    for row, cells in enumerate(grid):
        label = {0: labels[0], height // 2: labels[1], height - 1: labels[2]}.get(row, "")
        lines.append(
            [Run(f"{label:>{margin - 1}} ┤" if label else " " * margin + "│"), *_runs(cells, ascii_only=ascii_only)]
        )
    start, end = _number(first), _number(last)
    gap = max(1, columns - len(start) - len(end) - len(series[0].x_label) - 2)
    axis = f"{start}{' ' * (gap // 2)} {series[0].x_label} {' ' * (gap - gap // 2)}{end}"
    lines.append([Run(" " * (margin + 1) + axis)])
    for number, one in enumerate(series):
        words = f" {one.label} {_number(one.y[0])} → {_number(one.y[-1])}{_turn(one.y)}"
        lines.append([Run(MARKS[number % len(MARKS)], number), Run(words)])
    return lines


def _turn(values: Sequence[float]) -> str:
    """Where a line rises above, or falls below, both its ends, that is worth saying."""
    peak, dip = max(values), min(values)
    span = peak - dip
    if span <= 0:
        return ""
    if peak - max(values[0], values[-1]) > 0.25 * span:
        return f", peak {_number(peak)}"
    if min(values[0], values[-1]) - dip > 0.25 * span:
        return f", low {_number(dip)}"
    return ""


def _limits(series: Sequence[Series]) -> tuple[float, float]:
    values = [value for one in series for value in one.y]
    low, high = min(values), max(values)
    if low >= 0 and low < high * 0.6:
        low = 0.0
    if high == low:
        high = low + 1
    step = 10 ** math.floor(math.log10(high - low)) / 2
    return math.floor(low / step) * step, math.ceil(high / step - 1e-9) * step


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e6:
        return f"{int(value)}"
    return f"{value:.3f}" if abs(value) < 0.1 else f"{value:.2f}" if abs(value) < 10 else f"{value:.0f}"


def _draw(
    grid: list[list[tuple[int, int]]], one: Series, number: int, first: float, last: float, low: float, high: float
) -> None:
    height, columns = len(grid), len(grid[0])
    across, down = columns * 2 - 1, height * 4 - 1

    def dot(x: float, y: float) -> tuple[int, int]:
        share = (x - first) / (last - first) if last > first else 0.0
        return round(share * across), down - round((y - low) / (high - low) * down)

    points = [dot(x, y) for x, y in zip(one.x, one.y, strict=True)]
    for (x0, y0), (x1, y1) in zip(points, points[1:] or points, strict=False):
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        for step in range(steps + 1):
            x, y = round(x0 + (x1 - x0) * step / steps), round(y0 + (y1 - y0) * step / steps)
            bits, _ = grid[y // 4][x // 2]
            grid[y // 4][x // 2] = (bits | _DOTS[y % 4][x % 2], number)


def _runs(cells: list[tuple[int, int]], *, ascii_only: bool) -> list[Run]:
    runs: list[Run] = []
    for bits, number in cells:
        text = " " if not bits else "*" if ascii_only else chr(0x2800 + bits)
        series = number if bits else None
        if runs and runs[-1].series == series:
            runs[-1] = Run(runs[-1].text + text, series)
        else:
            runs.append(Run(text, series))
    return runs
