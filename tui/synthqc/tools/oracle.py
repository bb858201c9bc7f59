"""Oracle: statements that can be computed, checked with exact fractions."""

from collections.abc import Mapping
from fractions import Fraction

from .measuring import basis_of
from .reading import Argument, Evidence, Quantity, Reading
from .sample import Sample
from .tool import Tool, Watch


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.arithmetic import sums_in
    from synthqc.metrics.undefined import UndefinedReading

    found = [(n, one) for n, record in enumerate(sample.records) for one in sums_in(record)]
    if not found:
        raise UndefinedReading("no line states a sum of two numbers, so there is nothing to compute")
    wrong = [(n, one) for n, one in found if not one.is_right]
    lines = {n for n, _ in found}
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("wrong_share", "share of the sums that is wrong", len(wrong) / len(found), "share", 0, 1),
            Quantity("wrong", f"wrong sums, of {len(found):,}", len(wrong), "count", 0),
            Quantity("sums", "sums stated", len(found), "count", 1),
            Quantity("lines", "lines with a sum", len(lines), "lines", 1),
            Quantity("wrong_lines", "lines with a wrong sum", len({n for n, _ in wrong}), "lines", 0),
        ),
        basis=basis_of(
            sample, "two numbers, a sign or its word, and a result, computed with exact fractions to the digits stated"
        ),
        caveats=("it checks what it can compute; a line without a sum is neither right nor wrong",),
        evidence=tuple(
            Evidence(f"{one.text}: should be {_shown(one.true)}", 1, (sample.lines[n],)) for n, one in wrong[:10]
        ),
    )


def _shown(value: Fraction | None) -> str:
    return "undefined, a division by zero" if value is None else f"{float(value):.10g}"


TOOL = Tool(
    name="oracle",
    title="Oracle",
    help="Finds stated sums such as 3 x 12.50 = 37.50 and computes them exactly.",
    parameters=(),
    run=_run,
    words={
        "wrong_share": ("wrong share",),
        "wrong": ("wrong", "wrong sums"),
        "sums": ("sums",),
        "lines": ("lines",),
        "wrong_lines": ("wrong lines",),
    },
)
"""The tool."""
