"""Clusters: groups of lines about the same thing in much the same words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .encoding import Lines, lines_to_compare
from .measuring import basis_of
from .reading import Argument, Evidence, Quantity, Reading, Series
from .sample import Sample
from .tool import Parameter, Tool, Watch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SEED = 0
_BIN = 0.05
"""Width of the bars of likeness."""

_DOTS = 1000
"""Lines on the map at most; more would cover each other."""

_NAMED = 5
"""Clusters that have dots of their own on the map."""


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.clusters import SMALLEST, clusters_of, nearest_other, neighboured_share

    threshold = float(arguments["threshold"])
    lines = lines_to_compare(sample, int(arguments["lines"]), _SEED)
    likeness = lines.likeness()
    found = clusters_of(likeness, threshold)
    nearest = nearest_other(likeness)
    n = len(lines.positions)
    largest = len(found.members[0]) if found.members else 0
    clustered = sum(map(len, found.members))
    quantities = [
        Quantity("clusters", f"clusters of {SMALLEST} lines and more", len(found.members), "count", 0),
        Quantity("clustered_share", "share of lines in a cluster", clustered / n, "share", 0, 1),
        Quantity("largest_share", "share in the largest cluster", largest / n, "share", 0, 1),
        Quantity("largest_lines", "lines in the largest cluster", largest, "lines", 0),
    ]
    if found.within is not None:
        quantities.append(Quantity("within_similarity", "likeness inside clusters", found.within, "score", -1, 1))
    if found.separation is not None:
        quantities.append(Quantity("separation", "distance between clusters", found.separation, "score", 0, 2))
    quantities += [
        Quantity("nearest_mean", "mean likeness to the nearest line", float(nearest.mean()), "score", -1, 1),
        Quantity(
            "neighboured_share", "share of lines with a neighbour", neighboured_share(nearest, threshold), "share", 0, 1
        ),
        *_covered(lines, likeness, threshold, str(arguments["split"])),
    ]
    series = [_histogram(nearest)]
    if arguments["map"]:
        series += _map(likeness, found.members)
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis_of(sample, f"{lines.rule}; neighbours from {threshold:g} on"),
        caveats=tuple(lines.caveats),
        evidence=tuple(
            Evidence(
                sample.records[lines.positions[one[0]]].strip(),
                len(one),
                tuple(sample.lines[lines.positions[member]] for member in one[:20]),
                "lines",
            )
            for one in found.members[:10]
        ),
        series=tuple(series),
        seed=_SEED if lines.is_drawn else None,
        source="Butina 1999, doi:10.1021/ci9803381",
    )


def _covered(lines: Lines, likeness: "NDArray[np.float64]", threshold: float, field: str) -> list[Quantity]:
    """How much of what is real the synthetic lines reach, where rows say which is which."""
    import numpy as np

    from synthqc.metrics.clusters import covered_share

    if not lines.sample.rows:
        return []
    sides = [str(lines.sample.rows[place].get(field, "")).lower() for place in lines.positions]
    real, synthetic = ([n for n, side in enumerate(sides) if side == wanted] for wanted in ("real", "synthetic"))
    if not real or not synthetic:
        return []
    share = covered_share(likeness[np.ix_(real, synthetic)], threshold)
    return [
        Quantity("real_covered", "real lines met by synthetic ones", share, "share", 0, 1),
        Quantity("real_lines", "real lines compared", len(real), "lines", 1),
    ]


def _histogram(nearest: "NDArray[np.float64]") -> Series:
    """How many lines have their nearest other line how near."""
    import numpy as np

    bins = round((1 if nearest.min() >= 0 else 2) / _BIN)
    counts, edges = np.histogram(nearest, bins=bins, range=(1 - bins * _BIN, 1))
    return Series(
        "lines",
        tuple(round(float(edge), 2) for edge in edges[:-1]),
        tuple(float(count) for count in counts),
        "likeness to the nearest other line",
        "number of lines",
        "histogram",
    )


def _map(likeness: "NDArray[np.float64]", members: tuple[tuple[int, ...], ...]) -> list[Series]:
    """The lines in the plane in which they differ most; of many, every so many."""
    from synthqc.metrics.components import principal_components

    n = likeness.shape[0]
    shown = range(0, n, -(-n // _DOTS))
    places = principal_components(likeness[:: shown.step, :: shown.step])
    groups = {f"cluster {rank}": set(one) for rank, one in enumerate(members[:_NAMED], start=1)}
    named = set().union(*groups.values())
    groups["other lines"] = {one for one in shown if one not in named}
    dots = {
        label: [place for one, place in zip(shown, places, strict=True) if one in group]
        for label, group in groups.items()
    }
    return [
        Series(
            label,
            tuple(float(across) for across, _ in found),
            tuple(float(up) for _, up in found),
            "first principal component",
            "second principal component",
            "scatter",
        )
        for label, found in dots.items()
        if found
    ]


TOOL = Tool(
    name="clusters",
    title="Clusters",
    help="Groups of alike lines: how many, how much of the set they hold, how tight and how far apart they are.",
    parameters=(
        Parameter("threshold", "number", 0.5, "likeness from which lines are neighbours", minimum=0.1, maximum=1),
        Parameter("lines", "integer", 2000, "lines compared; of more, so many are drawn", minimum=2, maximum=5000),
        Parameter("split", "field", "split", "field of a row that says real or synthetic: how much of the real is met"),
        Parameter("map", "yes-no", default=False, help="show the lines in the plane in which they differ most"),
    ),
    run=_run,
    words={
        "clusters": ("clusters", "groups"),
        "clustered_share": ("clustered",),
        "largest_share": ("largest cluster",),
        "largest_lines": ("largest cluster",),
        "within_similarity": ("within", "inside"),
        "separation": ("separation", "distance"),
        "nearest_mean": ("nearest line", "nearest neighbour"),
        "neighboured_share": ("with a neighbour",),
        "real_covered": ("real lines covered", "coverage of the real"),
        "real_lines": ("real lines",),
    },
)
"""The tool."""
