"""Active learning: labels that a classifier asks for, beside labels drawn at random."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from .measuring import words_of
from .reading import Argument, Quantity, Reading, Series
from .rows import basis_of_rows, values_of
from .sample import Sample
from .tool import Parameter, Tool, Watch

if TYPE_CHECKING:
    from synthqc.metrics.active import Point, Strategy


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.active import learning_curves

    kinds = values_of(sample, str(arguments["field"]))
    words = words_of(sample.records)
    positions = [n for n, kind in enumerate(kinds) if kind]
    items = [(words[n], kinds[n] != "good") for n in positions]
    seeds, strategy = int(arguments["seeds"]), cast("Strategy", arguments["strategy"])
    points = learning_curves(items, most=int(arguments["labels"]), seeds=seeds, watch=watch, strategy=strategy)
    last = points[-1]
    # The fewest labels at which asking is as good as all the random labels.
    enough = next((point.labels for point in points if point.asked >= last.drawn), None)
    numbers = tuple(float(point.labels) for point in points)
    quantities = [
        Quantity("asked", f"F1 with {last.labels} labels asked for", last.asked, "share", 0, 1),
        Quantity("drawn", f"F1 with {last.labels} labels drawn at random", last.drawn, "share", 0, 1),
        Quantity("lead", "lead of asking, mean over the curve", _lead(points), "share", -1, 1),
    ]
    if enough is not None:
        quantities.append(Quantity("enough", "labels asked for that do as well", enough, "labels", 1))
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis_of_rows(
            sample,
            positions,
            f"naive Bayes on words, mean of {seeds} seeds; judged on a third kept aside",
        ),
        caveats=(
            "gains depend on model and task, and labels chosen for one model may not suit the next",
            "lines that were asked for are no random sample: estimate no error rate from them",
        ),
        series=(
            Series(
                f"asked by {strategy}", numbers, tuple(point.asked for point in points), "labels", "F1 on bad lines"
            ),
            Series("drawn at random", numbers, tuple(point.drawn for point in points), "labels", "F1 on bad lines"),
        )
        if len(points) > 1
        else (),
        source="Settles 2009, Active Learning Literature Survey; diversity: Sener and Savarese 2018, arXiv:1708.00489",
    )


def _lead(points: "list[Point]") -> float:
    return sum(point.asked - point.drawn for point in points) / len(points)


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
            "ask where it is unsure (of two labels: the smallest margin), or far from the asked",
            choices=("uncertainty", "diversity"),
        ),
        Parameter("field", "field", "answer", "field that says good, or what is bad"),
    ),
    run=_run,
    words={"asked": ("asked",), "drawn": ("random",), "lead": ("lead",), "enough": ("labels",)},
    live=False,
    reads="rows",
)
"""The tool."""
