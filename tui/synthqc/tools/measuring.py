"""What every tool on words needs: the words of a sample, its basis, and human writing of the same length."""

import functools
from collections.abc import Callable

from synthqc.course.loading import find_course, load_course
from synthqc.metrics.templates import masked
from synthqc.metrics.tokens import RULE, Records, has_unspaced_script, tokenised, tokens_of
from synthqc.metrics.undefined import UndefinedReading

from .reading import Basis, Reference
from .sample import Sample

SHORT = 100
"""Words below which ratios of words say little."""


@functools.lru_cache(maxsize=4)
def words_of(records: tuple[str, ...]) -> Records:
    """The words of every record; kept for the tools that follow on the same sample."""
    return tokenised(records)


_KEPT = 20_000
"""Records up to which words are kept for the next tool; of more they are only counted, which takes half the time."""


@functools.lru_cache(maxsize=2)
def _tokens_in(records: tuple[str, ...]) -> int:
    if len(records) <= _KEPT:
        return sum(len(words) for words in words_of(records))
    return sum(len(tokens_of(record)) for record in records)


@functools.lru_cache(maxsize=2)
def masked_of(records: tuple[str, ...]) -> list[str]:
    """The records with names and numbers masked; kept for the tools that follow on the same sample."""
    return masked(records)


def basis_of(sample: Sample, rule: str = "") -> Basis:
    """What a number on this sample rests on."""
    return Basis(
        records=sum(1 for record in sample.records if record.strip()),
        tokens=_tokens_in(sample.records),
        characters=sum(len(record) for record in sample.records),
        rule=rule or RULE,
    )


def caveats_of(sample: Sample, tokens: int, measure: str) -> list[str]:
    """What limits a ratio of words on this sample, each in one sentence."""
    caveats = []
    if tokens < SHORT:
        caveats.append(f"{tokens} words are few: {measure} is high on short text, whoever wrote it")
    if any(has_unspaced_script(record) for record in sample.records):
        caveats.append("the text has a script without spaces: each of its characters counts as a word")
    return caveats


@functools.cache
def _reference() -> tuple[str, tuple[str, ...], Records]:
    course = load_course(find_course())
    entry = course.sample(course.samples.reference)
    records = tuple(course.sample_text(entry.id).split("\n"))
    return entry.title, records, tokenised(records)


def reference_of(tokens: int, measure: Callable[[Records], float]) -> Reference | None:
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


def reference_words(tokens: int) -> tuple[str, Records] | None:
    """The title and the first words of the reference text; None where it has fewer than asked for."""
    from synthqc.metrics.distinct import first_words

    title, _, words = _reference()
    cut = first_words(words, tokens)
    return (title, cut) if sum(len(record) for record in cut) >= tokens else None


def reference_of_lines(tokens: int, measure: Callable[[tuple[str, ...]], float]) -> Reference | None:
    """The value of the same measure on whole lines of human writing, as many as have that number of words together.

    Args:
        tokens: Words of the sample.
        measure: From lines to the headline number.

    Returns:
        The reference, or None where the reference text is shorter than the sample.
    """
    title, records, words = _reference()
    lines, taken = 0, 0
    while taken < tokens and lines < len(records):
        taken += len(words[lines])
        lines += 1
    if taken < tokens or not any(records[:lines]):
        return None
    return Reference(f"{title}, same length", measure(records[:lines]), taken)


def lines_of(sample: Sample, positions: tuple[int, ...] | list[int]) -> tuple[int, ...]:
    """Line numbers of records, the first twenty."""
    return tuple(sample.lines[position] for position in positions[:20])
