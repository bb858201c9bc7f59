"""Repetition: stock phrases, and how lines begin and end."""

from collections import Counter
from collections.abc import Mapping, Sequence

from .measuring import basis_of, lines_of, words_of
from .reading import Argument, Evidence, Quantity, Reading
from .sample import Sample
from .tool import Parameter, Tool, Watch


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.templates import opening_share
    from synthqc.metrics.undefined import UndefinedReading

    size = int(arguments["words"])
    records = words_of(sample.records)
    phrases: Counter[tuple[str, ...]] = Counter()
    for words in records:
        phrases.update({tuple(words[start : start + size]) for start in range(len(words) - size + 1)})
    if not phrases:
        raise UndefinedReading(f"no line has {size} words")
    lines = sum(1 for words in records if words)
    common = sorted((one for one in phrases.items() if one[1] > 1), key=lambda one: (-one[1], one[0]))[:10]
    opening, first = opening_share(records, size)
    closing, last = opening_share([words[::-1] for words in records], size)
    wanted = {phrase: [n for n, words in enumerate(records) if _has(words, phrase)] for phrase, _ in common}
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("phrase_share", "share of lines with the commonest phrase", _share(common, lines), "share", 0, 1),
            Quantity("opening_share", f"share that opens “{' '.join(first)}”", opening, "share", 0, 1),
            Quantity("closing_share", f"share that ends “{' '.join(reversed(last))}”", closing, "share", 0, 1),
            Quantity("phrases", f"different runs of {size} words", len(phrases), "count", 1),
        ),
        basis=basis_of(sample),
        caveats=(f"a phrase is a run of {size} words; a line counts once for each of its phrases",),
        evidence=tuple(
            Evidence(" ".join(phrase), count, lines_of(sample, wanted[phrase]), "lines") for phrase, count in common
        ),
    )


def _share(common: list[tuple[tuple[str, ...], int]], lines: int) -> float:
    return common[0][1] / lines if common else 1 / lines


def _has(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    sequence = tuple(words)
    size = len(phrase)
    return any(sequence[start : start + size] == phrase for start in range(len(sequence) - size + 1))


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
