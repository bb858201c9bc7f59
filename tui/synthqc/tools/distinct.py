"""Distinct-N: how much of the wording is different."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from .measuring import basis_of, caveats_of, coded_words, lines_of, reference_of, reference_words
from .reading import Argument, Evidence, Quantity, Reading, Series
from .sample import Sample
from .tool import Derived, Parameter, Tool, Watch

if TYPE_CHECKING:
    from synthqc.metrics.words import Words

LONGEST_CURVE = 200_000
"""Words up to which the curve of the value against length is drawn; it costs a second sort."""

_SEED = 0


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.distinct import distinct_n, expectation_adjusted, growth, most_repeated

    n = int(arguments["n"])
    words = coded_words(sample.records)
    basis = basis_of(sample)
    found = distinct_n(words, n)
    quantities = [
        Quantity("distinct_n", f"Distinct-{n}", found.share, "share", 0, 1),
        Quantity("unique", f"different {_grams(n)}", found.unique, "count", 0),
        Quantity("total", f"all {_grams(n)}", found.total, "count", 0),
        Quantity("repeats_share", "share that repeats", 1 - found.share, "share", 0, 1),
    ]
    if n == 1:
        vocabulary = int(arguments["vocabulary"])
        adjusted = expectation_adjusted(found, vocabulary)
        quantities.append(Quantity("adjusted", f"over what {vocabulary:,} words by chance give", adjusted, "score", 0))
    length = int(arguments["budget"])
    drawn, undrawn = _drawn(words, n, length) if basis.tokens >= 2 * length else ([], "")
    quantities += drawn
    reference = reference_of(basis.tokens, lambda cut: distinct_n(cut, n).share)
    caveats = caveats_of(sample, basis.tokens, f"Distinct-{n}")
    caveats.append("Distinct-N falls as text grows, so compare it only at one length")
    if undrawn:
        caveats.append(undrawn)
    if reference is None:
        caveats.append("the text is longer than the reference text; compare the value at a fixed number of words")
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis,
        caveats=tuple(caveats),
        reference=reference,
        evidence=tuple(
            Evidence(" ".join(one.gram), one.count, lines_of(sample, one.records)) for one in most_repeated(words, n)
        ),
        series=_growth_of(sample, words, n, basis.tokens, growth),
        seed=_SEED if drawn else None,
        source="Li et al. 2016, arXiv:1510.03055",
    )


def _drawn(words: "Words", n: int, length: int) -> tuple[list[Quantity], str]:
    """The value at a fixed length; or nothing, and why, where a draw has no n-gram."""
    from synthqc.metrics.distinct import distinct_at_budget
    from synthqc.metrics.undefined import UndefinedReading

    try:
        budget = distinct_at_budget(words, n, tokens=length, seed=_SEED)
    except UndefinedReading as undefined:
        return [], f"no value at {length:,} words: in a draw of so many, {undefined}"
    return [
        Quantity("fixed_budget", f"Distinct-{n} at {length:,} words", budget.mean, "share", 0, 1),
        Quantity("fixed_budget_spread", f"standard deviation over {budget.draws} draws", budget.spread, "share", 0),
    ], ""


def _growth_of(
    sample: Sample, words: "Words", n: int, tokens: int, growth: "Callable[[Words, int], list[tuple[int, float]]]"
) -> tuple[Series, ...]:
    """Distinct-N against length: of this text, and of human writing as far as it is as long; of no very long text."""
    if tokens > LONGEST_CURVE:
        return ()
    lines = [(sample.name, growth(words, n))]
    human = reference_words(tokens)
    if human is not None and human[1].lengths.max(initial=0) >= n:
        lines.append((human[0], growth(human[1], n)))
    return tuple(
        Series(label, tuple(float(x) for x, _ in points), tuple(y for _, y in points), _grams(n), f"Distinct-{n}")
        for label, points in lines
    )


def _grams(n: int) -> str:
    return {1: "words", 2: "bigrams", 3: "trigrams"}.get(n, f"{n}-grams")


TOOL = Tool(
    name="distinct-n",
    title="Distinct-N",
    help="Share of n-grams that are different: low means the same wording again and again.",
    parameters=(
        Parameter("n", "integer", 2, "words in an n-gram", minimum=1, maximum=5),
        Parameter(
            "vocabulary",
            "integer",
            30_000,
            "words of the language, for the expectation-adjusted form of Distinct-1",
            minimum=2,
            maximum=10_000_000,
        ),
        Parameter(
            "budget",
            "integer",
            1_000,
            "words of a draw for the value at a fixed length, which texts twice as long have",
            50,
            1_000_000,
        ),
    ),
    run=_run,
    words={
        "distinct_n": ("distinct-n", "distinct", "distinct-1", "distinct-2", "distinct-3", "distinctness"),
        "unique": ("unique", "different"),
        "total": ("all", "total"),
        "repeats_share": ("repeat", "repeated"),
        "adjusted": ("adjusted", "expectation-adjusted"),
        "fixed_budget": ("fixed budget", "fixed length"),
    },
    derived=(Derived("n-grams that repeat", "total", "unique", ("repeat", "repeats", "repeated")),),
)
"""The tool."""
