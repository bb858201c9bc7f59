"""The course is in its own words: no run of seven words that the text it grew from has as well, but names and titles."""

import hashlib
import re
from pathlib import Path

import pytest

from synthqc.course.loading import find_course

HASHES = frozenset((Path(__file__).parent / "source_7grams.txt").read_text().split())
"""Each seven words in a row of that text, lower-cased, joined by spaces, as BLAKE2b of six bytes."""

TITLES = [
    "AI models collapse when trained on recursively generated data",
    "when a measure becomes a target it ceases to be a good measure",
    "The Curse of Recursion",
]
"""What may be shared: titles and a quotation."""

CONTENT = sorted(path for folder in ("lessons", "quizzes", "labs") for path in (find_course() / folder).rglob("*.yaml"))


def runs(text: str) -> list[str]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return [" ".join(words[n : n + 7]) for n in range(len(words) - 6)]


def digest(run: str) -> str:
    return hashlib.blake2b(run.encode(), digest_size=6).hexdigest()


ALLOWED = {digest(run) for title in TITLES for run in runs(title)}


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_seven_words_in_a_row_are_those_of_the_source_text(path: Path) -> None:
    found = [run for run in runs(path.read_text(encoding="utf-8")) if digest(run) in HASHES - ALLOWED]
    assert found == []


def test_the_list_knows_the_source_text() -> None:
    # The core question of its first lesson.
    assert digest("what exactly breaks when a model trains") in HASHES
    assert len(HASHES) > 5000
