"""The plots of the page: SVG with a mark, a dash or a filling per series, and their numbers in a table."""

import sys
from collections.abc import Callable, Iterable, Sequence
from html import escape

from synthqc.app.widgets.plots.axis import Axis, axis_of, short_number
from synthqc.tools.reading import Series

MOST_ROWS = 200
"""Rows of a table of numbers; further ones are in the report as JSON."""

STYLE = """
figure { margin: 1.5rem 0; } figcaption { font-weight: 600; } summary { color: var(--soft); cursor: pointer; }
.plot { width: 100%; height: auto; } .plot text { font-size: 13px; fill: var(--ink); }
.sign { width: 2.5rem; height: 1rem; } table.legend { width: auto; } table.legend td, table.legend th { border: 0; }
table.bars th { width: 35%; } table.bars td.bar { width: 50%; }
.bar svg { width: 100%; height: 1.5rem; display: block; }
table.bars tr, table.legend tr { border: 0; }
"""
"""Rules for what is drawn here."""

_WIDTH, _HEIGHT = 560, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 14, 44
_ROUND_LEFT, _ROUND_RIGHT = 160, 150
"""Space beside a reliability diagram, whose sides are of about one length so that the diagonal is one."""
_DASHES = ("none", "7 4", "2 3", "9 3 2 3")
_SHAPES = ("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0", "M0-5L5 4H-5Z", "M-4-4H4V4H-4Z", "M0-5L5 0L0 5L-5 0Z")
_COLOURS = 4
_MOST_EDGED = 80

Place = Callable[[float, float], tuple[float, float]]
"""From a position and a value to where they lie in the drawing."""


def figure_of(series: Sequence[Series]) -> str:
    """A plot with its caption and, for those who cannot see it, its numbers.

    Args:
        series: At least one, of one kind, each with points.
    """
    kind = series[0].kind
    if kind == "bar":
        body = _bars(series)
    else:
        draw = {"histogram": _histogram, "scatter": _scatter, "reliability": _reliability}.get(kind, _lines)
        body = draw(series) + _legend(series) + _numbers(series)
    return f"<figure><figcaption>{escape(series[0].y_label)}</figcaption>{body}</figure>"


def _drawing(series: Sequence[Series], x: Axis, y: Axis, draw: Callable[[Place], str], sides: tuple[int, int]) -> str:
    """The axes with round ends, and what is drawn between them."""
    left, right = sides
    bottom = _HEIGHT - _BOTTOM

    def place(across: float, up: float) -> tuple[float, float]:
        return left + x.share(across) * (_WIDTH - left - right), bottom - y.share(up) * (bottom - _TOP)

    middle = (bottom + _TOP) / 2
    rules = (
        f'<path d="M{left} {_TOP}V{bottom}H{_WIDTH - right}" fill="none" stroke="var(--soft)"/>'
        f'<path d="M{left} {_TOP}H{_WIDTH - right}M{left} {middle}H{_WIDTH - right}" fill="none" stroke="var(--line)"/>'
    )
    words = "".join(
        f'<text x="{across}" y="{down}" text-anchor="{anchor}">{escape(text)}</text>'
        for across, down, anchor, text in (
            (left - 6, _TOP + 4, "end", short_number(y.high)),
            (left - 6, middle + 4, "end", short_number(y.middle)),
            (left - 6, bottom + 4, "end", short_number(y.low)),
            (left, bottom + 17, "start", short_number(x.low)),
            (_WIDTH - right, bottom + 17, "end", short_number(x.high)),
            ((left + _WIDTH - right) // 2, bottom + 36, "middle", series[0].x_label),
        )
    )
    told = "; ".join(f"{one.label}: {_words(one)}" for one in series)
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">'
        f"<title>{escape(series[0].y_label)}</title><desc>{escape(told)}</desc>{rules}{draw(place)}{words}</svg>"
    )


def _lines(series: Sequence[Series]) -> str:
    def draw(place: Place) -> str:
        return "".join(
            f'<polyline fill="none" stroke="{_colour(n)}" stroke-width="2" stroke-dasharray="{_DASHES[n % 4]}" '
            f'points="{" ".join(_point(place(x, y)) for x, y in _points(one))}"/>'
            + _mark(n, place(one.x[-1], one.y[-1]))
            for n, one in enumerate(series)
        )

    x = axis_of((x for one in series for x in one.x), is_round=False)
    return _drawing(series, x, _values(series), draw, (_LEFT, _RIGHT))


def _scatter(series: Sequence[Series]) -> str:
    def draw(place: Place) -> str:
        # Small groups last, so that large ones do not cover them.
        order = sorted(enumerate(series), key=lambda numbered: -len(numbered[1].x))
        return "".join(_mark(n, place(x, y)) for n, one in order for x, y in _points(one))

    x = axis_of(x for one in series for x in one.x)
    return _drawing(series, x, _values(series), draw, (_LEFT, _RIGHT))


def _reliability(series: Sequence[Series]) -> str:
    whole = [0.0, 1.0]
    x = axis_of(whole + [x for one in series for x in one.x], is_round=False)
    y = axis_of(whole + [y for one in series for y in one.y], is_round=False)
    low, high = max(x.low, y.low), min(x.high, y.high)

    def draw(place: Place) -> str:
        diagonal = f'd="M{_point(place(low, low))}L{_point(place(high, high))}"'
        marks = "".join(_mark(n, place(x, y)) for n, one in enumerate(series) for x, y in _points(one))
        return f'<path {diagonal} stroke="var(--soft)" stroke-dasharray="4 4"/>{marks}'

    return _drawing(series, x, y, draw, (_ROUND_LEFT, _ROUND_RIGHT))


def _histogram(series: Sequence[Series]) -> str:
    return "".join(_columns(n, one) for n, one in enumerate(series))


def _columns(number: int, one: Series) -> str:
    width = one.x[1] - one.x[0] if len(one.x) > 1 else 1.0
    # An edge of paper parts the columns; of very thin ones it would leave nothing.
    edge = "var(--paper)" if len(one.x) <= _MOST_EDGED else "none"

    def draw(place: Place) -> str:
        columns = []
        for low, value in _points(one):
            (left, top), (right, bottom) = place(low, max(value, 0.0)), place(_end(low, width), 0.0)
            columns.append(
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(right - left, 0.5):.1f}" '
                f'height="{bottom - top:.1f}" fill="{_colour(number)}" stroke="{edge}"/>'
            )
        return "".join(columns)

    x, y = Axis(one.x[0], _end(one.x[-1], width)), axis_of([0.0, *(max(y, 0.0) for y in one.y)])
    return _drawing([one], x, y, draw, (_LEFT, _RIGHT))


def _end(low: float, width: float) -> float:
    """Where a bin ends: at the largest float at most."""
    return max(-sys.float_info.max, min(low + width, sys.float_info.max))


def _bars(series: Sequence[Series]) -> str:
    """Bars in a table: names wrap as text does, and everybody can read the values."""
    axis = axis_of([0.0, *(y for one in series for y in one.y)], is_round=False)
    names = max((one.names for one in series), key=len)
    rows = []
    for place in range(max(len(one.x) for one in series)):
        there = [(n, one) for n, one in enumerate(series) if place < len(one.y)]
        name = names[place] if place < len(names) else short_number(there[0][1].x[place])
        bars = "".join(_bar(axis, one.y[place], n) for n, one in there)
        values = "<br>".join(short_number(one.y[place]) for _, one in there)
        rows.append(
            f'<tr><th scope="row">{escape(name)}</th><td class="bar">{bars}</td><td class="number">{values}</td></tr>'
        )
    legend = _legend(series) if len(series) > 1 else ""
    caption = f"<caption>{escape(series[0].x_label)}</caption>"
    return f'{legend}<table class="bars">{caption}{"".join(rows)}</table>'


def _bar(axis: Axis, value: float, number: int) -> str:
    ends = sorted((axis.share(0.0) * 100, axis.share(value) * 100))
    zero = axis.share(0.0) * 100
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect x="{ends[0]:.2f}" y="2" width="{ends[1] - ends[0]:.2f}" height="6" fill="{_colour(number)}" '
        f'fill-opacity="{1 - 0.3 * (number % 3):.1f}"/>'
        f'<path d="M{zero:.2f} 0V10" stroke="var(--soft)" vector-effect="non-scaling-stroke"/></svg>'
    )


def _legend(series: Sequence[Series]) -> str:
    rows = "".join(
        f"<tr><td>{_sign(n, one)}</td><td>{escape(one.label)}</td><td>{escape(_words(one))}</td></tr>"
        for n, one in enumerate(series)
    )
    return f'<table class="legend">{rows}</table>'


def _sign(number: int, one: Series) -> str:
    """What a series is drawn with."""
    if one.kind in ("bar", "histogram"):
        opacity = 1 - 0.3 * (number % 3) if one.kind == "bar" else 1
        inner = f'<rect x="10" y="3" width="20" height="10" fill="{_colour(number)}" fill-opacity="{opacity:.1f}"/>'
    else:
        inner = _mark(number, (20, 8))
    if one.kind == "line":
        dashes = _DASHES[number % len(_DASHES)]
        inner += f'<path d="M0 8H40" stroke-width="2" stroke="{_colour(number)}" stroke-dasharray="{dashes}"/>'
    return f'<svg class="sign" viewBox="0 0 40 16" aria-hidden="true">{inner}</svg>'


def _words(one: Series) -> str:
    """What a series shows, in words."""
    if one.kind == "line":
        return f"{short_number(one.y[0])} to {short_number(one.y[-1])}"
    if one.kind == "scatter":
        return f"{len(one.x):,} points" if len(one.x) != 1 else "1 point"
    if one.kind == "reliability":
        x, y = max(_points(one), key=lambda point: abs(point[0] / 2 - point[1] / 2))
        return f"widest gap at {short_number(x)}, right {short_number(y)}"
    if one.kind == "histogram":
        x, y = max(_points(one), key=lambda point: point[1])
        return f"most, {short_number(y)}, from {short_number(x)} on"
    return ""


def _numbers(series: Sequence[Series]) -> str:
    """All points by position, to unfold."""
    by_position: dict[float, list[str]] = {}
    for n, one in enumerate(series):
        for place, (x, y) in enumerate(_points(one)):
            name = f" ({one.names[place]})" if place < len(one.names) else ""
            row = by_position.setdefault(x, [""] * len(series))
            row[n] = f"{row[n]}, {short_number(y)}" if row[n] else short_number(y) + name
    rows = "".join(
        f'<tr><th scope="row">{short_number(x)}</th>{"".join(f"<td>{escape(one)}</td>" for one in by_position[x])}</tr>'
        for x in sorted(by_position)[:MOST_ROWS]
    )
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in (series[0].x_label, *(s.label for s in series)))
    first = f", the first {MOST_ROWS} of {len(by_position):,}" if len(by_position) > MOST_ROWS else ""
    return f"<details><summary>Numbers{first}</summary><table><tr>{head}</tr>{rows}</table></details>"


def _values(series: Iterable[Series]) -> Axis:
    return axis_of(y for one in series for y in one.y)


def _points(one: Series) -> list[tuple[float, float]]:
    return list(zip(one.x, one.y, strict=True))


def _point(place: tuple[float, float]) -> str:
    return f"{place[0]:.1f},{place[1]:.1f}"


def _mark(number: int, place: tuple[float, float]) -> str:
    """The mark of a series: after four shapes, the same ones hollow."""
    colour = _colour(number)
    fill = colour if number % (2 * len(_SHAPES)) < len(_SHAPES) else "var(--paper)"
    shape = _SHAPES[number % len(_SHAPES)]
    return f'<path transform="translate({_point(place)})" d="{shape}" fill="{fill}" stroke="{colour}"/>'


def _colour(number: int) -> str:
    return f"var(--c{number % _COLOURS})"
