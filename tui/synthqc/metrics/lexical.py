"""Lexical richness: how varied the words of a text are, with less and less dependence on its length."""

from collections.abc import Sequence

import numpy as np

from .undefined import UndefinedReading

_NO_WORDS = "there are no words to count"


def ttr(tokens: Sequence[str]) -> float:
    """Type-token ratio: different words over all words.

    Args:
        tokens: The words of a text, in order.

    Returns:
        Above 0 and up to 1. It falls as text grows, so compare only texts of one length.

    Raises:
        UndefinedReading: There are no words.

    Source:
        M. C. Templin (1957), Certain Language Skills in Children, University of Minnesota Press.
    """
    if not tokens:
        raise UndefinedReading(_NO_WORDS)
    return len(set(tokens)) / len(tokens)


def mattr(tokens: Sequence[str], window: int = 50) -> float:
    """Moving-average type-token ratio: the mean of the ratio over all windows of one length.

    Args:
        tokens: The words of a text, in order.
        window: Words in a window, at least 1.

    Returns:
        Above 0 and up to 1; nearly independent of the length of the text.

    Raises:
        UndefinedReading: The text has fewer words than one window.
        ValueError: The window is below 1.

    Source:
        M. A. Covington, J. D. McFall (2010), Cutting the Gordian Knot, Journal of Quantitative Linguistics
        17(2):94-100, doi:10.1080/09296171003643098.
    """
    if window < 1:
        raise ValueError(f"the window is {window}, allowed is 1 and more")
    if len(tokens) < window:
        raise UndefinedReading(f"the text has {len(tokens):,} words, MATTR with windows of {window} needs as many")
    last: dict[str, int] = {}
    previous = np.empty(len(tokens), dtype=np.int64)
    for position, token in enumerate(tokens):
        previous[position] = last.get(token, -1)
        last[token] = position
    # A word is new in every window that starts after its last occurrence and no later than itself.
    positions = np.arange(len(tokens))
    first = np.maximum(previous + 1, positions - window + 1)
    first = np.maximum(first, 0)
    end = np.minimum(positions, len(tokens) - window) + 1
    windows = np.maximum(end - first, 0)
    return float(windows.sum()) / (window * (len(tokens) - window + 1))


def mtld(tokens: Sequence[str], threshold: float = 0.72) -> float:
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
        ValueError: The threshold is not between 0 and 1.

    Source:
        P. M. McCarthy, S. Jarvis (2010), MTLD, vocd-D, and HD-D, Behavior Research Methods 42(2):381-392,
        doi:10.3758/BRM.42.2.381. The rule for a ratio equal to the threshold differs between programs; this is
        that of the package lexicalrichness.
    """
    if not 0 < threshold < 1:
        raise ValueError(f"the threshold is {threshold}, allowed is between 0 and 1")
    if not tokens:
        raise UndefinedReading(_NO_WORDS)
    factors = [_factors(tokens, threshold), _factors(tokens[::-1], threshold)]
    if min(factors) == 0:
        raise UndefinedReading("no word occurs twice, so MTLD has no end to count to")
    return sum(len(tokens) / factor for factor in factors) / 2


def _factors(tokens: Sequence[str], threshold: float) -> float:
    factors = 0.0
    seen: set[str] = set()
    length = 0
    for token in tokens:
        length += 1
        seen.add(token)
        if len(seen) <= threshold * length:
            factors += 1
            seen.clear()
            length = 0
    if length:
        factors += (1 - len(seen) / length) / (1 - threshold)
    return factors
