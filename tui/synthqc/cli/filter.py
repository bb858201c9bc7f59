"""`synthqc filter`: a filter stack applied to a file, with the reason beside each rejected record."""

import io
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, get_args

import click

from synthqc.course.source import CourseError, read
from synthqc.errors import INTERRUPTED, UsageError
from synthqc.tools.formats import Form, form_of, unpacked
from synthqc.tools.funnel import funnel_of, warnings_of
from synthqc.tools.layers import MOST_COMPARED, seed_of
from synthqc.tools.meter import PIECE, Meter
from synthqc.tools.sample import Sample, sample_of_stream
from synthqc.tools.split import Counts, Reason, split
from synthqc.tools.stack import Stack, problems_of
from synthqc.tools.target import whole_files

from .bar import Bar

_EXAMPLES = """\b
A stack is YAML such as:
  layers: [heuristics, duplicates, oracle]
  threshold: 0.8

\b
Example:
  synthqc filter replies.jsonl --stack stack.yaml --output kept.jsonl --rejected rejected.jsonl
"""


@click.command(epilog=_EXAMPLES)
@click.argument("file", metavar="FILE|-")
@click.option("--stack", "stack_file", type=click.Path(path_type=Path), metavar="FILE", help="The stack, as YAML.")
@click.option("--output", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Where kept ones go.")
@click.option("--rejected", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Where the others go.")
@click.option("--field", default="", metavar="NAME", help="Field of each row that holds the text.")
@click.option("--as", "given_form", type=click.Choice(get_args(Form)), help="How records stand in the file.")
def command(
    file: str, stack_file: Path | None, output: Path, rejected: Path, field: str, given_form: Form | None
) -> int:
    """Filter a file of records; - is standard input.

    Kept ones go to one file as they stand, a table with its heading and an array as an array; rejected ones to another
    as JSON rows with the reason. Nothing is lost and nothing reordered, and names that end in .gz or .zst are packed.
    Both files appear when all is done: a run that is interrupted leaves none.

    Without --stack all layers run with their usual settings. `synthqc measure FILE --tool filter-stack` shows the stack
    that it ran, and `synthqc measure --describe --tool filter-stack` what each setting means.
    """
    there = [one.resolve() for one in (output, rejected, *([] if file == "-" else [Path(file)]))]
    if len(set(there)) < len(there):
        raise UsageError("the file, --output and --rejected have to be three different files")
    stack = _stack(stack_file)
    try:
        with _source(file) as stream:
            counts, layers = _filtered(stream, _name(file), stack, output, rejected, field, given_form)
    except KeyboardInterrupt:
        click.echo("synthqc: interrupted; nothing was written", err=True)
        return INTERRUPTED
    click.echo(_summary(counts, layers), err=True)
    return 0


def _summary(counts: Counts, layers: Counter[str]) -> str:
    by_layer = ", ".join(f"{layer} {count:,}" for layer, count in layers.items())
    rejected = f"{counts.rejected:,} rejected" + (f" ({by_layer})" if by_layer else "")
    kept = f"{counts.kept:,} of {counts.kept + counts.rejected:,} records kept, {rejected}"
    return kept + (
        f"; rejected too: {counts.unreadable:,} that could not be read as records" if counts.unreadable else ""
    )


def _stack(file: Path | None) -> Stack:
    if file is None:
        return Stack()
    document = read(file, Stack, root=file.parent)
    problems = tuple(document.problem((name,), message) for name, message in problems_of(document.value))
    if problems:
        raise CourseError(problems)
    return document.value


def _name(file: str) -> str:
    return "standard input" if file == "-" else Path(file).name


@contextmanager
def _source(file: str) -> Iterator[BinaryIO]:
    """The file, open to be read twice; what can be read but once is copied first."""
    if file == "-":
        with _copied(sys.stdin.buffer) as copy:
            yield copy
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 - what happens inside should not pass for a failure to open
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from error
    with stream:
        if stream.seekable():
            yield stream
        else:
            with _copied(stream) as copy:
                yield copy


@contextmanager
def _copied(stream: BinaryIO) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile() as copy:
        with Bar("reading") as bar:
            shutil.copyfileobj(io.BufferedReader(Meter(stream, bar), PIECE), copy, PIECE)
        copy.seek(0)
        yield copy


def _filtered(
    stream: BinaryIO, name: str, stack: Stack, output: Path, rejected: Path, field: str, given_form: Form | None
) -> tuple[Counts, Counter[str]]:
    before = os.fstat(stream.fileno())
    with Bar("reading") as bar:
        sample = sample_of_stream(stream, name, field=field, form=given_form, watch=bar)
    for note in sample.notes:
        click.echo(f"synthqc: {note}", err=True)
    reasons = _reasons(sample, stack)
    stream.seek(0)
    try:
        with Bar("writing") as bar, whole_files(output, rejected) as (kept, others):
            plain = unpacked(io.BufferedReader(Meter(stream, bar), PIECE))
            counts = split(plain, given_form or form_of(name, plain), sample, reasons, kept, others)
            after = os.fstat(stream.fileno())
            if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                raise UsageError(f"{name}: changed while it was read; nothing was written")
    except OSError as error:
        raise UsageError(f"{error.filename or output}: cannot be written: {error.strerror or error}") from error
    return counts, Counter(reason.layer for reason in reasons.values())


def _reasons(sample: Sample, stack: Stack) -> dict[int, Reason]:
    """Why records are rejected, by their position."""
    there = [n for n, record in enumerate(sample.records) if record.strip()]
    if "classifier" in stack.layers and seed_of(sample) is None:
        note = "no rows with 'labelled' true and an 'answer' that is good in some and not in others"
        click.echo(f"synthqc: the classifier removes nothing: {note}", err=True)
    with Bar("filtering") as bar:
        steps = funnel_of(sample, there, stack, bar)
    for warning in warnings_of(steps, stack):
        click.echo(f"synthqc: {warning}", err=True)
    if any(step.layer == "diversity" and len(step.read) > MOST_COMPARED for step in steps):
        note = f"it compares up to {MOST_COMPARED:,} lines, and more are left"
        click.echo(f"synthqc: the diversity layer removes nothing: {note}", err=True)
    return {n: Reason(step.layer, reason) for step in steps for n, reason in step.removed.items()}
