"""Audit: what a random draw says about all confident passes, on scored items or as a calculation."""

import random
from collections.abc import Mapping

from .level import LEVEL, percent
from .reading import Argument, Basis, Evidence, Quantity, Reading, Series
from .rows import basis_of_rows, scored_items
from .sample import Sample
from .tool import Parameter, Tool, Watch

SIZES = (25, 50, 75, 100, 150, 200, 300, 400, 500, 600, 700, 800, 900, 1000)
"""Audit sizes of the curve, where few errors are found."""

SHOWN = (50, 200, 1000)
"""Audit sizes that are always told."""


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.intervals import wilson
    from synthqc.metrics.undefined import UndefinedReading

    items = scored_items(sample, str(arguments["confidence"]), str(arguments["truth"]))
    sure_from, wanted, seed = float(arguments["sure_from"]), int(arguments["size"]), int(arguments["seed"])
    level = float(arguments["level"])
    passed = [n for n, confidence in enumerate(items.confidences) if confidence >= sure_from]
    if not passed:
        raise UndefinedReading(f"no item has a confidence of {sure_from:g} or more, so there is no pass to audit")
    drawn = random.Random(seed).sample(passed, min(wanted, len(passed)))
    wrong = sorted(items.positions[n] for n in drawn if not items.are_right[n])
    lower, upper = wilson(len(wrong), len(drawn), level=level)
    caveats = ["a random draw from the passes; picks by doubt would say nothing about all of them"]
    if len(drawn) < wanted:
        caveats.append(f"only {len(drawn)} items pass, so all of them were drawn")
    return Reading(
        tool=AUDIT.name,
        arguments=arguments,
        quantities=(
            Quantity("rate", "share wrong in the draw", len(wrong) / len(drawn), "share", 0, 1),
            Quantity("upper", f"at most, {percent(level)} interval", upper, "share", 0, 1),
            Quantity("lower", f"at least, {percent(level)} interval", lower, "share", 0, 1),
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
        LEVEL,
    ),
    run=_run,
    words={
        "rate": ("error rate", "rate"),
        "upper": ("upper", "at most", "up to", "rate", "error rate"),
        "lower": ("lower", "at least", "rate", "error rate"),
        "errors": ("errors", "wrong"),
        "size": ("drawn", "audit", "passes"),
        "passes": ("passes",),
    },
    reads="rows",
)
"""The tool on scored items."""


def _run_size(_sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.intervals import upper_bound_without_errors, wilson
    from synthqc.metrics.undefined import UndefinedReading

    errors, size, level = int(arguments["errors"]), int(arguments["size"]), float(arguments["level"])
    if errors > size:
        raise UndefinedReading(
            f"{errors:,} errors cannot be found in {size:,} items; raise the size or lower the errors"
        )

    def ends(items: int) -> tuple[float, float]:
        return wilson(errors, items, level=level) if errors else (0.0, upper_bound_without_errors(items, level=level))

    sizes = _sizes_of_curve(errors)
    lower, upper = ends(size)
    quantities = [
        Quantity(f"upper_{items}", f"error rate at most, in {items} items", ends(items)[1], "share", 0, 1)
        for items in SHOWN
        if errors <= items
    ]
    return Reading(
        tool=SIZE.name,
        arguments=arguments,
        quantities=(
            *quantities,
            Quantity("upper", f"at most, {size:,} items audited", upper, "share", 0, 1),
            Quantity("lower", f"at least, {size:,} items audited", lower, "share", 0, 1),
            *_beside(arguments),
            *_needed(arguments),
        ),
        basis=Basis(
            0,
            0,
            0,
            f"computed for {errors:,} errors found; "
            + (
                f"two-sided {percent(level)} Wilson interval"
                if errors
                else f"one-sided {percent(level)} bound, exact form of the rule of three"
            ),
        ),
        caveats=("holds for a random draw only",),
        series=(
            Series("at most", sizes, tuple(ends(int(one))[1] for one in sizes), "items audited", "error rate"),
            Series("at least", sizes, tuple(ends(int(one))[0] for one in sizes), "items audited", "error rate"),
        ),
        source="Wilson 1927; rule of three: Hanley and Lippman-Hand 1983",
    )


def _sizes_of_curve(errors: int) -> tuple[float, ...]:
    """Audit sizes that so many errors fit into, with room to see the curve fall."""
    scale = 1
    while SIZES[-1] * scale < 4 * errors:
        scale *= 10
    return tuple(float(size * scale) for size in SIZES if size * scale >= errors)


def _beside(arguments: Mapping[str, Argument]) -> list[Quantity]:
    """What other rules than that of the curve give, where no error was found."""
    from synthqc.metrics.intervals import rule_of_three, wilson

    size, level = int(arguments["size"]), float(arguments["level"])
    if arguments["errors"] != 0:
        return []
    three, both_sides = rule_of_three(size, level=level), wilson(0, size, level=level)[1]
    return [
        Quantity("rule_of_three", "the same by the rule of three, about", three, "share", 0, 1),
        Quantity("wilson_upper", "the same by the Wilson interval, two-sided", both_sides, "share", 0, 1),
    ]


def _needed(arguments: Mapping[str, Argument]) -> list[Quantity]:
    """The way back: how many items an audit needs for what one wants to say."""
    from synthqc.metrics.intervals import items_for_margin, items_to_claim

    errors, size, level = int(arguments["errors"]), int(arguments["size"]), float(arguments["level"])
    rate, margin = float(arguments["rate"]), float(arguments["margin"])
    found = f"{errors:,} error{'' if errors == 1 else 's'}"
    return [
        Quantity(
            "items_for_rate",
            f"items to claim at most {rate:g} with {found}",
            items_to_claim(rate, errors, level=level),
            "items",
            1,
        ),
        Quantity(
            "items_for_margin",
            f"items for a margin of {margin:g}, whatever is found",
            items_for_margin(margin, level=level),
            "items",
            1,
        ),
        Quantity(
            "items_for_margin_here",
            f"same, if the rate stays at {errors / size:.3g}",
            items_for_margin(margin, share=errors / size, level=level),
            "items",
            1,
        ),
    ]


SIZE = Tool(
    name="audit-size",
    title="Audit size",
    help="The error rates that an audit with so many errors found leaves possible, and how many items a claim needs.",
    parameters=(
        Parameter("errors", "integer", 0, "errors found in the audit", minimum=0, maximum=1_000_000),
        Parameter("size", "integer", 200, "items audited", minimum=1, maximum=10**9),
        Parameter("rate", "number", 0.05, "error rate to stay below", minimum=0.0001, maximum=0.9999),
        Parameter("margin", "number", 0.05, "half the width wanted of the interval", minimum=0.0001, maximum=0.5),
        LEVEL,
    ),
    run=_run_size,
    words={
        "upper_50": ("50 items",),
        "upper_200": ("200 items",),
        "upper_1000": ("1000 items",),
        "upper": ("at most", "upper"),
        "lower": ("at least", "lower"),
        "rule_of_three": ("rule of three",),
        "wilson_upper": ("wilson",),
        "items_for_rate": ("items needed",),
        "items_for_margin": ("items needed", "margin"),
        "items_for_margin_here": ("items needed", "margin"),
    },
    live=False,
    reads="nothing",
)
"""The calculation."""
