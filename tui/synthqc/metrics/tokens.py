"""The one tokeniser: what all metrics of the course call a word."""

import re
from collections.abc import Iterable, Sequence

RULE = (
    "words are lower-cased runs of letters and digits, apostrophes and hyphens inside them kept; scripts without "
    "spaces count one character as a word"
)
"""The rule in words, shown beside every number that rests on it."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Myanmar, Khmer, kana and Han: written without spaces between words."""

# \w has no combining marks, without which Indic and Arabic words fall to pieces. These are all of Unicode's (categories
# Mn, Mc, Me) up to U+1DFF but for those of scripts without spaces.
_MARKS = """
300-36f 483-489 591-5bd 5bf 5c1-5c2 5c4-5c5 5c7 610-61a 64b-65f 670 6d6-6dc 6df-6e4 6e7-6e8 6ea-6ed 711 730-74a 7a6-7b0
7eb-7f3 7fd 816-819 81b-823 825-827 829-82d 859-85b 898-89f 8ca-8e1 8e3-903 93a-93c 93e-94f 951-957 962-963 981-983 9bc
9be-9cd 9d7 9e2-9e3 9fe-a03 a3c-a51 a70-a71 a75 a81-a83 abc abe-acd ae2-ae3 afa-b03 b3c b3e-b57 b62-b63 b82 bbe-bcd bd7
c00-c04 c3c c3e-c56 c62-c63 c81-c83 cbc cbe-cd6 ce2-ce3 d00-d03 d3b-d3c d3e-d4d d57 d62-d63 d81-d83 dca-ddf df2-df3
f18-f19 f35 f37 f39 f3e-f3f f71-f84 f86-f87 f8d-fbc fc6 135d-135f 1712-1715 1732-1734 1752-1753 1772-1773 180b-180d 180f
1885-1886 18a9 1920-193b 1a17-1a1b 1a55-1a7f 1ab0-1b04 1b34-1b44 1b6b-1b73 1b80-1b82 1ba1-1bad 1be6-1bf3 1c24-1c37
1cd0-1cd2 1cd4-1ce8 1ced 1cf4 1cf7-1cf9 1dc0-1dff
"""
_MARK = "".join("-".join(chr(int(end, 16)) for end in span.split("-")) for span in _MARKS.split())
_PART = rf"[^\W_]+(?:[{_MARK}]+[^\W_]*)*"
_WORD = re.compile(rf"{_PART}(?:['\-]{_PART})*")
_SPACED = rf"(?![{_UNSPACED}_])\w"
_SPACED_PART = rf"{_SPACED}(?:{_SPACED}|[{_MARK}])*"
_UNSPACED_OR_WORD = re.compile(rf"[{_UNSPACED}]|{_SPACED_PART}(?:['\-]{_SPACED_PART})*")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:['\-][a-z0-9]+)*")
_HAS_UNSPACED = re.compile(rf"[{_UNSPACED}]")

Records = Sequence[Sequence[str]]
"""Tokenised records, in order."""


def tokens_of(record: str) -> list[str]:
    """The words of a record, in order; empty for a record without any.

    Args:
        record: One text.

    Returns:
        Lower-cased words. A typographic apostrophe counts as a plain one, so that `don’t` and `don't` are one word.
    """
    lowered = record.lower()
    if lowered.isascii():
        return _ASCII_WORD.findall(lowered)
    pattern = _UNSPACED_OR_WORD if has_unspaced_script(lowered) else _WORD
    return pattern.findall(lowered.replace("’", "'"))


def tokenised(records: Iterable[str]) -> list[list[str]]:
    """The words of every record; each different word is kept once, so that memory grows with the vocabulary."""
    known: dict[str, str] = {}
    return [[known.setdefault(word, word) for word in tokens_of(record)] for record in records]


def has_unspaced_script(record: str) -> bool:
    """Does the text use a script without spaces, so that its words are characters here?"""
    return _HAS_UNSPACED.search(record) is not None
