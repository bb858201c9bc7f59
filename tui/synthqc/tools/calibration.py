"""Calibration: is the confidence of a scorer earned, and where is it not?"""

from collections.abc import Mapping

from .reading import Argument, Evidence, Quantity, Reading, Series
from .rows import ScoredItems, basis_of_rows, scored_items
from .sample import Sample
from .tool import Parameter, Tool, Watch

GAP = 0.1
"""Confidence over accuracy by more than this makes a domain miscalibrated."""

FEWEST = 20
"""Items of a domain below which nothing is said about it."""


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.calibration import bins_of, brier_score, expected_calibration_error

    items = scored_items(sample, str(arguments["confidence"]), str(arguments["truth"]))
    bins = bins_of(items.confidences, items.are_right)
    n = len(items.positions)
    accuracy, mean = sum(items.are_right) / n, sum(items.confidences) / n
    sure_from = float(arguments["sure_from"])
    sure = [is_right for c, is_right in zip(items.confidences, items.are_right, strict=True) if c >= sure_from]
    domains = _domains(sample, items, str(arguments["domain"]))
    gaps = {name: confidence - right for name, (_, confidence, right, _) in domains.items()}
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
    if gaps:
        bad = [name for name, gap in gaps.items() if gap > GAP]
        quantities += [
            Quantity("domains", f"domains with {FEWEST} items and more", len(gaps), "count", 0),
            Quantity("miscalibrated_domains", f"domains over-confident by {GAP:g} and more", len(bad), "count", 0),
            Quantity("worst_gap", "confidence over accuracy in the worst", max(gaps.values()), "share", -1, 1),
        ]
    caveats = ["ten bins: with few items in one, its accuracy is rough", items.caveat]
    confidences = tuple(one.confidence for one in bins)
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis_of_rows(sample, items.positions, "ten bins of equal width; confidence is that of being right"),
        caveats=tuple(filter(None, caveats)),
        evidence=tuple(
            Evidence(f"{name}: {count} items, confidence {confidence:.2f}, right {right:.2f}", gaps[name], lines, "gap")
            for name, (count, confidence, right, lines) in sorted(domains.items(), key=lambda one: -gaps[one[0]])[:10]
            if lines
        ),
        series=(
            Series("share that is right", confidences, tuple(one.accuracy for one in bins), "confidence", "accuracy"),
            Series("if calibrated", confidences, confidences, "confidence", "accuracy"),
        )
        if len(bins) > 1
        else (),
        source="ECE: Guo et al. 2017, arXiv:1706.04599; Brier 1950",
    )


def _domains(sample: Sample, items: ScoredItems, field: str) -> dict[str, tuple[int, float, float, tuple[int, ...]]]:
    """By domain: items, mean confidence, share right, and the lines of confident errors."""
    grouped: dict[str, list[int]] = {}
    for n, position in enumerate(items.positions):
        if name := str(sample.rows[position].get(field, "")):
            grouped.setdefault(name, []).append(n)
    return {
        name: (
            len(members),
            sum(items.confidences[n] for n in members) / len(members),
            sum(items.are_right[n] for n in members) / len(members),
            tuple(
                sample.lines[items.positions[n]]
                for n in sorted(members, key=lambda n: -items.confidences[n])
                if not items.are_right[n]
            )[:20],
        )
        for name, members in grouped.items()
        if len(members) >= FEWEST
    }


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
    },
    reads="rows",
)
"""The tool."""
