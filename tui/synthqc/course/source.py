"""The only reader of YAML: a file becomes a value of the type asked for, or a list of problems with their places."""

import difflib
import functools
import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, Union

import yaml

from synthqc.errors import SynthQCError

T = TypeVar("T")

LARGEST_FILE = 2_000_000
"""Bytes; no lesson is near it, and a larger file is refused before it is read."""

DEEPEST = 30
"""Nesting of brackets, indents and list marks; the course format needs nine."""

Step = str | int
"""A key of a mapping or a position in a list."""

_BAD_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{kind}"
    for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value")
}
_NOT_TEXT = {"bool": "yes/no", "int": "a number", "float": "a number", "null": "nothing", "timestamp": "a date"}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a course, where, and what is allowed."""

    file: str
    """File, relative to the course."""
    line: int
    """Line, from 1; 0 where the whole file is meant."""
    column: int
    """Column, from 1; 0 where the whole file is meant."""
    message: str
    """One sentence: what was given, what is allowed."""

    def __str__(self) -> str:
        """`file:line:column: message`, as compilers write it."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message}"


class CourseError(SynthQCError):
    """A course, or a part of it, that cannot be used; `problems` says all that is wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in sorted(problems)))
        self.problems = tuple(sorted(problems))


@dataclass(frozen=True, slots=True)
class Document(Generic[T]):
    """A file that was read."""

    value: T
    """What it says."""
    file: str
    """Its name, relative to the course."""
    places: Mapping[tuple[Step, ...], tuple[int, int]] = field(repr=False)
    """Line and column of every value, by its path."""

    def problem(self, path: tuple[Step, ...], message: str) -> Problem:
        """A problem at the value with this path, or at the nearest value around it."""
        while path and path not in self.places:
            path = path[:-1]
        return Problem(self.file, *self.places.get(path, (1, 1)), message)


def read(path: Path, kind: type[T], *, root: Path | None = None, pure: bool = False) -> Document[T]:
    """Reads a YAML file into a value of a dataclass.

    Args:
        path: The file.
        kind: A dataclass; its annotations are the format.
        root: The course's directory, for shorter names in messages.
        pure: Parse in Python even where the C parser is there.

    Raises:
        CourseError: The file says something that the format does not allow; all problems at once.
    """
    name = str(path.relative_to(root) if root else path)
    text = _text_of(path, name)
    reader = _Reader(name)
    node = _node_of(text, name, pure=pure)
    value = reader.value(node, kind, ())
    if reader.problems:
        raise CourseError(tuple(reader.problems))
    return Document(value, name, reader.places)


def _text_of(path: Path, name: str) -> str:
    def refuse(message: str, line: int = 0, column: int = 0) -> CourseError:
        return CourseError((Problem(name, line, column, message),))

    try:
        if path.is_dir():
            raise refuse("is a directory, needs to be a YAML file")
        if (size := path.stat().st_size) > LARGEST_FILE:
            raise refuse(f"has {size:,} bytes, at most {LARGEST_FILE:,} are read")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise refuse("is missing") from None
    except OSError as error:
        raise refuse(f"cannot be read: {error.strerror or error}") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise refuse(f"has byte {raw[error.start]:#04x}, allowed is UTF-8 text", line, column) from None
    for problem in _characters(text):
        raise refuse(*problem)
    return text


def _characters(text: str) -> Iterator[tuple[str, int, int]]:
    if bad := _BAD_CHARACTER.search(text.replace("\r\n", "\n")):
        start = text.rfind("\n", 0, bad.start()) + 1
        line = text.count("\n", 0, bad.start()) + 1
        yield f"has the control character U+{ord(bad.group()):04X}, allowed is text", line, bad.start() - start + 1
    for number, line_text in enumerate(text.split("\n"), start=1):
        indent = line_text[: len(line_text) - len(line_text.lstrip())]
        if "\t" in indent:
            yield "has a tab in the indent, allowed are spaces", number, indent.index("\t") + 1


def _node_of(text: str, name: str, *, pure: bool) -> yaml.Node:
    loader_class: Any = yaml.SafeLoader if pure else getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def refuse(mark: yaml.Mark | None, message: str) -> CourseError:
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return CourseError((Problem(name, line, column, message),))

    try:
        loader = loader_class(text)
        node = loader.get_single_node()
        loader.dispose()
    except yaml.MarkedYAMLError as error:
        problem = str(error.problem or error.context or "cannot be parsed")
        raise refuse(error.problem_mark or error.context_mark, f"is not YAML: {problem}") from None
    except RecursionError:
        raise refuse(None, f"is nested more than {DEEPEST} deep") from None
    except (yaml.YAMLError, ValueError) as error:
        raise refuse(None, f"is not YAML: {str(error).splitlines()[0]:.100}") from None
    if node is None:
        raise refuse(None, "is empty")
    return typing.cast("yaml.Node", node)


class _Reader:
    """Turns nodes into values by annotation and notes every problem on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.places: dict[tuple[Step, ...], tuple[int, int]] = {}
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, kind: Any, path: tuple[Step, ...]) -> Any:
        self.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if refusal := self._refusal(node, path):
            self._refuse(node, refusal)
            return None
        kinds = _without_none(kind)
        if len(kinds) > 1:
            return self._scalar(node, kinds)
        kind = kinds[0]
        origin = typing.get_origin(kind)
        if is_dataclass(kind):
            return self._record(node, kind, path)
        if origin is tuple:
            return self._list(node, typing.get_args(kind)[0], path)
        if origin in (dict, Mapping):
            return self._mapping(node, typing.get_args(kind)[1], path)
        if origin is Literal:
            return self._choice(node, typing.get_args(kind))
        return self._scalar(node, (kind,))

    def _refusal(self, node: yaml.Node, path: tuple[Step, ...]) -> str:
        # An alias is the same node again; following aliases is what makes a small file expand without end.
        if id(node) in self._seen:
            return "is used again by an alias (*), the format has none: write it out"
        self._seen.add(id(node))
        if len(path) > DEEPEST:
            return f"is nested more than {DEEPEST} deep"
        if node.tag not in _PLAIN_TAGS:
            return f"has the tag {node.tag!r:.60}, the format has none"
        return ""

    def _refuse(self, node: yaml.Node, message: str) -> None:
        self.problems.append(Problem(self.file, node.start_mark.line + 1, node.start_mark.column + 1, message))

    def _scalar(self, node: yaml.Node, kinds: tuple[Any, ...]) -> Any:
        allowed = " or ".join(
            {str: "text", int: "a whole number", float: "a number", bool: "true or false"}[k] for k in kinds
        )
        if not isinstance(node, yaml.ScalarNode):
            self._refuse(node, f"is {_kind_of(node)}, needs {allowed}")
            return None
        tag = node.tag.rpartition(":")[2]
        if tag == "str" and str in kinds:
            if not node.value.strip():
                self._refuse(node, "is empty text, needs some")
            return node.value
        if tag == "bool" and bool in kinds and node.value in ("true", "false"):
            return node.value == "true"
        try:
            if tag == "int" and (int in kinds or float in kinds):
                return int(node.value.replace("_", "")) if int in kinds else float(node.value.replace("_", ""))
            if tag == "float" and float in kinds and node.value[-1:].isdigit():
                return float(node.value)
        except (ValueError, OverflowError):
            pass
        given = f"{_NOT_TEXT.get(tag, tag)} in YAML" if str in kinds and tag in _NOT_TEXT else ""
        hint = f" ({given}; put it in quotes)" if given and node.value else ""
        self._refuse(node, f"is {node.value!r:.60}{hint}, needs {allowed}")
        return None

    def _choice(self, node: yaml.Node, choices: tuple[Any, ...]) -> Any:
        for choice in choices:
            if isinstance(node, yaml.ScalarNode) and node.value == str(choice):
                return choice
        given = repr(node.value) if isinstance(node, yaml.ScalarNode) else _kind_of(node)
        self._refuse(
            node, f"is {given:.60}, needs {'one of ' if len(choices) > 1 else ''}{', '.join(map(str, choices))}"
        )
        return None

    def _list(self, node: yaml.Node, kind: Any, path: tuple[Step, ...]) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            self._refuse(node, f"is {_kind_of(node)}, needs a list")
            return ()
        return tuple(self.value(child, kind, (*path, number)) for number, child in enumerate(node.value))

    def _mapping(self, node: yaml.Node, kind: Any, path: tuple[Step, ...]) -> Any:
        return {key: self.value(child, kind, (*path, key)) for key, _, child in self._pairs(node)}

    def _pairs(self, node: yaml.Node) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self._refuse(node, f"is {_kind_of(node)}, needs keys with values")
            return
        seen: dict[str, int] = {}
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(key_node, f"is {_kind_of(key_node)}, needs a key")
                continue
            key = key_node.value
            if key in seen:
                self._refuse(key_node, f"key {key!r:.60} stands twice, the first time in line {seen[key]}")
                continue
            seen[key] = key_node.start_mark.line + 1
            yield key, key_node, child

    def _record(self, node: yaml.Node, kind: Any, path: tuple[Step, ...]) -> Any:
        formats, annotations = _format_of(kind)
        found: dict[str, Any] = {}
        for key, key_node, child in self._pairs(node):
            if key not in formats:
                near = difflib.get_close_matches(key, formats, n=1)
                meant = f"; did you mean {near[0]!r}?" if near else f"; allowed are {', '.join(formats)}"
                self._refuse(key_node, f"key {key!r:.60} is not known here{meant}")
                continue
            found[key] = self.value(child, annotations[key], (*path, key))
        if not isinstance(node, yaml.MappingNode):
            return None
        missing = [name for name, one in formats.items() if name not in found and _is_required(one)]
        if missing:
            self._refuse(node, f"lacks {', '.join(missing)}")
            return None
        return kind(**found)


def _is_required(one: "Field[Any]") -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _without_none(kind: Any) -> tuple[Any, ...]:
    """The members of a union but None; any other kind alone."""
    if typing.get_origin(kind) not in (Union, types.UnionType):
        return (kind,)
    return tuple(member for member in typing.get_args(kind) if member is not types.NoneType)


@functools.cache
def _format_of(kind: Any) -> tuple[dict[str, "Field[Any]"], dict[str, Any]]:
    return {one.name: one for one in fields(kind)}, typing.get_type_hints(kind)


def _kind_of(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a single value"
