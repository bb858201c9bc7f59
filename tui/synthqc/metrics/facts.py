"""A reference table: statements of fact in running text, held against what the table says."""

import csv
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

SOURCES = "capitals: CIA World Factbook; symbols of elements: IUPAC periodic table"
"""Where the table's entries stand."""

RULE = "statements such as “the capital of Peru is Lima” and “the symbol for gold is Au”, held against a table"
"""What is looked for, in words."""

# A full stop inside a word, as in D.C, belongs to the name; one at the end of a word ends the sentence.
_WORD = r"(?:St\.|[A-Z](?:[\w'’-]|\.(?=\w))*)"
_NAME = rf"{_WORD}(?:[ -]{_WORD})*"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement that the table can judge."""

    text: str
    """As it stands in the text."""
    stated: str
    """What it says."""
    known: tuple[str, ...]
    """What the table says, in all spellings."""

    @property
    def is_right(self) -> bool:
        """Does it agree with the table, but for case?"""
        return self.stated.lower() in {one.lower() for one in self.known}


def facts_in(text: str) -> Iterator[Fact]:
    """The statements of a text about what is in the table, in order; others are passed over."""
    lowered = text.lower()
    for relation, patterns in _patterns().items():
        # Every pattern has the word for its relation in it, and most text has not.
        for pattern in patterns if relation in lowered else ():
            for found in pattern.finditer(text):
                stated = found["value"].rstrip(".'’-")
                yield Fact(found.group().rstrip("."), stated, _table()[relation][found["subject"].lower()])


@functools.cache
def _table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """By relation and subject in lower case, the values."""
    rows = csv.DictReader((files(__package__) / "facts.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t")
    table: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in rows:
        table.setdefault(row["relation"], {})[row["subject"].lower()] = tuple(row["values"].split("|"))
    return table


@functools.cache
def _patterns() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """For each relation, how it is stated."""
    country = _subjects("capital")
    element = _subjects("symbol")
    symbol = r"(?P<value>[A-Z][a-z]?)\b"
    return {
        "capital": (
            re.compile(rf"\b(?i:the capital(?: city)? of) (?:the )?{country} (?:is|was) (?P<value>{_NAME})"),
            re.compile(rf"(?P<value>{_NAME})(?:,| is|, which is) (?i:the capital(?: city)? of) {country}"),
        ),
        "symbol": (
            re.compile(rf"\b(?i:the (?:chemical )?symbol (?:for|of)) {element} is ['\"“]?{symbol}"),
            re.compile(rf"\b{symbol}['\"”]? is the (?:chemical )?symbol (?:for|of) {element}"),
        ),
    }


def _subjects(relation: str) -> str:
    # Longest first, so that no name is cut short by one that it begins with.
    names = sorted(_table()[relation], key=len, reverse=True)
    return rf"(?P<subject>\b(?i:{'|'.join(map(re.escape, names))})\b)"
