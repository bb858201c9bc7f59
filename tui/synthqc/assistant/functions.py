"""The mini-tools as functions that a model can call: schema out, arguments in, a reading back as JSON."""

import json
from typing import Any

from synthqc.errors import SynthQCError, UsageError
from synthqc.tools.catalogue import TOOLS, run_tool, tool_named
from synthqc.tools.reading import Reading, reading_as_json
from synthqc.tools.sample import Sample
from synthqc.tools.tool import Parameter, Tool

_JSON_TYPES = {
    "integer": "integer",
    "number": "number",
    "choice": "string",
    "yes-no": "boolean",
    "field": "string",
    "text": "string",
}


def function_schema(tool: Tool) -> dict[str, Any]:
    """The tool as a function in the form that OpenAI-compatible servers take.

    The function measures the text on the workbench; no argument names a file, an address or code.
    """
    return {
        "type": "function",
        "function": {
            "name": tool.name,
            "description": tool.help,
            "parameters": {
                "type": "object",
                "properties": {one.name: _property(one) for one in tool.parameters if not one.for_people},
                "additionalProperties": False,
            },
        },
    }


def _property(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _JSON_TYPES[parameter.kind], "description": parameter.help}
    schema["default"] = parameter.default
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    if parameter.minimum is not None:
        schema["minimum"] = parameter.minimum
    if parameter.maximum is not None:
        schema["maximum"] = parameter.maximum
    return schema


def call_function(name: str, arguments: str, sample: Sample) -> dict[str, Any]:
    """Runs a function call of a model on the learner's text.

    Args:
        name: Name of the function as the model gave it.
        arguments: Arguments as the model gave them, a JSON object.
        sample: The text on the workbench.

    Returns:
        The reading as JSON values, or `{"error": sentence}`, from which a model can mend its call.
    """
    try:
        return reading_as_json(called(name, arguments, sample))
    except SynthQCError as error:
        return {"error": str(error)}


def called(name: str, arguments: str, sample: Sample) -> Reading:
    """The reading that a function call of a model asks for; see `call_function`.

    Raises:
        UsageError: No such function, arguments that are no JSON object, or one that it does not take.
        UndefinedReading: The sample has no value for this tool.
    """
    try:
        given = json.loads(arguments or "{}")
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise UsageError(f"arguments are {arguments!r:.60}, allowed is a JSON object")
    for_people = [one.name for one in tool_named(name).parameters if one.for_people and one.name in given]
    if for_people:
        raise UsageError(f"only the learner can set {', '.join(for_people)}")
    return run_tool(name, sample, given)


def function_schemas() -> list[dict[str, Any]]:
    """All tools as functions."""
    return [function_schema(tool) for tool in TOOLS.values()]
