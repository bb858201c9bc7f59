"""The report of `synthqc measure` as one page that needs nothing else: no script, no request, plots inside."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.reading import Evidence, Quantity, Reading, Series
from synthqc.tools.sample import Sample

from .verdict import Remark

_WIDTH, _HEIGHT = 560, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 14, 44
_DASHES = ("none", "7 4", "2 3", "9 3 2 3")
"""Series differ by dashes as well as by colour."""

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #d0d7de; --c0: #0550ae;
  --c1: #953800; --c2: #116329; --c3: #6639ba; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9da7b1; --line: #3d444d;
  --c0: #79c0ff; --c1: #ffa657; --c2: #7ee787; --c3: #d2a8ff; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem; }
h2 { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 1rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--soft); }
th, td { text-align: left; vertical-align: top;
  padding: .2rem .6rem .2rem 0; overflow-wrap: anywhere; font-weight: 400; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr { border-bottom: 1px solid var(--line); } .soft { color: var(--soft); } svg { width: 100%; height: auto; }
svg text { font-size: 12px; fill: var(--ink); } @media print { section { break-inside: avoid; } }
"""


def page_of(sample: Sample, outcomes: Mapping[str, Reading | UndefinedReading], remarks: Sequence[Remark]) -> str:
    """The page; the same readings give the same bytes.

    Args:
        sample: What was measured.
        outcomes: What each tool gave.
        remarks: The verdict in words, none where single tools were asked for.
    """
    title = escape(sample.name)
    parts = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}: synthqc</title>',
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>',
        f"<h1>{title}</h1><p>{len(sample.records):,} records</p>",
        _list(sample.notes),
    ]
    if remarks:
        parts += ["<h2>In words</h2>", _list(_in_words(remark) for remark in remarks)]
    for name, outcome in outcomes.items():
        parts.append(_section(outcome) if isinstance(outcome, Reading) else _without(name, outcome))
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _in_words(remark: Remark) -> str:
    places = f" Look at lines {', '.join(map(str, remark.lines))}." if remark.lines else ""
    return f"{remark.text}{places}" + (f" (lesson {remark.lesson})" if remark.lesson else "")


def _list(items: Iterable[str]) -> str:
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{rows}</ul>" if rows else ""


def _without(name: str, undefined: UndefinedReading) -> str:
    return f"<section><h2>{escape(name)}</h2><p>No reading: {escape(str(undefined))}</p></section>"


def _section(reading: Reading) -> str:
    arguments = ", ".join(f"{name} {value}" for name, value in reading.arguments.items())
    seed = f" Seed {reading.seed}." if reading.seed is not None else ""
    basis = reading.basis
    words = f", {basis.tokens:,} words" if basis.tokens else ""
    counted = f"Measured on {basis.records:,} records{words}; " if basis.records else ""
    return "".join(
        [
            f"<section><h2>{escape(reading.tool)}</h2>",
            f'<p class="soft">{escape(arguments)}</p>' if arguments else "",
            _quantities(reading),
            f'<p class="soft">{escape(counted + basis.rule)}.{seed}</p>',
            _list(reading.caveats),
            *(_plot(group) for group in _groups(reading.series)),
            _evidence(reading.evidence),
            f'<p class="soft">Source: {_linked(reading.source)}</p>' if reading.source else "",
            "</section>",
        ]
    )


def _quantities(reading: Reading) -> str:
    rows = [_quantity(one) for one in reading.quantities]
    if reading.reference is not None:
        label = f"{reading.quantities[0].label} of {reading.reference.label}"
        rows.insert(
            1, f'<tr><th scope="row">{escape(label)}</th>{_number(f"{reading.reference.value:.3f}")}<td></td></tr>'
        )
    return f"<table>{''.join(rows)}</table>"


def _quantity(one: Quantity) -> str:
    ends = {(False, False): f"{one.low or 0:g} to {one.high or 0:g}", (False, True): f"from {one.low or 0:g}"}
    span = ends.get((one.low is None, one.high is None), "")
    unit = f"{one.unit}, {span}" if span else one.unit
    return (
        f'<tr><th scope="row">{escape(one.label)}</th>{_number(one.shown())}<td class="soft">{escape(unit)}</td></tr>'
    )


def _number(text: str) -> str:
    return f'<td class="number">{escape(text)}</td>'


def _evidence(rows: Sequence[Evidence]) -> str:
    if not rows:
        return ""
    body = "".join(
        f"<tr>{_number(f'{row.count:.3g} {row.unit}')}<td>{escape(row.text[:300])}</td>"
        f'<td class="soft">{", ".join(map(str, row.lines))}</td></tr>'
        for row in rows
    )
    head = '<tr><th scope="col">how much</th><th scope="col">what</th><th scope="col">lines</th></tr>'
    return f"<table><caption>What is behind it</caption>{head}{body}</table>"


def _linked(source: str) -> str:
    linked = re.sub(r"\barXiv:(\d{4}\.\d{4,5})", r'<a href="https://arxiv.org/abs/\1">arXiv:\1</a>', escape(source))
    return re.sub(r"\bdoi:(10\.[^\s,;&]+)", r'<a href="https://doi.org/\1">doi:\1</a>', linked)


def _groups(series: Sequence[Series]) -> list[list[Series]]:
    """Series with different y labels have plots of their own."""
    groups: dict[str, list[Series]] = {}
    for one in series:
        if one.x:
            groups.setdefault(one.y_label, []).append(one)
    return list(groups.values())


def _plot(group: Sequence[Series]) -> str:
    x_low, x_high = _ends([x for one in group for x in one.x])
    y_low, y_high = _ends([y for one in group for y in one.y])

    def place(x: float, y: float) -> str:
        across = _LEFT + (x - x_low) / (x_high - x_low) * (_WIDTH - _LEFT - _RIGHT)
        down = _HEIGHT - _BOTTOM - (y - y_low) / (y_high - y_low) * (_HEIGHT - _TOP - _BOTTOM)
        return f"{across:.1f},{down:.1f}"

    lines = "".join(
        f'<polyline fill="none" stroke="var(--c{n % 4})" stroke-width="2" stroke-dasharray="{_DASHES[n % 4]}" '
        f'points="{" ".join(map(place, one.x, one.y))}"/>'
        for n, one in enumerate(group)
    )
    bottom = _HEIGHT - _BOTTOM
    axes = f'<path d="M{_LEFT} {_TOP}V{bottom}H{_WIDTH - _RIGHT}" fill="none" stroke="var(--line)"/>'
    words = "".join(
        f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'
        for x, y, anchor, text in (
            (_LEFT - 6, _TOP + 4, "end", f"{y_high:.3g}"),
            (_LEFT - 6, bottom + 4, "end", f"{y_low:.3g}"),
            (_LEFT, bottom + 16, "start", f"{x_low:.6g}"),
            (_WIDTH - _RIGHT, bottom + 16, "end", f"{x_high:.6g}"),
            ((_LEFT + _WIDTH - _RIGHT) // 2, bottom + 34, "middle", group[0].x_label),
        )
    )
    names = "; ".join(f"{one.label}: {one.y[0]:.3g} to {one.y[-1]:.3g}" for one in group)
    legend = "".join(
        f'<tr><td><svg viewBox="0 0 40 8" style="width:2.5rem" aria-hidden="true"><path d="M0 4H40" stroke-width="2" '
        f'stroke="var(--c{n % 4})" stroke-dasharray="{_DASHES[n % 4]}"/></svg></td><td>{escape(one.label)}</td>'
        f"{_number(f'{one.y[0]:.3g} to {one.y[-1]:.3g}')}</tr>"
        for n, one in enumerate(group)
    )
    return (
        f'<figure><figcaption>{escape(group[0].y_label)}</figcaption><svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">'
        f"<title>{escape(group[0].y_label)}</title><desc>{escape(names)}</desc>{axes}{lines}{words}</svg>"
        f"<table>{legend}</table></figure>"
    )


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis; of equal length where all values are the same."""
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 0.5, high + 0.5)
