"""Words as numbers: what metrics sort, count and compare in place of strings."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .spread import blocks_of, in_order
from .tokens import Records, tokens_of
from .whole import is_whole

_BLOCK = 1 << 16
"""Characters looked at in one go: the arrays of a block stay in the processor's cache."""

_JOB = 1 << 20
"""Characters given out at a time: work enough that sending it to another process is worth the while."""

_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)

_SEPARATOR, _SIGN, _JOINT = 0, 1, 2
_KINDS = bytes(
    _SIGN
    if byte >= 128 or chr(byte) in "abcdefghijklmnopqrstuvwxyz0123456789"
    else _JOINT
    if byte in b"'-"
    else _SEPARATOR
    for byte in range(256)
)
"""What a byte of lower-cased UTF-8 is: a sign of a word, a joint that stands inside words only, or neither."""

_WIDTH = 8
"""Bytes of a word that are read at a time."""

_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WIDTH + 1)], dtype=np.uint64)
"""For each number of bytes, what leaves so many of a number of eight."""

_LONGEST = 256
"""Bytes of a word that is hashed with all others at once; the few longer ones are hashed one by one."""

_PUNCTUATION = {"’": "'", **dict.fromkeys("‘“”„–—…\u00a0•", " ")}
"""Signs outside ASCII that are common in English text, each with one that counts alike. With them replaced, most text
need not be split sign by sign."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some records as codes: equal words have equal codes.

    A code is a hash of 64 bits, so that some two of a million different words or n-grams share one with a chance of
    about one in 40 million.
    """

    codes: NDArray[np.uint64]
    """One code a word, in order."""
    begins: NDArray[np.int64]
    """Where the words of each record begin, and at the end the number of words: one more than there are records."""
    split: Callable[[int], Sequence[str]]
    """The words of the record at a position as strings, to show the few that are shown."""

    @property
    def records(self) -> int:
        """Number of records."""
        return self.begins.size - 1

    @property
    def total(self) -> int:
        """Number of words."""
        return int(self.codes.size)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Words of each record."""
        return np.diff(self.begins)

    @property
    def owners(self) -> NDArray[np.int64]:
        """For each word, the position of its record."""
        return np.repeat(np.arange(self.records), self.lengths)

    def first(self, words: int) -> "Words":
        """The first so many words, the last record cut."""
        ends = np.minimum(self.begins, words)
        begins = ends[: int(np.searchsorted(ends, ends[-1])) + 1]
        return Words(self.codes[:words], begins, lambda n: self.split(n)[: begins[n + 1] - begins[n]])

    def of(self, positions: NDArray[np.int64]) -> "Words":
        """The records at some positions, in that order."""
        lengths = self.lengths[positions]
        begins = np.concatenate(([0], np.cumsum(lengths)))
        places = np.arange(begins[-1]) + np.repeat(self.begins[:-1][positions] - begins[:-1], lengths)
        return Words(self.codes[places], begins, lambda n: self.split(int(positions[n])))


Text = Records | Words
"""What metrics on words take: lists of words, or words as codes."""


def coded(records: Sequence[str]) -> Words:
    """The words of texts as codes, under the rule of `tokens`.

    Args:
        records: Texts, in order.
    """
    codes, counts = [np.empty(0, dtype=np.uint64)], [np.zeros(1, dtype=np.int64)]
    for found, per_record in in_order(_coded_job, blocks_of(records, _JOB)):
        codes.append(found)
        counts.append(per_record)
    begins = np.cumsum(np.concatenate(counts))
    return Words(np.concatenate(codes), begins, lambda position: tokens_of(records[position]))


def as_words(records: Text) -> Words:
    """Lists of words as codes; what is coded already stays as it is.

    Raises:
        ValueError: A record is a text and not a list of its words: its letters would be taken for words.
    """
    if isinstance(records, Words):
        return records
    for place, record in enumerate(records, start=1):
        if isinstance(record, str):
            raise ValueError(f"record {place} is a text, {record!r:.40}; give the list of its words, as tokens_of does")
        if not hasattr(record, "__len__"):
            raise ValueError(f"record {place} is {record!r:.40}, allowed is a list of words")
    flat = [token for record in records for token in record]
    numbers = {token: number for number, token in enumerate(dict.fromkeys(flat))}
    found = np.fromiter(map(numbers.__getitem__, flat), dtype=np.uint64, count=len(flat))
    lengths = np.fromiter(map(len, records), dtype=np.int64, count=len(records))
    return Words(_mixed(found + np.uint64(1)), np.concatenate(([0], np.cumsum(lengths))), records.__getitem__)


def grams_of(words: Words, n: int) -> NDArray[np.uint64]:
    """One code for each n-gram that lies within a record, in order.

    Args:
        words: The words.
        n: Words in an n-gram, at least 1.

    Raises:
        ValueError: `n` is below 1.
    """
    codes, is_gram = windows_of(words, n)
    return codes[is_gram]


def gram_starts(words: Words, n: int) -> NDArray[np.int64]:
    """For each n-gram of `grams_of`, the place of its first word."""
    return np.flatnonzero(windows_of(words, n)[1])


def windows_of(words: Words, n: int) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """A code for each run of n words, also across records, and whether it lies within one: is it an n-gram?

    Args:
        words: The words.
        n: Words in a run, at least 1.

    Raises:
        ValueError: `n` is no whole number of at least 1.
    """
    if not is_whole(n) or n < 1:
        raise ValueError(f"n is {n}, allowed is 1 and more, a whole number")
    windows = max(0, words.total - n + 1)
    is_gram = np.ones(windows, dtype=bool)
    for offset in range(1, n):
        crossing = words.begins[1:] - offset
        is_gram[crossing[(crossing >= 0) & (crossing < windows)]] = False
    codes = words.codes[:windows].copy()
    for start in range(0, windows, _BLOCK):
        block = codes[start : start + _BLOCK]
        for offset in range(1, n):
            block[:] = _mixed(block)
            block += words.codes[start + offset : start + offset + block.size]
    return codes, is_gram


def places_of(
    codes: NDArray[np.uint64], is_gram: NDArray[np.bool_], wanted: NDArray[np.uint64]
) -> list[NDArray[np.int64]]:
    """Where some n-grams stand.

    Args:
        codes: The codes of `windows_of`.
        is_gram: Which of them are n-grams.
        wanted: Codes that are looked for, ascending.

    Returns:
        For each wanted code the places of first words, ascending.
    """
    if not wanted.size:
        return []
    places, which = [], []
    for start in range(0, codes.size, _BLOCK):
        block = codes[start : start + _BLOCK]
        nearest = np.minimum(np.searchsorted(wanted, block), wanted.size - 1)
        there = np.flatnonzero((wanted[nearest] == block) & is_gram[start : start + _BLOCK])
        places.append(there + start)
        which.append(nearest[there])
    numbers = np.concatenate(which)
    ends = np.cumsum(np.bincount(numbers, minlength=wanted.size))
    return np.split(np.concatenate(places)[np.argsort(numbers, kind="stable")], ends[:-1])


def codes_at(words: Words, places: NDArray[np.int64], n: int) -> NDArray[np.uint64]:
    """One code for each run of n words that begins at a place; the codes of `grams_of` for the same runs."""
    codes = words.codes[places]
    for offset in range(1, n):
        codes = _mixed(codes)
        codes += words.codes[places + offset]
    return codes


def numbered(words: Words) -> tuple[NDArray[np.int64], int]:
    """Words as numbers from 0 on in the order of first sight, and how many different ones there are."""
    if not words.total:
        return np.empty(0, dtype=np.int64), 0
    order = np.argsort(words.codes)
    ranked = words.codes[order]
    is_new = np.concatenate(([True], ranked[1:] != ranked[:-1]))
    firsts = np.minimum.reduceat(order, np.flatnonzero(is_new))
    by_sight = np.empty(firsts.size, dtype=np.int64)
    by_sight[np.argsort(firsts)] = np.arange(firsts.size)
    numbers = np.empty(words.total, dtype=np.int64)
    numbers[order] = by_sight[np.cumsum(is_new) - 1]
    return numbers, firsts.size


def _coded_job(records: list[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    found = [_coded_block(block) for block in blocks_of(records, _BLOCK)]
    return np.concatenate([codes for codes, _ in found]), np.concatenate([counts for _, counts in found])


def _coded_block(records: list[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Codes of the words of a block, and how many each record has."""
    text = "\n".join(records)
    if not text.isascii():
        for sign, plain in _PUNCTUATION.items():
            text = text.replace(sign, plain)
    if text.isascii():
        raw = text.lower().encode()
        lengths = np.fromiter(map(len, records), dtype=np.int64, count=len(records))
    else:
        # What is not ASCII is split by the one tokeniser and comes here with spaces between its words.
        pieces = [
            (one.lower() if one.isascii() else " ".join(tokens_of(one))).encode("utf-8", "replace") for one in records
        ]
        raw = b"\n".join(pieces)
        lengths = np.fromiter(map(len, pieces), dtype=np.int64, count=len(records))
    raw = b"\n" + raw + b"\n"
    starts, ends = _edges(raw)
    bounds = np.concatenate(([0], np.cumsum(lengths + 1)))
    return _hashed(raw, starts, ends), np.diff(np.searchsorted(starts, bounds + 1))


def _edges(raw: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where words start and end; the first and the last sign are separators."""
    kinds = np.frombuffer(raw.translate(_KINDS), dtype=np.uint8)
    is_word = kinds == _SIGN
    is_joint = kinds[1:-1] == _JOINT
    is_joint &= is_word[:-2] & is_word[2:]
    is_word[1:-1] |= is_joint
    edges = np.flatnonzero(is_word[1:] != is_word[:-1]) + 1
    return edges[::2], edges[1::2]


def _hashed(raw: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A hash of 64 bits for each word; words of up to eight bytes never share one."""
    signs = np.frombuffer(raw + bytes(_WIDTH), dtype=np.uint8)
    # Eight bytes from each place on, as they lie in memory.
    windows = np.ndarray((len(raw),), dtype="<u8", buffer=signs, strides=(1,))
    lengths = ends - starts
    codes = _mixed(windows[starts] & _MASKS[np.minimum(lengths, _WIDTH)])
    longer = np.flatnonzero(lengths > _WIDTH)
    for done in range(_WIDTH, _LONGEST, _WIDTH):
        if not longer.size:
            return codes
        rest = windows[starts[longer] + done] & _MASKS[np.minimum(lengths[longer] - done, _WIDTH)]
        codes[longer] = _mixed(codes[longer] ^ rest)
        longer = longer[lengths[longer] > done + _WIDTH]
    for place in longer.tolist():
        digest = hashlib.blake2b(raw[starts[place] : ends[place]], digest_size=_WIDTH).digest()
        codes[place] = np.frombuffer(digest, dtype="<u8")[0]
    return codes


def _mixed(codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The codes with every bit depending on all others; different codes stay different."""
    mixed = codes ^ (codes >> _HALF)
    mixed *= _MIX
    mixed ^= mixed >> _HALF
    return mixed
