"""Full-text search over a course: sections, key terms and claims."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .grounding import CLAIM
from .loading import Course

_WORD = re.compile(r"[^\W_]+")

IN_TITLE = 5
"""A word in a title counts as many words in the text."""


@dataclass(frozen=True, slots=True)
class Place:
    """Something that can be found, and where it leads."""

    kind: Literal["section", "term", "claim"]
    """What it is."""
    lesson: str
    """Id of its lesson; empty for a claim."""
    id: str
    """Id of the section, term or claim."""
    title: str
    """Its title."""
    text: str
    """What it says, without marks."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that was found."""

    place: Place
    """The place."""
    excerpt: str
    """A stretch of its text around the first word found."""


def places_of(course: Course) -> Iterator[Place]:
    """Everything that can be found: terms first, then sections, then claims."""
    lessons = [(entry.id, course.lesson(entry.id)) for entry in course.module.lessons]
    for lesson_id, lesson in lessons:
        for term in lesson.terms:
            yield Place("term", lesson_id, term.id, term.term, _plain(term.definition))
    for lesson_id, lesson in lessons:
        for section in lesson.sections:
            parts: list[str] = []
            for block in section.blocks:
                if block.callout is not None:
                    parts += [block.callout.title, block.callout.text]
                if block.figure is not None:
                    parts += [block.figure.title, block.figure.caption]
                parts += [block.text or ""]
            yield Place("section", lesson_id, section.id, section.title, _plain(" ".join(parts)))
    for claim_id, claim in course.claims.claims.items():
        cited = [course.claims.references[one] for one in claim.references]
        sources = " ".join(f"{one.authors} {one.title} {one.year}" for one in cited)
        yield Place("claim", "", claim_id, _plain(claim.statement), _plain(f"{claim.finding} {sources}"))


def search(places: list[Place], query: str) -> list[Hit]:
    """The places that have every word of a query, best first.

    Args:
        places: What can be found.
        query: Words; each matches words that begin with it, whatever their case.

    Returns:
        Hits by how often the words occur, a word in the title counting more; nothing for a query without words.
    """
    wanted = [word.lower() for word in _WORD.findall(query)]
    if not wanted:
        return []
    scored = []
    for number, place in enumerate(places):
        titles, words = _words(f"{place.title} {place.id}"), _words(place.text)
        counts = [
            IN_TITLE * sum(word.startswith(one) for word in titles) + sum(word.startswith(one) for word in words)
            for one in wanted
        ]
        if all(counts):
            scored.append((-sum(min(count, 2 * IN_TITLE) for count in counts), number, place))
    return [Hit(place, _excerpt(place.text, wanted)) for _, _, place in sorted(scored, key=lambda one: one[:2])]


def _excerpt(text: str, wanted: list[str], width: int = 66) -> str:
    found = next((m for m in _WORD.finditer(text) if any(m.group().lower().startswith(one) for one in wanted)), None)
    start = max(0, found.start() - width // 3) if found is not None else 0
    if start:
        start = text.find(" ", start) + 1
    cut = text[start : start + width]
    if start + width < len(text):
        cut = cut.rpartition(" ")[0] + " …"
    return f"… {cut}" if start else cut


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _plain(text: str) -> str:
    """Text without claim marks and Markdown's signs, on one line."""
    rows = re.sub(r"\|[-| ]+\||\|", " ", CLAIM.sub("", text))
    return " ".join(re.sub(r"[*`]", "", rows).split())
