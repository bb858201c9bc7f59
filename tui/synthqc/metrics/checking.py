"""The exact check of proposed pairs, chunk by chunk, here or on other processes."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .equality import normalised_all
from .nearpairs import TOLERANCE
from .shingles import sets_of, similarities
from .spread import in_order

_CHUNK = 1 << 17
"""Characters of the texts that are compared at a time, so that their arrays stay in the processor's cache."""


def near_similarities(
    texts: Sequence[str], lengths: NDArray[np.int64], pairs: NDArray[np.int64], *, threshold: float, size: int
) -> NDArray[np.float64]:
    """Jaccard similarity of the pairs that reach a threshold, and 0 for all others.

    Args:
        texts: Texts as they were given, none of them blank.
        lengths: Their characters, so that only the texts of pairs are looked at.
        pairs: Positions, pairs by 2; pairs of the same texts side by side save work.
        threshold: Similarity to reach, above 0 and up to 1.
        size: Characters in a shingle.
    """
    found = in_order(_chunk_similarities, _jobs(texts, lengths, pairs, threshold, size))
    return np.concatenate([np.empty(0), *found])


_Job = tuple[list[str], NDArray[np.int64], float, int]
"""Texts, the places of each pair among them, threshold and shingle size."""


def _jobs(
    texts: Sequence[str], lengths: NDArray[np.int64], pairs: NDArray[np.int64], threshold: float, size: int
) -> Iterator[_Job]:
    for start, stop in _chunks(pairs, lengths):
        members, places = np.unique(pairs[start:stop], return_inverse=True)
        yield [texts[member] for member in members.tolist()], places.reshape(-1, 2), threshold, size


def _chunk_similarities(job: _Job) -> NDArray[np.float64]:
    texts, places, threshold, size = job
    found = similarities(sets_of(normalised_all(texts), size), places)
    found[found < threshold - TOLERANCE] = 0
    return found


def _chunks(pairs: NDArray[np.int64], lengths: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Runs of pairs whose texts have about `_CHUNK` characters together, at least a pair each.

    A first text that stands in the pair before as well is counted once.
    """
    is_new = np.concatenate(([True], pairs[1:, 0] != pairs[:-1, 0]))
    ends = np.cumsum(lengths[pairs[:, 1]] + lengths[pairs[:, 0]] * is_new)
    start = 0
    while start < ends.size:
        reached = (int(ends[start - 1]) if start else 0) + _CHUNK
        stop = max(start + 1, int(np.searchsorted(ends, reached, side="right")))
        yield start, stop
        start = stop
