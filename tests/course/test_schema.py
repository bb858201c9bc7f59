"""The JSON Schemas: valid, true of the shipped files, and as strict as the reader."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from synthqc.cli.main import run
from synthqc.course.loading import find_course
from synthqc.course.schema import FORMATS, file_format, modeline, schema_of

ROOT = find_course()
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("lessons", "quizzes", "labs")
    for path in (ROOT / folder).rglob("*.yaml")
)


def valid(path: str, text: str) -> bool:
    return jsonschema.Draft202012Validator(schema_of(file_format(path))).is_valid(yaml.safe_load(text))


@pytest.mark.parametrize("name", FORMATS)
def test_a_schema_is_one_and_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of(name))
    assert run(["schema", name]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed) == schema_of(name)
    assert (ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8") == printed


@pytest.mark.parametrize("path", FILES)
def test_a_shipped_file_follows_its_schema_and_says_where_it_is(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert valid(path, text)
    first = text.splitlines()[0]
    assert first == modeline(path)
    named = first.partition("$schema=")[2]
    assert (ROOT / path).parent.joinpath(named).resolve() == (ROOT / "schemas" / f"{file_format(path)}.json").resolve()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("lessons/L1.yaml", "    title: A copy of a copy", "    titel: A copy of a copy"),
        ("lessons/L1.yaml", "    title: A copy of a copy\n", ""),
        ("lessons/module.yaml", "format: 1", "format: 2"),
        ("lessons/claims.yaml", "verdict: contradicted", "verdict: wrong"),
        ("quizzes/L1.yaml", "        right: true", "        right: 3"),
        ("labs/L1.yaml", "minimum: 3", "minimum: three"),
    ],
)
def test_a_mistake_breaks_the_schema(path: str, old: str, new: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert old in text
    assert not valid(path, text.replace(old, new, 1))


def test_every_key_is_described() -> None:
    for name in FORMATS:
        for definition in schema_of(name)["$defs"].values():
            assert definition["description"]
            assert all(one["description"] for one in definition["properties"].values())


def test_an_unknown_format_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "poem"]) == 2
    assert "'module', 'lesson'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "form"), [("lessons/L7.yaml", "lesson"), ("labs/samples/words.txt", ""), ("readme.yaml", "")]
)
def test_a_file_is_known_by_its_place(path: str, form: str) -> None:
    assert file_format(path) == form
    assert Path(path).suffix


@pytest.mark.parametrize("path", FILES)
def test_both_parsers_of_yaml_read_a_shipped_file_alike(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert yaml.load(text, Loader=yaml.CSafeLoader) == yaml.safe_load(text)
