"""Quality classifier: what it finds after rounds of labelling its own training data, from a fair and a narrow seed."""

from collections import Counter
from collections.abc import Mapping

from .measuring import words_of
from .reading import Argument, Quantity, Reading, Series
from .rows import basis_of_rows, fields_of, values_of
from .sample import Sample
from .tool import Parameter, Tool, Watch


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.classifier import SURE, self_train
    from synthqc.metrics.undefined import UndefinedReading

    kinds = values_of(sample, str(arguments["field"]))
    words = words_of(sample.records)
    labelled = [n for n, row in enumerate(sample.rows) if row.get("labelled") is True and kinds[n]]
    if not labelled:
        raise UndefinedReading(f"this needs rows with 'labelled' true, the seed; {fields_of(sample)}")
    bad_kinds = Counter(kinds[n] for n in labelled if kinds[n] != "good")
    learned = set(bad_kinds)
    if arguments["seed_kind"] == "narrow" and bad_kinds:
        learned = {min(bad_kinds, key=lambda kind: (-bad_kinds[kind], kind))}
    seed = [(words[n], kinds[n] != "good") for n in labelled if kinds[n] == "good" or kinds[n] in learned]
    rest = [n for n in range(len(words)) if kinds[n] and n not in set(labelled)]
    pool, held_out = rest[::2], rest[1::2]
    watch(0, 1)
    rounds = self_train(
        seed,
        [words[n] for n in pool],
        [(words[n], kinds[n] != "good") for n in held_out],
        rounds=int(arguments["rounds"]),
    )
    watch(1, 1)
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
        ),
        basis=basis_of_rows(
            sample,
            held_out,
            f"judged on {len(held_out)} lines that it never learned from; naive Bayes on words; labels of its own are "
            f"taken from a probability of {SURE:g} on; bad kinds in the seed: {', '.join(sorted(learned)) or 'none'}",
        ),
        caveats=("one split of one small sample: read the direction, not the digits",),
        series=(series("recall", "bad lines found"), series("confidence", "its confidence")),
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
        Parameter("field", "field", "answer", "field that says good, or what is bad"),
    ),
    run=_run,
    words={
        "recall": ("recall", "found"),
        "recall_first": ("recall",),
        "precision": ("precision",),
        "confidence": ("confidence",),
        "confidence_first": ("confidence",),
        "seed_lines": ("seed",),
        "labels": ("labels",),
    },
    live=False,
    reads="rows",
)
"""The tool."""
