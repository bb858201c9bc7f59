"""Budget: what money and people can look at."""

from collections.abc import Mapping
from fractions import Fraction

from .reading import Argument, Basis, Quantity, Reading, Series
from .sample import Sample
from .tool import Parameter, Tool, Watch

HOURS_A_DAY = 8
"""Hours of a working day."""


def _run(_sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    items, dollars = int(arguments["items"]), float(arguments["dollars"])
    people, cents = int(arguments["annotators"]), float(arguments["cents"])
    seconds, votes = float(arguments["seconds"]), int(arguments["votes"])
    # In exact decimals: 4.35 dollars are 435 cents, where floats make 434.99999999999994 of them.
    labels = min(int(Fraction(str(dollars)) * 100 / Fraction(str(cents))), items * votes)
    lines = labels // votes
    hours = labels * seconds / 3600
    days_for_all = items * votes * seconds / 3600 / people / HOURS_A_DAY
    prices = (2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
    shares = tuple(min(1.0, dollars * 100 / price / votes / items) for price in prices)
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("cents_each", "cents for each item, if all were labelled", dollars * 100 / items, "cents", 0),
            Quantity("labels", f"labels that {dollars:,.10g} dollars pay for", labels, "labels", 0),
            Quantity("lines", f"items with {votes} label{'s' if votes > 1 else ''} each", lines, "items", 0),
            Quantity("labelled_share", "share of the items that people see", lines / items, "share", 0, 1),
            Quantity("hours", "hours of labelling", hours, "hours", 0),
            Quantity("days", f"working days for each of {people}", hours / people / HOURS_A_DAY, "days", 0),
            Quantity("days_for_all", "same, if all items were labelled", days_for_all, "days", 0),
        ),
        basis=Basis(0, 0, 0, f"computed; no more labels than the items need; a working day has {HOURS_A_DAY} hours"),
        caveats=("guidelines, training and disagreements cost time that is not in here",),
        series=(Series("seen by people", prices, shares, "cents a label", "share of the items"),),
    )


TOOL = Tool(
    name="budget",
    title="Budget",
    help="What an amount of money buys in labels, what share of the items that is, and how long it takes.",
    parameters=(
        Parameter("cents", "number", 10.0, "cents a label", minimum=0.01, maximum=100_000),
        Parameter("items", "integer", 500_000, "items", minimum=1, maximum=10**12),
        Parameter("dollars", "number", 5000.0, "dollars", minimum=0, maximum=10**9),
        Parameter("annotators", "integer", 3, "people who label", minimum=1, maximum=100_000),
        Parameter("seconds", "number", 30.0, "seconds a label takes", minimum=0.1, maximum=100_000),
        Parameter("votes", "integer", 1, "labels for each item", minimum=1, maximum=100),
    ),
    run=_run,
    words={
        "cents_each": ("cents", "one cent"),
        "labels": ("labels",),
        "lines": ("items",),
        "labelled_share": ("labelled",),
        "hours": ("hours",),
        "days": ("days",),
        "days_for_all": ("days for all",),
    },
    live=False,
    reads="nothing",
)
"""The calculation."""
