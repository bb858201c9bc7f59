"""Oracle: statements that can be checked: sums, facts of a table, and examples in code."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .measuring import basis_of
from .reading import Argument, Evidence, Quantity, Reading
from .sample import Sample
from .tool import Parameter, Tool, Watch

MOST_RUN = 200
"""Records whose code is run; of more, the first ones."""


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.undefined import UndefinedReading

    parts = [_sums(sample), _facts(sample)]
    if arguments["code"]:
        parts.append(_code(sample, watch))
    found = [part for part in parts if part is not None]
    if not found:
        code = ", or an example of code" if arguments["code"] else ""
        raise UndefinedReading(
            f"no line states a sum of two numbers, a capital or a chemical symbol{code}, so there is nothing to check"
        )
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantity for part in found for quantity in part.quantities),
        basis=basis_of(sample, "; ".join(part.rule for part in found)),
        caveats=(
            "it checks what it can; a line that states nothing of the kind is neither right nor wrong",
            *(part.caveat for part in found if part.caveat),
        ),
        evidence=tuple(row for part in found for row in part.evidence[:10]),
        source="; ".join(part.source for part in found if part.source),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What one kind of check found."""

    quantities: tuple[Quantity, ...]
    rule: str
    evidence: tuple[Evidence, ...]
    caveat: str = ""
    source: str = ""


def _sums(sample: Sample) -> _Part | None:
    from synthqc.metrics.arithmetic import RULE, sums_in

    found = [(n, one) for n, record in enumerate(sample.records) for one in sums_in(record)]
    if not found:
        return None
    wrong = [(n, one) for n, one in found if not one.is_right]
    return _Part(
        (
            Quantity("wrong_share", "share of the sums that is wrong", len(wrong) / len(found), "share", 0, 1),
            Quantity("wrong", f"wrong sums, of {len(found):,}", len(wrong), "count", 0),
            Quantity("sums", "sums stated", len(found), "count", 1),
            Quantity("lines", "lines with a sum", len({n for n, _ in found}), "lines", 1),
            Quantity("wrong_lines", "lines with a wrong sum", len({n for n, _ in wrong}), "lines", 0),
        ),
        RULE,
        tuple(
            Evidence(f"{one.text}: should be {_shown(one.true)}", 1, (sample.lines[n],), "wrong") for n, one in wrong
        ),
    )


def _facts(sample: Sample) -> _Part | None:
    from synthqc.metrics.facts import RULE, SOURCES, facts_in

    found = [(n, one) for n, record in enumerate(sample.records) for one in facts_in(record)]
    if not found:
        return None
    wrong = [(n, one) for n, one in found if not one.is_right]
    return _Part(
        (
            Quantity("wrong_facts_share", "share of the facts that is wrong", len(wrong) / len(found), "share", 0, 1),
            Quantity("wrong_facts", f"wrong facts, of {len(found):,}", len(wrong), "count", 0),
            Quantity("facts", "facts stated that the table has", len(found), "count", 1),
        ),
        RULE,
        tuple(
            Evidence(f"{one.text}: the table says {one.known[0]}", 1, (sample.lines[n],), "wrong") for n, one in wrong
        ),
        source=SOURCES,
    )


def _code(sample: Sample, watch: Watch) -> _Part | None:
    from .doctests import LIMITS, code_in, run

    there = [(n, code) for n, record in enumerate(sample.records) if (code := code_in(record))]
    if not there:
        return None
    outcomes = []
    for step, (n, code) in enumerate(there[:MOST_RUN]):
        watch(step, min(len(there), MOST_RUN))
        outcomes.append((n, run(code)))
    wrong = [(n, one) for n, one in outcomes if not one.is_right]
    skipped = f"; {len(there) - MOST_RUN:,} records were not run" if len(there) > MOST_RUN else ""
    return _Part(
        (
            Quantity("wrong_code_share", "share of the code that fails", len(wrong) / len(outcomes), "share", 0, 1),
            Quantity("wrong_code", f"records whose code fails, of {len(outcomes):,}", len(wrong), "count", 0),
            Quantity("examples", "examples that ran", sum(one.examples for _, one in outcomes), "count", 0),
        ),
        "Python code with examples (>>>), each example run and compared with the output that it states",
        tuple(Evidence(one.said or "no example ran", 1, (sample.lines[n],), "wrong") for n, one in wrong),
        LIMITS + skipped,
    )


def _shown(value: Fraction | None) -> str:
    if value is None:
        return "undefined, a division by zero"
    # A float has no room for the longest ones.
    return f"{Decimal(value.numerator) / Decimal(value.denominator):.10g}"


TOOL = Tool(
    name="oracle",
    title="Oracle",
    help="Finds what can be checked, and checks it: sums, facts of a table, examples in code where that is on.",
    parameters=(
        Parameter(
            "code",
            "yes-no",
            default=False,
            help="run Python examples (>>>) of records; only code you trust",
            for_people=True,
        ),
    ),
    run=_run,
    words={
        "wrong_share": ("wrong share",),
        "wrong": ("wrong", "wrong sums"),
        "sums": ("sums",),
        "lines": ("lines",),
        "wrong_lines": ("wrong lines",),
        "wrong_facts": ("wrong facts",),
        "facts": ("facts",),
        "wrong_code": ("failing code",),
        "examples": ("examples",),
    },
)
"""The tool."""
