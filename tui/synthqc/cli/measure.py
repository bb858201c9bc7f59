"""`synthqc measure`: the course's tools on a learner's own file."""

import contextlib
import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, get_args

import click

from synthqc.errors import INTERRUPTED, UsageError
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import TOOLS, run_tool, tool_named
from synthqc.tools.formats import Form
from synthqc.tools.reading import Reading, reading_as_json
from synthqc.tools.sample import NO_SAMPLE, Sample, sample_of_file, sample_of_stream
from synthqc.tools.tool import Tool

from .bar import Bar
from .bounds import Outcome, condition_of, failures_of
from .description import description_of
from .embeddings import COMPARING, embeddings
from .html import page_of
from .spread import spread
from .table import table_of
from .verdict import Remark, verdict_of


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported of a file."""

    sample: Sample
    """What was measured."""
    outcomes: Mapping[str, Outcome]
    """What each tool gave."""
    remarks: Sequence[Remark]
    """The verdict in words; none where single tools were asked for."""
    missing: tuple[str, ...]
    """Tools that did not get to run because somebody stopped it."""

    @property
    def readings(self) -> list[Reading]:
        """What was measured."""
        return [found for found in self.outcomes.values() if isinstance(found, Reading)]


STANDARD = ("distinct-n", "near-duplicates", "templates", "lexical-richness", "heuristics", "vendi-score", "clusters")
"""The tools that run where none is named."""


FORMATS = ("table", "json", "jsonl", "csv")
"""Ways to write a report."""


_EXAMPLES = """\b
Examples:
  synthqc measure replies.jsonl --field reply
  synthqc measure --describe --tool calibration
  synthqc measure scored.csv --tool calibration --set confidence=score
  synthqc measure replies.jsonl --fail-if 'distinct-n.fixed_budget < 0.2'
"""


@click.command(epilog=_EXAMPLES)
@click.argument("file", metavar="[FILE|-]", required=False)
@click.option("--tool", "names", multiple=True, metavar="NAME", help=f"One of {', '.join(TOOLS)}; repeatable.")
@click.option("--set", "settings", multiple=True, metavar="[TOOL.]NAME=VALUE", help="Set a parameter; repeatable.")
@click.option(
    "--describe", is_flag=True, help="Say what each tool tells, and with --tool what can be set; measure nothing."
)
@click.option("--field", default="", metavar="NAME", help="Field of each row that holds the text.")
@click.option("--as", "given_form", type=click.Choice(get_args(Form)), help="How records stand in the file.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the report there.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write a page with tables and plots too.")
@click.option("--strict", is_flag=True, help="End with 1 where a line or row had to be left out.")
@click.option(
    "--embeddings", "base_url", metavar="BASE_URL|semantic", help="Compare lines by a model served there, or packaged."
)
@click.option("--model", metavar="NAME", help="The model that gives the vectors.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, metavar="N", help="Spread long work over processes.")
@click.option("--dask", metavar="ADDRESS", help="Spread long work over a Dask cluster, such as tcp://host:8786.")
@click.option("--fail-if", "bounds", multiple=True, metavar="CONDITION", help="End with 1 where it holds; repeatable.")
def command(
    file: str | None,
    names: tuple[str, ...],
    settings: tuple[str, ...],
    field: str,
    given_form: Form | None,
    form: str,
    output: Path | None,
    html: Path | None,
    bounds: tuple[str, ...],
    base_url: str | None,
    model: str | None,
    workers: int,
    dask: str | None,
    *,
    describe: bool,
    strict: bool,
) -> int:
    """Measure a file of records; - is standard input.

    A file holds text (one record a line), JSONL, a JSON array, CSV or TSV, packed with gzip or zstd or not. Without
    --tool a standard set runs, and a verdict in words ends the report. Tools that only calculate need no file.
    """
    if describe:
        click.echo(description_of([tool_named(name) for name in names]))
        return 0
    tools = [tool_named(name) for name in names or STANDARD]
    arguments = _arguments(tools, settings)
    conditions = [(bound, condition_of(bound, tools)) for bound in bounds]
    if base_url is not None and not COMPARING & {tool.name for tool in tools}:
        raise UsageError(f"--embeddings changes nothing here: it is for {', '.join(sorted(COMPARING))}")
    try:
        sample = _sample(file, field, given_form) if file is not None else _no_sample(tools)
    except KeyboardInterrupt:
        click.echo(f"synthqc: interrupted while reading; not measured: {_named(tools)}", err=True)
        return INTERRUPTED
    with spread(workers, dask), embeddings(base_url, model):
        outcomes = _outcomes(tools, sample, arguments)
    missing = [tool for tool in tools if tool.name not in outcomes]
    if missing:
        note = f"partial: interrupted, so this report lacks {_named(missing)}"
        sample = replace(sample, notes=(*sample.notes, note))
    readings = {name: outcome for name, outcome in outcomes.items() if isinstance(outcome, Reading)}
    remarks = verdict_of(readings) if readings and not names else []
    _write(_REPORTS[form](Report(sample, outcomes, remarks, tuple(tool.name for tool in missing))), output)
    if html is not None:
        _write(page_of(sample, outcomes, remarks), html)
    failures = list(failures_of(conditions, outcomes))
    if strict and sample.left_out:
        failures.append(f"{sample.left_out} lines or rows were left out, and --strict allows none")
    for failure in failures:
        click.echo(f"synthqc: {failure}", err=True)
    if missing:
        click.echo(f"synthqc: interrupted; the report lacks {_named(missing)}", err=True)
        return INTERRUPTED
    return 1 if failures or not readings else 0


def _named(tools: Iterable[Tool]) -> str:
    return ", ".join(tool.name for tool in tools)


def _write(report: str, output: Path | None) -> None:
    if output is None:
        click.echo(report)
        return
    try:
        output.write_text(report.rstrip("\n") + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror or error}") from error


def _no_sample(tools: Iterable[Tool]) -> Sample:
    if any(tool.needs_sample for tool in tools):
        free = ", ".join(tool.name for tool in TOOLS.values() if not tool.needs_sample)
        raise UsageError(f"give a FILE, or - for standard input; without one run only {free}")
    return NO_SAMPLE


def _sample(file: str, field: str, form: Form | None) -> Sample:
    with Bar("reading") as bar:
        if file == "-":
            return sample_of_stream(sys.stdin.buffer, "standard input", field=field, form=form, watch=bar)
        return sample_of_file(Path(file), field=field, form=form, watch=bar)


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


def _outcomes(tools: Sequence[Tool], sample: Sample, arguments: Mapping[str, Mapping[str, str]]) -> dict[str, Outcome]:
    """What the tools gave, in their order; where somebody stops them, what those gave that were done."""
    outcomes: dict[str, Outcome] = {}
    with contextlib.suppress(KeyboardInterrupt):
        for tool in tools:
            outcomes[tool.name] = _outcome(tool, sample, arguments[tool.name])
    return outcomes


def _outcome(tool: Tool, sample: Sample, arguments: Mapping[str, str]) -> Outcome:
    try:
        with Bar(tool.name) as bar:
            return run_tool(tool.name, sample, arguments, bar)
    except UndefinedReading as undefined:
        return undefined


def _as_json(report: Report) -> str:
    result: dict[str, Any] = {
        "name": report.sample.name,
        "records": len(report.sample.records),
        "left_out": report.sample.left_out,
        "partial": bool(report.missing),
        "not_measured": list(report.missing),
        "notes": list(report.sample.notes),
    }
    result["readings"] = [reading_as_json(reading) for reading in report.readings]
    result["undefined"] = {
        name: str(found) for name, found in report.outcomes.items() if isinstance(found, UndefinedReading)
    }
    result["verdict"] = [asdict(remark) for remark in report.remarks]
    return json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False)


def _as_jsonl(report: Report) -> str:
    partial = {"partial": bool(report.missing)}
    return "\n".join(
        json.dumps(reading_as_json(reading) | partial, ensure_ascii=False, allow_nan=False)
        for reading in report.readings
    )


def _as_csv(report: Report) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["name", "tool", "quantity", "value", "unit", "records", "words", "partial"])
    partial = "yes" if report.missing else "no"
    for one in report.readings:
        basis = (one.basis.records, one.basis.tokens, partial)
        writer.writerows([report.sample.name, one.tool, q.name, q.value, q.unit, *basis] for q in one.quantities)
    return target.getvalue().rstrip("\n")


def _as_table(report: Report) -> str:
    return table_of(report.sample, report.outcomes, report.remarks)


_REPORTS: Mapping[str, Callable[[Report], str]] = {
    "table": _as_table,
    "json": _as_json,
    "jsonl": _as_jsonl,
    "csv": _as_csv,
}
