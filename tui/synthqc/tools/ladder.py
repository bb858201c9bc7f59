"""Ladder: what a pass threshold routes to people, what that costs, and what it lets through."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from synthqc.errors import UsageError

from .reading import Argument, Evidence, Quantity, Reading, Series
from .rows import ScoredItems, basis_of_rows, scored_items
from .sample import Sample
from .tool import Derived, Parameter, Tool, Watch

if TYPE_CHECKING:
    from synthqc.metrics.escalation import Ladder

WEEKS = 52 / 12
"""Weeks of a month."""

THRESHOLDS = tuple(step / 20 for step in range(10, 21))
"""Pass thresholds of the curve and the table, 0.5 to 1, where none are given."""

MOST = 20
"""Thresholds that can be given."""


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.escalation import ladder_at
    from synthqc.metrics.undefined import UndefinedReading

    items = scored_items(sample, str(arguments["confidence"]), str(arguments["truth"]))
    pass_from, reject_below = float(arguments["pass_from"]), float(arguments["reject_below"])
    if reject_below > pass_from:
        raise UndefinedReading(f"items below {reject_below:g} are rejected, but items from {pass_from:g} on pass")
    minutes, volume = float(arguments["minutes"]), int(arguments["volume"])
    found = ladder_at(items.confidences, items.are_right, pass_from=pass_from, reject_below=reject_below)
    routed = round(found.routed * volume)
    needed, available = routed * minutes / 60, int(arguments["reviewers"]) * float(arguments["hours"]) * WEEKS
    thresholds = sorted({max(one, reject_below) for one in _thresholds(str(arguments["thresholds"]))})
    steps = {
        one: ladder_at(items.confidences, items.are_right, pass_from=one, reject_below=reject_below)
        for one in thresholds
    }
    hours = {one: step.routed * volume * minutes / 60 for one, step in steps.items()}
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("routed_share", "share sent to people", found.routed, "share", 0, 1),
            *_share("passed_errors_share", "wrong among those passed unseen", found.passed_errors),
            Quantity("routed_items", "items sent to people a month", routed, "count", 0),
            Quantity("hours_needed", "hours needed a month", needed, "hours", 0),
            Quantity("hours_available", "hours available a month", available, "hours", 0),
            Quantity("passed_share", "share passed", found.passed, "share", 0, 1),
            Quantity("rejected_share", "share rejected", found.rejected, "share", 0, 1),
            *_share("rejected_good_share", "right among those rejected unseen", found.rejected_good),
            Quantity("let_through_share", "share of all that is wrong and passes", found.let_through, "share", 0, 1),
            Quantity("let_through_items", "the same, items a month", round(found.let_through * volume), "count", 0),
            *_workload(routed, needed, available, float(arguments["hours"])),
        ),
        basis=basis_of_rows(
            sample, items.positions, f"shares of these items, applied to {volume:,} a month; a month has 52/12 weeks"
        ),
        caveats=(
            "what is true of these items holds for the month only if they were drawn at random from it",
            *filter(None, [items.caveat]),
        ),
        evidence=tuple(_row(sample, items, one, steps[one], hours[one]) for one in steps),
        series=_curves([*steps.values()], [*hours.values()], available),
    )


def _thresholds(text: str) -> tuple[float, ...]:
    """The pass thresholds to compare, lowest first.

    Raises:
        UsageError: One is no number from 0 to 1, or there are too many.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        return THRESHOLDS
    try:
        found = sorted({float(part) for part in parts})
    except ValueError:
        found = []
    if not found or not all(0 <= one <= 1 for one in found) or len(found) > MOST:
        allowed = f"up to {MOST} numbers from 0 to 1 with commas between, such as 0.8,0.9,0.95"
        raise UsageError(f"ladder: thresholds is {text!r:.60}, allowed is {allowed}")
    return tuple(found)


def _share(name: str, label: str, share: float | None) -> list[Quantity]:
    """A share of the items on a rung; nothing where the rung is empty."""
    return [] if share is None else [Quantity(name, label, share, "share", 0, 1)]


def _workload(routed: int, needed: float, available: float, hours_a_week: float) -> list[Quantity]:
    """What the routed items mean for people, where there are such items and people."""
    found = []
    if routed:
        found.append(Quantity("seconds_available", "seconds a routed item", available * 3600 / routed, "seconds", 0))
    if hours_a_week:
        reviewers = needed / (hours_a_week * WEEKS)
        found.append(Quantity("reviewers_needed", "reviewers needed", reviewers, "reviewers", 0))
    return found


def _row(sample: Sample, items: ScoredItems, pass_from: float, step: "Ladder", hours: float) -> Evidence:
    """A line of the table of thresholds: the tiers, what they cost, and the items that pass though they are wrong."""
    sure = [*zip(items.positions, items.confidences, items.are_right, strict=True)]
    let_through = [position for position, confidence, is_right in sure if confidence >= pass_from and not is_right]
    nearest = sorted(sure, key=lambda one: abs(one[1] - pass_from))
    wrong = "nothing passes" if step.passed_errors is None else f"wrong among the passed {step.passed_errors:.3f}"
    return Evidence(
        f"pass from {pass_from:g}: passed {step.passed:.3f}, to people {step.routed:.3f}, "
        f"rejected {step.rejected:.3f}; {hours:,.0f} hours a month; {wrong}"
        + ("" if let_through else "; the lines are those nearest to the threshold"),
        step.let_through,
        tuple(sample.lines[position] for position in let_through[:20] or [one[0] for one in nearest[:5]]),
        "let through",
    )


def _curves(steps: "list[Ladder]", hours: list[float], available: float) -> tuple[Series, ...]:
    """Hours and errors by the share that is routed."""
    axis, label = "share sent to people", "thousand reviewer hours a month"
    shares = tuple(step.routed for step in steps)
    passing = [(step.routed, step.passed_errors) for step in steps if step.passed_errors is not None]
    curves = [
        Series("needed", shares, tuple(one / 1000 for one in hours), axis, label),
        Series("available", shares, (available / 1000,) * len(shares), axis, label),
    ]
    if passing:
        x, y = zip(*passing, strict=True)
        curves.append(Series("wrong and passed", x, y, axis, "share of the passed"))
    return tuple(curves)


TOOL = Tool(
    name="ladder",
    title="Ladder",
    help="Thresholds on scored items: share routed to people, hours that takes, errors that pass unseen.",
    parameters=(
        Parameter("pass_from", "number", 0.9, "confidence from which an item passes", minimum=0, maximum=1),
        Parameter("minutes", "choice", "2", "minutes of a reviewer an item", choices=("0.5", "1", "2", "5")),
        Parameter("reject_below", "number", 0.2, "confidence below which an item is rejected", minimum=0, maximum=1),
        Parameter("volume", "integer", 2_000_000, "items a month", minimum=1, maximum=10**12),
        Parameter("reviewers", "integer", 8, "reviewers", minimum=0, maximum=1_000_000),
        Parameter("hours", "number", 20.0, "hours of a reviewer a week", minimum=0, maximum=168),
        Parameter("confidence", "field", "confidence", "field with the confidence, from 0 to 1"),
        Parameter("truth", "field", "correct", "field with the truth, true or false"),
        Parameter("thresholds", "text", "", "pass thresholds to compare, such as 0.8,0.9,0.95"),
    ),
    run=_run,
    words={
        "routed_share": ("routed", "to people"),
        "passed_errors_share": ("passed errors", "wrong and passed"),
        "routed_items": ("routed items",),
        "hours_needed": ("hours needed", "hours"),
        "hours_available": ("hours available", "available"),
        "passed_share": ("passed",),
        "rejected_share": ("rejected",),
        "rejected_good_share": ("rejected good",),
        "seconds_available": ("seconds",),
        "let_through_share": ("let through", "goes through", "go through", "slips through", "slip through"),
        "let_through_items": ("let through",),
        "reviewers_needed": ("reviewers needed", "reviewers"),
    },
    derived=(Derived("hours missing", "hours_needed", "hours_available", ("missing", "short")),),
    reads="rows",
)
"""The tool."""
