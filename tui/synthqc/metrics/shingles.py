"""Shingles: the runs of characters by which texts are compared, as numbers, and the similarity of sets of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .spread import in_order

_MIX = np.uint64(0x9E3779B97F4A7C15)
_BASE = np.uint64(0x100000001B3)

_OWNER_BITS = 20
"""Bits of a tagged code that say whose it is; 44 are left for the shingle."""

_CODE_BITS = np.uint64(64 - _OWNER_BITS)
_CODE = np.uint64((1 << (64 - _OWNER_BITS)) - 1)

_CHUNK = 1 << 20
"""Characters of the texts that are compared at a time, so that memory stays bounded."""


def codes_of(texts: Sequence[str], size: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """A 64-bit code of each shingle of each text, in order, and where the codes of each text begin.

    Args:
        texts: Texts, none of them empty.
        size: Characters in a shingle; a shorter text is its own shingle.
    """
    # A text shorter than a shingle is filled up by a sign that no text has, so that it stays its own shingle.
    padded = [text if len(text) >= size else text + "\0" * (size - len(text)) for text in texts]
    joined = "".join(padded)
    if joined.isascii():
        signs: NDArray[np.uint64] = np.frombuffer(joined.encode(), dtype=np.uint8).astype(np.uint64)
    else:
        signs = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    lengths = np.fromiter(map(len, padded), dtype=np.int64, count=len(padded))
    windows = signs.size - size + 1
    codes = np.zeros(windows, dtype=np.uint64)
    for offset in range(size):
        codes ^= signs[offset : offset + windows]
        codes *= _BASE
    codes ^= codes >> np.uint64(29)
    codes *= _MIX
    ends = np.cumsum(lengths)
    keep = np.ones(windows, dtype=bool)
    for offset in range(1, size):
        crossing = ends - offset
        keep[crossing[crossing < windows]] = False
    counts = lengths - size + 1
    return codes[keep], np.cumsum(counts) - counts


@dataclass(frozen=True, slots=True)
class ShingleSets:
    """The shingle sets of some texts, one after the other."""

    codes: NDArray[np.uint64]
    """The different shingles of each text, by number."""
    sizes: NDArray[np.int64]
    """How many each text has."""
    begins: NDArray[np.int64]
    """Where each text's begin."""

    @property
    def owners(self) -> NDArray[np.int64]:
        """For each shingle, the place of its text."""
        return np.repeat(np.arange(self.sizes.size), self.sizes)


def sets_of(texts: Sequence[str], size: int) -> ShingleSets:
    """The shingle sets of at most a million texts.

    A shingle is a number of 44 bits, so two different ones of a pair of texts of 1,000 characters are taken for one
    with a chance of about one in ten million.
    """
    codes, begins = codes_of(texts, size)
    owners = np.repeat(np.arange(len(texts), dtype=np.uint64), np.diff(np.append(begins, codes.size)))
    tagged = (owners << _CODE_BITS) | (codes >> np.uint64(_OWNER_BITS))
    tagged.sort()
    if tagged.size:
        tagged = tagged[np.concatenate(([True], tagged[1:] != tagged[:-1]))]
    sizes = np.bincount((tagged >> _CODE_BITS).astype(np.int64), minlength=len(texts))
    return ShingleSets(tagged & _CODE, sizes, np.cumsum(sizes) - sizes)


_PAIRS_AT_ONCE = 4096
"""Pairs whose similarity is computed at a time."""


def similarities(sets: ShingleSets, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Jaccard similarity of pairs of sets: shared elements over all elements, 0 to 1.

    Args:
        sets: The sets, at most a million.
        pairs: Places of the two sets of each pair, pairs by 2.

    Source:
        P. Jaccard (1912), The Distribution of the Flora in the Alpine Zone, New Phytologist 11(2):37-50.
    """
    found = [_similarities(sets, pairs[at : at + _PAIRS_AT_ONCE]) for at in range(0, pairs.shape[0], _PAIRS_AT_ONCE)]
    return np.concatenate([np.empty(0), *found])


def _similarities(sets: ShingleSets, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
    first, second = pairs.T
    tags = np.arange(first.size, dtype=np.uint64) << _CODE_BITS
    tagged = np.concatenate([_gathered(sets, first, tags), _gathered(sets, second, tags)])
    # Two sorted halves, which the stable way merges; the usual one would take five times as long.
    tagged.sort(kind="stable")
    shared = tagged[1:][tagged[1:] == tagged[:-1]]
    common = np.bincount((shared >> _CODE_BITS).astype(np.int64), minlength=first.size)
    return np.asarray(common / (sets.sizes[first] + sets.sizes[second] - common), dtype=np.float64)


def _gathered(sets: ShingleSets, places: NDArray[np.int64], tags: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The shingles of the sets at some places, each with the tag of its place."""
    sizes = sets.sizes[places]
    steps = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    codes: NDArray[np.uint64] = sets.codes[np.repeat(sets.begins[places], sizes) + steps]
    return codes | np.repeat(tags, sizes)


def similarities_of(
    texts: Sequence[str], lengths: NDArray[np.int64], pairs: NDArray[np.int64], size: int
) -> NDArray[np.float64]:
    """Jaccard similarity of pairs of texts, computed chunk by chunk.

    Args:
        texts: Texts, none of them empty.
        lengths: Their characters, so that only the texts of pairs are looked at.
        pairs: Positions, pairs by 2.
        size: Characters in a shingle.
    """
    found = in_order(_chunk_similarities, _chunk_jobs(texts, lengths, pairs, size))
    return np.concatenate([np.empty(0), *found])


_Job = tuple[list[str], NDArray[np.int64], int]


def _chunk_jobs(
    texts: Sequence[str], lengths: NDArray[np.int64], pairs: NDArray[np.int64], size: int
) -> Iterator[_Job]:
    """The texts of each chunk, and the places of each pair among them."""
    for start, stop in _chunks(lengths[pairs].sum(axis=1)):
        members, places = np.unique(pairs[start:stop], return_inverse=True)
        yield [texts[member] for member in members.tolist()], places.reshape(-1, 2), size


def _chunk_similarities(job: _Job) -> NDArray[np.float64]:
    texts, places, size = job
    return similarities(sets_of(texts, size), places)


def _chunks(characters: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Runs of pairs with about `_CHUNK` characters together, at least a pair each."""
    ends = np.cumsum(characters)
    start = 0
    while start < ends.size:
        reached = (int(ends[start - 1]) if start else 0) + _CHUNK
        stop = max(start + 1, int(np.searchsorted(ends, reached, side="right")))
        yield start, stop
        start = stop
