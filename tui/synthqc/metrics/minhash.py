"""MinHash: signatures that agree in a value with a chance equal to the Jaccard similarity of two sets, and bands."""

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = 128
"""Values of a signature, each from a bin of its own; a power of two."""

SEED = 1
"""Draws from which other bins an empty one takes its value."""

FOUND = 0.99
"""Chance with which the bands find a pair that lies at the threshold."""

_MIX = np.uint64(0x9E3779B97F4A7C15)
_BIN_BITS = PERMUTATIONS.bit_length() - 1
_EMPTY = np.uint32(0xFFFFFFFF)
_DETOURS = np.random.default_rng(SEED).integers(0, PERMUTATIONS, (1024, PERMUTATIONS))
"""For each bin, the bins from which it takes its value if it is empty, in the order in which they are tried."""


def bands_for(threshold: float) -> tuple[int, int]:
    """Bands and rows for MinHash LSH: the most rows with which a pair at the threshold is found with chance `FOUND`.

    Args:
        threshold: Jaccard similarity, above 0 and up to 1.

    Returns:
        Bands and rows; their product is at most `PERMUTATIONS`.
    """
    for rows in range(PERMUTATIONS, 1, -1):
        bands = PERMUTATIONS // rows
        if chance_found(threshold, bands, rows) >= FOUND:
            return bands, rows
    return PERMUTATIONS, 1


def chance_found(similarity: float, bands: int, rows: int) -> float:
    """Chance that a pair of that similarity agrees in at least one band: 1 - (1 - s^r)^b.

    Source:
        J. Leskovec, A. Rajaraman, J. Ullman, Mining of Massive Datasets, 3rd ed. (2020), section 3.4.2.
    """
    return float(1.0 - (1.0 - similarity**rows) ** bands)


def signatures_of(codes: NDArray[np.uint64], begins: NDArray[np.int64]) -> NDArray[np.uint32]:
    """MinHash signatures of sets.

    Each element is hashed once, into one of as many bins as there are values; the smallest hash of a bin is its value,
    and an empty bin takes that of another. It takes a tenth of the time of a hash function for each value.

    Args:
        codes: The elements of the sets, one set after the other, as random 64-bit numbers.
        begins: Where each set begins; none is empty.

    Returns:
        An array of sets by `PERMUTATIONS`.

    Source:
        A. Broder (1997), On the resemblance and containment of documents, doi:10.1109/SEQUEN.1997.666900; in one pass:
        P. Li, A. Owen, C.-H. Zhang (2012), One Permutation Hashing, NeurIPS; empty bins: A. Shrivastava (2017), Optimal
        Densification for Fast and Accurate Minwise Hashing, ICML, arXiv:1703.04664.
    """
    counts = np.diff(np.append(begins, codes.size))
    bins = (codes >> np.uint64(64 - _BIN_BITS)).view(np.int64)
    bins += np.repeat(np.arange(begins.size) << _BIN_BITS, counts)
    values = np.full(begins.size * PERMUTATIONS, _EMPTY)
    np.minimum.at(values, bins, (codes >> np.uint64(25)).astype(np.uint32))
    return _filled(values).reshape(-1, PERMUTATIONS)


def _filled(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The values with those of empty bins taken from other bins of the same set, which are not empty themselves."""
    filled = values.copy()
    empty = np.flatnonzero(values == _EMPTY)
    for detour in _DETOURS:
        if not empty.size:
            break
        bins = empty & (PERMUTATIONS - 1)
        found = values[empty - bins + detour[bins]]
        filled[empty] = found
        empty = empty[found == _EMPTY]
    return filled


def bands_of(signatures: NDArray[np.uint32], bands: int, rows: int) -> NDArray[np.uint64]:
    """A code for each band of each signature, sets by bands; equal where all values of the band are.

    Args:
        signatures: Sets by `PERMUTATIONS`.
        bands: Bands of a signature.
        rows: Values in a band.
    """
    codes = np.zeros((signatures.shape[0], bands), dtype=np.uint64)
    for row in range(rows):
        # Sets whose codes agree by accident are proposed for nothing; each pair is checked.
        codes ^= signatures[:, row : bands * rows : rows]
        codes *= _MIX
    return codes
