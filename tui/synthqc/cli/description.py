"""What the tools tell and what can be set, for somebody at a command line."""

from collections.abc import Iterator, Sequence

from synthqc.tools.catalogue import TOOLS
from synthqc.tools.inlines import wrapped
from synthqc.tools.reading import argument_shown
from synthqc.tools.tool import Parameter, Tool, allowed_values

READS = {
    "text": "reads any text",
    "rows": "reads rows with the fields named below",
    "nothing": "calculates, needs no file",
    "either": "needs no file, or rows with the fields named below",
}
"""What tools take, in words."""


def description_of(tools: Sequence[Tool]) -> str:
    """The tools with their settings; where none is given, all of them with a line each.

    Args:
        tools: Those to describe.
    """
    return "\n\n".join("\n".join(_described(tool)) for tool in tools) if tools else "\n".join(_listed())


def _listed() -> Iterator[str]:
    width = max(map(len, TOOLS))
    for tool in TOOLS.values():
        yield from wrapped(f"{tool.name:<{width}}  {tool.help}", rest=" " * (width + 2))
    yield "Settings of one: synthqc measure --describe --tool NAME"


def _described(tool: Tool) -> Iterator[str]:
    yield from wrapped(f"{tool.name}: {tool.help}", rest="  ")
    yield f"  {READS[tool.reads]}"
    width = max((len(_default(one)) for one in tool.parameters), default=0)
    for one in tool.parameters:
        allowed = "" if one.kind == "field" else f"; {allowed_values(one)}"
        yield from wrapped(f"{_default(one):<{width}}  {one.help}{allowed}", "  ", " " * (width + 4))


def _default(parameter: Parameter) -> str:
    return f"{parameter.name}={argument_shown(parameter.default)}"
