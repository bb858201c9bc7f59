"""All mini-tools, by name, and the one way to run one."""

from collections.abc import Mapping

from synthqc.errors import UsageError

from . import (
    active,
    agreement,
    audit,
    budget,
    calibration,
    classifier,
    clusters,
    collapse,
    distinct,
    duplicates,
    filter_stack,
    heuristics,
    ladder,
    lengths,
    lexical,
    mix,
    oracle,
    repetition,
    rewards,
    selection,
    templates,
    topics,
    vendi,
)
from .reading import Argument, Reading
from .sample import Sample
from .tool import Tool, Watch, arguments_for

TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        distinct.TOOL,
        duplicates.TOOL,
        templates.TOOL,
        lexical.TOOL,
        repetition.TOOL,
        lengths.TOOL,
        heuristics.TOOL,
        vendi.TOOL,
        clusters.TOOL,
        topics.TOOL,
        oracle.TOOL,
        filter_stack.TOOL,
        classifier.TOOL,
        selection.TOOL,
        budget.TOOL,
        mix.TOOL,
        calibration.TOOL,
        ladder.TOOL,
        audit.AUDIT,
        audit.SIZE,
        active.TOOL,
        agreement.KAPPA,
        agreement.ALPHA,
        agreement.PREVALENCE,
        rewards.TOOL,
        collapse.TOOL,
    )
}
"""Every tool, in the order in which faces list them."""


def tool_named(name: str) -> Tool:
    """The tool of that name.

    Raises:
        UsageError: There is none.
    """
    if name not in TOOLS:
        raise UsageError(f"there is no tool '{name}'; there are: {', '.join(TOOLS)}")
    return TOOLS[name]


def run_tool(
    name: str, sample: Sample, arguments: Mapping[str, object] | None = None, watch: Watch | None = None
) -> Reading:
    """Runs a tool on a sample.

    Args:
        name: Name of the tool.
        sample: What to measure.
        arguments: Arguments by name; what is left out takes its default.
        watch: Told of progress by slow tools; stops the run by raising `Stopped`.

    Raises:
        UsageError: No such tool, or an argument it does not take.
        UndefinedReading: The sample has no value for this tool; the error says why.
        Stopped: The watch asked for it.
    """
    tool = tool_named(name)
    checked: Mapping[str, Argument] = arguments_for(tool, arguments or {})
    return tool.run(sample, checked, watch or _unwatched)


def _unwatched(_done: int, _of: int) -> None:
    """Nobody is looking."""
