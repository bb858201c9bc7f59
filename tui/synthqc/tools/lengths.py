"""Length profile: how long the lines are, and how much alike in that."""

import statistics
from collections.abc import Mapping

from .measuring import basis_of, coded_words
from .reading import Argument, Evidence, Quantity, Reading, Series
from .sample import Sample
from .tool import Parameter, Tool, Watch


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.undefined import UndefinedReading

    lengths = {n: words for n, words in enumerate(coded_words(sample.records).lengths.tolist()) if words}
    if not lengths:
        raise UndefinedReading("there are no words to count")
    ordered = sorted(lengths.values())
    middle, mean = statistics.median(ordered), statistics.fmean(ordered)
    spread = statistics.pstdev(ordered)
    bins = int(arguments["bins"])
    low, high = ordered[0], ordered[-1]
    width = max(1, -(-(high - low + 1) // bins))
    counts = [0] * (1 + (high - low) // width)
    for length in ordered:
        counts[(length - low) // width] += 1
    starts = tuple(float(low + width * place) for place in range(len(counts)))
    by_length = sorted(lengths, key=lambda n: (lengths[n], n))
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("median", "words of the middle line", float(middle), "words", 1),
            Quantity("mean", "mean words of a line", mean, "words", 1),
            Quantity("variation", "standard deviation over mean", spread / mean, "ratio", 0),
            Quantity("shortest", "words of the shortest line", low, "words", 1),
            Quantity("longest", "words of the longest line", high, "words", 1),
            Quantity("fifth", "words that 5% of the lines stay within", _quantile(ordered, 0.05), "words", 1),
            Quantity("ninety_fifth", "words that 95% of the lines stay within", _quantile(ordered, 0.95), "words", 1),
        ),
        basis=basis_of(sample),
        caveats=("lines of one length are a sign of templates; lines of all lengths are no proof of variety",),
        evidence=(
            Evidence("the shortest lines", low, tuple(sample.lines[n] for n in by_length[:5]), "words"),
            Evidence("the longest lines", high, tuple(sample.lines[n] for n in by_length[:-6:-1]), "words"),
        ),
        series=(Series("lines", starts, tuple(float(one) for one in counts), "words of a line", "lines", "histogram"),)
        if len(counts) > 1
        else (),
    )


def _quantile(ordered: list[int], share: float) -> int:
    """The smallest length that at least so large a share of the lines does not exceed."""
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]


TOOL = Tool(
    name="length-profile",
    title="Length profile",
    help="How long the lines are: middle, spread, ends, and a histogram.",
    parameters=(Parameter("bins", "integer", 20, "bars of the histogram", minimum=2, maximum=200),),
    run=_run,
    words={
        "median": ("median",),
        "mean": ("mean length", "average length"),
        "variation": ("variation",),
        "shortest": ("shortest",),
        "longest": ("longest",),
        "fifth": ("5%",),
        "ninety_fifth": ("95%",),
    },
)
"""The tool."""
