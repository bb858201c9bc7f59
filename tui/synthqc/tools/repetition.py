"""Repetition: stock phrases, and how lines begin and end."""

from collections.abc import Mapping

from .measuring import basis_of, coded_words, lines_of
from .reading import Argument, Evidence, Quantity, Reading
from .sample import Sample
from .tool import Parameter, Tool, Watch


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.phrases import closing, opening, phrases_of

    size = int(arguments["words"])
    words = coded_words(sample.records)
    found = phrases_of(words, size)
    first, opening_share = opening(words, size)
    last, closing_share = closing(words, size)
    lines = int((words.lengths > 0).sum())
    widest = len(found.common[0].records) if found.common else 1
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("phrase_share", "share of lines with the commonest phrase", widest / lines, "share", 0, 1),
            Quantity("opening_share", f"share that opens “{' '.join(first.words)}”", opening_share, "share", 0, 1),
            Quantity("closing_share", f"share that ends “{' '.join(last.words)}”", closing_share, "share", 0, 1),
            Quantity("phrases", f"different runs of {size} words", found.different, "count", 1),
        ),
        basis=basis_of(sample),
        caveats=(
            f"a phrase is a run of {size} words; a line counts once for each of its phrases, of all lines with words",
            f"openings and endings are shares of the lines with {size} words or more",
        ),
        evidence=tuple(
            Evidence(" ".join(one.words), len(one.records), lines_of(sample, one.records), "lines")
            for one in found.common
        ),
    )


TOOL = Tool(
    name="repetition",
    title="Repetition",
    help="Stock phrases: runs of words that come back in many lines, and how lines begin and end.",
    parameters=(Parameter("words", "integer", 4, "words of a phrase", minimum=2, maximum=12),),
    run=_run,
    words={
        "phrase_share": ("phrase", "stock phrase"),
        "opening_share": ("opening", "open"),
        "closing_share": ("closing", "ending"),
        "phrases": ("phrases",),
    },
)
"""The tool."""
