"""Quality classifier: what it finds after rounds of labelling its own training data, from a fair and a narrow seed."""

from collections import Counter
from collections.abc import Mapping

from .layers import is_labelled
from .measuring import words_of
from .reading import Argument, Quantity, Reading, Series
from .rows import basis_of_rows, fields_of, is_good, values_of
from .sample import Sample
from .tool import Parameter, Tool, Watch

DRAWS = 10
"""Draws of labels for each point of the curve."""


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.classifier import SURE, self_train
    from synthqc.metrics.labelcurve import label_curve
    from synthqc.metrics.undefined import UndefinedReading

    kinds = values_of(sample, str(arguments["field"]))
    words = words_of(sample.records)
    labelled = [n for n, row in enumerate(sample.rows) if is_labelled(row) and kinds[n]]
    if not labelled:
        raise UndefinedReading(f"this needs rows with 'labelled' true, the seed; {fields_of(sample)}")
    bad_kinds = Counter(kinds[n] for n in labelled if not is_good(kinds[n]))
    learned = set(bad_kinds)
    if arguments["seed_kind"] == "narrow" and bad_kinds:
        learned = {min(bad_kinds, key=lambda kind: (-bad_kinds[kind], kind))}
    seed = [(words[n], not is_good(kinds[n])) for n in labelled if is_good(kinds[n]) or kinds[n] in learned]
    known = set(labelled)
    rest = [n for n in range(len(words)) if kinds[n] and n not in known]
    pool, held_out = rest[::2], rest[1::2]
    judges = [(words[n], not is_good(kinds[n])) for n in held_out]
    watch(0, 2)
    rounds = self_train(seed, [words[n] for n in pool], judges, rounds=int(arguments["rounds"]))
    watch(1, 2)
    curve = label_curve(seed, judges, draws=DRAWS)
    watch(2, 2)
    first, last = rounds[0], rounds[-1]
    numbers = tuple(float(one.number) for one in rounds)

    def series(name: str, label: str) -> Series:
        return Series(label, numbers, tuple(getattr(one, name) for one in rounds), "round", "share")

    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("recall", "share of the bad lines found, last round", last.recall, "share", 0, 1),
            Quantity("recall_first", "share found by the seed alone", first.recall, "share", 0, 1),
            Quantity("precision", "share of its finds that are bad", last.precision, "share", 0, 1),
            Quantity("confidence", "its mean confidence, last round", last.confidence, "share", 0.5, 1),
            Quantity("confidence_first", "its mean confidence at first", first.confidence, "share", 0.5, 1),
            Quantity("seed_lines", "lines in the seed", len(seed), "lines", 2),
            Quantity("labels", "labelled lines in the end, its own included", last.labels, "lines", 2),
            Quantity("f1", "F1 on bad lines, last round", last.f1, "share", 0, 1),
            Quantity("f1_first", "F1 of the seed alone", first.f1, "share", 0, 1),
            *(
                [
                    Quantity("f1_fewer", f"F1 with {fewer.labels} labels of the seed", fewer.f1, "share", 0, 1),
                    Quantity("f1_fewer_sd", f"its standard deviation over {DRAWS} draws", fewer.spread, "share", 0),
                ]
                if (fewer := curve[-2] if len(curve) > 1 else None)
                else []
            ),
        ),
        basis=basis_of_rows(
            sample,
            held_out,
            f"judged on {len(held_out)} lines that it never learned from; naive Bayes on words; labels of its own are "
            f"taken from a probability of {SURE:g} on; bad kinds in the seed: {', '.join(sorted(learned)) or 'none'}",
        ),
        caveats=(
            "one split of one small sample: read the direction, not the digits",
            f"the curve by labels is the mean of {DRAWS} draws from the seed (seed 0), each with a good and a bad line",
        ),
        series=(
            series("recall", "bad lines found"),
            series("confidence", "its confidence"),
            Series(
                "seed alone, by labels",
                tuple(float(one.labels) for one in curve),
                tuple(one.f1 for one in curve),
                "labels",
                "F1 on bad lines",
            ),
        ),
        seed=0,
        source="self-training: Lee 2013, Pseudo-Label",
    )


TOOL = Tool(
    name="quality-classifier",
    title="Quality classifier",
    help="A small classifier that labels its own training data in rounds; needs rows of which some are labelled.",
    parameters=(
        Parameter(
            "seed_kind", "choice", "fair", "bad lines of every kind in the seed, or of one", choices=("fair", "narrow")
        ),
        Parameter("rounds", "integer", 6, "rounds after the seed", minimum=0, maximum=30),
        Parameter("field", "field", "answer", "field that says good (or right, or yes), or what is bad"),
    ),
    run=_run,
    words={
        "recall": ("recall", "found"),
        "recall_first": ("recall",),
        "precision": ("precision",),
        "confidence": ("confidence", "confident"),
        "confidence_first": ("confidence",),
        "seed_lines": ("seed",),
        "labels": ("labels",),
        "f1": ("F1",),
    },
    live=False,
    reads="rows",
)
"""The tool."""
