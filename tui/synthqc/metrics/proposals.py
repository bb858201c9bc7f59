"""Near pairs of very many texts: MinHash LSH proposes them, and each is checked exactly."""

import itertools
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .checking import near_similarities
from .fingerprints import can_reach
from .groups import Groups
from .minhash import SEED, bands_for, chance_found
from .nearpairs import NearPairs
from .sketches import Sketches, runs_of, sketches_of

NEIGHBOURS = 16
"""Texts that agree in a band are compared with so many that follow, the most alike by their signatures first; so up to
17 of them each with each, while a million texts from one template do not make a million million pairs."""

_STEPS = (1, 2, 4, 8, NEIGHBOURS + 1)
"""Neighbours are compared in batches, from each of these distances up to the next, so that of a text's many copies
most are known to belong together before the far ones come up."""


def proposed_pairs(texts: Sequence[str], threshold: float, size: int, watch: Callable[[int, int], None]) -> NearPairs:
    """Pairs at or above a similarity, enough to connect what is near, most of them found.

    Args:
        texts: Different texts as they were given, none of them blank.
        threshold: Jaccard similarity, above 0 and up to 1.
        size: Characters in a shingle; a shorter text is its own shingle.
        watch: Told (done, of) now and then; may raise to stop.
    """
    bands, rows = bands_for(threshold)
    sketches = sketches_of(texts, size, (bands, rows), watch)
    proposals = _Proposals(texts, sketches, threshold, size)
    for number, (order, codes) in enumerate(runs_of(sketches, rows)):
        watch(number, bands)
        for pairs in _neighbours(order, codes):
            proposals.check(pairs)
        proposals.end_band()
    watch(bands, bands)
    missed = 1 - chance_found(threshold, bands, rows)
    proposals.found.method = (
        f"pairs proposed by MinHash LSH ({bands} bands of {rows} rows, seed {SEED}) and checked exactly; a pair right "
        f"at {threshold:g} is missed with chance {missed:.1%}, more often among hundreds that are almost as alike"
    )
    return proposals.found


def _neighbours(order: NDArray[np.int64], codes: NDArray[np.uint64]) -> Iterator[NDArray[np.int64]]:
    """Pairs of texts that stand near each other in a run of equal codes, in batches."""
    same = np.flatnonzero(codes[1:] == codes[:-1])
    for first, stop in itertools.pairwise(_STEPS):
        batch = []
        for distance in range(first, stop):
            batch.append(np.stack([order[same], order[same + distance]], axis=1))
            same = same[same + distance + 1 < codes.size]
            same = same[codes[same] == codes[same + distance + 1]]
        yield np.concatenate(batch)


class _Proposals:
    """What is known of proposed pairs."""

    def __init__(self, texts: Sequence[str], sketches: Sketches, threshold: float, size: int) -> None:
        self.found = NearPairs(n_pairs=None)
        self._groups = Groups(len(texts))
        self._texts, self._sketches, self._threshold, self._size = texts, sketches, threshold, size
        self._rejected = np.empty(0, dtype=np.int64)
        self._rejected_now: list[NDArray[np.int64]] = []

    def check(self, pairs: NDArray[np.int64]) -> None:
        """Joins the pairs that are near, of those that are in different groups and may be near by their sketches."""
        pairs = pairs[self._groups.roots(pairs[:, 0]) != self._groups.roots(pairs[:, 1])]
        pairs = pairs[can_reach(self._sketches.prints, self._sketches.sizes, pairs, self._threshold)]
        codes = pairs.min(axis=1) * len(self._texts) + pairs.max(axis=1)
        codes.sort()
        codes = self._without_rejected(codes)
        pairs = np.stack(np.divmod(codes, len(self._texts)), axis=1)
        similarity = near_similarities(
            self._texts, self._sketches.sizes, pairs, threshold=self._threshold, size=self._size
        )
        is_near = similarity > 0
        self._rejected_now.append(codes[~is_near])
        for alike, (one, other) in zip(similarity[is_near].tolist(), pairs[is_near].tolist(), strict=True):
            self._groups.join(one, other)
            self.found.links.append((one, other))
            self.found.keep([(alike, one, other)])

    def end_band(self) -> None:
        """Remembers what was rejected, so that later bands do not have it checked again."""
        self._rejected = np.sort(np.concatenate([self._rejected, *self._rejected_now]))
        self._rejected_now.clear()

    def _without_rejected(self, codes: NDArray[np.int64]) -> NDArray[np.int64]:
        if not self._rejected.size:
            return codes
        places = np.minimum(np.searchsorted(self._rejected, codes), self._rejected.size - 1)
        new: NDArray[np.int64] = codes[self._rejected[places] != codes]
        return new
