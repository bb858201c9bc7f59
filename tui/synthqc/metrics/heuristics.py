"""Heuristic filters: rules on the surface of a line, each with the reason it gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .languages import foreign
from .texts import check_texts
from .words import Text, Words, as_words, coded, gram_starts, grams_of

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


def reasons(records: Sequence[str], limits: Limits | None = None, words: Words | None = None) -> list[str]:
    """Why each line would be removed: the first rule that it breaks, or `` where it breaks none.

    Args:
        records: Lines.
        limits: Adjustable limits; the defaults where none are given.
        words: The words of the lines, where they are at hand.

    Raises:
        ValueError: A record is no text.
    """
    check_texts(records)
    limits = limits or Limits()
    words = coded(records) if words is None else words
    broken = {
        "length": ((words.lengths < limits.shortest) | (words.lengths > limits.longest)).tolist(),
        "markup": [("<" in one or "&" in one) and _MARKUP.search(one) is not None for one in records],
        "encoding": [not one.isascii() and _BROKEN.search(one) is not None for one in records],
        "language": foreign(records, words),
        "repetition": (repeated_shares(words) > limits.repetition).tolist(),
    }
    found = [""] * len(records)
    for rule in reversed(RULES):
        found = [rule if is_broken else one for one, is_broken in zip(found, broken[rule], strict=True)]
    return found


def repeated_shares(records: Text) -> NDArray[np.float64]:
    """For each line, the share of its three-word runs that repeat an earlier one of the line; 0 below ten words.

    Args:
        records: The words of lines, as lists of strings or coded.
    """
    words = as_words(records)
    owners = words.owners[gram_starts(words, 3)]
    # The line in the high bits and 40 bits of the run's code: ten thousand runs of a line share one by a chance of
    # one in 20,000.
    keys = (owners.astype(np.uint64) << np.uint64(40)) | (grams_of(words, 3) >> np.uint64(24))
    keys.sort()
    is_new = np.concatenate(([True], keys[1:] != keys[:-1]))[: keys.size]
    different = np.bincount((keys[is_new] >> np.uint64(40)).astype(np.int64), minlength=words.records)
    runs = np.maximum(words.lengths - 2, 1)
    return np.where(words.lengths >= 10, 1 - different / runs, 0.0)
