"""Audit: what a random draw says about all confident passes, on scored items or as a calculation."""

import random
from collections.abc import Mapping

from .reading import Argument, Basis, Evidence, Quantity, Reading, Series
from .rows import basis_of_rows, scored_items
from .sample import Sample
from .tool import Parameter, Tool, Watch

SIZES = (25, 50, 75, 100, 150, 200, 300, 400, 500, 600, 700, 800, 900, 1000)
"""Audit sizes of the curve."""


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.intervals import wilson
    from synthqc.metrics.undefined import UndefinedReading

    items = scored_items(sample, str(arguments["confidence"]), str(arguments["truth"]))
    sure_from, wanted, seed = float(arguments["sure_from"]), int(arguments["size"]), int(arguments["seed"])
    passed = [n for n, confidence in enumerate(items.confidences) if confidence >= sure_from]
    if not passed:
        raise UndefinedReading(f"no item has a confidence of {sure_from:g} or more, so there is no pass to audit")
    drawn = random.Random(seed).sample(passed, min(wanted, len(passed)))
    wrong = sorted(items.positions[n] for n in drawn if not items.are_right[n])
    lower, upper = wilson(len(wrong), len(drawn))
    caveats = ["a random draw from the passes; picks by doubt would say nothing about all of them"]
    if len(drawn) < wanted:
        caveats.append(f"only {len(drawn)} items pass, so all of them were drawn")
    return Reading(
        tool=AUDIT.name,
        arguments=arguments,
        quantities=(
            Quantity("rate", "share wrong in the draw", len(wrong) / len(drawn), "share", 0, 1),
            Quantity("upper", "at most, 95 % interval", upper, "share", 0, 1),
            Quantity("lower", "at least, 95 % interval", lower, "share", 0, 1),
            Quantity("errors", "items found wrong", len(wrong), "count", 0),
            Quantity("size", "items drawn", len(drawn), "count", 1),
            Quantity("passes", "items that pass with confidence", len(passed), "count", 1),
        ),
        basis=basis_of_rows(
            sample,
            [items.positions[n] for n in drawn],
            f"drawn at random from confidence {sure_from:g} up; Wilson interval",
        ),
        caveats=(*caveats, *filter(None, [items.caveat])),
        evidence=tuple(
            Evidence(sample.records[n][:200], items.confidences[items.positions.index(n)], (sample.lines[n],), "sure")
            for n in wrong[:10]
        ),
        seed=seed,
        source="Wilson 1927",
    )


AUDIT = Tool(
    name="audit",
    title="Audit",
    help="Draws confident items at random and gives the error rate with its interval; needs scored rows.",
    parameters=(
        Parameter("size", "integer", 100, "items to draw", minimum=1, maximum=100_000),
        Parameter("sure_from", "number", 0.9, "confidence from which an item passes", minimum=0, maximum=1),
        Parameter("seed", "integer", 0, "draws the items", minimum=0, maximum=1_000_000),
        Parameter("confidence", "field", "confidence", "field with the confidence, from 0 to 1"),
        Parameter("truth", "field", "correct", "field with the truth, true or false"),
    ),
    run=_run,
    words={
        "rate": ("error rate",),
        "upper": ("upper", "at most"),
        "lower": ("lower", "at least"),
        "errors": ("errors", "wrong"),
        "size": ("drawn", "audit"),
        "passes": ("passes",),
    },
    reads="rows",
)
"""The tool on scored items."""


def _run_size(_sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.intervals import upper_bound_without_errors, wilson

    errors = int(arguments["errors"])
    ends = [wilson(errors, size) for size in SIZES]
    if errors == 0:
        ends = [(0.0, upper_bound_without_errors(size)) for size in SIZES]
    sizes = tuple(float(size) for size in SIZES)
    rule = "one-sided 95 % bound, exact form of the rule of three" if errors == 0 else "two-sided 95 % Wilson interval"
    at = {size: ends[SIZES.index(size)][1] for size in (50, 200, 1000)}
    return Reading(
        tool=SIZE.name,
        arguments=arguments,
        quantities=tuple(
            Quantity(f"upper_{size}", f"error rate up to, {size} items", upper, "share", 0, 1)
            for size, upper in at.items()
        ),
        basis=Basis(0, 0, 0, f"computed for {errors} errors found; {rule}"),
        caveats=("holds for a random draw only",),
        series=(
            Series("at most", sizes, tuple(upper for _, upper in ends), "items audited", "error rate"),
            Series("at least", sizes, tuple(lower for lower, _ in ends), "items audited", "error rate"),
        ),
        source="Wilson 1927; rule of three: Hanley and Lippman-Hand 1983",
    )


SIZE = Tool(
    name="audit-size",
    title="Audit size",
    help="The error rates that an audit of so many items, with so many errors found, leaves possible.",
    parameters=(Parameter("errors", "choice", "0", "errors found in the audit", choices=("0", "1", "5", "10")),),
    run=_run_size,
    words={"upper_50": ("50 items",), "upper_200": ("200 items",), "upper_1000": ("1000 items",)},
    live=False,
    reads="nothing",
)
"""The calculation."""
