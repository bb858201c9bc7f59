"""Kappa: agreement of raters beyond chance, and what a rare class does to it."""

import itertools
import math
from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from synthqc.metrics.undefined import UndefinedReading

from .level import LEVEL, percent
from .reading import Argument, Basis, Evidence, Quantity, Reading, Series
from .rows import basis_of_rows, labels_of
from .sample import Sample, Value
from .tool import Parameter, Tool, Watch

if TYPE_CHECKING:
    from synthqc.metrics.agreement import Scale, Weights


RATERS = Parameter(
    "raters", "text", "rater_", "what the fields with labels start with, or their names with commas between"
)
"""Where the labels stand."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two raters and how far they agree."""

    names: str
    """Who they are."""
    items: int
    """Items that both labelled."""
    kappa: float
    """Cohen's kappa."""
    ends: tuple[float, float] | None
    """Its interval; None where all agree, so that there is none."""
    agreement: float
    """Raw agreement."""
    labels: Mapping[Hashable, float]
    """Kappa of each label against all others."""
    lines: tuple[int, ...]
    """Lines on which they differ, or all of theirs where they nowhere do; the first twenty."""


def _run_kappa(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    weights, level = cast("Weights", arguments["weights"]), float(arguments["level"])
    columns = labels_of(sample, str(arguments["raters"]))
    if weights != "none":
        columns = _as_numbers(columns, f"{weights} weights")
    pairs, undefined = [], ""
    chosen = [*itertools.combinations(columns, 2)]
    for step, (name, other) in enumerate(chosen):
        watch(step, len(chosen))
        try:
            pairs.append(_pair(sample, columns, name, other, weights, level))
        except UndefinedReading as error:
            undefined = str(error)
    if not pairs:
        raise UndefinedReading(undefined)
    kappas = [pair.kappa for pair in pairs]
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
            Quantity("raw_agreement", "raw agreement", _mean([one.agreement for one in pairs]), "share", 0, 1),
            Quantity("lowest_kappa", "kappa of the pair that agrees least", min(kappas), "score", -1, 1),
            Quantity("raters", "raters", len(columns), "count", 2),
            Quantity("items", "items rated by two or more", len(rated), "count", 1),
            Quantity("prevalence", "share of the commonest label", max(votes.values()) / votes.total(), "share", 0, 1),
            Quantity("split_items", "items on which the votes split", len(splits), "count", 0),
            *_ends(pairs, level),
        ),
        basis=basis_of_rows(
            sample,
            rated,
            f"raters are the fields {_listed(columns)}; labels are "
            + ("unordered" if weights == "none" else f"ordered, weights {weights}"),
        ),
        caveats=(
            "kappa describes the batch, no single item: send single items on when their votes split",
            "kappa falls when one label is rare, at the same raw agreement",
            *(["one or more pairs of raters have no kappa and are left out: " + undefined] if undefined else []),
        ),
        evidence=(*_pairwise(pairs, level), *_by_label(sample, columns, pairs)),
        source="Cohen 1960; interval: Fleiss, Cohen and Everitt 1969, doi:10.1037/h0028106",
    )


def _pair(
    sample: Sample, columns: Mapping[str, list[Value | None]], name: str, other: str, weights: "Weights", level: float
) -> _Pair:
    from synthqc.metrics.agreement import cohens_kappa, kappa_by_label, kappa_interval, raw_agreement

    both = [
        (a, b, n)
        for a, b, n in zip(columns[name], columns[other], sample.lines, strict=True)
        if a is not None and b is not None
    ]
    first, second = [a for a, _, _ in both], [b for _, b, _ in both]
    kappa, agreement = cohens_kappa(first, second, weights), raw_agreement(first, second)
    split = [n for a, b, n in both if a != b]
    return _Pair(
        f"{name} and {other}",
        len(both),
        kappa,
        kappa_interval(first, second, weights, level=level) if split else None,
        agreement,
        kappa_by_label(first, second),
        tuple(split[:20] or [n for _, _, n in both[:20]]),
    )


def _ends(pairs: Sequence[_Pair], level: float) -> list[Quantity]:
    """The interval of kappa, where there are two raters: the pairs of three share their items."""
    if len(pairs) > 1 or pairs[0].ends is None:
        return []
    lower, upper = pairs[0].ends
    return [
        Quantity("kappa_lower", f"kappa at least, {percent(level)} interval", lower, "score", -1, 1),
        Quantity("kappa_upper", f"kappa at most, {percent(level)} interval", upper, "score", -1, 1),
    ]


def _pairwise(pairs: Sequence[_Pair], level: float) -> list[Evidence]:
    """The matrix of raters by raters, a row a pair, the least agreement first."""
    return [
        Evidence(
            f"{pair.names}, {pair.items:,} items, "
            + (
                f"{percent(level)} interval {pair.ends[0]:.2f} to {pair.ends[1]:.2f}: they differ here"
                if pair.ends is not None
                else "no difference"
            ),
            pair.kappa,
            pair.lines,
            "kappa",
        )
        for pair in sorted(pairs, key=lambda one: one.kappa)[:10]
    ]


def _by_label(sample: Sample, columns: Mapping[str, list[Value | None]], pairs: Sequence[_Pair]) -> list[Evidence]:
    """Which labels the raters do not share, the least shared first; of two labels both are shared equally."""
    labels = dict.fromkeys(label for pair in pairs for label in pair.labels)
    if len(labels) < 3:
        return []
    means = {label: _mean([pair.labels[label] for pair in pairs if label in pair.labels]) for label in labels}
    found = []
    for label in sorted(means, key=lambda one: means[one])[:10]:
        votes = [[x == label for x in row if x is not None] for row in zip(*columns.values(), strict=True)]
        split = [sample.lines[n] for n, one in enumerate(votes) if any(one) and not all(one)]
        given = [sample.lines[n] for n, one in enumerate(votes) if any(one)]
        text = f"label {_label_shown(label)} against all others, given {sum(map(sum, votes)):,} times"
        found.append(Evidence(text, means[label], tuple((split or given)[:20]), "kappa"))
    return found


def _label_shown(label: object) -> str:
    return f"{label:g}" if isinstance(label, float) else f"'{label}'"


def _listed(names: Collection[str]) -> str:
    """The names of the first twelve, and how many more there are."""
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return ", ".join([*names][:12]) + more


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


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
        RATERS,
        LEVEL,
    ),
    run=_run_kappa,
    words={
        "kappa": ("kappa", "cohen"),
        "kappa_lower": ("kappa at least",),
        "kappa_upper": ("kappa at most",),
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
    """The labels as numbers; `nan` is a missing one.

    Raises:
        UndefinedReading: A label is no number, or infinite.
    """
    numbers: dict[str, list[Value | None]] = {}
    for name, labels in columns.items():
        try:
            found = [None if label is None else float(label) for label in labels]
        except (ValueError, OverflowError) as error:
            raise UndefinedReading(
                f"{wanted_for} need labels that are numbers; '{name}' has others: {error}"
            ) from error
        if any(number is not None and math.isinf(number) for number in found):
            raise UndefinedReading(f"{wanted_for} need labels that are finite numbers; '{name}' has an infinite one")
        numbers[name] = [None if number is None or math.isnan(number) else number for number in found]
    return numbers


def _run_alpha(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.agreement import krippendorffs_alpha

    scale = cast("Scale", arguments["scale"])
    columns = labels_of(sample, str(arguments["raters"]))
    if scale != "nominal":
        columns = _as_numbers(columns, f"the {scale} scale")
    if scale == "ratio" and any(isinstance(x, float) and x < 0 for labels in columns.values() for x in labels):
        raise UndefinedReading("the ratio scale has a true zero; labels below it need the interval scale")
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
        basis=basis_of_rows(sample, rated, f"raters are the fields {_listed(columns)}; labels are {scale}"),
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
        RATERS,
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
    quantities.append(
        Quantity("kappa_most", f"kappa where {most:.3g} are of one class, the most", kappas[-1], "score", -1, 1)
    )
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
