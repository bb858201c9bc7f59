"""A number that a learner cites, held against what the tool measured."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from synthqc.tools.catalogue import TOOLS
from synthqc.tools.reading import Quantity, Reading

from .concepts import sentences_in

_NUMBER = re.compile(r"(?<![\w.])(\d*[.,]\d+|\d+)\s?(%|percent\b)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_REACH = 64
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
    """The first number that stands behind a quantity's name and is a reading of none that the sentence names near it.

    Whole numbers without a percent sign are left alone: they count things that tools do not.
    """
    for sentence in sentences_in(text.lower()):
        for found in _NUMBER.finditer(sentence):
            is_percent = bool(found.group(2))
            written = found.group(1).replace(",", ".")
            if _THOUSANDS.fullmatch(found.group(1)) or (not is_percent and "." not in written):
                continue
            if _AIM.search(sentence[: found.start()]):
                continue
            digits = len(written.partition(".")[2]) + (2 if is_percent else 0)
            value = float(written) / (100 if is_percent else 1)
            before = _named_in(sentence[max(0, found.start() - _REACH) : found.start()], readings)
            # "Distinct-2 is 0.21, so 79 % repeat": the name behind the number may own it as well.
            after = _named_in(sentence[found.end() : found.end() + _REACH], readings)
            close = 0.5 * 10**-digits + 1e-9
            if before and all(abs(value - one.quantity.value) > close for one in (*before, *after)):
                named = max(before, key=lambda one: (one.end, one.length)).quantity
                if found.group().strip() not in named.label.lower():
                    return Mismatch(found.group().strip(), named.label, named.shown())
    return None


@dataclass(frozen=True, slots=True)
class _Naming:
    """A quantity in shares that words name, where the name ends, and how long it is: the longest is meant."""

    end: int
    length: int
    quantity: Quantity


def _named_in(words: str, readings: Mapping[str, Reading]) -> list[_Naming]:
    return [
        _Naming(found.end(), len(name), quantity)
        for reading in readings.values()
        for quantity in reading.quantities
        if quantity.unit == "share"
        for name in (quantity.label.lower(), *TOOLS[reading.tool].words.get(quantity.name, ()))
        for found in re.finditer(rf"\b{re.escape(name.lower())}", words)
    ]
