"""Reliability diagrams: accuracy by confidence, and the diagonal on which a calibrated scorer lies."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from synthqc.tools.reading import Series

from .axis import Axis, short_number
from .dots import Dots
from .frame import Frame
from .glyphs import Glyphs
from .legend import entry
from .run import Line, Lines, Run, shortened


def reliability_plot(series: Sequence[Series], width: int, height: int, glyphs: Glyphs) -> Lines:
    """Draws a mark for each bin, above the diagonal where the scorer knows more than it claims.

    Args:
        series: At least one, each with at least one point. Names, where there are any, say what is in a bin.
        width: Columns for all of it.
        height: Lines of the plot itself, without axis and words.
        glyphs: What to draw with.

    Returns:
        The plot, its axes, a line per series with its largest gap, and a line per bin that has a name.
    """
    x = _whole(value for one in series for value in one.x)
    y = _whole(value for one in series for value in one.y)
    frame = Frame(y, (x.low, x.high), series[0].x_label, width, glyphs)
    dots = Dots(frame.columns, height, glyphs)
    low, high = max(x.low, y.low), min(x.high, y.high)
    dots.join((x.share(low), y.share(low)), (x.share(high), y.share(high)), None)
    for number, one in enumerate(series):
        for confidence, accuracy in zip(one.x, one.y, strict=True):
            dots.mark(x.share(confidence), y.share(accuracy), number)
    lines = frame.around(dots.lines())
    lines.append([Run(shortened("on the diagonal: as right as sure", width, glyphs))])
    for number, one in enumerate(series):
        lines += entry(glyphs.mark(number), number, one.label, _words(one), width, glyphs)
        lines += [_bin(one, place, width, glyphs) for place in range(min(len(one.names), len(one.x)))]
    return lines


def _whole(values: Iterable[float]) -> Axis:
    """From 0 to 1, and further where a value lies outside."""
    there = tuple(values)
    return Axis(min(0.0, *there), max(1.0, *there))


def _words(one: Series) -> str:
    """The largest gap, in words."""
    confidence, accuracy = max(zip(one.x, one.y, strict=True), key=lambda point: abs(point[0] / 2 - point[1] / 2))
    return f"widest gap at {short_number(confidence)}, right {short_number(accuracy)}"


def _bin(one: Series, place: int, width: int, glyphs: Glyphs) -> Line:
    words = f"  at {short_number(one.x[place])} right {short_number(one.y[place])}  "
    return [Run(words + shortened(one.names[place], max(0, width - cell_len(words)), glyphs))]
