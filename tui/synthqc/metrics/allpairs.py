"""All near pairs of a few thousand texts, exactly."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .equality import normalised_all
from .nearpairs import PAIRS_KEPT, TOLERANCE, NearPairs
from .prefixes import pairs_to_compare
from .shingles import sets_by_rarity, shingles, similarities

_EXACTLY = "every pair compared"


def every_pair(texts: Sequence[str], threshold: float, size: int, watch: Callable[[int, int], None]) -> NearPairs:
    """All pairs of different texts at or above a similarity, exactly.

    Args:
        texts: Different texts as they were given, none of them blank.
        threshold: Jaccard similarity, above 0 and up to 1.
        size: Characters in a shingle; a shorter text is its own shingle.
        watch: Told (done, of) now and then; may raise to stop.
    """
    watch(0, len(texts))
    normal = normalised_all(texts)
    sets = sets_by_rarity(normal, size)
    pairs = pairs_to_compare(sets, threshold)
    if pairs is None:
        return _counted_pairs(normal, threshold, size, watch)
    similarity = similarities(sets, pairs)
    is_near = similarity >= threshold - TOLERANCE
    found = NearPairs(_EXACTLY, int(is_near.sum()))
    found.links = [(first, second) for first, second in pairs[is_near].tolist()]
    near = zip(similarity[is_near].tolist(), found.links, strict=True)
    found.keep([(alike, first, second) for alike, (first, second) in near])
    watch(len(texts), len(texts))
    return found


def _counted_pairs(texts: list[str], threshold: float, size: int, watch: Callable[[int, int], None]) -> NearPairs:
    """The same where many texts are alike: each text's shared shingles counted with all others at once."""
    index = _Index([shingles(text, size) for text in texts])
    found = NearPairs(_EXACTLY)
    joined = np.arange(len(texts))
    for position in range(len(texts)):
        if position % _LOOK_EVERY == 0:
            watch(position, len(texts))
        similarity = index.similarity(position, threshold)
        if similarity is None:
            continue
        others = np.flatnonzero(similarity >= threshold - TOLERANCE)
        found.n_pairs = (found.n_pairs or 0) + others.size
        strongest = others[np.argsort(-similarity[others], kind="stable")[:PAIRS_KEPT]]
        found.keep([(float(similarity[other]), position, int(other)) for other in strongest])
        # One link for each group that is met is enough to connect them.
        for other in others[np.unique(joined[others], return_index=True)[1]]:
            if joined[other] != joined[position]:
                found.links.append((position, int(other)))
                joined[joined == joined[other]] = joined[position]
    watch(len(texts), len(texts))
    return found


class _Index:
    """Which texts hold which shingles.

    Shingles that stand in the very same texts are counted as one with a weight: in texts from one template almost all
    do, and counting them one by one would take a hundred times as long.
    """

    def __init__(self, sets: list[set[str]]) -> None:
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for position, each in enumerate(sets):
            for one in each:
                holders[one].append(position)
        # A shingle that stands in no other text adds nothing.
        weights = Counter(tuple(texts) for texts in holders.values() if len(texts) > 1)
        self._columns = [np.array(texts) for texts in weights]
        self._weights = list(weights.values())
        self._own: list[list[int]] = [[] for _ in sets]
        for column, texts in enumerate(weights):
            for position in texts:
                self._own[position].append(column)
        self._lengths = np.array([len(each) for each in sets])

    def similarity(self, position: int, threshold: float) -> "np.ndarray[Any, np.dtype[np.float64]] | None":
        """Jaccard similarity with every later text, 0 for the others; None where no text can reach the threshold."""
        own = self._own[position]
        if sum(self._weights[column] for column in own) < threshold * self._lengths[position] - 1e-9:
            return None
        if not own:
            return None
        texts = np.concatenate([self._columns[column] for column in own])
        weights = np.repeat([self._weights[column] for column in own], [self._columns[column].size for column in own])
        common = np.bincount(texts, weights=weights, minlength=len(self._lengths))
        similarity: np.ndarray[Any, np.dtype[np.float64]] = common / (self._lengths[position] + self._lengths - common)
        similarity[: position + 1] = 0
        return similarity


_LOOK_EVERY = 25
"""Texts compared between two looks at the watch."""
