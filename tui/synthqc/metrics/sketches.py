"""Sketches of texts: what is kept of each to propose and to rule out near pairs, whatever the length of the texts."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .equality import normalised_all
from .fingerprints import bits_for, fingerprints_of
from .minhash import PERMUTATIONS, bands_of, signatures_of
from .shingles import codes_of
from .spread import blocks_of, in_order

_BLOCK = 1 << 16
"""Characters looked at in one go, so that their arrays stay in the processor's cache."""

_JOB = 1 << 20
"""Characters given out at a time: work enough that sending it to another process is worth the while."""

_FIRST = 1000
"""Texts from which the usual length is taken."""

_NEXT = 8
"""Values after a band by which the texts of a run are sorted; they fill a number of 64 bits."""


@dataclass(frozen=True, slots=True)
class Sketches:
    """Sketches of some texts."""

    bands: NDArray[np.uint64]
    """A code for each band of the MinHash signature, bands by texts."""
    values: NDArray[np.uint8]
    """The low eight bits of each value of the signature, texts by `PERMUTATIONS`."""
    prints: NDArray[np.uint64]
    """Fingerprints of the shingle sets, texts by a 64th of the bits."""
    sizes: NDArray[np.int64]
    """Shingles of each text, repeated ones counted."""


def sketches_of(
    texts: Sequence[str], shingle: int, bands: tuple[int, int], watch: Callable[[int, int], None]
) -> Sketches:
    """Sketches of texts.

    Args:
        texts: Texts as they were given, none of them blank.
        shingle: Characters in a shingle; a shorter text is its own shingle.
        bands: Bands of a signature, and values in a band.
        watch: Told (done, of) now and then; may raise to stop.
    """
    n = len(texts)
    usual = sum(map(len, itertools.islice(texts, _FIRST))) / max(1, min(n, _FIRST))
    bits = bits_for(usual)
    result = Sketches(
        np.empty((bands[0], n), dtype=np.uint64),
        np.empty((n, PERMUTATIONS), dtype=np.uint8),
        np.empty((n, bits // 64), dtype=np.uint64),
        np.empty(n, dtype=np.int64),
    )
    done = 0
    for part in in_order(_sketched, ((job, shingle, bands, bits) for job in blocks_of(texts, _JOB))):
        watch(done, n)
        there = slice(done, done + part.sizes.size)
        result.bands[:, there], result.values[there] = part.bands, part.values
        result.prints[there], result.sizes[there] = part.prints, part.sizes
        done = there.stop
    watch(n, n)
    return result


_Job = tuple[list[str], int, tuple[int, int], int]
"""Texts, shingle size, bands and rows, bits of a fingerprint."""


def _sketched(job: _Job) -> Sketches:
    texts, shingle, bands, bits = job
    parts = [_sketched_block(block, shingle, bands, bits) for block in blocks_of(texts, _BLOCK)]
    return Sketches(
        np.concatenate([part.bands for part in parts], axis=1),
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.prints for part in parts]),
        np.concatenate([part.sizes for part in parts]),
    )


def _sketched_block(texts: list[str], shingle: int, bands: tuple[int, int], bits: int) -> Sketches:
    codes, begins = codes_of(normalised_all(texts), shingle)
    sizes = np.diff(np.append(begins, codes.size))
    signatures = signatures_of(codes, begins)
    owners = np.repeat(np.arange(sizes.size), sizes)
    return Sketches(
        bands_of(signatures, *bands).T,
        signatures.astype(np.uint8),
        fingerprints_of(codes, owners, sizes.size, bits),
        sizes,
    )


def runs_of(sketches: Sketches, rows: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
    """The texts in the order of a band, band by band: texts that agree in it stand side by side.

    Args:
        sketches: Their sketches.
        rows: Values in a band.

    Yields:
        Positions of the texts that agree with another one, and their codes: runs of equal codes. Within a run those
        that agree in the values after the band, too, stand side by side, as in a forest of prefix trees.

    Source:
        M. Bawa, T. Condie, P. Ganesan (2005), LSH Forest, WWW, doi:10.1145/1060745.1060840.
    """
    for band, unsorted in enumerate(sketches.bands):
        order = np.argsort(unsorted)
        codes = unsorted[order]
        is_same = codes[1:] == codes[:-1]
        kept = np.append(is_same, False) | np.append(False, is_same)
        order, codes = order[kept], codes[kept]
        columns = (np.arange(_NEXT) + (band + 1) * rows) % PERMUTATIONS
        following = sketches.values[order[:, None], columns].view(">u8").ravel()
        yield order[np.lexsort((order, following, codes))], codes
