"""Distinct-N: the share of n-grams that are different."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .tokens import Records
from .undefined import UndefinedReading


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


def distinct_n(records: Records, n: int) -> Distinct:
    """Different n-grams among all n-grams of a set of records, pooled.

    Args:
        records: Tokenised records; n-grams do not cross from one to the next.
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
    codes = _codes(records, n)
    if codes.size == 0:
        raise UndefinedReading(_too_short(records, n))
    codes.sort()
    return Distinct(1 + int(np.count_nonzero(codes[1:] != codes[:-1])), int(codes.size))


def growth(records: Records, n: int, *, points: int = 20) -> list[tuple[int, float]]:
    """Distinct-N of the beginning of the records, longer and longer: how the value falls with length.

    Args:
        records: Tokenised records.
        n: Length of an n-gram in words.
        points: At how many lengths, evenly spaced; fewer where there are fewer n-grams.

    Returns:
        Pairs of n-grams counted and Distinct-N up to there; the last is Distinct-N of all.

    Raises:
        UndefinedReading: No record has n words.
    """
    codes = _codes(records, n)
    if codes.size == 0:
        raise UndefinedReading(_too_short(records, n))
    # Sorting is many times faster here than np.unique; stable, so that the first of equals comes first.
    order = np.argsort(codes, kind="stable")
    is_first = np.concatenate(([True], np.diff(codes[order]) != 0))
    first_seen = np.sort(order[is_first])
    lengths = sorted({round(codes.size * step / points) for step in range(1, points + 1)} - {0})
    return [(length, int(np.searchsorted(first_seen, length)) / length) for length in lengths]


def _too_short(records: Records, n: int) -> str:
    longest = max((len(record) for record in records), default=0)
    if longest == 0:
        return "there are no words to count"
    return f"the longest line has {longest} word{'s' if longest != 1 else ''}, Distinct-{n} needs one of at least {n}"


def _codes(records: Records, n: int) -> NDArray[np.int64]:
    """One number per n-gram, equal just where the n-grams are equal."""
    if n < 1:
        raise ValueError(f"n is {n}, allowed is 1 and more")
    lengths = np.fromiter((len(record) for record in records), dtype=np.int64, count=len(records))
    flat = [token for record in records for token in record]
    if len(flat) < n:
        return np.empty(0, dtype=np.int64)
    # Numbering by first sight is one dict pass in C, exact, and faster here than sorting strings.
    numbers = {token: number for number, token in enumerate(dict.fromkeys(flat))}
    words = np.fromiter(map(numbers.__getitem__, flat), dtype=np.int64, count=len(flat))
    ends = np.cumsum(lengths)
    keep = np.ones(words.size - n + 1, dtype=bool)
    for offset in range(1, n):
        crossing = ends - offset
        keep[crossing[(crossing >= 0) & (crossing < keep.size)]] = False
    codes = words[: keep.size].copy()
    for offset in range(1, n):
        codes = _paired(codes, words[offset : offset + keep.size], len(numbers))
    return codes[keep]


def _paired(left: NDArray[np.int64], right: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """One number per pair; renumbered densely first where the product would overflow."""
    highest = int(left.max()) + 1
    if highest > np.iinfo(np.int64).max // max(size, 1):
        order = np.argsort(left, kind="stable")
        ranks = np.empty_like(left)
        ranks[order] = np.concatenate(([0], np.cumsum(np.diff(left[order]) != 0)))
        left = ranks
    return left * size + right


def expectation_adjusted(found: Distinct, vocabulary: int) -> float:
    """Different tokens over the number expected from random draws: an attempt to take length out of Distinct-1.

    Args:
        found: Counts of unigrams.
        vocabulary: Words that the language of the text has, V; the choice moves the value.

    Returns:
        Unique / (V (1 - ((V-1)/V)^C)) for C tokens; 1 where the text repeats as little as chance would.

    Source:
        S. Liu et al. (2022), Rethinking and Refining the Distinct Metric, ACL, arXiv:2202.13587, equation 3.
    """
    expected = vocabulary * (1 - ((vocabulary - 1) / vocabulary) ** found.total)
    return found.unique / expected


@dataclass(frozen=True, slots=True)
class FixedBudget:
    """Distinct-N at a fixed length, so that texts of different lengths compare."""

    mean: float
    """Mean over the draws."""
    spread: float
    """Standard deviation over the draws."""
    draws: int
    """Draws taken."""
    tokens: int
    """Words in each draw."""


def distinct_at_budget(records: Records, n: int, *, tokens: int, draws: int = 20, seed: int = 0) -> FixedBudget:
    """Distinct-N of equally long draws from the records.

    Each draw takes whole records in random order until it has `tokens` words, cutting the last one.

    Args:
        records: Tokenised records.
        n: Length of an n-gram in words.
        tokens: Words in each draw.
        draws: How many draws.
        seed: Draws the orders.

    Raises:
        UndefinedReading: The records have fewer words than one draw.
    """
    total = sum(len(record) for record in records)
    if total < tokens:
        raise UndefinedReading(f"the text has {total:,} words, a draw of {tokens:,} needs as many")
    chance = random.Random(seed)
    order = list(range(len(records)))
    values = []
    for _ in range(draws):
        chance.shuffle(order)
        values.append(distinct_n(first_words([records[i] for i in order], tokens), n).share)
    return FixedBudget(float(np.mean(values)), float(np.std(values)), draws, tokens)


def first_words(records: Records, tokens: int) -> list[Sequence[str]]:
    """The first `tokens` words of the records, the last record cut."""
    taken: list[Sequence[str]] = []
    for record in records:
        if tokens <= 0:
            break
        taken.append(record[:tokens])
        tokens -= len(record)
    return taken


def most_repeated(records: Records, n: int, *, most: int = 10) -> list[tuple[tuple[str, ...], int, list[int]]]:
    """The n-grams that occur most often, with count and the positions of the records that have them.

    Args:
        records: Tokenised records.
        n: Length of an n-gram in words.
        most: How many n-grams; those that occur once are left out.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    for record in records:
        counts.update(zip(*(record[offset:] for offset in range(n)), strict=False))
    top = [(gram, count) for gram, count in counts.most_common(most) if count > 1]
    wanted: dict[tuple[str, ...], list[int]] = {gram: [] for gram, _ in top}
    for position, record in enumerate(records):
        for gram in set(zip(*(record[offset:] for offset in range(n)), strict=False)) & wanted.keys():
            wanted[gram].append(position)
    return [(gram, count, wanted[gram]) for gram, count in top]
