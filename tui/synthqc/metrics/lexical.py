"""Lexical richness: how varied the words of a text are, with less and less dependence on its length."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .undefined import UndefinedReading
from .whole import is_whole

Tokens = Sequence[str] | NDArray[Any]
"""The words of a text in order: strings, or numbers that are equal where words are equal."""

_NO_WORDS = "there are no words to count"


def ttr(tokens: Tokens) -> float:
    """Type-token ratio: different words over all words.

    Args:
        tokens: The words of a text, in order.

    Returns:
        Above 0 and up to 1. It falls as text grows, so compare only texts of one length.

    Raises:
        UndefinedReading: There are no words.
        ValueError: It is a text and no list of words.

    Source:
        M. C. Templin (1957), Certain Language Skills in Children, University of Minnesota Press.
    """
    _check_words(tokens)
    if not len(tokens):
        raise UndefinedReading(_NO_WORDS)
    return different(tokens) / len(tokens)


def different(tokens: Tokens) -> int:
    """How many different words there are."""
    if isinstance(tokens, np.ndarray) and tokens.dtype != object:
        ranked = np.sort(tokens)
        return int(np.count_nonzero(ranked[1:] != ranked[:-1])) + bool(tokens.size)
    return len(set(tokens))


def mattr(tokens: Tokens, window: int = 50) -> float:
    """Moving-average type-token ratio: the mean of the ratio over all windows of one length.

    Args:
        tokens: The words of a text, in order.
        window: Words in a window, at least 1.

    Returns:
        Above 0 and up to 1; nearly independent of the length of the text.

    Raises:
        UndefinedReading: The text has fewer words than one window.
        ValueError: The window is no whole number of at least 1, or the words are a text and no list.

    Source:
        M. A. Covington, J. D. McFall (2010), Cutting the Gordian Knot, Journal of Quantitative Linguistics
        17(2):94-100, doi:10.1080/09296171003643098.
    """
    if not is_whole(window) or window < 1:
        raise ValueError(f"the window is {window}, allowed is 1 and more, a whole number")
    _check_words(tokens)
    if len(tokens) < window:
        raise UndefinedReading(f"the text has {len(tokens):,} words, MATTR with windows of {window} needs as many")
    previous = _previous(tokens)
    last_window = len(tokens) - window
    total = 0
    for start in range(0, previous.size, _BLOCK):
        # A word is new in every window that starts after its last occurrence and no later than itself.
        places = np.arange(start, min(start + _BLOCK, previous.size))
        first = np.maximum(np.maximum(previous[start : start + _BLOCK], places - window) + 1, 0)
        total += int(np.maximum(np.minimum(places, last_window) + 1 - first, 0).sum())
    return total / (window * (last_window + 1))


def mtld(tokens: Tokens, threshold: float = 0.72) -> float:
    """Measure of textual lexical diversity: how many words it takes until the type-token ratio falls to a threshold.

    Counted from the front and from the back, the mean of both. A stretch counts as a factor when its ratio falls to
    the threshold or below; the rest at the end counts as the part (1 - ratio) / (1 - threshold) of one.

    Args:
        tokens: The words of a text, in order.
        threshold: Ratio at which a stretch ends, between 0 and 1.

    Returns:
        Words per factor, above 0. Stable from about 100 words.

    Raises:
        UndefinedReading: There are no words, or no word occurs twice: no factor ever ends.
        ValueError: The threshold is not between 0 and 1, or the words are a text and no list.

    Source:
        P. M. McCarthy, S. Jarvis (2010), MTLD, vocd-D, and HD-D, Behavior Research Methods 42(2):381-392,
        doi:10.3758/BRM.42.2.381. The rule for a ratio equal to the threshold differs between programs; this is
        that of the package lexicalrichness.
    """
    if not 0 < threshold < 1:
        raise ValueError(f"the threshold is {threshold}, allowed is between 0 and 1")
    _check_words(tokens)
    if not len(tokens):
        raise UndefinedReading(_NO_WORDS)
    previous = _previous(tokens)
    factors = [_factors(one, threshold) for one in (previous, _following(previous))]
    if min(factors) == 0:
        raise UndefinedReading("no word occurs twice, so MTLD has no end to count to")
    return sum(len(tokens) / factor for factor in factors) / 2


def _check_words(tokens: Tokens) -> None:
    if isinstance(tokens, str):
        raise ValueError(f"the words are a text, {tokens!r:.40}; give the list of its words, as tokens_of does")
    if isinstance(tokens, np.ndarray) and tokens.ndim != 1:
        raise ValueError(f"the words have the shape {tokens.shape}, allowed is one word after the other")


_BLOCK = 1 << 16
"""Words looked at in one go, so that their arrays stay in the processor's cache."""


def _previous(tokens: Tokens) -> NDArray[np.int64]:
    """For each word, the place where it stood last before; -1 where it is new."""
    codes = _numbers(tokens)
    different = np.sort(codes)
    different = different[np.append(different[:1] == different[:1], different[1:] != different[:-1])]
    last = np.full(different.size, -1)
    previous = np.empty(codes.size, dtype=np.int64)
    for start in range(0, codes.size, _BLOCK):
        block = codes[start : start + _BLOCK]
        order = np.argsort(block)
        ranked = block[order]
        is_new = np.append(True, ranked[1:] != ranked[:-1])
        # By word and then by place: a stable sort would take three times as long.
        order = np.sort(np.cumsum(is_new) * _BLOCK + order) % _BLOCK
        words = np.searchsorted(different, ranked[is_new])
        found = np.empty(block.size, dtype=np.int64)
        found[1:] = order[:-1] + start
        found[is_new] = last[words]
        last[words] = order[np.append(np.flatnonzero(is_new)[1:], block.size) - 1] + start
        previous[start + order] = found
    return previous


def _numbers(tokens: Tokens) -> NDArray[Any]:
    if isinstance(tokens, np.ndarray) and tokens.dtype != object:
        return tokens
    numbers = {token: number for number, token in enumerate(dict.fromkeys(tokens))}
    return np.fromiter(map(numbers.__getitem__, tokens), dtype=np.int64, count=len(tokens))


def _following(previous: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same read from the end: for each word from the last on, where it stands next, counted from the end."""
    n = previous.size
    following = np.full(n, -1)
    for start in range(0, n, _BLOCK):
        block = previous[start : start + _BLOCK]
        again = np.flatnonzero(block >= 0)
        following[n - 1 - block[again]] = n - 1 - start - again
    return following


def _factors(previous: NDArray[np.int64], threshold: float) -> float:
    """Stretches until the ratio falls to the threshold, the last one in part."""
    factors, start, types, position = 0.0, 0, 0, 0
    for begin in range(0, previous.size, _BLOCK):
        for position, last in enumerate(previous[begin : begin + _BLOCK].tolist(), start=begin + 1):
            # A word is new in its stretch where it last stood before the stretch began.
            if last < start:
                types += 1
            if types / (position - start) <= threshold:
                factors += 1
                start, types = position, 0
    if position > start:
        factors += (1 - types / (position - start)) / (1 - threshold)
    return factors
