"""A number that a learner cites, held against what the tool measured."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from synthqc.tools.catalogue import TOOLS
from synthqc.tools.reading import Quantity, Reading

from .concepts import sentences_in

_NUMBER = re.compile(r"(?<![\w.])(\d*[.,]\d+|\d+)\s?(%|percent\b)?")
_REACH = 40
_AIM = re.compile(
    r"(?:over|above|below|under|beyond|past|than|to|threshold|target|limit|bound|cut-?off|least|most|reach(?:es|ed)?|"
    r"exceeds?|until|towards?|if|minimum|goal|line|bar|mark|norm)(?: of| is| at| at least| about| around)?\s*$"
)
"""Before a number that is aimed at, or held against a reading, and not read off it."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A cited number that no reading has."""

    given: str
    """The number as the learner wrote it."""
    label: str
    """What the tool calls the quantity."""
    measured: str
    """The number as the tool has it."""


def mismatch_in(text: str, readings: Mapping[str, Reading]) -> Mismatch | None:
    """The first number that stands behind a quantity's name and differs from its reading at the digits shown.

    Whole numbers without a percent sign are left alone: they count things that tools do not.
    """
    for sentence in sentences_in(text.lower()):
        for found in _NUMBER.finditer(sentence):
            is_percent = bool(found.group(2))
            written = found.group(1).replace(",", ".")
            if not is_percent and "." not in written:
                continue
            if _AIM.search(sentence[: found.start()]):
                continue
            digits = len(written.partition(".")[2]) + (2 if is_percent else 0)
            value = float(written) / (100 if is_percent else 1)
            before = _named_in(sentence[max(0, found.start() - _REACH) : found.start()], readings)
            nearest = max((place for place, _ in before), default=-1)
            named = [quantity for place, quantity in before if place == nearest]
            # "Distinct-2 is 0.21, so 79 % repeat": the name behind the number may own it as well.
            after = [quantity for _, quantity in _named_in(sentence[found.end() : found.end() + _REACH], readings)]
            close = 0.5 * 10**-digits + 1e-9
            if named and all(abs(value - quantity.value) > close for quantity in (*named, *after)):
                return Mismatch(found.group().strip(), named[0].label, named[0].shown())
    return None


def _named_in(words: str, readings: Mapping[str, Reading]) -> list[tuple[int, Quantity]]:
    """Quantities in shares whose name stands in the words, each with the last place of its name."""
    return [
        (words.rfind(name), quantity)
        for reading in readings.values()
        for quantity in reading.quantities
        if quantity.unit == "share"
        for name in (quantity.label.lower(), *TOOLS[reading.tool].words.get(quantity.name, ()))
        if name in words
    ]
