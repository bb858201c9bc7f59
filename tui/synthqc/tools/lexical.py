"""Lexical richness: how varied the words are."""

from collections.abc import Mapping

from .measuring import basis_of, caveats_of, coded_words, lines_of, reference_of
from .reading import Argument, Evidence, Quantity, Reading
from .sample import Sample
from .tool import Parameter, Tool, Watch


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.distinct import most_repeated
    from synthqc.metrics.lexical import different, mattr, mtld, ttr
    from synthqc.metrics.undefined import UndefinedReading

    window = int(arguments["window"])
    basis = basis_of(sample)
    coded = coded_words(sample.records)
    words = coded.codes
    caveats = caveats_of(sample, basis.tokens, "the type-token ratio")
    plain = Quantity("ttr", "type-token ratio", ttr(words), "share", 0, 1)
    quantities = [plain]
    reference = None
    try:
        value = mattr(words, window)
        quantities.insert(0, Quantity("mattr", f"MATTR, windows of {window} words", value, "share", 0, 1))
        reference = reference_of(basis.tokens, lambda cut: mattr(cut.codes, window))
    except UndefinedReading as undefined:
        caveats.append(f"no MATTR: {undefined}")
    try:
        quantities.append(Quantity("mtld", "MTLD, words per factor", mtld(words), "words", 0))
    except UndefinedReading as undefined:
        caveats.append(f"no MTLD: {undefined}")
    quantities.append(Quantity("words", "different words", different(words), "count", 0))
    caveats.append("the type-token ratio falls as text grows; MATTR and MTLD hardly do")
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis,
        caveats=tuple(caveats),
        reference=reference,
        evidence=tuple(
            Evidence(one.gram[0], one.count, lines_of(sample, one.records)) for one in most_repeated(coded, 1)
        ),
        source="MATTR: Covington and McFall 2010; MTLD: McCarthy and Jarvis 2010",
    )


TOOL = Tool(
    name="lexical-richness",
    title="Lexical richness",
    help="Variety of words: type-token ratio, its moving average (MATTR), and MTLD.",
    parameters=(Parameter("window", "integer", 50, "words in a window of MATTR", minimum=5, maximum=1000),),
    run=_run,
    words={
        "mattr": ("mattr", "moving-average"),
        "ttr": ("ttr", "type-token"),
        "mtld": ("mtld",),
        "words": ("vocabulary", "different words"),
    },
)
"""The tool."""
