"""Heuristic filters: rules on the surface of a line, each with the reason it gives."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .languages import foreign
from .tokens import tokens_of

RULES = ("length", "markup", "encoding", "language", "repetition")
"""The rules, in the order in which they are asked."""

RULE = (
    "a line goes for its length, for markup left in it, for broken encoding, for another language than most lines, or "
    "for repeating itself"
)
"""What is removed, in words."""

_MARKUP = re.compile(
    r"</?(?:a|b|i|p|br|div|span|li|ul|td|tr|table|html|body|script|img|strong|em|h[1-6])\b[^<>]{0,200}/?>"
    r"|&(?:nbsp|amp|lt|gt|quot|#\d{2,5});",
    re.IGNORECASE,
)
# UTF-8 read as Latin-1 or Windows-1252 turns two-byte letters into these pairs; U+FFFD stands where decoding failed.
_BROKEN = re.compile("\ufffd|Ã[\u0080-\u00bf¡-¿ƒ€‚„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ˜“”¦\u009d]?|Â[ £©®°]")


@dataclass(frozen=True, slots=True)
class Limits:
    """What can be adjusted."""

    shortest: int = 5
    """Fewest words of a line."""
    longest: int = 400
    """Most words of a line."""
    repetition: float = 0.3
    """Largest share of a line's three-word runs that may repeat an earlier run of the same line."""


def reasons(records: Sequence[str], limits: Limits | None = None) -> list[str]:
    """Why each line would be removed: the first rule that it breaks, or `` where it breaks none.

    Args:
        records: Lines.
        limits: Adjustable limits; the defaults where none are given.
    """
    limits = limits or Limits()
    elsewhere = foreign(records)
    return [_reason(record, limits, is_foreign=elsewhere[n]) for n, record in enumerate(records)]


def _reason(record: str, limits: Limits, *, is_foreign: bool) -> str:
    words = tokens_of(record)
    if not limits.shortest <= len(words) <= limits.longest:
        return "length"
    if _MARKUP.search(record):
        return "markup"
    if _BROKEN.search(record):
        return "encoding"
    if is_foreign:
        return "language"
    return "repetition" if repeated_share(words) > limits.repetition else ""


def repeated_share(words: Sequence[str]) -> float:
    """The share of a line's three-word runs that repeat an earlier one of the same line; 0 below ten words."""
    if len(words) < 10:
        return 0.0
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    return 1 - len(runs) / runs.total()
