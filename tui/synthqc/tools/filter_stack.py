"""Filter stack: layers in a row, what each reads and removes, and how much of it was bad where the truth is known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from synthqc.errors import UsageError

from .funnel import Step, funnel_of, warnings_of
from .layers import MOST_COMPARED, seed_of
from .measuring import basis_of
from .reading import Argument, Evidence, Quantity, Reading, Series
from .rows import is_faulty
from .sample import Sample
from .stack import CHEAP_FIRST, DEAR, SETTINGS, Layer, Stack, layers_in, problems_of, recipe_of
from .tool import Parameter, Tool, Watch

_AXIS = "layers in their order"

ORDERS: Mapping[str, tuple[Layer, ...]] = {
    "cheap-first": CHEAP_FIRST,
    "dear-first": ("classifier", "oracle", "diversity", "duplicates", "heuristics"),
    "heuristics-only": ("heuristics",),
}
"""The layers of each order."""


def stack_of(arguments: Mapping[str, Argument]) -> Stack:
    """The stack that arguments of the tool ask for.

    Args:
        arguments: Values of the tool's parameters, all of them.

    Raises:
        UsageError: Layers that there are not, or settings that exclude each other.
    """
    try:
        named = str(arguments["layers"]).strip()
        layers = layers_in(named) if named else ORDERS[str(arguments["order"])]
    except ValueError as error:
        raise UsageError(f"filter-stack: layers: {error}") from error
    stack = Stack(
        layers,
        shortest=int(arguments["shortest"]),
        longest=int(arguments["longest"]),
        repetition=float(arguments["repetition"]),
        threshold=float(arguments["threshold"]),
        masked=bool(arguments["masked"]),
        bad_from=float(arguments["bad_from"]),
        alike=float(arguments["alike"]),
        cap=float(arguments["cap"]),
    )
    for name, problem in problems_of(stack):
        raise UsageError(f"filter-stack: {name} {problem}")
    return stack


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.undefined import UndefinedReading

    there = [n for n, record in enumerate(sample.records) if record.strip()]
    if not there:
        raise UndefinedReading("there is no line to filter")
    stack = stack_of(arguments)
    is_bad = _truth(sample, there, str(arguments["truth"]))
    steps = funnel_of(sample, there, stack, watch)
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            *_counts(steps),
            *(_alone(sample, there, stack) if arguments["alone"] else ()),
            *_judged(steps, is_bad),
            *_bill(sample, steps, stack, float(arguments["cents"])),
        ),
        basis=basis_of(
            sample,
            "each layer reads what those before it left; "
            + ", ".join(f"{step.layer} read {len(step.read):,}" for step in steps),
        ),
        caveats=(*warnings_of(steps, stack), *_caveats(sample, stack.layers, len(there))),
        evidence=tuple(
            Evidence(
                f"{step.layer}: {sample.records[min(step.removed)].strip()[:120]}",
                len(step.removed),
                tuple(sample.lines[line] for line in sorted(step.removed)[:20]),
                "lines",
            )
            for step in steps
            if step.removed
        ),
        series=tuple(_series(steps, is_bad)),
        recipe=recipe_of(stack),
    )


def _truth(sample: Sample, there: Sequence[int], field: str) -> Mapping[int, bool]:
    """Whether each line is bad; nothing where some line does not say so."""
    is_bad = {n: is_faulty(sample.rows[n][field]) for n in there if n < len(sample.rows) and field in sample.rows[n]}
    return is_bad if len(is_bad) == len(there) else {}


def _counts(steps: Sequence[Step]) -> list[Quantity]:
    n, kept = len(steps[0].read), len(steps[-1].left)
    by_layer = {step.layer: step for step in steps}
    removed = {name: len(by_layer[name].removed) if name in by_layer else 0 for name in CHEAP_FIRST}
    return [
        Quantity("kept_share", "share kept", kept / n, "share", 0, 1),
        Quantity("kept_lines", f"lines kept, of {n:,}", kept, "lines", 0),
        Quantity("lines", "lines in all", n, "lines", 0),
        *(Quantity(f"{name}_removed", f"removed by {name}", count, "lines", 0) for name, count in removed.items()),
        *(Quantity(f"{step.layer}_read", f"read by {step.layer}", len(step.read), "lines", 0) for step in steps),
    ]


def _alone(sample: Sample, there: Sequence[int], stack: Stack) -> list[Quantity]:
    """What each layer would remove if it were the only one, and how far they agree."""
    removed = {
        name: funnel_of(sample, there, replace(stack, layers=(name,)))[0].removed
        for name in CHEAP_FIRST
        if name in stack.layers
    }
    times = Counter(line for lines in removed.values() for line in lines)
    twice = sum(count > 1 for count in times.values())
    return [
        *(
            Quantity(f"{name}_alone", f"{name} alone would remove", len(one), "lines", 0)
            for name, one in removed.items()
        ),
        Quantity("overlap", "lines that two or more would remove", twice, "lines", 0),
    ]


def _judged(steps: Sequence[Step], is_bad: Mapping[int, bool]) -> list[Quantity]:
    """Precision and recall of the stack and of each layer; nothing where the truth is not known."""
    bad = sum(is_bad.values())
    quantities = []
    hits = {step.layer: sum(is_bad.get(line, False) for line in step.removed) for step in steps}
    gone = sum(len(step.removed) for step in steps)
    found = sum(hits.values())
    if is_bad and gone:
        quantities.append(Quantity("precision", "share of the removed that was bad", found / gone, "share", 0, 1))
    if bad:
        quantities.append(Quantity("recall", "share of the bad that was removed", found / bad, "share", 0, 1))
    for step in steps if is_bad else ():
        name, hit = step.layer, hits[step.layer]
        if step.removed:
            precise = hit / len(step.removed)
            quantities.append(
                Quantity(f"{name}_precision", f"share of what {name} removed that was bad", precise, "share", 0, 1)
            )
        if bad:
            quantities.append(
                Quantity(f"{name}_recall", f"share of all the bad that {name} removed", hit / bad, "share", 0, 1)
            )
    return quantities


def _bill(sample: Sample, steps: Sequence[Step], stack: Stack, cents: float) -> list[Quantity]:
    """Lines that the dear layers had to read; with a price, what that costs and would cost if they came first."""
    dear = tuple(name for name in DEAR if name in stack.layers)
    reads = sum(len(step.read) for step in steps if step.layer in dear)
    quantities = [Quantity("dear_reads", "lines judged by classifier and oracle", reads, "lines", 0)] if dear else []
    if dear and cents:
        # The sums compare this order with the dearest one: all that is judged by the line comes before all that is not.
        first = sum(len(step.read) for step in funnel_of(sample, steps[0].read, replace(stack, layers=dear)))
        quantities += [
            Quantity("dear_reads_first", "the same if those two came first", first, "lines", 0),
            Quantity("dollars", f"cost at {cents:g} cents for each", reads * cents / 100, "dollars", 0),
            Quantity("dollars_first", "cost if those two came first", first * cents / 100, "dollars", 0),
        ]
    return quantities


def _series(steps: Sequence[Step], is_bad: Mapping[int, bool]) -> list[Series]:
    states = [steps[0].read, *(step.left for step in steps)]
    numbers = tuple(float(step) for step in range(len(states)))
    names = ("at first", *(f"after {step.layer}" for step in steps))
    left = tuple(float(len(state)) for state in states)
    series = [Series("lines left", numbers, left, _AXIS, "lines", "bar", names)]
    if is_bad:
        left_bad = tuple(float(sum(is_bad[line] for line in state)) for state in states)
        series.append(Series("bad ones among them", numbers, left_bad, _AXIS, "lines", "bar", names))
    return series


def _caveats(sample: Sample, layers: Sequence[Layer], lines: int) -> list[str]:
    caveats = []
    if "classifier" in layers and seed_of(sample) is None:
        caveats.append(
            "no classifier: it needs rows with 'labelled' true and an 'answer' that is good in some and not in others"
        )
    if "diversity" in layers and lines > MOST_COMPARED:
        caveats.append(f"the diversity layer compares up to {MOST_COMPARED:,} lines and removes nothing from more")
    if "oracle" in layers:
        caveats.append("the oracle checks sums of two numbers; what it cannot compute passes")
    if not caveats:
        caveats.append("a layer sees only its own kind of fault; what no layer looks for passes all of them")
    return caveats


TOOL = Tool(
    name="filter-stack",
    title="Filter stack",
    help="Layers in a row: rules, copies, a classifier where lines are labelled, sums, too much of one kind.",
    parameters=(
        Parameter("order", "choice", "cheap-first", "which layers, in which order", choices=tuple(ORDERS)),
        Parameter("alone", "yes-no", default=False, help="say what each layer alone would remove, and the overlap"),
        Parameter(
            "truth",
            "field",
            "fault",
            "field that says what is wrong with a row; empty, no, right or good where nothing is",
        ),
        Parameter("layers", "text", "", f"in place of 'order': any of {', '.join(CHEAP_FIRST)}, in any order"),
        *SETTINGS,
        Parameter("cents", "number", 0.0, "price of judging a line by classifier or oracle; 0 for none", 0, 1000),
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
        "heuristics_recall": ("recall", "heuristics"),
        "duplicates_recall": ("recall", "duplicates"),
        "classifier_recall": ("recall", "classifier"),
        "oracle_recall": ("recall", "oracle"),
        "diversity_recall": ("recall", "diversity"),
        "heuristics_precision": ("precision", "heuristics"),
        "duplicates_precision": ("precision", "duplicates"),
        "classifier_precision": ("precision", "classifier"),
        "oracle_precision": ("precision", "oracle"),
        "diversity_precision": ("precision", "diversity"),
        "dear_reads": ("judged",),
        "dollars": ("cost", "dollars"),
    },
)
"""The tool."""
