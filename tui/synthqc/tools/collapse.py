"""Collapse: a small language model trained on its own output, generation after generation."""

from collections.abc import Mapping
from typing import cast

from .measuring import basis_of, words_of
from .reading import Argument, Quantity, Reading, Series
from .sample import Sample
from .tool import Parameter, Tool, Watch


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.collapse import MODEL, RARE, STRETCH, Protocol, collapse

    seed = int(arguments["seed"])
    generations = collapse(
        words_of(sample.records),
        generations=int(arguments["generations"]),
        protocol=cast("Protocol", arguments["protocol"]),
        real_share=float(arguments["real_share"]),
        seed=seed,
        watch=watch,
    )
    last = generations[-1]
    tail = last.tail_kept
    numbers = tuple(float(one.number) for one in generations)

    def series(label: str, name: str, unit: str) -> Series:
        return Series(label, numbers, tuple(float(getattr(one, name)) for one in generations), "generation", unit)

    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("vocabulary_kept", "words kept", last.vocabulary_kept, "share", 0, 1),
            *([] if tail is None else [Quantity("tail_kept", "rare words kept", tail, "share", 0, 1)]),
            Quantity("distinct_2", "Distinct-2", last.distinct_2, "share", 0, 1),
            Quantity("typical_perplexity", "perplexity of typical text", last.typical_perplexity, "score", 1),
            Quantity("odd_share", "share of odd text", last.odd_share, "share", 0, 1),
            Quantity("odd_peak", "share of odd text at its peak", max(g.odd_share for g in generations), "share", 0, 1),
        ),
        basis=basis_of(sample, MODEL),
        caveats=(
            "a bigram model of this text, far smaller than those of the papers: read the shapes, not the values",
            (
                f"perplexity is that of the generation-0 model on stretches of {STRETCH} words; typical text is the "
                "most typical tenth, odd text what that model finds stranger than 99 % of its own"
            ),
            *(
                [f"no word of the text is rare (occurs {RARE} times or less), so none can be lost"]
                if tail is None
                else []
            ),
        ),
        series=(
            series("words kept", "vocabulary_kept", "share of the real words"),
            *([] if tail is None else [series("rare words kept", "tail_kept", "share of the real words")]),
            series("Distinct-2", "distinct_2", "Distinct-2"),
            series("typical text", "typical_perplexity", "perplexity under generation 0"),
            series("odd text", "odd_share", "share of odd text"),
        ),
        seed=seed,
        source="Shumailov et al. 2024, doi:10.1038/s41586-024-07566-y, Gerstgrasser et al. 2024, arXiv:2404.01413",
    )


TOOL = Tool(
    name="collapse",
    title="Collapse",
    help="Trains a small language model on its own output and shows what each generation loses.",
    parameters=(
        Parameter("generations", "integer", 10, "generations after the first", minimum=1, maximum=30),
        Parameter(
            "protocol",
            "choice",
            "replace",
            "trained on the last output alone, on everything so far, or with real text kept in",
            choices=("replace", "accumulate", "keep"),
        ),
        Parameter("real_share", "number", 0.1, "share of real text under keep", minimum=0, maximum=1),
        Parameter("seed", "integer", 0, "draws the texts", minimum=0, maximum=1_000_000),
    ),
    run=_run,
    words={
        "vocabulary_kept": ("words kept", "vocabulary"),
        "tail_kept": ("rare words", "tail"),
        "distinct_2": ("distinct-2",),
        "typical_perplexity": ("perplexity",),
        "odd_share": ("odd",),
    },
    live=False,
)
"""The tool."""
