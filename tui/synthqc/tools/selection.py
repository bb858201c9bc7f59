"""Diversity sample: which lines to keep so that every corner of a set is covered, beside a random draw."""

import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .encoding import Lines, lines_to_compare
from .measuring import basis_of
from .reading import Argument, Evidence, Quantity, Reading, Series
from .sample import Sample
from .tool import Parameter, Tool, Watch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 2000
"""Lines that are compared; of more, so many are drawn."""

DRAWS = 10
"""Random draws to compare with."""

_STEPS = {
    "k-center": "k-center, each step takes the line farthest from those kept",
    "facility-location": "facility location, each step takes the line that brings all lines nearest to a kept one",
}
_SOURCES = {
    "k-center": "Gonzalez 1985, doi:10.1016/0304-3975(85)90224-5",
    "facility-location": "Nemhauser, Wolsey and Fisher 1978, doi:10.1007/BF01588971",
}

_ALIKE = 0.5
"""Likeness from which lines are of one cluster, where no field names their kinds."""

SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5)
"""Shares of the lines at which the curve is computed."""


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.selection import coverage, facility_location, k_center
    from synthqc.metrics.undefined import UndefinedReading

    seed = int(arguments["seed"])
    lines = lines_to_compare(sample, MOST, seed)
    positions = lines.positions
    if not positions:
        raise UndefinedReading("there are no words to compare")
    chance = random.Random(seed)
    likeness = lines.likeness()
    n = len(positions)
    method = str(arguments["method"])
    order = k_center(likeness, n) if method == "k-center" else facility_location(likeness, n)

    def drawn(keep: int) -> tuple[float, float]:
        found = [coverage(likeness, chance.sample(range(n), keep)) for _ in range(DRAWS)]
        return sum(mean for mean, _ in found) / DRAWS, sum(least for _, least in found) / DRAWS

    curve: list[tuple[int, float, float]] = []
    for step, share in enumerate(SHARES):
        watch(step, len(SHARES))
        keep = max(1, round(share * n))
        curve.append((keep, coverage(likeness, order[:keep])[1], drawn(keep)[1]))
    keep = max(1, round(float(arguments["keep"]) * n))
    mean, least = coverage(likeness, order[:keep])
    random_mean, random_least = drawn(keep)
    kept = tuple(float(one) for one, _, _ in curve)
    field = str(arguments["field"])
    kinds = _kinds(lines, field)
    tails = _tails(kinds or _clusters(likeness), order[:keep], n)
    named = f"kinds by '{field}'" if kinds else f"clusters of lines with a likeness of {_ALIKE:g} and more"
    caveats = [
        *lines.caveats,
        "it keeps what is odd, broken lines too: filter first",
        f"rare groups are {named}, of which a random draw of this size keeps less than one line on average",
    ]
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("least", "likeness of the worst covered line", least, "score", -1, 1),
            Quantity("random_least", f"same, random draw (mean of {DRAWS})", random_least, "score", -1, 1),
            Quantity("mean", "mean likeness to the nearest kept line", mean, "score", -1, 1),
            Quantity("random_mean", "same, random draw", random_mean, "score", -1, 1),
            Quantity("kept", f"lines kept, of {n:,}", keep, "lines", 1),
            *tails,
        ),
        basis=basis_of(sample, f"{_STEPS[method]}; {lines.rule}"),
        caveats=tuple(caveats),
        evidence=tuple(
            Evidence(sample.records[one].strip()[:200], place, (sample.lines[one],), f"of {keep} kept")
            for place, one in enumerate((positions[pick] for pick in order[: min(keep, 10)]), start=1)
        ),
        series=(
            Series(method, kept, tuple(one for _, one, _ in curve), "lines kept", "worst covered line"),
            Series("random", kept, tuple(one for _, _, one in curve), "lines kept", "worst covered line"),
        )
        if kept[0] < kept[-1]
        else (),
        seed=seed,
        source=_SOURCES[method],
    )


def _kinds(lines: Lines, field: str) -> list[list[int]]:
    """The lines of each kind, where rows name kinds."""
    kinds: dict[str, list[int]] = {}
    if lines.sample.rows:
        for place, position in enumerate(lines.positions):
            kinds.setdefault(str(lines.sample.rows[position].get(field, "")), []).append(place)
    return [group for kind, group in kinds.items() if kind]


def _clusters(likeness: "NDArray[np.float64]") -> Sequence[Sequence[int]]:
    from synthqc.metrics.clusters import clusters_of

    return clusters_of(likeness, _ALIKE).members if len(likeness) > 1 else ()


def _tails(groups: Sequence[Sequence[int]], chosen: Sequence[int], n: int) -> list[Quantity]:
    """How many of the groups that a random draw tends to miss have a line among the chosen."""
    from synthqc.metrics.selection import groups_reached, groups_reached_by_chance

    keep = len(chosen)
    rare = [group for group in groups if len(group) * keep < n]
    reached = Quantity("rare_groups", "rare groups", len(rare), "count", 0)
    if not rare:
        return [reached]
    by_chance = groups_reached_by_chance([len(group) for group in rare], n, keep)
    return [
        reached,
        Quantity("rare_kept", "rare groups with a kept line", groups_reached(rare, chosen), "count", 0, len(rare)),
        Quantity("random_rare_kept", "same, expected of a random draw", by_chance, "count", 0, len(rare)),
    ]


TOOL = Tool(
    name="diversity-sample",
    title="Diversity sample",
    help="Chooses lines so that none is far from a chosen one, and compares with a random draw of the same size.",
    parameters=(
        Parameter("keep", "number", 0.1, "share of the lines to keep", minimum=0.001, maximum=1),
        Parameter(
            "method",
            "choice",
            "k-center",
            "the worst covered line first, or all lines together",
            choices=("k-center", "facility-location"),
        ),
        Parameter("seed", "integer", 0, "draws the random lines", minimum=0, maximum=1_000_000),
        Parameter("field", "field", "kind", "field of a row that names its kind; without it, kinds are clusters"),
    ),
    run=_run,
    words={
        "least": ("worst covered",),
        "random_least": ("random",),
        "mean": ("coverage",),
        "random_mean": ("random",),
        "kept": ("kept",),
        "rare_groups": ("rare groups",),
        "rare_kept": ("rare groups kept",),
        "random_rare_kept": ("random",),
    },
    live=False,
)
"""The tool."""
