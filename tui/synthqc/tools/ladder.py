"""Ladder: what a pass threshold routes to people, what that costs, and what it lets through."""

from collections.abc import Mapping

from .reading import Argument, Quantity, Reading, Series
from .rows import basis_of_rows, scored_items
from .sample import Sample
from .tool import Parameter, Tool, Watch

WEEKS = 52 / 12
"""Weeks of a month."""

THRESHOLDS = tuple(step / 20 for step in range(10, 21))
"""Pass thresholds of the curve, 0.5 to 1."""


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
    available = int(arguments["reviewers"]) * float(arguments["hours"]) * WEEKS
    quantities = [
        Quantity("routed_share", "share sent to people", found.routed, "share", 0, 1),
        Quantity("passed_errors_share", "wrong among those passed unseen", found.passed_errors, "share", 0, 1),
        Quantity("routed_items", "items sent to people a month", routed, "count", 0),
        Quantity("hours_needed", "hours needed a month", routed * minutes / 60, "hours", 0),
        Quantity("hours_available", "hours available a month", available, "hours", 0),
        Quantity("passed_share", "share passed", found.passed, "share", 0, 1),
        Quantity("rejected_share", "share rejected", found.rejected, "share", 0, 1),
        Quantity("rejected_good_share", "right among those rejected unseen", found.rejected_good, "share", 0, 1),
    ]
    if routed:
        quantities.append(
            Quantity("seconds_available", "seconds a routed item", available * 3600 / routed, "seconds", 0)
        )
    steps = [
        ladder_at(items.confidences, items.are_right, pass_from=max(one, reject_below), reject_below=reject_below)
        for one in THRESHOLDS
    ]
    hours = tuple(step.routed * volume * minutes / 60 / 1000 for step in steps)
    shares = tuple(step.routed for step in steps)
    axis = "share sent to people"
    label = "thousand reviewer hours a month"
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis_of_rows(
            sample, items.positions, f"shares of these items, applied to {volume:,} a month; a month has 52/12 weeks"
        ),
        caveats=(
            "what is true of these items holds for the month only if they were drawn at random from it",
            *filter(None, [items.caveat]),
        ),
        series=(
            Series("needed", shares, hours, axis, label),
            Series("available", shares, (available / 1000,) * len(shares), axis, label),
            Series(
                "wrong and passed", shares, tuple(step.passed_errors for step in steps), axis, "share of the passed"
            ),
        ),
    )


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
    ),
    run=_run,
    words={
        "routed_share": ("routed",),
        "passed_errors_share": ("passed errors", "wrong and passed"),
        "routed_items": ("routed items",),
        "hours_needed": ("hours needed", "hours"),
        "hours_available": ("hours available",),
        "passed_share": ("passed",),
        "rejected_share": ("rejected",),
        "rejected_good_share": ("rejected good",),
        "seconds_available": ("seconds",),
    },
    reads="rows",
)
"""The tool."""
