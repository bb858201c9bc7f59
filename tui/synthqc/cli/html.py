"""The report of `synthqc measure` as one page that needs nothing else: no script, no request, plots inside."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from synthqc.app.widgets.plots.groups import plots_in
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.reading import MOST_PLACES, Evidence, Quantity, Reading, argument_shown
from synthqc.tools.sample import Sample

from .plots import STYLE, figure_of
from .verdict import Remark

PAGE_STYLE = """
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
pre { overflow-x: auto; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr { border-bottom: 1px solid var(--line); } .soft { color: var(--soft); }
@media print { section { break-inside: avoid; } }
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
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{PAGE_STYLE}{STYLE}</style></head><body>",
        f"<h1>{title}</h1><p>{len(sample.records):,} records</p>",
        _list(sample.notes),
    ]
    if remarks:
        parts += ["<h2>In words</h2>", _list(remark.sentence for remark in remarks)]
    for name, outcome in outcomes.items():
        parts.append(_section(outcome) if isinstance(outcome, Reading) else _without(name, outcome))
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _list(items: Iterable[str]) -> str:
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{rows}</ul>" if rows else ""


def _without(name: str, undefined: UndefinedReading) -> str:
    return f"<section><h2>{escape(name)}</h2><p>No reading: {escape(str(undefined))}</p></section>"


def _section(reading: Reading) -> str:
    arguments = ", ".join(f"{name} {argument_shown(value)}" for name, value in reading.arguments.items())
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
            *(figure_of(plot) for plot in plots_in(reading.series)),
            _evidence(reading.evidence),
            f"<pre>{escape(reading.recipe)}</pre>" if reading.recipe else "",
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
        f'<tr>{_number(row.shown)}<td>{escape(row.text[:300])}</td><td class="soft">{_places(row)}</td></tr>'
        for row in rows
    )
    head = '<tr><th scope="col">how much</th><th scope="col">what</th><th scope="col">lines</th></tr>'
    return f"<table><caption>What is behind it</caption>{head}{body}</table>"


def _places(row: Evidence) -> str:
    """The lines; tools give the first twenty, so that of twenty there may be more."""
    return ", ".join(map(str, row.lines)) + (", …" if len(row.lines) >= MOST_PLACES else "")


def _linked(source: str) -> str:
    linked = re.sub(r"\barXiv:(\d{4}\.\d{4,5})", r'<a href="https://arxiv.org/abs/\1">arXiv:\1</a>', escape(source))
    return re.sub(r"\bdoi:(10\.[^\s,;&]+)", r'<a href="https://doi.org/\1">doi:\1</a>', linked)
