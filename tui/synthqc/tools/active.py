"""Active learning: labels that a classifier asks for, beside labels drawn at random."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from .measuring import words_of
from .reading import Argument, Quantity, Reading, Series
from .rows import basis_of_rows, is_good, values_of
from .sample import Sample
from .tool import Parameter, Tool, Watch

if TYPE_CHECKING:
    from synthqc.metrics.active import Curves, Strategy


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.active import FEWEST, learning_curves
    from synthqc.metrics.classifier import f1, macro_f1
    from synthqc.metrics.undefined import UndefinedReading

    kinds = values_of(sample, str(arguments["field"]))
    words = words_of(sample.records)
    is_two = arguments["classes"] == "two"
    numbers, rare = _two(kinds) if is_two else _all(kinds, FEWEST)
    if not is_two and len(set(numbers.values())) < 2:
        raise UndefinedReading(f"there are fewer than two kinds of {FEWEST} lines or more in '{arguments['field']}'")
    seeds, strategy = int(arguments["seeds"]), cast("Strategy", arguments["strategy"])
    curves = learning_curves(
        [(words[n], kind) for n, kind in numbers.items()],
        most=int(arguments["labels"]),
        seeds=seeds,
        watch=watch,
        strategy=strategy,
        score=f1 if is_two else macro_f1,
    )
    classes = 2 if is_two else len(set(numbers.values()))
    what = "F1 on bad lines" if is_two else f"mean F1 of {classes} kinds"
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(_quantities(curves, "F1" if is_two else "mean F1")),
        basis=basis_of_rows(
            sample,
            list(numbers),
            f"naive Bayes on words, {what}, {_averaged(curves, seeds)}; judged on a third kept aside",
        ),
        caveats=tuple(_caveats(strategy, classes, rare, seeds)),
        series=_series(curves, strategy, what) if len(curves.points) > 1 else (),
        source="Settles 2009, Active Learning Literature Survey; diversity: Sener and Savarese 2018, arXiv:1708.00489",
    )


def _two(kinds: list[str]) -> tuple[dict[int, int], list[str]]:
    """Positions of labelled lines, 1 for those that are bad in any way."""
    return {n: int(not is_good(kind)) for n, kind in enumerate(kinds) if kind}, []


def _all(kinds: list[str], fewest: int) -> tuple[dict[int, int], list[str]]:
    """Positions of labelled lines with the number of their kind, the commonest 0; and the kinds that are too rare."""
    counts = Counter(kind for kind in kinds if kind)
    ordered = sorted(counts, key=lambda kind: (-counts[kind], kind))
    numbers = {kind: place for place, kind in enumerate(ordered) if counts[kind] >= fewest}
    return {n: numbers[kind] for n, kind in enumerate(kinds) if kind in numbers}, ordered[len(numbers) :]


def _quantities(curves: "Curves", what: str) -> list[Quantity]:
    last = curves.points[-1]
    # The fewest labels at which asking is as good as all the random labels.
    enough = next((point.labels for point in curves.points if point.asked >= last.drawn), None)
    quantities = [
        Quantity("asked", f"{what} with {last.labels} labels asked for", last.asked, "share", 0, 1),
        Quantity("drawn", f"{what} with {last.labels} labels drawn at random", last.drawn, "share", 0, 1),
        Quantity("lead", "lead of asking, mean over the curve", curves.lead, "share", -1, 1),
    ]
    if enough is not None:
        quantities.append(Quantity("enough", "labels asked for that do as well", enough, "labels", 1))
    spreads = (
        ("asked_sd", "standard deviation of the first over seeds", last.asked_spread),
        ("drawn_sd", "standard deviation of the second", last.drawn_spread),
        ("lead_sd", "standard deviation of the lead", curves.lead_spread),
    )
    return [*quantities, *(Quantity(name, label, one, "share", 0) for name, label, one in spreads if one is not None)]


def _averaged(curves: "Curves", seeds: int) -> str:
    last = curves.points[-1]
    if last.asked_spread is None or last.drawn_spread is None:
        return "one seed, so no spread"
    return (
        f"mean of {seeds} seeds, with {last.labels} labels standard deviations {last.asked_spread:.3f} and "
        f"{last.drawn_spread:.3f}"
    )


def _caveats(strategy: str, classes: int, rare: list[str], seeds: int) -> list[str]:
    caveats = [
        "gains depend on model and task, and labels chosen for one model may not suit the next",
        "lines that were asked for are no random sample: estimate no error rate from them",
    ]
    if classes == 2 and strategy != "diversity":
        caveats.append("of two kinds the most uncertain lines are those of the smallest margin: both pick the same")
    if rare:
        caveats.append(f"kinds with too few lines to hold some out are left out: {', '.join(rare[:10])}")
    if seeds == 1:
        caveats.append("one seed is one split: another may say the opposite")
    return caveats


def _series(curves: "Curves", strategy: str, what: str) -> tuple[Series, ...]:
    numbers = tuple(float(point.labels) for point in curves.points)
    return (
        Series(f"asked by {strategy}", numbers, tuple(point.asked for point in curves.points), "labels", what),
        Series("drawn at random", numbers, tuple(point.drawn for point in curves.points), "labels", what),
    )


TOOL = Tool(
    name="active-learning",
    title="Active learning",
    help="Learning curves of a small classifier: labels asked for, by doubt or diversity, beside random ones.",
    parameters=(
        Parameter("labels", "integer", 120, "labels to go up to", minimum=20, maximum=2000),
        Parameter("seeds", "integer", 5, "splits to average over", minimum=1, maximum=50),
        Parameter(
            "strategy",
            "choice",
            "uncertainty",
            "ask where entropy is largest, far from the asked, or where two kinds are near each other",
            choices=("uncertainty", "diversity", "margin"),
        ),
        Parameter("field", "field", "answer", "field that says good (or right, or yes), or what is bad"),
        Parameter(
            "classes", "choice", "two", "learn good and bad, or every value of the field", choices=("two", "all")
        ),
    ),
    run=_run,
    words={"asked": ("asked",), "drawn": ("random",), "lead": ("lead",), "enough": ("labels",)},
    live=False,
    reads="rows",
)
"""The tool."""
