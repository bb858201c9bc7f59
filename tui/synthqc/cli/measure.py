"""`synthqc measure`: the course's tools on a learner's own file."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from synthqc.errors import UsageError
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import TOOLS, run_tool, tool_named
from synthqc.tools.reading import Quantity, Reading, reading_as_json
from synthqc.tools.sample import Sample, sample_of_file, sample_of_stream
from synthqc.tools.tool import Tool

_EVIDENCE_SHOWN = 3
_LABEL_WIDTH = 34

Outcome = Reading | UndefinedReading
"""What a tool gave: a reading, or why there is none."""


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option("--tool", "names", multiple=True, metavar="NAME", help=f"One of {', '.join(TOOLS)}; repeatable.")
@click.option("--set", "settings", multiple=True, metavar="[TOOL.]NAME=VALUE", help="Set a parameter of a tool.")
@click.option("--field", default="", metavar="NAME", help="Field of each JSON row that holds the text.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(file: str, names: tuple[str, ...], settings: tuple[str, ...], field: str, form: str) -> int:
    """Measure a text file (one record a line) or a JSONL file; - reads standard input.

    Without --tool, all tools for text run that are quick enough to run while one types.

    Example: synthqc measure replies.jsonl --field reply --tool distinct-n --set n=3
    """
    tools = [tool_named(name) for name in names] or [
        tool for tool in TOOLS.values() if tool.live and tool.reads == "text"
    ]
    arguments = _arguments(tools, settings)
    sample = _sample(file, field)
    outcomes = {tool.name: _outcome(tool, sample, arguments[tool.name]) for tool in tools}
    click.echo(_as_json(sample, outcomes) if form == "json" else _as_table(sample, outcomes))
    return 0 if any(isinstance(outcome, Reading) for outcome in outcomes.values()) else 1


def _sample(file: str, field: str) -> Sample:
    if file == "-":
        return sample_of_stream(sys.stdin.buffer, "standard input", field=field)
    return sample_of_file(Path(file), field=field)


def _arguments(tools: list[Tool], settings: tuple[str, ...]) -> dict[str, dict[str, str]]:
    arguments: dict[str, dict[str, str]] = {tool.name: {} for tool in tools}
    for setting in settings:
        key, equals, value = setting.partition("=")
        owner, dot, name = key.rpartition(".")
        takers = [
            tool
            for tool in tools
            if (not dot or tool.name == owner) and name in {parameter.name for parameter in tool.parameters}
        ]
        if not equals or not takers:
            raise UsageError(f"--set {setting!r:.80}: give NAME=VALUE, where NAME is one of {_settable(tools)}")
        for tool in takers:
            arguments[tool.name][name] = value
    return arguments


def _settable(tools: Iterable[Tool]) -> str:
    return ", ".join(f"{tool.name}.{parameter.name}" for tool in tools for parameter in tool.parameters)


def _outcome(tool: Tool, sample: Sample, arguments: Mapping[str, str]) -> Outcome:
    try:
        return run_tool(tool.name, sample, arguments, _Progress(tool.name))
    except UndefinedReading as undefined:
        return undefined


class _Progress:
    """Says on standard error how far a slow tool is, where somebody is looking."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = sys.stderr.isatty()

    def __call__(self, done: int, of: int) -> None:
        if self._shown:
            click.echo(f"\r{self._name}: {done} of {of}" + ("\n" if done == of else ""), err=True, nl=False)


def _as_json(sample: Sample, outcomes: Mapping[str, Outcome]) -> str:
    result: dict[str, Any] = {
        "name": sample.name,
        "records": len(sample.records),
        "notes": list(sample.notes),
    }
    result["readings"] = [reading_as_json(found) for found in outcomes.values() if isinstance(found, Reading)]
    result["undefined"] = {name: str(found) for name, found in outcomes.items() if isinstance(found, UndefinedReading)}
    return json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False)


def _as_table(sample: Sample, outcomes: Mapping[str, Outcome]) -> str:
    head = f"{sample.name}: {len(sample.records):,} record{'s' if len(sample.records) != 1 else ''}"
    lines = [head, *(f"  note: {note}" for note in sample.notes)]
    for name, outcome in outcomes.items():
        lines.append("")
        if isinstance(outcome, Reading):
            lines.extend(_table_of(outcome))
        else:
            lines.extend((name, f"  no reading: {outcome}"))
    return "\n".join(lines)


def _table_of(reading: Reading) -> list[str]:
    arguments = "  ".join(f"{name}={value}" for name, value in reading.arguments.items())
    lines = [f"{reading.tool}  {arguments}".rstrip()]
    lines += [_row(quantity) for quantity in reading.quantities]
    if reading.reference is not None:
        label = f"{reading.quantities[0].label} of {reading.reference.label}"
        lines.append(f"  {label:<{_LABEL_WIDTH}}  {reading.reference.value:>10.3f}")
    basis = reading.basis
    words = f", {basis.tokens:,} words" if basis.tokens else ""
    measured = f"measured on {basis.records:,} records{words}; {basis.rule}" if basis.records else basis.rule
    lines.append(f"  {measured}".rstrip("; "))
    if reading.seed is not None:
        lines.append(f"  seed {reading.seed}")
    lines += [f"  note: {caveat}" for caveat in reading.caveats]
    for row in reading.evidence[:_EVIDENCE_SHOWN]:
        places = ", ".join(str(line) for line in row.lines[:5])
        lines.append(
            f"  {row.count:.3g} {row.unit}: {row.text:.70}  (lines {places}{', ...' if len(row.lines) > 5 else ''})"
        )
    return lines


def _row(quantity: Quantity) -> str:
    return f"  {quantity.label:<{_LABEL_WIDTH}}  {quantity.shown():>10}  {quantity.unit}"
