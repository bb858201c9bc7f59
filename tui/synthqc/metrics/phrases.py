"""Phrases: runs of words that many records share, and how records begin and end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .undefined import UndefinedReading
from .words import Text, Words, as_words, codes_at, gram_starts


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words and the records that have it."""

    words: tuple[str, ...]
    """Its words."""
    records: tuple[int, ...]
    """Positions of the records, ascending."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of a set of records."""

    common: tuple[Phrase, ...]
    """Those that most records have, the most widespread first, then in the order of the text."""
    different: int
    """How many different phrases there are."""


def phrases_of(records: Text, n: int, *, most: int = 10) -> Phrases:
    """Runs of n words by how many records have them; a record counts once for each of its runs.

    Args:
        records: The words of records, as lists of strings or coded.
        n: Words of a phrase, at least 1.
        most: How many common phrases to give.

    Raises:
        UndefinedReading: No record has n words.
        ValueError: `n` is below 1.
    """
    words = as_words(records)
    places = gram_starts(words, n)
    if not places.size:
        raise UndefinedReading(f"no line has {n} words")
    return _by_records(words, places, n, most)


def opening(records: Text, n: int = 3) -> tuple[Phrase, float]:
    """The commonest opening of n words, and the share of records that have it, of those with n words at least.

    Args:
        records: The words of records, as lists of strings or coded.
        n: Words of an opening, at least 1.

    Raises:
        UndefinedReading: No record has n words.
    """
    words = as_words(records)
    return _commonest(words, words.begins[:-1][words.lengths >= n], n)


def closing(records: Text, n: int = 3) -> tuple[Phrase, float]:
    """The same for the last n words of records."""
    words = as_words(records)
    return _commonest(words, words.begins[1:][words.lengths >= n] - n, n)


def _commonest(words: Words, places: NDArray[np.int64], n: int) -> tuple[Phrase, float]:
    if not places.size:
        raise UndefinedReading(f"no line has {n} words")
    [phrase] = _by_records(words, places, n, 1).common
    return phrase, len(phrase.records) / places.size


def _by_records(words: Words, places: NDArray[np.int64], n: int, most: int) -> Phrases:
    """The runs of n words at some places, ascending, by the number of records that have them."""
    codes = codes_at(words, places, n)
    # Stable, so that the places of equal runs stay in order.
    order = np.argsort(codes, kind="stable")
    ranked = codes[order]
    owners = np.searchsorted(words.begins, places, side="right")[order] - 1
    is_new = np.concatenate(([True], ranked[1:] != ranked[:-1]))
    runs = np.flatnonzero(is_new)
    is_new[1:] |= owners[1:] != owners[:-1]
    spread = np.add.reduceat(is_new.astype(np.int64), runs)
    ends = np.append(runs[1:], order.size)
    top = np.lexsort((order[runs], -spread))[:most]
    return Phrases(
        tuple(
            Phrase(
                _strings(words, int(places[order[runs[one]]]), n),
                tuple(dict.fromkeys(owners[runs[one] : ends[one]].tolist())),
            )
            for one in top
        ),
        runs.size,
    )


def _strings(words: Words, place: int, n: int) -> tuple[str, ...]:
    owner = int(np.searchsorted(words.begins, place, side="right")) - 1
    begin = place - int(words.begins[owner])
    return tuple(words.split(owner)[begin : begin + n])
