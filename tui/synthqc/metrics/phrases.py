"""Phrases: runs of words that many records share, and how records begin and end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .undefined import UndefinedReading
from .words import Text, Words, as_words, codes_at, places_of, windows_of


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
    """Those that most records have, and two at least; the most widespread first, then in the order of the text."""
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
    codes, is_gram = windows_of(words, n)
    once = _once_a_record(words, codes, is_gram)
    if not once.size:
        raise UndefinedReading(f"no line has {n} words")
    once.sort()
    runs = np.flatnonzero(np.append(True, once[1:] != once[:-1]))
    spread = np.diff(np.append(runs, once.size))
    shared = np.flatnonzero(spread > 1)
    # Those that as many records have as the last that is wanted may come before it in the text.
    least = np.partition(spread[shared], -most)[-most] if shared.size > most else 2
    wanted = once[runs[shared[spread[shared] >= least]]]
    found = [_phrase(words, places, n) for places in sorted(places_of(codes, is_gram, wanted), key=lambda one: one[0])]
    found.sort(key=lambda phrase: -len(phrase.records))
    return Phrases(tuple(found[:most]), runs.size)


_BLOCK = 1 << 16
"""Words looked at in one go, so that their arrays stay in the processor's cache."""


def _once_a_record(words: Words, codes: NDArray[np.uint64], is_gram: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """The codes of n-grams, each as often as there are records that have it."""
    result = [np.empty(0, dtype=np.uint64)]
    begin = 0
    while begin < codes.size:
        # Up to the end of the record that the block ends in.
        last = int(np.searchsorted(words.begins, min(begin + _BLOCK, codes.size)))
        end = min(int(words.begins[last]), codes.size)
        places = np.flatnonzero(is_gram[begin:end]) + begin
        owners = np.searchsorted(words.begins, places, side="right")
        order = np.lexsort((owners, codes[places]))
        ranked, owners = codes[places][order], owners[order]
        is_new = np.append(ranked[:1] == ranked[:1], (ranked[1:] != ranked[:-1]) | (owners[1:] != owners[:-1]))
        result.append(ranked[is_new])
        begin = end
    return np.concatenate(result)


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
    codes = codes_at(words, places, n)
    # Stable, so that the places of equal runs stay in order.
    order = np.argsort(codes, kind="stable")
    ranked = codes[order]
    runs = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))
    counts = np.diff(np.append(runs, order.size))
    top = int(np.lexsort((order[runs], -counts))[0])
    phrase = _phrase(words, places[order[runs[top] : runs[top] + counts[top]]], n)
    return phrase, len(phrase.records) / places.size


def _phrase(words: Words, places: NDArray[np.int64], n: int) -> Phrase:
    """The run of n words at each of some places, ascending."""
    owners = np.searchsorted(words.begins, places, side="right") - 1
    begin = int(places[0] - words.begins[owners[0]])
    run = tuple(words.split(int(owners[0]))[begin : begin + n])
    return Phrase(run, tuple(dict.fromkeys(owners.tolist())))
