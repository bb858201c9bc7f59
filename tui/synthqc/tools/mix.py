"""Mix: the shares of kinds in a set, as they are, as an exponent would make them, and against a target."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from synthqc.errors import UsageError

from .reading import Argument, Evidence, Quantity, Reading, Series
from .rows import basis_of_rows, values_of
from .sample import Sample
from .tool import Parameter, Tool, Watch

MOST = 20
"""Kinds that have a bar; what is wanted has one always."""


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    import numpy as np

    from synthqc.metrics.mix import flattened
    from synthqc.metrics.vendi import effective_number

    field, exponent = str(arguments["field"]), float(arguments["exponent"])
    kinds = values_of(sample, field)
    counts = dict(Counter(kind for kind in kinds if kind).most_common())
    naive, targeted = flattened(counts, 1), flattened(counts, exponent)
    rarest = min(counts, key=lambda kind: counts[kind])
    total = sum(counts.values())
    against = _against_targets(str(arguments["targets"]), counts, naive)
    caveats = ["an exponent flattens the mix that is there; a kind that is missing stays missing"]
    if against and (missing := [kind for kind in _targets(str(arguments["targets"])) if kind not in counts]):
        caveats.append(f"wanted but missing: {', '.join(missing[:10])}")
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity(
                "effective_kinds",
                "effective number of kinds",
                effective_number(np.array([*naive.values()]), 1),
                "count",
                1,
            ),
            Quantity("kinds", "kinds", len(counts), "count", 1),
            Quantity("largest_share", "share of the commonest kind", max(naive.values()), "share", 0, 1),
            Quantity("largest_targeted", "its share with the exponent", max(targeted.values()), "share", 0, 1),
            Quantity("rarest_share", "share of the rarest kind", naive[rarest], "share", 0, 1),
            Quantity(
                "rarest_uses", "times each of its items is used", targeted[rarest] * total / counts[rarest], "times", 0
            ),
            *against,
        ),
        basis=basis_of_rows(
            sample,
            [n for n, kind in enumerate(kinds) if kind],
            f"kinds are the values of '{field}'; shares are counts raised to {exponent:g}, made to add up to 1",
        ),
        caveats=tuple(caveats),
        evidence=tuple(
            Evidence(
                f"{kind}: {naive[kind]:.3f} as it is, {targeted[kind]:.3f} with the exponent",
                count,
                tuple(sample.lines[n] for n, one in enumerate(kinds) if one == kind)[:20],
                "lines",
            )
            for kind, count in [*counts.items()][:10]
        ),
        series=_bars(naive, targeted, f"exponent {exponent:g}", str(arguments["targets"])),
        source="Conneau et al. 2019, arXiv:1911.02116, section 3.1",
    )


def _bars(naive: Mapping[str, float], targeted: Mapping[str, float], exponent: str, targets: str) -> tuple[Series, ...]:
    """Shares of the commonest kinds, and where targets are given those of all that are wanted, side by side."""
    wanted = _targets(targets) if targets.strip() else {}
    names = tuple(dict.fromkeys([*[*naive][:MOST], *wanted]))
    ranks = tuple(float(rank) for rank in range(1, len(names) + 1))
    x_label = "kinds, commonest first" if len(naive) <= MOST else f"the {MOST} commonest of {len(naive):,} kinds"
    mixes: dict[str, Mapping[str, float | Fraction]] = {"as it is": naive, exponent: targeted}
    if wanted:
        mixes["wanted"] = wanted
    return tuple(
        Series(label, ranks, tuple(float(mix.get(name, 0)) for name in names), x_label, "share", "bar", names)
        for label, mix in mixes.items()
    )


def _against_targets(text: str, counts: Mapping[str, int], shares: Mapping[str, float]) -> list[Quantity]:
    """How far the mix is from the one that is wanted, where one is."""
    from synthqc.metrics.mix import distance, largest_subset

    if not text.strip():
        return []
    targets = _targets(text)
    return [
        Quantity("target_distance", "share that is of the wrong kind", distance(shares, targets), "share", 0, 1),
        Quantity("missing_kinds", "kinds wanted but missing", sum(kind not in counts for kind in targets), "count", 0),
        Quantity("on_target", "most items with the wanted shares", largest_subset(counts, targets), "count", 0),
    ]


def _targets(text: str) -> dict[str, Fraction]:
    from synthqc.metrics.mix import targets_in

    try:
        return targets_in(text)
    except ValueError as error:
        raise UsageError(f"mix: targets: {error}") from error


TOOL = Tool(
    name="mix",
    title="Mix",
    help="Shares of kinds in a set: naive, with a flatter exponent, and against the shares that are wanted.",
    parameters=(
        Parameter(
            "exponent", "choice", "0.3", "1 keeps the shares, 0 makes them equal", choices=("1", "0.7", "0.3", "0")
        ),
        Parameter("field", "field", "kind", "field of a row that names its kind"),
        Parameter("targets", "text", "", "shares that are wanted, such as billing=0.5,returns=0.3,other=0.2"),
    ),
    run=_run,
    words={
        "effective_kinds": ("effective kinds",),
        "kinds": ("kinds",),
        "largest_share": ("commonest kind",),
        "largest_targeted": ("targeted",),
        "rarest_share": ("rarest kind",),
        "rarest_uses": ("uses",),
        "target_distance": ("distance from the target", "wrong kind"),
        "missing_kinds": ("missing kinds",),
        "on_target": ("on target",),
    },
    reads="rows",
)
"""The tool."""
