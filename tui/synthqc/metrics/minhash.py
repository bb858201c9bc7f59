"""MinHash signatures and the pairs that their bands propose, in blocks that stay in the processor's cache."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = 128
"""Hash functions of a signature."""

SEED = 1
"""Draws the hash functions."""

FOUND = 0.99
"""Chance with which the bands find a pair that lies at the threshold."""

_BLOCK = 1 << 14
"""Shingles hashed at a time: 64 KB, so that the 128 passes over them read from the cache."""

_MIX = np.uint64(0x9E3779B97F4A7C15)
_BASE = np.uint64(0x100000001B3)


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
        An array of texts by `PERMUTATIONS`: the smallest value of (a x + b) mod 2^32 over the hashes x of the shingles.

    Source:
        A. Broder (1997), On the resemblance and containment of documents, doi:10.1109/SEQUEN.1997.666900.
    """
    chance = np.random.default_rng(SEED)
    factors = chance.integers(0, 2**32, PERMUTATIONS, dtype=np.uint64).astype(np.uint32) | np.uint32(1)
    offsets = chance.integers(0, 2**32, PERMUTATIONS, dtype=np.uint64).astype(np.uint32)
    result = np.empty((len(texts), PERMUTATIONS), dtype=np.uint32)
    for start, stop in _blocks(texts, shingle):
        watch(start, len(texts))
        hashes, starts = _hashes(texts[start:stop], shingle)
        values = np.empty_like(hashes)
        for number in range(PERMUTATIONS):
            np.multiply(hashes, factors[number], out=values)
            np.add(values, offsets[number], out=values)
            result[start:stop, number] = np.minimum.reduceat(values, starts)
    watch(len(texts), len(texts))
    return result


def candidates(found: NDArray[np.uint32], bands: int, rows: int) -> Iterator[NDArray[np.int64]]:
    """Groups of texts whose signatures agree in a band, band by band.

    Args:
        found: Signatures.
        bands: Bands of each signature.
        rows: Values in a band.

    Yields:
        Positions of at least two texts, in ascending order.
    """
    for band in range(bands):
        codes = np.zeros(found.shape[0], dtype=np.uint64)
        for column in range(band * rows, (band + 1) * rows):
            # Texts whose codes agree by accident are proposed for nothing; each pair is checked.
            codes = (codes ^ found[:, column]) * _MIX
        order = np.argsort(codes, kind="stable")
        sorted_codes = codes[order]
        breaks = np.flatnonzero(sorted_codes[1:] != sorted_codes[:-1]) + 1
        begins = np.concatenate(([0], breaks))
        ends = np.concatenate((breaks, [order.size]))
        for run in np.flatnonzero(ends - begins > 1):
            yield order[begins[run] : ends[run]]


def _blocks(texts: Sequence[str], shingle: int) -> Iterator[tuple[int, int]]:
    """Runs of texts that have about `_BLOCK` shingles together."""
    start, held = 0, 0
    for position, text in enumerate(texts):
        held += max(1, len(text) - shingle + 1)
        if held >= _BLOCK:
            yield start, position + 1
            start, held = position + 1, 0
    if start < len(texts):
        yield start, len(texts)


def _hashes(texts: Sequence[str], shingle: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """A hash of each shingle of each text, and where the hashes of each text begin."""
    # A text shorter than a shingle is filled up by a sign that no text has, so that it stays its own shingle.
    padded = [text if len(text) >= shingle else text + "\0" * (shingle - len(text)) for text in texts]
    joined = "".join(padded)
    signs = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter(map(len, padded), dtype=np.int64, count=len(padded))
    windows = signs.size - shingle + 1
    codes = np.zeros(windows, dtype=np.uint64)
    for offset in range(shingle):
        codes = (codes ^ signs[offset : offset + windows]) * _BASE
    codes *= _MIX
    ends = np.cumsum(lengths)
    keep = np.ones(windows, dtype=bool)
    for offset in range(1, shingle):
        crossing = ends - offset
        keep[crossing[crossing < windows]] = False
    counts = lengths - shingle + 1
    return (codes[keep] >> np.uint64(32)).astype(np.uint32), np.cumsum(counts) - counts
