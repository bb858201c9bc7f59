"""Filter stack: five layers in a row, what each removes, and how much of it was bad where the truth is known."""

from collections import Counter
from collections.abc import Mapping, Sequence

from .layers import CHEAP_FIRST, MOST_COMPARED, Layer, Removed, Stack, removed_by, seed_of
from .measuring import basis_of
from .reading import Argument, Evidence, Quantity, Reading, Series
from .sample import Sample
from .tool import Parameter, Tool, Watch

ORDERS: Mapping[str, tuple[Layer, ...]] = {
    "cheap-first": CHEAP_FIRST,
    "dear-first": ("classifier", "oracle", "diversity", "duplicates", "heuristics"),
    "heuristics-only": ("heuristics",),
}
"""The layers of each order."""


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.undefined import UndefinedReading

    there = [n for n, record in enumerate(sample.records) if record.strip()]
    if not there:
        raise UndefinedReading("there is no line to filter")
    truth = str(arguments["truth"])
    is_bad = {n: bool(sample.rows[n][truth]) for n in there if n < len(sample.rows) and truth in sample.rows[n]}
    layers = ORDERS[str(arguments["order"])]
    left, caveats = list(there), _skipped(sample, layers, len(there))
    removed: dict[Layer, Removed] = {name: {} for name in CHEAP_FIRST}
    states = [left]
    read: dict[str, int] = {}
    for step, name in enumerate(layers):
        watch(step, len(layers))
        read[name] = len(left)
        removed[name] = removed_by(name, sample, left, Stack())
        left = [n for n in left if n not in removed[name]]
        states.append(left)
    gone = set().union(*removed.values())
    n = len(there)
    quantities = [
        Quantity("kept_share", "share kept", len(left) / n, "share", 0, 1),
        Quantity("kept_lines", f"lines kept, of {n:,}", len(left), "lines", 0),
        Quantity("lines", "lines in all", n, "lines", 0),
        *(Quantity(f"{name}_removed", f"removed by {name}", len(lines), "lines", 0) for name, lines in removed.items()),
    ]
    if arguments["alone"]:
        quantities += _alone(sample, there, layers)
    if len(is_bad) == n:
        bad = sum(is_bad.values())
        if gone:
            right = sum(is_bad[line] for line in gone) / len(gone)
            quantities.append(Quantity("precision", "share of the removed that was bad", right, "share", 0, 1))
        if bad:
            found = sum(is_bad[line] for line in gone) / bad
            quantities.append(Quantity("recall", "share of the bad that was removed", found, "share", 0, 1))
    numbers = tuple(float(step) for step in range(len(states)))
    axis = f"after layer: {', '.join(layers)}"
    series = [Series("lines left", numbers, tuple(float(len(state)) for state in states), axis, "lines")]
    if len(is_bad) == n:
        left_bad = tuple(float(sum(is_bad[line] for line in state)) for state in states)
        series.append(Series("bad ones among them", numbers, left_bad, axis, "lines"))
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis_of(
            sample,
            "each layer reads what those before it left; "
            + ", ".join(f"{name} read {count:,}" for name, count in read.items()),
        ),
        caveats=tuple(caveats),
        evidence=tuple(
            Evidence(
                f"{name}: {sample.records[min(lines)].strip()[:120]}",
                len(lines),
                tuple(sample.lines[line] for line in sorted(lines)[:20]),
                "lines",
            )
            for name, lines in removed.items()
            if lines
        ),
        series=tuple(series),
    )


def _alone(sample: Sample, there: Sequence[int], layers: Sequence[Layer]) -> list[Quantity]:
    """What each layer would remove if it were the only one, and how far they agree."""
    removed = {name: removed_by(name, sample, there, Stack()) for name in CHEAP_FIRST if name in layers}
    times = Counter(line for lines in removed.values() for line in lines)
    twice = sum(count > 1 for count in times.values())
    return [
        *(
            Quantity(f"{name}_alone", f"{name} alone would remove", len(one), "lines", 0)
            for name, one in removed.items()
        ),
        Quantity("overlap", "lines that two or more would remove", twice, "lines", 0),
    ]


def _skipped(sample: Sample, layers: Sequence[Layer], lines: int) -> list[str]:
    caveats = []
    if "classifier" in layers and seed_of(sample) is None:
        caveats.append(
            "no classifier: it needs rows with 'labelled' true and an 'answer' that is good in some and not in others"
        )
    if "diversity" in layers and lines > MOST_COMPARED:
        caveats.append(f"the diversity layer compares up to {MOST_COMPARED:,} lines and removes nothing from more")
    if "oracle" in layers:
        caveats.append("the oracle checks sums of two numbers; what it cannot compute passes")
    return caveats


TOOL = Tool(
    name="filter-stack",
    title="Filter stack",
    help="Five layers in a row: rules, copies, a classifier where lines are labelled, sums, too much of one kind.",
    parameters=(
        Parameter("order", "choice", "cheap-first", "which layers, in which order", choices=tuple(ORDERS)),
        Parameter("alone", "yes-no", default=False, help="say what each layer alone would remove, and the overlap"),
        Parameter("truth", "field", "fault", "field that says what is wrong with a row, empty where nothing is"),
    ),
    run=_run,
    words={
        "kept_share": ("kept",),
        "kept_lines": ("kept",),
        "heuristics_removed": ("heuristics",),
        "duplicates_removed": ("duplicates",),
        "classifier_removed": ("classifier",),
        "oracle_removed": ("oracle",),
        "diversity_removed": ("diversity",),
        "overlap": ("overlap",),
        "precision": ("precision",),
        "recall": ("recall",),
    },
)
"""The tool."""
