"""MinHash signatures and the pairs that their bands propose, in blocks that stay in the processor's cache."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .shingles import codes_of
from .spread import in_order

PERMUTATIONS = 128
"""Values of a signature, each from a bin of its own; a power of two."""

SEED = 1
"""Draws from which other bins an empty one takes its value."""

FOUND = 0.99
"""Chance with which the bands find a pair that lies at the threshold."""

_BLOCK = 1 << 16
"""Shingles hashed at a time, so that their arrays stay in the processor's cache."""

_JOB = 1 << 20
"""Shingles given out at a time: work enough that sending it to another process is worth the while."""

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


def signatures(texts: Sequence[str], shingle: int, watch: Callable[[int, int], None]) -> NDArray[np.uint32]:
    """MinHash signatures of the shingle sets of texts.

    Args:
        texts: Texts, none of them empty.
        shingle: Characters in a shingle; a shorter text is its own shingle.
        watch: Told (done, of) now and then; may raise to stop.

    Returns:
        An array of texts by `PERMUTATIONS`. Each shingle is hashed once, into one of as many bins; the smallest hash of
        a bin is its value, and an empty bin takes that of another. Two texts agree in a value with a chance equal to
        the Jaccard similarity of their sets, as with a hash function for each value, in a tenth of the time.

    Source:
        A. Broder (1997), On the resemblance and containment of documents, doi:10.1109/SEQUEN.1997.666900; in one pass:
        P. Li, A. Owen, C.-H. Zhang (2012), One Permutation Hashing, NeurIPS; empty bins: A. Shrivastava (2017), Optimal
        Densification for Fast and Accurate Minwise Hashing, ICML, arXiv:1703.04664.
    """
    result = np.empty((len(texts), PERMUTATIONS), dtype=np.uint32)
    done = 0
    for rows in in_order(_job_signatures, ((job, shingle) for job in _blocks(texts, shingle, _JOB))):
        watch(done, len(texts))
        result[done : done + rows.shape[0]] = rows
        done += rows.shape[0]
    watch(len(texts), len(texts))
    return result


def _job_signatures(job: tuple[list[str], int]) -> NDArray[np.uint32]:
    texts, shingle = job
    return np.concatenate([_block_signatures(block, shingle) for block in _blocks(texts, shingle, _BLOCK)])


def _block_signatures(texts: list[str], shingle: int) -> NDArray[np.uint32]:
    codes, starts = codes_of(texts, shingle)
    counts = np.diff(np.append(starts, codes.size))
    bins = (codes >> np.uint64(64 - _BIN_BITS)).view(np.int64)
    bins += np.repeat(np.arange(len(texts)) << _BIN_BITS, counts)
    codes >>= np.uint64(25)
    values = np.full(len(texts) * PERMUTATIONS, _EMPTY)
    np.minimum.at(values, bins, codes.astype(np.uint32))
    return _filled(values).reshape(len(texts), PERMUTATIONS)


def _filled(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The values with those of empty bins taken from other bins of the same text, which are not empty themselves."""
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


def estimates(found: NDArray[np.uint32], pairs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Estimated Jaccard similarity of pairs of texts: the share of equal values in their signatures."""
    result = np.empty(pairs.shape[0])
    step = 1 << 14
    for start in range(0, pairs.shape[0], step):
        first, second = pairs[start : start + step].T
        result[start : start + step] = (found[first] == found[second]).mean(axis=1)
    return result


def runs_in_bands(
    found: NDArray[np.uint32], bands: int, rows: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
    """The texts in the order of a band, band by band: texts whose signatures agree in it stand side by side.

    Args:
        found: Signatures.
        bands: Bands of each signature.
        rows: Values in a band.

    Yields:
        Positions of the texts that agree with another one, and their codes: runs of equal codes, positions ascending.
    """
    for band in range(bands):
        codes = np.zeros(found.shape[0], dtype=np.uint64)
        for column in range(band * rows, (band + 1) * rows):
            # Texts whose codes agree by accident are proposed for nothing; each pair is checked.
            codes = (codes ^ found[:, column]) * _MIX
        order = np.argsort(codes, kind="stable")
        codes = codes[order]
        is_same = codes[1:] == codes[:-1]
        kept = np.append(is_same, False) | np.append(False, is_same)
        yield order[kept], codes[kept]


def _blocks(texts: Sequence[str], shingle: int, most: int) -> Iterator[list[str]]:
    """Runs of texts that have about so many shingles together."""
    block: list[str] = []
    held = 0
    for text in texts:
        block.append(text)
        held += max(1, len(text) - shingle + 1)
        if held >= most:
            yield block
            block, held = [], 0
    if block:
        yield block
