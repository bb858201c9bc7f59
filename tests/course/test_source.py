"""The reader: a file of the format becomes a value, anything else a list of problems with places."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from synthqc.course.claims import Claims
from synthqc.course.model import Lesson, Module
from synthqc.course.quiz import Quiz
from synthqc.course.source import LARGEST_FILE, CourseError, read

TINY = Path(__file__).parent / "tiny"
MODULE = (TINY / "lessons" / "module.yaml").read_text(encoding="utf-8")


def problems_of(tmp_path: Path, content: str | bytes, kind: type = Module, *, pure: bool = False) -> list[str]:
    """What the reader says of a file with this content, one line each."""
    path = tmp_path / "file.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        read(path, kind, root=tmp_path, pure=pure)
    except CourseError as error:
        return str(error).splitlines()
    return []


def test_a_file_of_the_format_becomes_a_value() -> None:
    module = read(TINY / "lessons" / "module.yaml", Module).value
    assert module.lessons[0].title == "Counting"
    assert module.lessons[0].lab == ""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: A tiny course", "titel: A tiny course", "file.yaml:3:1: key 'titel' is not known here; did you mean 'title'?"),
        ("authors: Nobody\n", "", "file.yaml:1:1: lacks authors"),
        ("minutes: 1", "minutes: one", "file.yaml:11:14: is 'one', needs a whole number"),
        ("minutes: 1", "minutes: 1.5", "file.yaml:11:14: is '1.5', needs a whole number"),
        ("title: A tiny course", "title: 3", "file.yaml:3:8: is '3'"),
        ("title: A tiny course", "title: yes", "put it in quotes"),
        ("title: A tiny course", "title:", "needs text"),
        ("title: A tiny course", "title: [a]", "file.yaml:3:8: is a list, needs text"),
        ("format: 1", "format: 2", "file.yaml:1:9: is '2', needs 1"),
        ("id: tiny\n", "id: tiny\nid: tiny\n", "file.yaml:3:1"),
        ("    title: Counting", "\ttitle: Counting", "has a tab in the indent, allowed are spaces"),
        ("lessons:", "lessons: &a", ""),
        ("title: A tiny course", "title: !!python/name:os.system", "has the tag"),
        ("title: A tiny course", "title: 'A\x07'", "has the control character U+0007, allowed is text"),
        ("title: A tiny course", "title: 'open", "is not YAML"),
    ],
    ids=[
        "unknown key", "missing field", "word for number", "fraction", "number for text", "yes", "nothing", "list",
        "newer format", "twice", "tab", "anchor", "tag", "control character", "open quote",
    ],
)  # fmt: skip
@pytest.mark.parametrize("pure", [False, True], ids=["C loader", "pure loader"])
def test_each_mistake_is_named_with_its_place(tmp_path: Path, old: str, new: str, expected: str, pure: bool) -> None:
    assert old in MODULE
    found = problems_of(tmp_path, MODULE.replace(old, new, 1), pure=pure)
    assert any(expected in line for line in found) if expected else found == []
    assert all(line.startswith("file.yaml") for line in found)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    broken = (
        MODULE.replace("format: 1", "format: 9").replace("minutes: 1", "minutes: soon").replace("id: L1", "idd: L1")
    )
    found = problems_of(tmp_path, broken)
    assert len(found) == 4, found
    assert [int(line.split(":")[1]) for line in found] == sorted(int(line.split(":")[1]) for line in found)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "is empty"),
        (b"# nothing\n", "is empty"),
        (b"\xff\xfe\x00", "has byte 0xff, allowed is UTF-8 text"),
        ("titel: é".encode("latin-1"), "has byte 0xe9"),
        (b"- a\n- b\n", "file.yaml:1:1: is a list"),
        (b"just text", "file.yaml:1:1"),
        (b"[" * 900 + b"]" * 900, "file.yaml:1:1: is"),
        (b"format: &a 1\nid: *a\n", "alias"),
    ],
    ids=["empty", "comment", "not utf-8", "latin-1", "list", "text", "brackets", "alias"],
)
def test_a_file_that_is_something_else_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    for pure in (False, True):
        found = problems_of(tmp_path, content, pure=pure)
        assert any(expected in line for line in found), found


def test_aliases_that_would_grow_without_end_are_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    found = problems_of(tmp_path, "\n".join(lines))
    assert found
    assert len(found) < 200


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 50_000_000)
    with pytest.raises(CourseError, match=f"file.yaml: has 50,000,000 bytes, at most {LARGEST_FILE:,} are read"):
        read(path, Module, root=tmp_path)


def test_a_missing_file_and_a_directory_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"none\.yaml: is missing"):
        read(tmp_path / "none.yaml", Module, root=tmp_path)
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(CourseError, match="is a directory"):
        read(tmp_path / "folder.yaml", Module, root=tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    assert problems_of(tmp_path, b"\xef\xbb\xbf" + MODULE.replace("\n", "\r\n").encode()) == []


@settings(deadline=None, max_examples=80)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_value_or_a_list_of_problems(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    directory = tmp_path_factory.mktemp("bytes")
    for kind in (Module, Lesson, Quiz, Claims):
        found = problems_of(directory, content, kind)
        assert all(line.startswith("file.yaml") for line in found)


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_a_damaged_file_gives_the_same_verdict_from_both_loaders(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = MODULE.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    lines[number] = data.draw(
        st.sampled_from(["", "  x", "- [", "a: b: c", "title: {", "*x", "&x y", "? z", lines[number] * 2])
    )
    directory = tmp_path_factory.mktemp("lines")
    content = "\n".join(lines)
    assert bool(problems_of(directory, content)) == bool(problems_of(directory, content, pure=True))


def test_the_c_loader_is_used_where_there_is_one() -> None:
    assert hasattr(yaml, "CSafeLoader"), (
        "without it a lesson takes ten times as long; the tests then cover one loader only"
    )
