"""Bounds: what `--fail-if` takes, checked before anything is measured, and what holds afterwards."""

import re
from collections.abc import Iterator, Mapping, Sequence

from synthqc.assistant.conditions import Condition, ConditionError, parse_condition
from synthqc.assistant.facts import facts_of
from synthqc.errors import UsageError
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import TOOLS
from synthqc.tools.reading import Reading
from synthqc.tools.tool import Tool

Outcome = Reading | UndefinedReading
"""What a tool gave: a reading, or why there is none."""

_OWNER = re.compile(r"[a-z][a-z0-9-]*(?=\.)")
_TEXT = ("lines", "words")
"""What is known of the text itself."""


def condition_of(bound: str, tools: Sequence[Tool]) -> Condition:
    """A condition in which tools are called as they are on the command line, with hyphens.

    Args:
        bound: The condition as it was given.
        tools: The tools that will run.

    Raises:
        UsageError: It is no condition, or asks for what none of the tools measures.
    """
    try:
        condition = parse_condition(_OWNER.sub(lambda owner: owner.group().replace("-", "_"), bound))
    except ConditionError as error:
        raise UsageError(f"--fail-if: {error}") from error
    except RecursionError:
        raise UsageError(f"--fail-if {bound!r:.60}: has too many brackets within brackets") from None
    if not condition.names:
        raise UsageError(f"--fail-if {bound!r}: names nothing that is measured, such as distinct-n.fixed_budget")
    for name in sorted(condition.names):
        if problem := _problem_of(name, tools):
            raise UsageError(f"--fail-if {bound!r}: {problem}")
    return condition


def _problem_of(name: str, tools: Sequence[Tool]) -> str:
    """What is wrong with a name, as far as it can be told before measuring."""
    owner, dot, quantity = name.partition(".")
    if not dot or not quantity:
        return f"'{name}' is no quantity of a tool, write it as TOOL.QUANTITY, such as distinct-n.fixed_budget"
    if owner == "text":
        return "" if quantity in _TEXT else f"of the text there are {' and '.join(_TEXT)}, not '{quantity}'"
    tool = owner.replace("_", "-")
    if tool not in TOOLS:
        return f"there is no tool '{tool}'; there are: {', '.join(TOOLS)}"
    if tool not in {one.name for one in tools}:
        return f"{tool} does not run here; add --tool {tool}"
    return ""


def failures_of(conditions: Sequence[tuple[str, Condition]], outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """A sentence for each condition that holds, or that cannot be judged.

    Args:
        conditions: As they were given, and read.
        outcomes: What each tool gave.
    """
    facts = facts_of({name: found for name, found in outcomes.items() if isinstance(found, Reading)})
    for bound, condition in conditions:
        if lacking := sorted(condition.names - facts.values.keys()):
            yield f"--fail-if {bound!r}: {_reason(lacking[0], outcomes, [*facts.values])}"
        elif condition.holds(facts.values):
            found = ", ".join(f"{name} is {facts.shown[name]}" for name in sorted(condition.names))
            yield f"--fail-if {bound!r} holds: {found}"


def _reason(name: str, outcomes: Mapping[str, Outcome], there: Sequence[str]) -> str:
    """Why a number is not there."""
    owner = name.partition(".")[0]
    outcome = outcomes.get(owner.replace("_", "-"))
    if isinstance(outcome, UndefinedReading):
        return f"nothing was measured for {name}: {outcome}"
    own = [one for one in there if one.startswith(f"{owner}.")]
    return f"nothing was measured for {name}; there are: {', '.join(own or there) or 'none'}"
