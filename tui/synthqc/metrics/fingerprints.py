"""Fingerprints of sets: a few bits by which most pairs that are not alike enough are told apart, without error."""

import numpy as np
from numpy.typing import NDArray

_BITS_AN_ELEMENT = 4
"""With so many, few elements of a set have to share a bit."""

_FEWEST_BITS, _MOST_BITS = 512, 4096

_AT_ONCE = 2048
"""Pairs that are compared at a time, so that their fingerprints stay in the processor's cache."""

_ROUNDING = 1e-9


def bits_for(elements: float) -> int:
    """Bits of a fingerprint, a power of two, for sets with so many elements on average."""
    wanted = 1 << int(_BITS_AN_ELEMENT * elements).bit_length()
    return min(max(_FEWEST_BITS, wanted), _MOST_BITS)


def fingerprints_of(
    numbers: NDArray[np.int64] | NDArray[np.uint64], owners: NDArray[np.int64], sets: int, bits: int
) -> NDArray[np.uint64]:
    """The fingerprints of sets: a bit for each element, or for several.

    Args:
        numbers: A number for each element, equal where elements are equal.
        owners: The set that each element belongs to.
        sets: How many sets there are.
        bits: Bits of a fingerprint, a power of two from 64 on.

    Returns:
        Sets by a 64th of the bits.
    """
    is_set = np.zeros((sets, bits), dtype=bool)
    is_set[owners, (numbers & numbers.dtype.type(bits - 1)).view(np.int64)] = True
    return np.packbits(is_set, axis=1).view(np.uint64)


def can_reach(
    prints: NDArray[np.uint64], sizes: NDArray[np.int64], pairs: NDArray[np.int64], threshold: float
) -> NDArray[np.bool_]:
    """Which pairs of sets may reach a similarity: all that do, and few others.

    A bit that only one of two sets has stands for an element at least that only this one has.

    Args:
        prints: Fingerprints of the sets.
        sizes: Elements of the sets, or more.
        pairs: Places of the two sets of each pair, pairs by 2.
        threshold: Jaccard similarity, above 0 and up to 1.
    """
    result = np.empty(pairs.shape[0], dtype=bool)
    for start in range(0, pairs.shape[0], _AT_ONCE):
        first, second = pairs[start : start + _AT_ONCE].T
        apart = np.bitwise_count(prints[first] ^ prints[second]).sum(axis=1, dtype=np.int64)
        # Shared over all is at least t just where those of one alone are at most (1 - t) / (1 + t) of both sizes.
        most = (1 - threshold) / (1 + threshold) * (sizes[first] + sizes[second])
        result[start : start + _AT_ONCE] = apart <= most + _ROUNDING
    return result
