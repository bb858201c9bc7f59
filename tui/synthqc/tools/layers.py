"""The layers of a filter stack: each says which lines it removes, and why."""

from collections.abc import Callable, Mapping, Sequence

from .measuring import masked_at, words_at
from .rows import is_good
from .sample import Row, Sample
from .stack import Layer, Stack

MOST_COMPARED = 2000
"""Lines up to which the diversity layer compares each with each; of more it removes nothing."""


Removed = dict[int, str]
"""Positions of removed lines, each with the reason."""


def removed_by(layer: Layer, sample: Sample, left: Sequence[int], stack: Stack) -> Removed:
    """What a layer removes from the lines that are left.

    Args:
        layer: Its name.
        sample: All lines.
        left: Positions of those that the layers before have left.
        stack: The settings.
    """
    return _LAYERS[layer](sample, left, stack) if left else {}


def seed_of(sample: Sample) -> list[tuple[int, bool]] | None:
    """The lines that people labelled, with whether they are bad; None where there are not both kinds."""
    labelled = [
        (n, not is_good(row["answer"])) for n, row in enumerate(sample.rows) if is_labelled(row) and "answer" in row
    ]
    return labelled if len({is_bad for _, is_bad in labelled}) == 2 else None


def is_labelled(row: Row) -> bool:
    """Did a person label it? A table has the answer as text."""
    return str(row.get("labelled")).lower() == "true"


def _heuristics(sample: Sample, left: Sequence[int], stack: Stack) -> Removed:
    from synthqc.metrics.heuristics import Limits, reasons

    limits = Limits(stack.shortest, stack.longest, stack.repetition)
    given = reasons([sample.records[n] for n in left], limits, words_at(sample, left))
    return {n: f"breaks the rule on {reason}" for n, reason in zip(left, given, strict=True) if reason}


def _duplicates(sample: Sample, left: Sequence[int], stack: Stack) -> Removed:
    from synthqc.metrics.duplicates import duplicates_of

    texts = masked_at(sample, left) if stack.masked else [sample.records[n] for n in left]
    found = duplicates_of(texts, threshold=stack.threshold, shingle=5)
    removed: Removed = {}
    for group in found.groups:
        first, *copies = sorted(group)
        removed |= {left[copy]: f"copy or near copy of line {sample.lines[left[first]]}" for copy in copies}
    return removed


def _classifier(sample: Sample, left: Sequence[int], stack: Stack) -> Removed:
    from synthqc.metrics.classifier import train
    from synthqc.metrics.tokens import tokens_of

    seed = seed_of(sample)
    if seed is None:
        return {}
    model = train([tokens_of(sample.records[n]) for n, _ in seed], [is_bad for _, is_bad in seed])
    bad = {n: model.probability_bad(tokens_of(sample.records[n])) for n in left}
    return {n: f"bad with probability {p:.2f}" for n, p in bad.items() if p >= stack.bad_from}


def _oracle(sample: Sample, left: Sequence[int], _stack: Stack) -> Removed:
    from synthqc.metrics.arithmetic import sums_in

    wrong = {n: [one.text for one in sums_in(sample.records[n]) if not one.is_right] for n in left}
    return {n: f"wrong sum: {texts[0]}" for n, texts in wrong.items() if texts}


def _diversity(sample: Sample, left: Sequence[int], stack: Stack) -> Removed:
    from synthqc.metrics.clusters import clusters_of
    from synthqc.metrics.vectors import lexical_likeness

    if not 2 <= len(left) <= MOST_COMPARED:
        return {}
    found = clusters_of(lexical_likeness(words_at(sample, left)), stack.alike)
    most = max(2, round(stack.cap * len(left)))
    return {
        left[member]: f"one of {len(one)} lines like line {sample.lines[left[one[0]]]}, {most} are kept"
        for one in found.members
        for member in one[most:]
    }


_LAYERS: Mapping[Layer, Callable[[Sample, Sequence[int], Stack], Removed]] = {
    "heuristics": _heuristics,
    "duplicates": _duplicates,
    "classifier": _classifier,
    "oracle": _oracle,
    "diversity": _diversity,
}
