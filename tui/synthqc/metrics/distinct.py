"""Distinct-N: the share of n-grams that are different."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .undefined import UndefinedReading
from .whole import is_whole
from .words import Text, Words, as_words, grams_of, places_of, windows_of


@dataclass(frozen=True, slots=True)
class Distinct:
    """Distinct-N of a set of records with what it was counted from."""

    unique: int
    """Different n-grams."""
    total: int
    """All n-grams."""

    @property
    def share(self) -> float:
        """Distinct-N: different n-grams over all n-grams, above 0 and up to 1."""
        return self.unique / self.total


def distinct_n(records: Text, n: int) -> Distinct:
    """Different n-grams among all n-grams of a set of records, pooled.

    Args:
        records: The words of records, as lists of strings or coded; n-grams do not cross from one record to the next.
        n: Length of an n-gram in words, at least 1.

    Returns:
        The counts; their share is Distinct-N, 1 where no n-gram repeats. It falls as text grows, whoever wrote it,
        so compare only texts of one length under one token rule.

    Raises:
        UndefinedReading: No record has n words.
        ValueError: `n` is below 1.

    Source:
        J. Li et al. (2016), A Diversity-Promoting Objective Function for Neural Conversation Models, NAACL,
        arXiv:1510.03055: distinct-1 and distinct-2 as distinct unigrams and bigrams over all generated tokens.
        Here the divisor is the number of n-grams, the custom since.
    """
    words = as_words(records)
    codes = grams_of(words, n)
    if codes.size == 0:
        raise UndefinedReading(_too_short(words, n))
    # Sorting is a hundred times as fast as np.unique on integers (NumPy 2.3 and 2.4).
    codes.sort()
    return Distinct(1 + int(np.count_nonzero(codes[1:] != codes[:-1])), int(codes.size))


def growth(records: Text, n: int, *, points: int = 20) -> list[tuple[int, float]]:
    """Distinct-N of the beginning of the records, longer and longer: how the value falls with length.

    Args:
        records: Tokenised records.
        n: Length of an n-gram in words.
        points: At how many lengths, evenly spaced, at least 1; fewer where there are fewer n-grams.

    Returns:
        Pairs of n-grams counted and Distinct-N up to there; the last is Distinct-N of all.

    Raises:
        UndefinedReading: No record has n words.
        ValueError: `n` or the number of points is below 1.
    """
    if points < 1:
        raise ValueError(f"{points} points are asked for, allowed is 1 and more")
    words = as_words(records)
    codes = grams_of(words, n)
    if codes.size == 0:
        raise UndefinedReading(_too_short(words, n))
    order = np.argsort(codes)
    ranked = codes[order]
    runs = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
    first_seen = np.sort(np.minimum.reduceat(order, runs))
    lengths = sorted({round(codes.size * step / points) for step in range(1, points + 1)} - {0})
    return [(length, int(np.searchsorted(first_seen, length)) / length) for length in lengths]


def _too_short(words: Words, n: int) -> str:
    longest = int(words.lengths.max(initial=0))
    if longest == 0:
        return "there are no words to count"
    return f"the longest line has {longest} word{'s' if longest != 1 else ''}, Distinct-{n} needs one of at least {n}"


def expectation_adjusted(found: Distinct, vocabulary: int) -> float:
    """Different tokens over the number expected from random draws: an attempt to take length out of Distinct-1.

    Args:
        found: Counts of unigrams.
        vocabulary: Words that the language of the text has, V, at least 1; the choice moves the value.

    Returns:
        Unique / (V (1 - ((V-1)/V)^C)) for C tokens, above 0: 1 where the text repeats as much as chance would, and
        above 1 where it repeats less.

    Raises:
        ValueError: The vocabulary is no whole number of at least 1.

    Source:
        S. Liu et al. (2022), Rethinking and Refining the Distinct Metric, ACL, arXiv:2202.13587, equation 3.
    """
    if not is_whole(vocabulary) or vocabulary < 1:
        raise ValueError(f"the vocabulary is {vocabulary!r:.60}, allowed is a whole number from 1")
    if vocabulary == 1:
        return float(found.unique)
    # 1 - (1 - 1/V)^C loses half its digits for a large V and a small C; this form loses none.
    expected = vocabulary * -math.expm1(found.total * math.log1p(-1 / int(vocabulary)))
    return found.unique / expected


@dataclass(frozen=True, slots=True)
class FixedBudget:
    """Distinct-N at a fixed length, so that texts of different lengths compare."""

    mean: float
    """Mean over the draws."""
    spread: float
    """Standard deviation of the draws around their mean (divided by their number); 0 for one draw."""
    draws: int
    """Draws taken."""
    tokens: int
    """Words in each draw."""


def distinct_at_budget(records: Text, n: int, *, tokens: int, draws: int = 20, seed: int = 0) -> FixedBudget:
    """Distinct-N of equally long draws from the records.

    Each draw takes whole records in random order until it has `tokens` words, cutting the last one.

    Args:
        records: The words of records, as lists of strings or coded.
        n: Length of an n-gram in words.
        tokens: Words in each draw, at least 1.
        draws: How many draws, at least 1.
        seed: Draws the orders.

    Raises:
        UndefinedReading: The records have fewer words than one draw, or a draw has no n-gram.
        ValueError: Draws or words of a draw are no whole numbers from 1.
    """
    if not is_whole(tokens) or not is_whole(draws) or tokens < 1 or draws < 1:
        raise ValueError(f"{draws} draws of {tokens} words: allowed are whole numbers, 1 and more of both")
    words = as_words(records)
    if words.total < tokens:
        raise UndefinedReading(f"the text has {words.total:,} words, a draw of {tokens:,} needs as many")
    chance = np.random.default_rng(seed)
    values = []
    for _ in range(draws):
        order = chance.permutation(words.records)
        enough = int(np.searchsorted(np.cumsum(words.lengths[order]), tokens)) + 1
        values.append(distinct_n(words.of(order[:enough]).first(tokens), n).share)
    return FixedBudget(float(np.mean(values)), float(np.std(values)), draws, tokens)


@dataclass(frozen=True, slots=True)
class Repeated:
    """An n-gram that occurs more than once."""

    gram: tuple[str, ...]
    """Its words."""
    count: int
    """How often it occurs."""
    records: tuple[int, ...]
    """Positions of the records that have it, ascending."""


def most_repeated(records: Text, n: int, *, most: int = 10) -> list[Repeated]:
    """The n-grams that occur most often; of equally frequent ones those that come first in the text.

    Args:
        records: The words of records, as lists of strings or coded.
        n: Length of an n-gram in words.
        most: How many n-grams; those that occur once are left out.
    """
    words = as_words(records)
    codes, is_gram = windows_of(words, n)
    ranked = codes[is_gram]
    ranked.sort()
    runs = np.flatnonzero(np.append(ranked[:1] == ranked[:1], ranked[1:] != ranked[:-1]))
    counts = np.diff(np.append(runs, ranked.size))
    shared = np.flatnonzero(counts > 1)
    # Those that are as frequent as the last that is wanted may come before it in the text.
    least = np.partition(counts[shared], -most)[-most] if shared.size > most else 2
    wanted = ranked[runs[shared[counts[shared] >= least]]]
    del ranked, runs, counts
    found = places_of(codes, is_gram, wanted)
    found.sort(key=lambda places: (-places.size, places[0]))
    return [_repeated(words, places, n) for places in found[:most]]


def _repeated(words: Words, places: NDArray[np.int64], n: int) -> Repeated:
    owners = np.searchsorted(words.begins, places, side="right") - 1
    first = int(owners[0])
    begin = int(places[0] - words.begins[first])
    return Repeated(tuple(words.split(first)[begin : begin + n]), places.size, tuple(dict.fromkeys(owners.tolist())))
