"""Heuristics: which lines simple rules would remove, each with its reason."""

from collections import Counter
from collections.abc import Mapping

from .measuring import basis_of, coded_words
from .reading import Argument, Evidence, Quantity, Reading
from .sample import Sample
from .tool import Parameter, Tool, Watch


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.heuristics import RULE, RULES, Limits, reasons
    from synthqc.metrics.undefined import UndefinedReading

    limits = Limits(int(arguments["shortest"]), int(arguments["longest"]), float(arguments["repetition"]))
    positions = [n for n, record in enumerate(sample.records) if record.strip()]
    if not positions:
        raise UndefinedReading("there is no line to judge")
    given = reasons(sample.records, limits, coded_words(sample.records))
    found = {n: given[n] for n in positions}
    counts = Counter(reason for reason in found.values() if reason)
    removed = counts.total()
    names = {"markup": "html"}
    quantities = [
        Quantity("removed_share", "share that a rule removes", removed / len(positions), "share", 0, 1),
        Quantity("removed_lines", f"lines removed, of {len(positions):,}", removed, "lines", 0),
        Quantity("lines", "lines in all", len(positions), "lines", 0),
        *(
            Quantity(f"{names.get(rule, rule)}_lines", f"lines removed for their {rule}", counts[rule], "lines", 0)
            for rule in RULES
        ),
        Quantity("rules", "rules that removed something", len(counts), "count", 0, len(RULES)),
    ]
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis_of(sample, RULE),
        caveats=(
            "each line counts for the first rule that it breaks: length, markup, encoding, language, repetition",
            "rules see the surface: fluent nonsense passes all of them",
        ),
        evidence=tuple(
            Evidence(f"{rule}: {sample.records[lines[0]].strip()[:120]}", len(lines), _places(sample, lines), "lines")
            for rule, _ in counts.most_common()
            if (lines := [n for n, reason in found.items() if reason == rule])
        ),
    )


def _places(sample: Sample, positions: list[int]) -> tuple[int, ...]:
    return tuple(sample.lines[position] for position in positions[:20])


TOOL = Tool(
    name="heuristics",
    title="Heuristics",
    help="Lines that simple rules remove: too short or long, markup, broken encoding, other language, repetition.",
    parameters=(
        Parameter("shortest", "integer", 5, "fewest words of a line", minimum=1, maximum=1000),
        Parameter("longest", "integer", 400, "most words of a line", minimum=1, maximum=100_000),
        Parameter("repetition", "number", 0.3, "share of a line that may repeat itself", minimum=0, maximum=1),
    ),
    run=_run,
    words={
        "removed_share": ("removed", "heuristics"),
        "removed_lines": ("removed",),
        "html_lines": ("markup", "html"),
        "encoding_lines": ("encoding",),
        "length_lines": ("length", "too short", "too long"),
        "language_lines": ("language",),
        "repetition_lines": ("repetition",),
    },
)
"""The tool."""
