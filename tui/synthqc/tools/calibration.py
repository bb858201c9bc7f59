"""Calibration: is the confidence of a scorer earned, and where is it not?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .reading import Argument, Evidence, Quantity, Reading, Series
from .rows import ScoredItems, basis_of_rows, scored_items
from .sample import Sample
from .tool import Derived, Parameter, Tool, Watch

if TYPE_CHECKING:
    from synthqc.metrics.calibration import Bin

GAP = 0.1
"""Confidence over accuracy by more than this makes a domain miscalibrated."""

FEWEST = 20
"""Items of a domain below which nothing is said about it."""


@dataclass(frozen=True, slots=True)
class _Domain:
    """A sub-domain with enough items to say something."""

    name: str
    """What it is called."""
    items: int
    """How many items it has."""
    confidence: float
    """Their mean confidence."""
    accuracy: float
    """The share that is right."""
    ece: float
    """Expected calibration error."""
    brier: float
    """Brier score."""
    lines: tuple[int, ...]
    """Lines of its most confident errors, or of its first items where none is wrong."""

    @property
    def gap(self) -> float:
        """Confidence over accuracy."""
        return self.confidence - self.accuracy


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.calibration import (
        bins_of,
        brier_score,
        expected_calibration_error,
        histogram,
        maximum_calibration_error,
    )

    items = scored_items(sample, str(arguments["confidence"]), str(arguments["truth"]))
    n_bins = int(arguments["bins"])
    bins = bins_of(items.confidences, items.are_right, bins=n_bins)
    n = len(items.positions)
    accuracy, mean = sum(items.are_right) / n, sum(items.confidences) / n
    sure_from = float(arguments["sure_from"])
    sure = [is_right for c, is_right in zip(items.confidences, items.are_right, strict=True) if c >= sure_from]
    domains = _domains(sample, items, str(arguments["domain"]), n_bins)
    quantities = [
        Quantity("ece", "expected calibration error", expected_calibration_error(bins), "share", 0, 1),
        Quantity("mean_confidence", "mean confidence", mean, "share", 0, 1),
        Quantity("accuracy", "share that is right", accuracy, "share", 0, 1),
        Quantity("brier", "Brier score", brier_score(items.confidences, items.are_right), "score", 0, 1),
        Quantity("items", "scored items", n, "count", 1),
        Quantity("confident_items", f"items with confidence {sure_from:g} or more", len(sure), "count", 0),
        Quantity("confident_errors", "of them wrong", len(sure) - sum(sure), "count", 0),
    ]
    if sure:
        quantities.append(
            Quantity("confident_error_rate", "share of them wrong", 1 - sum(sure) / len(sure), "share", 0, 1)
        )
    if domains:
        bad = [domain for domain in domains if domain.gap > GAP]
        quantities += [
            Quantity("domains", f"domains with {FEWEST} items and more", len(domains), "count", 0),
            Quantity("miscalibrated_domains", f"domains over-confident by more than {GAP:g}", len(bad), "count", 0),
            Quantity("worst_gap", "confidence over accuracy in the worst", domains[0].gap, "share", -1, 1),
        ]
    quantities.append(
        Quantity("mce", "calibration error of the worst bin", maximum_calibration_error(bins), "share", 0, 1)
    )
    caveats = [f"{n_bins} bins: with few items in one, its accuracy is rough", items.caveat]
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis_of_rows(
            sample,
            items.positions,
            f"{n_bins} bins of equal width, a border in the bin below; confidence is that of being right",
        ),
        caveats=tuple(filter(None, caveats)),
        evidence=tuple(
            Evidence(
                f"{one.name}: {one.items} items, confidence {one.confidence:.2f}, right {one.accuracy:.2f}, "
                f"ECE {one.ece:.2f}, Brier {one.brier:.2f}",
                one.gap,
                one.lines,
                "gap",
            )
            for one in domains[:10]
        ),
        series=_plots(bins, histogram(items.confidences, bins=n_bins)),
        source="ECE, MCE: Guo et al. 2017, arXiv:1706.04599; Brier 1950",
    )


def _plots(bins: "Sequence[Bin]", counts: Sequence[int]) -> tuple[Series, ...]:
    """The reliability diagram, and how many items there are of each confidence."""
    confidences, accuracies = tuple(one.confidence for one in bins), tuple(one.accuracy for one in bins)
    begins = tuple(place / len(counts) for place in range(len(counts)))
    items = Series("items", begins, tuple(map(float, counts)), "confidence", "items", "histogram")
    if len(bins) < 2:
        return (items,)
    return Series("share that is right", confidences, accuracies, "confidence", "accuracy", "reliability"), items


def _domains(sample: Sample, items: ScoredItems, field: str, bins: int) -> list[_Domain]:
    """The sub-domains with enough items, the most over-confident first."""
    grouped: dict[str, list[int]] = {}
    for n, position in enumerate(items.positions):
        if name := str(sample.rows[position].get(field, "")):
            grouped.setdefault(name, []).append(n)
    found = [_domain(sample, items, name, members, bins) for name, members in grouped.items() if len(members) >= FEWEST]
    return sorted(found, key=lambda one: -one.gap)


def _domain(sample: Sample, items: ScoredItems, name: str, members: list[int], bins: int) -> _Domain:
    from synthqc.metrics.calibration import bins_of, brier_score, expected_calibration_error

    confidences, are_right = [items.confidences[n] for n in members], [items.are_right[n] for n in members]
    wrong = [n for n in sorted(members, key=lambda n: -items.confidences[n]) if not items.are_right[n]]
    return _Domain(
        name,
        len(members),
        sum(confidences) / len(members),
        sum(are_right) / len(members),
        expected_calibration_error(bins_of(confidences, are_right, bins=bins)),
        brier_score(confidences, are_right),
        tuple(sample.lines[items.positions[n]] for n in (wrong or members)[:20]),
    )


TOOL = Tool(
    name="calibration",
    title="Calibration",
    help="Confidence of a scorer against the truth: ECE, Brier score, errors among confident items, by domain.",
    parameters=(
        Parameter(
            "sure_from", "number", 0.9, "confidence from which an item counts as confident", minimum=0, maximum=1
        ),
        Parameter("confidence", "field", "confidence", "field with the confidence, from 0 to 1"),
        Parameter("truth", "field", "correct", "field with the truth, true or false"),
        Parameter("domain", "field", "domain", "field that names the sub-domain"),
        Parameter("bins", "integer", 10, "bins of confidence, all of one width", minimum=2, maximum=100),
    ),
    run=_run,
    words={
        "ece": ("ece", "calibration error"),
        "mean_confidence": ("confidence",),
        "accuracy": ("accuracy", "right"),
        "brier": ("brier",),
        "items": ("items",),
        "confident_items": ("confident",),
        "confident_errors": ("confident errors",),
        "confident_error_rate": ("error rate",),
        "domains": ("domains",),
        "miscalibrated_domains": ("miscalibrated",),
        "worst_gap": ("gap",),
        "mce": ("mce", "worst bin"),
    },
    derived=(
        Derived("confidence over accuracy", "mean_confidence", "accuracy", ("over-confident", "overconfident", "gap")),
        Derived("confident and right", "confident_items", "confident_errors", ("right",)),
    ),
    reads="rows",
)
"""The tool."""
