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

# \w has no combining marks, without which Indic and Arabic words fall to pieces.
_MARK = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"
_PART = rf"[^\W_]+(?:[{_MARK}]+[^\W_]*)*"
_WORD = re.compile(rf"{_PART}(?:['\-]{_PART})*")
_UNSPACED_OR_WORD = re.compile(
    rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}_])[\w{_MARK}])+(?:['\-](?:(?![{_UNSPACED}_])[\w{_MARK}])+)*"
)
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
