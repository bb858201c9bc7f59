"""Shingles: the runs of characters by which texts are compared, as numbers, and the similarity of sets of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MIX = np.uint64(0x9E3779B97F4A7C15)
_BASE = np.uint64(0x100000001B3)

_OWNER_BITS = 20
"""Bits of a tagged code that say whose it is; 44 are left for the shingle."""

_CODE_BITS = np.uint64(64 - _OWNER_BITS)
_CODE = np.uint64((1 << (64 - _OWNER_BITS)) - 1)
_OWNER = np.uint64((1 << _OWNER_BITS) - 1)


def shingles(text: str, size: int) -> set[str]:
    """The runs of `size` characters of a normalised text; a shorter text is its own shingle."""
    if len(text) <= size:
        return {text}
    return {text[start : start + size] for start in range(len(text) - size + 1)}


def codes_of(texts: Sequence[str], size: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """A 64-bit code of each shingle of each text, in order, and where the codes of each text begin.

    Args:
        texts: Texts, none of them empty.
        size: Characters in a shingle; a shorter text is its own shingle.
    """
    # A text shorter than a shingle is filled up by a sign that no text has, so that it stays its own shingle.
    padded = [text if len(text) >= size else text + "\0" * (size - len(text)) for text in texts]
    joined = "".join(padded)
    codes = _mixed(_ascii_windows(joined, size) if joined.isascii() and size <= _PACKED else _windows(joined, size))
    lengths = np.fromiter(map(len, padded), dtype=np.int64, count=len(padded))
    ends = np.cumsum(lengths)
    keep = np.ones(codes.size, dtype=bool)
    for offset in range(1, size):
        crossing = ends - offset
        keep[crossing[crossing < codes.size]] = False
    counts = lengths - size + 1
    return codes[keep], np.cumsum(counts) - counts


_PACKED = 8
"""ASCII characters that fit a number of 64 bits as they are."""


def _ascii_windows(text: str, size: int) -> NDArray[np.uint64]:
    """For each window of an ASCII text a number made of its bytes, read from memory as it lies there."""
    signs = np.frombuffer(text.encode() + bytes(_PACKED - 1), dtype=np.uint8)
    windows = np.ndarray((len(text) - size + 1,), dtype="<u8", buffer=signs, strides=(1,))
    return windows & np.uint64((1 << 8 * size) - 1)


def _windows(text: str, size: int) -> NDArray[np.uint64]:
    """For each window of a text a number: that of its bytes where it is ASCII and short, else a hash."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = signs.size - size + 1
    codes = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        codes ^= signs[offset : offset + count]
        codes *= _BASE
    if size > _PACKED:
        return codes
    is_ascii = signs < np.uint64(128)
    others = np.cumsum(np.concatenate(([False], ~is_ascii)))
    packed = _ascii_windows(np.where(is_ascii, signs, 0).astype(np.uint8).tobytes().decode(), size)
    return np.where(others[size:] == others[:count], packed, codes)


def _mixed(codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The codes with every bit depending on all others; different codes stay different."""
    codes = codes ^ (codes >> np.uint64(29))
    codes *= _MIX
    codes ^= codes >> np.uint64(32)
    codes *= _BASE
    codes ^= codes >> np.uint64(29)
    return codes


@dataclass(frozen=True, slots=True)
class ShingleSets:
    """The shingle sets of some texts, one after the other."""

    codes: NDArray[np.uint64]
    """The different shingles of each text, by number, ascending."""
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
    tagged = tagged[is_first(tagged)]
    sizes = np.bincount((tagged >> _CODE_BITS).astype(np.int64), minlength=len(texts))
    return ShingleSets(tagged & _CODE, sizes, np.cumsum(sizes) - sizes)


def sets_by_rarity(texts: Sequence[str], size: int) -> ShingleSets:
    """The same with ranks for numbers: from 0 for the shingle in the fewest texts on, so that rare ones come first."""
    codes, begins = codes_of(texts, size)
    owners = np.repeat(np.arange(len(texts), dtype=np.uint64), np.diff(np.append(begins, codes.size)))
    # The shingle in the high bits brings the texts that have it together.
    tagged = (codes & ~_OWNER) | owners
    tagged.sort()
    tagged = tagged[is_first(tagged)]
    runs = np.flatnonzero(is_first(tagged & ~_OWNER))
    counts = np.diff(np.append(runs, tagged.size))
    ranks = np.empty(runs.size, dtype=np.uint64)
    ranks[np.argsort(counts, kind="stable")] = np.arange(runs.size, dtype=np.uint64)
    tagged = ((tagged & _OWNER) << _CODE_BITS) | np.repeat(ranks, counts)
    tagged.sort()
    sizes = np.bincount((tagged >> _CODE_BITS).astype(np.int64), minlength=len(texts))
    return ShingleSets(tagged & _CODE, sizes, np.cumsum(sizes) - sizes)


def is_first(codes: NDArray[np.int64] | NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Where a run of equal codes begins."""
    return np.append(codes[:1] == codes[:1], codes[1:] != codes[:-1])


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
