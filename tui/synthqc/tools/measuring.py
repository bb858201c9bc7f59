"""What every tool on words needs: the words of a sample, its basis, and human writing of the same length."""

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from synthqc.course.loading import find_course, load_course
from synthqc.metrics.templates import masked
from synthqc.metrics.tokens import RULE, Records, has_unspaced_script, tokenised
from synthqc.metrics.undefined import UndefinedReading

from .keeping import Records as Kept
from .reading import Basis, Reference
from .sample import Sample

if TYPE_CHECKING:
    from synthqc.metrics.words import Words

SHORT = 100
"""Words below which ratios of words say little."""


@functools.lru_cache(maxsize=4)
def words_of(records: Kept) -> Records:
    """The words of every record as strings; kept for the tools that follow on the same sample."""
    return tokenised(records)


@functools.lru_cache(maxsize=4)
def coded_words(records: Kept) -> "Words":
    """The words of every record as codes, a quarter of the time and memory; kept for the tools that follow."""
    from synthqc.metrics.words import coded

    return coded(records)


@functools.lru_cache(maxsize=2)
def masked_of(records: Kept) -> list[str]:
    """The records with names and numbers masked; kept for the tools that follow on the same sample."""
    return masked(records)


_KEPT = 20_000
"""Records up to which all of them are masked and kept for the next tool; of more only those that are asked for."""


def masked_at(sample: Sample, positions: Sequence[int]) -> list[str]:
    """The records at some positions, with names and numbers masked."""
    if len(sample.records) > _KEPT:
        return masked([sample.records[n] for n in positions])
    everything = masked_of(sample.records)
    return [everything[n] for n in positions]


def words_at(sample: Sample, positions: Sequence[int]) -> "Words":
    """The words of the records at some positions, coded."""
    import numpy as np

    return coded_words(sample.records).of(np.array(positions, dtype=np.int64))


def basis_of(sample: Sample, rule: str = "") -> Basis:
    """What a number on this sample rests on."""
    return Basis(
        records=sum(1 for record in sample.records if record.strip()),
        tokens=coded_words(sample.records).total,
        characters=sum(len(record) for record in sample.records),
        rule=rule or RULE,
    )


def caveats_of(sample: Sample, tokens: int, measure: str) -> list[str]:
    """What limits a ratio of words on this sample, each in one sentence."""
    caveats = []
    if tokens < SHORT:
        caveats.append(f"{tokens} words are few: {measure} is high on short text, whoever wrote it")
    if any(not record.isascii() and has_unspaced_script(record) for record in sample.records):
        caveats.append("the text has a script without spaces: each of its characters counts as a word")
    return caveats


@functools.cache
def _reference() -> tuple[str, tuple[str, ...]]:
    course = load_course(find_course())
    entry = course.sample(course.samples.reference)
    return entry.title, tuple(course.sample_text(entry.id).split("\n"))


def reference_of(tokens: int, measure: "Callable[[Words], float]") -> Reference | None:
    """The value of the same measure on human writing cut to the same number of words.

    Args:
        tokens: Words of the sample.
        measure: From words to the headline number.

    Returns:
        The reference, or None where the reference text is shorter than the sample or has no value at this length.
    """
    human = reference_words(tokens)
    if human is None:
        return None
    try:
        return Reference(f"{human[0]}, same length", measure(human[1]), tokens)
    except UndefinedReading:
        return None


def reference_words(tokens: int) -> "tuple[str, Words] | None":
    """The title and the first words of the reference text; None where it has fewer than asked for."""
    title, records = _reference()
    words = coded_words(records)
    return (title, words.first(tokens)) if words.total >= tokens else None


def reference_of_lines(tokens: int, measure: Callable[[tuple[str, ...]], float]) -> Reference | None:
    """The value of the same measure on whole lines of human writing, as many as have that number of words together.

    Args:
        tokens: Words of the sample.
        measure: From lines to the headline number.

    Returns:
        The reference, or None where the reference text is shorter than the sample.
    """
    title, records = _reference()
    begins = coded_words(records).begins
    lines = int(begins.searchsorted(tokens))
    if lines >= begins.size or not any(records[:lines]):
        return None
    return Reference(f"{title}, same length", measure(records[:lines]), int(begins[lines]))


def lines_of(sample: Sample, positions: tuple[int, ...] | list[int]) -> tuple[int, ...]:
    """Line numbers of records, the first twenty."""
    return tuple(sample.lines[position] for position in positions[:20])
