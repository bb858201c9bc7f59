"""Kappa: agreement of raters beyond chance, and what a rare class does to it."""

import itertools
from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, cast

from synthqc.metrics.undefined import UndefinedReading

from .reading import Argument, Basis, Evidence, Quantity, Reading, Series
from .rows import basis_of_rows, labels_of
from .sample import Sample, Value
from .tool import Parameter, Tool, Watch

if TYPE_CHECKING:
    from synthqc.metrics.agreement import Scale, Weights


def _run_kappa(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.agreement import cohens_kappa, raw_agreement

    weights = cast("Weights", arguments["weights"])
    columns = labels_of(sample, str(arguments["raters"]))
    if weights != "none":
        columns = _as_numbers(columns, f"{weights} weights")
    kappas: list[float] = []
    agreements: list[float] = []
    evidence: list[Evidence] = []
    undefined = ""
    for (name, first), (other, second) in itertools.combinations(columns.items(), 2):
        both: list[tuple[Hashable, Hashable]] = [
            (a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None
        ]
        left, right = [a for a, _ in both], [b for _, b in both]
        try:
            kappas.append(cohens_kappa(left, right, weights))
        except UndefinedReading as error:
            undefined = str(error)
            continue
        agreements.append(raw_agreement(left, right))
        split = [n for n, (a, b) in enumerate(zip(first, second, strict=True)) if None not in (a, b) and a != b]
        places = tuple(sample.lines[n] for n in split[:20])
        if places:
            found = f"{name} and {other}, {len(both):,} items: they differ here"
            evidence.append(Evidence(found, kappas[-1], places, "kappa"))
    if not kappas:
        raise UndefinedReading(undefined)
    rated = [
        n for n, labels in enumerate(zip(*columns.values(), strict=True)) if sum(x is not None for x in labels) > 1
    ]
    votes = Counter(label for labels in columns.values() for label in labels if label is not None)
    splits = [n for n in rated if len({column[n] for column in columns.values()} - {None}) > 1]
    return Reading(
        tool=KAPPA.name,
        arguments=arguments,
        quantities=(
            Quantity("kappa", "kappa, mean over pairs of raters", sum(kappas) / len(kappas), "score", -1, 1),
            Quantity("raw_agreement", "raw agreement", sum(agreements) / len(agreements), "share", 0, 1),
            Quantity("lowest_kappa", "kappa of the pair that agrees least", min(kappas), "score", -1, 1),
            Quantity("raters", "raters", len(columns), "count", 2),
            Quantity("items", "items rated by two or more", len(rated), "count", 1),
            Quantity("prevalence", "share of the commoner label", max(votes.values()) / votes.total(), "share", 0, 1),
            Quantity("split_items", "items on which the votes split", len(splits), "count", 0),
        ),
        basis=basis_of_rows(
            sample,
            rated,
            f"raters are the fields that start with '{arguments['raters']}'; labels are "
            + ("unordered" if weights == "none" else f"ordered, weights {weights}"),
        ),
        caveats=(
            "kappa describes the batch, no single item: send single items on when their votes split",
            "kappa falls when one label is rare, at the same raw agreement",
        ),
        evidence=tuple(evidence[:10]),
        source="Cohen 1960",
    )


KAPPA = Tool(
    name="kappa",
    title="Kappa",
    help="Agreement of raters beyond chance, over pairs of raters; needs rows with one label field per rater.",
    parameters=(
        Parameter(
            "weights",
            "choice",
            "none",
            "for ordered labels (numbers): how much distance counts",
            choices=("none", "linear", "quadratic"),
        ),
        Parameter("raters", "field", "rater_", "what the fields with labels start with"),
    ),
    run=_run_kappa,
    words={
        "kappa": ("kappa", "cohen"),
        "raw_agreement": ("raw agreement", "agreement"),
        "lowest_kappa": ("lowest kappa",),
        "prevalence": ("prevalence",),
        "split_items": ("split",),
        "items": ("items",),
        "raters": ("raters",),
    },
    reads="rows",
)
"""The tool on ratings."""


def _as_numbers(columns: Mapping[str, list[Value | None]], wanted_for: str) -> dict[str, list[Value | None]]:
    """The labels as numbers.

    Raises:
        UndefinedReading: A label is no number.
    """
    numbers: dict[str, list[Value | None]] = {}
    for name, labels in columns.items():
        try:
            numbers[name] = [None if label is None or label == "" else float(label) for label in labels]
        except ValueError as error:
            raise UndefinedReading(
                f"{wanted_for} need labels that are numbers; '{name}' has others: {error}"
            ) from error
    return numbers


def _run_alpha(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.agreement import krippendorffs_alpha

    scale = cast("Scale", arguments["scale"])
    columns = labels_of(sample, str(arguments["raters"]))
    if scale != "nominal":
        columns = _as_numbers(columns, f"the {scale} scale")
    units = [[label for label in labels if label is not None] for labels in zip(*columns.values(), strict=True)]
    rated = [n for n, unit in enumerate(units) if len(unit) > 1]
    given, possible = sum(map(len, units)), len(units) * len(columns)
    split = [n for n in rated if len(set(units[n])) > 1]
    return Reading(
        tool=ALPHA.name,
        arguments=arguments,
        quantities=(
            Quantity("alpha", f"Krippendorff's alpha, {scale}", krippendorffs_alpha(units, scale), "score", None, 1),
            Quantity("raters", "raters", len(columns), "count", 2),
            Quantity("items", "items rated by two or more", len(rated), "count", 1),
            Quantity("gaps", "labels missing", 1 - given / possible, "share", 0, 1),
            Quantity("split_items", "items on which labels differ", len(split), "count", 0),
        ),
        basis=basis_of_rows(
            sample, rated, f"raters are the fields that start with '{arguments['raters']}'; labels are {scale}"
        ),
        caveats=(
            "alpha describes the batch, no single item",
            "the scale decides how far apart two labels stand, and so the value: choose it before you look",
        ),
        evidence=(Evidence("labels differ here", len(split), tuple(sample.lines[n] for n in split[:20]), "items"),)
        if split
        else (),
        source="Krippendorff 2011, Computing Krippendorff's Alpha-Reliability",
    )


ALPHA = Tool(
    name="alpha",
    title="Alpha",
    help="Krippendorff's alpha: agreement of any number of raters, with gaps, on a scale that fits.",
    parameters=(
        Parameter(
            "scale",
            "choice",
            "nominal",
            "what labels are: names, ranks, numbers, numbers with a true zero",
            choices=("nominal", "ordinal", "interval", "ratio"),
        ),
        Parameter("raters", "field", "rater_", "what the fields with labels start with"),
    ),
    run=_run_alpha,
    words={
        "alpha": ("alpha", "krippendorff"),
        "raters": ("raters",),
        "items": ("items",),
        "gaps": ("missing",),
        "split_items": ("split",),
    },
    reads="rows",
)
"""The tool on ratings of any number of raters."""


def _run_prevalence(_sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.agreement import kappa_at

    agreement = float(arguments["agreement"])
    # Two raters who agree on a share cannot both give the commoner label to more items than this.
    most = (1 + agreement) / 2
    points = [0.5 + (most - 0.5) * step / 20 for step in range(21)]
    kappas = [kappa_at(agreement, point) for point in points]
    nine = kappa_at(agreement, 0.9) if most >= 0.9 else None
    quantities = [Quantity("kappa_even", "kappa at half and half", kappas[0], "score", -1, 1)]
    if nine is not None:
        quantities.append(Quantity("kappa_nine", "kappa where nine in ten are of one class", nine, "score", -1, 1))
    quantities.append(Quantity("kappa_most", f"kappa at {most:.3f}, as far as it goes", kappas[-1], "score", -1, 1))
    return Reading(
        tool=PREVALENCE.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=Basis(0, 0, 0, "computed for two raters who give the commoner label equally often; no data"),
        caveats=("two labels, and disagreement spread evenly over both",),
        series=(
            Series(f"agreement {agreement:g}", tuple(points), tuple(kappas), "share of the commoner class", "kappa"),
        ),
        source="Cohen 1960; Feinstein and Cicchetti 1990",
    )


PREVALENCE = Tool(
    name="kappa-prevalence",
    title="Kappa and prevalence",
    help="Kappa at one raw agreement, as one of two classes gets rare.",
    parameters=(
        Parameter("agreement", "choice", "0.9", "raw agreement of two raters", choices=("0.8", "0.9", "0.95")),
    ),
    run=_run_prevalence,
    words={"kappa_even": ("kappa",), "kappa_nine": ("kappa",), "kappa_most": ("kappa",)},
    live=False,
    reads="nothing",
)
"""The calculation."""
