"""`synthqc filter`: a filter stack applied to a file, with the reason beside each rejected row."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from synthqc.course.source import read
from synthqc.errors import UsageError
from synthqc.tools.formats import form_of, unpacked
from synthqc.tools.layers import removed_by, seed_of
from synthqc.tools.stack import Stack
from synthqc.tools.sample import LONGEST_RECORD, Sample, sample_of_file


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--stack", "stack_file", type=click.Path(path_type=Path), metavar="FILE", help="The stack, as YAML.")
@click.option("--output", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Where kept lines go.")
@click.option("--rejected", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Where the others go.")
@click.option("--field", default="", metavar="NAME", help="Field of each row that holds the text.")
def command(file: Path, stack_file: Path | None, output: Path, rejected: Path, field: str) -> int:
    """Filter a text or JSONL file: kept lines go to one file as they stand, rejected ones to another with the reason.

    Nothing is lost and nothing reordered. A stack is YAML such as

        layers: [heuristics, duplicates, oracle]
        threshold: 0.8

    Example: synthqc filter replies.jsonl --stack stack.yaml --output kept.jsonl --rejected rejected.jsonl
    """
    if len({one.resolve() for one in (file, output, rejected)}) < 3:
        raise UsageError("the file, --output and --rejected have to be three different files")
    stack = read(stack_file, Stack, root=stack_file.parent).value if stack_file is not None else Stack()
    sample = _sample(file, field)
    reasons = dict(_reasons(sample, stack))
    kept = _split(file, output, rejected, sample, reasons)
    click.echo(f"{kept:,} lines kept, {len(reasons):,} rejected, {sample.left_out:,} that were no rows", err=True)
    return 0


def _sample(file: Path, field: str) -> Sample:
    try:
        with file.open("rb") as stream:
            form = form_of(file.name, unpacked(stream))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from error
    if form != "lines":
        raise UsageError(f"{file}: is {form}; a stack filters text or JSONL, a record a line")
    return sample_of_file(file, field=field, form="lines")


def _reasons(sample: Sample, stack: Stack) -> Iterator[tuple[int, tuple[str, str]]]:
    """The rejected lines by number, with layer and reason."""
    left = [n for n, record in enumerate(sample.records) if record.strip()]
    if "classifier" in stack.layers and seed_of(sample) is None:
        note = "no rows with 'labelled' true and an 'answer' that is good in some and not in others"
        click.echo(f"synthqc: the classifier removes nothing: {note}", err=True)
    for layer in stack.layers:
        removed = removed_by(layer, sample, left, stack)
        for position, reason in removed.items():
            yield sample.lines[position], (layer, reason)
        left = [n for n in left if n not in removed]


def _split(file: Path, output: Path, rejected: Path, sample: Sample, reasons: dict[int, tuple[str, str]]) -> int:
    """Copies each line of the file to where it belongs; the number of lines kept."""
    known = set(sample.lines)
    kept = 0
    try:
        with file.open("rb") as stream, output.open("wb") as good, rejected.open("w", encoding="utf-8") as bad:
            for number, raw in enumerate(_whole_lines(unpacked(stream)), start=1):
                if number in reasons:
                    bad.write(_explained(number, raw, *reasons[number]))
                elif number in known or not raw.strip():
                    kept += bool(raw.strip())
                    good.write(raw)
                else:
                    bad.write(_explained(number, raw, "reading", "no row with text in the field"))
    except OSError as error:
        raise UsageError(f"{error.filename or output}: cannot be written: {error.strerror or error}") from error
    return kept


def _whole_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines of any length, each whole."""
    pieces: list[bytes] = []
    while piece := stream.readline(LONGEST_RECORD):
        pieces.append(piece)
        if piece.endswith(b"\n"):
            yield b"".join(pieces)
            pieces.clear()
    if pieces:
        yield b"".join(pieces)


def _explained(number: int, raw: bytes, layer: str, reason: str) -> str:
    """A rejected line as a JSON row: what it was, its number, the layer and the reason."""
    text = raw.decode("utf-8", errors="replace").rstrip("\r\n")
    row = {"line": number, "rejected_by": layer, "reason": reason, "original": text}
    return json.dumps(row, ensure_ascii=False) + "\n"
