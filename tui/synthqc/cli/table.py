"""The report of `synthqc measure` as text, for a terminal of 100 columns."""

from collections.abc import Iterator, Mapping, Sequence

from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.inlines import reading_lines, wrapped
from synthqc.tools.reading import Reading
from synthqc.tools.sample import NO_SAMPLE, Sample

from .bounds import Outcome
from .verdict import Remark


def table_of(sample: Sample, outcomes: Mapping[str, Outcome], remarks: Sequence[Remark]) -> str:
    """The report.

    Args:
        sample: What was measured.
        outcomes: What each tool gave.
        remarks: The verdict in words, none where single tools were asked for.
    """
    return "\n".join(_lines(sample, outcomes, remarks))


def _lines(sample: Sample, outcomes: Mapping[str, Outcome], remarks: Sequence[Remark]) -> Iterator[str]:
    if sample is NO_SAMPLE:
        yield "calculated, no file measured"
    else:
        yield f"{sample.name}: {len(sample.records):,} record{'s' if len(sample.records) != 1 else ''}"
    for note in sample.notes:
        yield from wrapped(f"note: {note}", "  ", "        ")
    for name, outcome in outcomes.items():
        yield ""
        yield from reading_lines(outcome) if isinstance(outcome, Reading) else _without(name, outcome)
    if remarks:
        yield from ("", "In words")
    for remark in remarks:
        yield from wrapped(remark.sentence, "  - ", "    ")


def _without(name: str, undefined: UndefinedReading) -> list[str]:
    return [name, *wrapped(f"no reading: {undefined}", "  ", "    ")]
