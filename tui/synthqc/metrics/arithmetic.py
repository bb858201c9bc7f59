"""An oracle for sums: statements of arithmetic in running text, checked with exact fractions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

_NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_DIGIT = re.compile("[0-9]")
_IS = r"\s*(?:=|is|are|equals?|makes?|gives?|comes? to|come to)\s*"
_UNIT = r"(?:\s*(?:euros?|dollars?|pounds?|EUR|USD|each|apiece|per piece))*"
_OPERATION = re.compile(
    rf"(?<![\d.,]){_NUMBER}{_UNIT}\s*(\+|-|−|\*|x|×|/|÷|plus|minus|times|divided by|at)\s*[€$£]?{_NUMBER}{_UNIT}"
    rf"{_IS}[€$£]?{_NUMBER}(?![\d,]*\d)"
)


@dataclass(frozen=True, slots=True)
class Sum:
    """One statement such as `3 x 12.50 = 37.50`."""

    text: str
    """As it stands in the text."""
    stated: Fraction
    """The result it states."""
    true: Fraction | None
    """The result; None for a division by zero."""

    @property
    def is_right(self) -> bool:
        """Does the stated result agree, to the digits it is written with?"""
        if self.true is None:
            return False
        digits = len(self.text.rpartition(".")[2]) if re.search(r"\.\d+$", self.text) else 0
        return abs(self.stated - self.true) * 10**digits * 2 <= 1 if digits else self.stated == self.true


def sums_in(text: str) -> Iterator[Sum]:
    """The statements of arithmetic in a text: two numbers, a sign or its word, and a stated result.

    `2 at 14.50 each come to 29.00` counts as a product. Chains and powers are not read.
    """
    # Most text has no digit, and finding that out takes a tenth of the time.
    if not _DIGIT.search(text):
        return
    for found in _OPERATION.finditer(text):
        first, sign, second, stated = found.groups()
        yield Sum(found.group(), _fraction(stated), _result(_fraction(first), sign, _fraction(second)))


def _fraction(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _result(first: Fraction, sign: str, second: Fraction) -> Fraction | None:
    if sign in ("+", "plus"):
        return first + second
    if sign in ("-", "−", "minus"):
        return first - second
    if sign in ("/", "÷", "divided by"):
        return first / second if second else None
    return first * second
