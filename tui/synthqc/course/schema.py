"""JSON Schema of the course's files, for editors: made from the models, so that it cannot say anything else."""

import ast
import functools
import inspect
import textwrap
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, Union

from .claims import Claims
from .lab import Concepts, Lab
from .model import Lesson, Misconceptions, Module, Samples
from .quiz import Quiz

FORMATS: Mapping[str, type] = {
    "module": Module,
    "lesson": Lesson,
    "claims": Claims,
    "quiz": Quiz,
    "misconceptions": Misconceptions,
    "lab": Lab,
    "concepts": Concepts,
    "samples": Samples,
}
"""What the files of a course hold, by the name of the format."""

_SCALARS: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string", "minLength": 1},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
}


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a format; it allows what the reader of the course allows, and nothing else.

    Args:
        name: One of `FORMATS`.

    Raises:
        KeyError: There is no such format.
    """
    return schema_for(FORMATS[name], f"synthqc {name}")


def schema_for(kind: type, title: str) -> dict[str, Any]:
    """The JSON Schema of a file that is read into a dataclass."""
    definitions: dict[str, Any] = {}
    top = _schema(kind, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **top,
        "$defs": dict(sorted(definitions.items())),
    }


def file_format(path: str) -> str:
    """The format of a file of a course by its path, such as `quizzes/L1.yaml`; empty for what is no such file."""
    special = {
        "lessons/module.yaml": "module",
        "lessons/claims.yaml": "claims",
        "quizzes/misconceptions.yaml": "misconceptions",
        "labs/concepts.yaml": "concepts",
        "labs/samples/samples.yaml": "samples",
    }
    folders = {"lessons": "lesson", "quizzes": "quiz", "labs": "lab"}
    folder, _, file = path.rpartition("/")
    return special.get(path, folders.get(folder, "") if file.endswith(".yaml") else "")


def modeline(path: str) -> str:
    """The first line of a file of a course: where an editor finds its schema, seen from the file."""
    up = "../" * path.count("/")
    return f"# yaml-language-server: $schema={up}schemas/{file_format(path)}.json"


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if typing.get_origin(kind) in (Union, types.UnionType):
        members = [member for member in typing.get_args(kind) if member is not types.NoneType]
        options = [_schema(member, definitions) for member in members]
        return options[0] if len(options) == 1 else {"anyOf": options}
    origin = typing.get_origin(kind)
    if is_dataclass(kind):
        name = typing.cast("type", kind).__name__
        if name not in definitions:
            definitions[name] = {}
            definitions[name].update(_record(typing.cast("type", kind), definitions))
        return {"$ref": f"#/$defs/{name}"}
    if origin is tuple:
        return {"type": "array", "items": _schema(typing.get_args(kind)[0], definitions)}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": _schema(typing.get_args(kind)[1], definitions)}
    if origin is Literal:
        return {"enum": list(typing.get_args(kind))}
    return dict(_SCALARS[kind])


def _record(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    annotations, descriptions = typing.get_type_hints(kind), _descriptions(kind)
    properties = {}
    required = []
    for field in fields(typing.cast("Any", kind)):
        properties[field.name] = {
            "description": descriptions[field.name],
            **_schema(annotations[field.name], definitions),
        }
        if field.default is MISSING and field.default_factory is MISSING:
            required.append(field.name)
    return {
        "type": "object",
        "description": inspect.getdoc(kind),
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


@functools.cache
def _descriptions(kind: type) -> dict[str, str]:
    """The docstrings below the attributes of a class; Python keeps them in the source alone."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    described = {}
    for node, after in zip(body.body, body.body[1:], strict=False):
        is_text = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and is_text:
            described[node.target.id] = inspect.cleandoc(str(typing.cast("Any", after).value.value))
    return described
