"""The numbers that a text states: digits, percents, fractions, words; and its sentences, one by one."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["share", "count", "decimal"]
"""A part of a whole (a percent, a fraction, a decimal up to 1), a whole number, or any other decimal."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a text states it."""

    text: str
    """As it stands there."""
    start: int
    """Where it starts, in characters from 0."""
    end: int
    """Where it ends, exclusive."""
    value: float
    """Its value; 0.79 for `79%`."""
    kind: Kind
    """What it can stand for."""
    digits: int
    """Decimals it is exact to, in its value: 2 for `0.79` and `79%`, -3 for `50k`."""
    is_word: bool = False
    """Is it written in words?"""
    is_hedged: bool = False
    """Does it only claim to be near, as in `about a fifth`?"""

    @property
    def tolerance(self) -> float:
        """How far a measured number may lie from it."""
        if not self.is_hedged:
            # A fraction in words is a rounding by itself: nobody writes 0.200 as a fifth.
            is_fraction = self.is_word and self.kind == "share" and "cent" not in self.text
            return max(self.exactness, 0.025 if is_fraction else 0)
        return max(self.exactness, 0.05 if self.kind == "share" else 0.1 * abs(self.value))

    @property
    def exactness(self) -> float:
        """The same without a hedge: half of its last digit."""
        return 0.5 * 10.0**-self.digits + 1e-9


_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_CARDINALS = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "k": 1_000, "m": 1_000_000}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_TEN = "|".join(_TENS)
_CARDINAL = rf"(?:(?:{_TEN})-(?:{'|'.join(_ONES[1:10])})|{'|'.join(sorted(_CARDINALS, key=len, reverse=True))})"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+,\d{1,2}(?![\d,])|\d+)"
_PERCENT = r"\s?%|[ -]?per ?cent\b|[ -](?:percentage )?points?\b"
_STATED = re.compile(
    rf"(?P<ratio>\b(?:{_CARDINAL}|\d+)(?: (?:in|out of)(?: every)? )(?:{_CARDINAL}|\d+)\b(?!\s?%|[.,]\d))"
    rf"|(?P<slash>(?<![\w/.])\d{{1,3}}/\d{{1,4}}(?![\w/]))"
    rf"|(?P<part>\b(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine)[ -])?(?:{_PART})s?\b(?! (?:of all )?"
    r"(?:step|rule|row|line|layer|question|point|round|lesson|lab|tier|person|rater|reviewer|party|one|time)\b))"
    rf"|(?P<figure>(?<![\w.])(?<!\d,)(?P<amount>{_DIGITS})(?P<scale>k\b|K\b|M\b|[ -](?:thousand|million|hundred)\b)?"
    rf"(?P<percent>{_PERCENT})?(?![\w]))"
    rf"|(?P<words>\b(?P<cardinal>{_CARDINAL})(?P<scales>(?:[ -](?:hundred|thousand|"
    rf"million))*)(?P<per>{_PERCENT})?)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"(?:about|around|roughly|approximately|approx\.?|nearly|almost|close to|some|circa|ca\.|over|more than|"
    r"just over|"
    r"just under|under|less than|a bit over|well over|a little over|~|≈|or so)\s*(?:a |the )?$",
    re.IGNORECASE,
)
_ROUND = re.compile(r"\b(?:round (?:numbers|figures)|rounded|ballpark|in round)\b", re.IGNORECASE)
_TO_PERCENT = re.compile(r"\s?(?:-|–|to)\s?")
_BETWEEN = re.compile(r"\b(?:between|from)(?: about| roughly)? $", re.IGNORECASE)
_BREAK = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<! vs\.)(?<! al\.)(?<!approx\.)(?<! ca\.)\s+|\n+")
_FENCE = re.compile(r"^(```|~~~).*?(?:^\1[^\n]*(?:\n+|\Z)|\Z)", re.MULTILINE | re.DOTALL)


def sentences_of(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with their starts; joined they are the text. A line ends one, a block of code is one.

    A sentence is found without looking behind its end, so that a text can be read as it arrives.
    """
    start = 0
    for fence in _FENCE.finditer(text):
        yield from _plain_sentences(text[start : fence.start()], start)
        yield fence.start(), fence.group()
        start = fence.end()
    yield from _plain_sentences(text[start:], start)


def _plain_sentences(text: str, offset: int) -> Iterator[tuple[int, str]]:
    start = 0
    for found in _BREAK.finditer(text):
        yield offset + start, text[start : found.end()]
        start = found.end()
    if start < len(text):
        yield offset + start, text[start:]


def numbers_in(sentence: str) -> list[Number]:
    """The numbers that a sentence states, in order; what they claim is not judged."""
    found = [one for match in _STATED.finditer(sentence) if (one := _number(match, sentence)) is not None]
    # In `7 to 20%` both ends are percents.
    for n, (one, following) in enumerate(itertools.pairwise(found.copy())):
        between = sentence[one.end : following.start]
        is_range = _TO_PERCENT.fullmatch(between) or (between == " and " and _BETWEEN.search(sentence[: one.start]))
        if is_range and one.kind != "share" and following.kind == "share" and following.text[-1] in "%t":
            found[n] = replace(one, value=one.value / 100, kind="share", digits=one.digits + 2)
    return found


def _number(match: re.Match[str], sentence: str) -> Number | None:
    is_hedged = _HEDGE.search(sentence[: match.start()]) is not None or _ROUND.search(sentence) is not None
    text, start, end = match.group(), match.start(), match.end()
    if match["ratio"] or match["slash"]:
        ends = re.split(r"/| in every | out of every | in | out of ", text.lower())
        above, below = (_CARDINALS.get(one) if one in _CARDINALS else _whole(one) for one in ends)
        if not below or above is None or above > below:
            return None
        return Number(text, start, end, above / below, "share", 2, is_word=bool(match["ratio"]), is_hedged=is_hedged)
    if match["part"]:
        return _part(match, is_hedged=is_hedged)
    if match["figure"]:
        return _figure(match, is_hedged=is_hedged)
    value = float(_cardinal(match["cardinal"]))
    scale = 1
    for word in re.findall(r"hundred|thousand|million", match["scales"].lower()):
        scale *= _SCALES[word]
    if match["per"]:
        return Number(text, start, end, value / 100, "share", 2, is_word=True, is_hedged=is_hedged)
    return Number(text, start, end, value * scale, "count", 1 - len(str(scale)), is_word=True, is_hedged=is_hedged)


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else _cardinal(text)


def _cardinal(text: str) -> int:
    return sum(_CARDINALS[word] for word in text.lower().split("-"))


def _part(match: re.Match[str], *, is_hedged: bool) -> Number | None:
    words = match.group().lower().replace("-", " ").split()
    part = words[-1] if words[-1] in _PARTS else words[-1].rstrip("s")
    # `The third line` is no fraction; `half` needs no number before it.
    if part not in _PARTS or (len(words) == 1 and part != "half"):
        return None
    above = {"a": 1, "an": 1}.get(words[0]) or _CARDINALS.get(words[0], 1)
    if above >= _PARTS[part]:
        return None
    value = above / _PARTS[part]
    return Number(match.group(), match.start(), match.end(), value, "share", 2, is_word=True, is_hedged=is_hedged)


def _figure(match: re.Match[str], *, is_hedged: bool) -> Number:
    amount = match["amount"]
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", amount):
        amount = amount.replace(",", "")
    amount = amount.replace(",", ".")
    value, digits = float(amount), len(amount.partition(".")[2])
    if match["percent"]:
        return Number(match.group(), match.start(), match.end(), value / 100, "share", digits + 2, is_hedged=is_hedged)
    if match["scale"]:
        scale = _SCALES[match["scale"].strip(" -").lower()]
        exact = digits - len(str(scale)) + 1
        return Number(match.group(), match.start(), match.end(), value * scale, "count", exact, is_hedged=is_hedged)
    kind: Kind = "count" if digits == 0 else "share" if value <= 1 else "decimal"
    return Number(match.group(), match.start(), match.end(), value, kind, digits, is_hedged=is_hedged)
