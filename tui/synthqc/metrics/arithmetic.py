"""An oracle for sums: statements of arithmetic in running text, checked with exact fractions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

RULE = (
    "two numbers, a sign or its word, and a result, computed with exact fractions; a whole result has to be exact, one "
    "with decimals right to its last digit; chains and powers are not read"
)
"""What is looked for, and when it is right, in words."""

LONGEST = 1000
"""Characters of a statement; longer ones are no arithmetic that anybody wrote."""

_NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_DIGIT = re.compile("[0-9]")
_IS = r"\s*(?:=|is|are|equals?|makes?|gives?|comes? to|come to)\s*"
_UNIT = r"(?:\s*(?:euros?|dollars?|pounds?|EUR|USD|each|apiece|per piece))*"
_OPERATION = re.compile(
    rf"(?<![A-Za-z0-9_.,√^]){_NUMBER}{_UNIT}\s*(\+|-|−|\*|x|×|/|÷|plus|minus|times|divided by|at)\s*[€$£]?{_NUMBER}"
    rf"{_UNIT}{_IS}([-−]?)[€$£]?{_NUMBER}(?![\d,]*\d)"
)

_LOOK_BACK = 30
"""Characters before a statement that tell whether it is the end of a longer one."""

_AMOUNT = r"(?:[\d)\]%²³]|\b[A-Za-z]|\b(?:euros?|dollars?|pounds?|EUR|USD|each|apiece|piece))[ \t]*"
_CUT_BEFORE = re.compile(
    rf"\d:$|\w[ \t]*[+×/÷^][ \t]*$|{_AMOUNT}(?:[-−–*]|x)[ \t]*$|\b(?:plus|minus|times|divided by)[ \t]+$"
)
_CUT_AFTER = re.compile(
    rf"[²³^]|:\d|[eE][+-]?\d|{_UNIT}[ \t]*(?:[-+*x×/÷^−]|\b(?:plus|minus|times|divided by)\b)[ \t]*[(\d€$£√]"
)
_MINUS = ("-", "−")


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
        """Does the stated result agree: a whole one exactly, one with decimals to the digits it is written with?

        A result half way between two of them is right either way: 1 / 8 is 0.12 as well as 0.13.
        """
        if self.true is None:
            return False
        digits = len(self.text.rpartition(".")[2]) if re.search(r"\.\d+$", self.text) else 0
        return abs(self.stated - self.true) * 10**digits * 2 <= 1 if digits else self.stated == self.true


def sums_in(text: str) -> Iterator[Sum]:
    """The statements of arithmetic in a text: two numbers, a sign or its word, and a stated result.

    `2 at 14.50 each come to 29.00` counts as a product; the first number and the result may be negative. Chains such
    as `2 + 3 + 4 = 9` or `2 + 2 = 3 + 1`, powers and brackets are not read, neither whole nor in part.
    """
    # Most text has no digit, and finding that out takes a tenth of the time.
    if not _DIGIT.search(text):
        return
    for found in _OPERATION.finditer(text):
        begin, end = found.span()
        if end - begin > LONGEST or _CUT_AFTER.match(text, end):
            continue
        first, sign, second, minus, stated = found.groups()
        before = text[max(0, begin - _LOOK_BACK) : begin]
        if _CUT_BEFORE.search(before):
            continue
        is_negative = before.endswith(_MINUS)
        # A sign that hangs on a word, as in COVID-19, is no minus.
        if is_negative and before[-2:-1].isalnum():
            continue
        yield Sum(
            text[begin - is_negative : end],
            _fraction(stated, is_negative=bool(minus)),
            _result(_fraction(first, is_negative=is_negative), sign, _fraction(second)),
        )


def _fraction(text: str, *, is_negative: bool = False) -> Fraction:
    size = Fraction(text.replace(",", ""))
    return -size if is_negative else size


def _result(first: Fraction, sign: str, second: Fraction) -> Fraction | None:
    if sign in ("+", "plus"):
        return first + second
    if sign in ("-", "−", "minus"):
        return first - second
    if sign in ("/", "÷", "divided by"):
        return first / second if second else None
    return first * second
