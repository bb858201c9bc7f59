"""One reading, three faces: the workbench, the function call and the command line."""

import json
from pathlib import Path

import pytest

from synthqc.assistant.functions import call_function, function_schema, function_schemas
from synthqc.cli.main import run
from synthqc.tools.catalogue import TOOLS, run_tool
from synthqc.tools.reading import reading_as_json
from synthqc.tools.sample import sample_of_text
from synthqc.tools.tool import Parameter

TEXT = "".join(
    f"Dear {name}, your order {number} ships on {day}. Is there anything else we can do?\n"
    for number, (name, day) in enumerate([("Ann", "Monday"), ("Bob", "Friday"), ("Cem", "Sunday")] * 12)
)
ROWS = "".join(
    json.dumps(
        {
            "text": f"Answer number {number} about {domain}.",
            "kind": domain,
            "domain": domain,
            "confidence": (number % 20) / 20,
            "correct": number % 3 > 0,
            "rater_a": "right" if number % 3 else "wrong",
            "rater_b": "right" if number % 4 else "wrong",
            "answer": "good" if number % 3 else "rude",
            "labelled": number < 30,
        }
    )
    + "\n"
    for number, domain in enumerate(["dosage", "storage"] * 30)
)
SETTINGS = {"collapse": {"generations": 2, "protocol": "keep", "seed": 3}, "distinct-n": {"n": 3}}


def as_json(values: object) -> object:
    return json.loads(json.dumps(values, allow_nan=False))


@pytest.mark.parametrize("name", TOOLS)
def test_all_faces_give_the_same_reading(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = SETTINGS.get(name, {})
    text = ROWS if TOOLS[name].reads == "rows" else TEXT + "Three of them: 3 x 4 = 13.\n"
    file = tmp_path / "replies.txt"
    file.write_text(text, encoding="utf-8")
    sample = sample_of_text(text, "replies.txt")

    workbench = as_json(reading_as_json(run_tool(name, sample, arguments)))
    function = as_json(call_function(name, json.dumps(arguments), sample))
    settings = [part for key, value in arguments.items() for part in ("--set", f"{key}={value}")]
    assert run(["measure", str(file), "--tool", name, "--format", "json", *settings]) == 0
    [measured] = json.loads(capsys.readouterr().out)["readings"]

    assert workbench == function == measured


@pytest.mark.parametrize("name", TOOLS)
def test_the_schema_says_what_the_tool_takes(name: str) -> None:
    schema = function_schema(TOOLS[name])
    assert schema in function_schemas()
    function = schema["function"]
    assert function["name"] == name
    assert function["parameters"]["additionalProperties"] is False
    properties = function["parameters"]["properties"]
    offered = [parameter for parameter in TOOLS[name].parameters if not parameter.for_people]
    assert properties.keys() == {parameter.name for parameter in offered}
    for parameter in offered:
        assert_agrees(properties[parameter.name], parameter)


def assert_agrees(given: dict[str, object], parameter: Parameter) -> None:
    assert given["default"] == parameter.default
    assert given.get("minimum") == parameter.minimum
    assert given.get("maximum") == parameter.maximum
    assert tuple(given.get("enum", ())) == parameter.choices  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("magic", "{}", "there is no tool 'magic'"),
        ("distinct-n", '{"n": 9}', "allowed is a whole number from 1 to 5"),
        ("distinct-n", '{"path": "/etc/passwd"}', "has no parameter 'path'"),
        ("distinct-n", "not json", "allowed is a JSON object"),
        ("distinct-n", "[1]", "allowed is a JSON object"),
        ("distinct-n", "[" * 10_000, "allowed is a JSON object"),
    ],
)
def test_a_wrong_call_gets_an_error_to_mend_it_by(name: str, arguments: str, message: str) -> None:
    assert message in call_function(name, arguments, sample_of_text(TEXT, "x"))["error"]


def test_a_call_on_no_text_says_so() -> None:
    assert "no words" in call_function("distinct-n", "", sample_of_text("", "x"))["error"]
