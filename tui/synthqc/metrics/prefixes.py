"""Pairs of shingle sets that can be alike enough, found by the rare shingles that they must have in common."""

import numpy as np
from numpy.typing import NDArray

from .fingerprints import bits_for, can_reach, fingerprints_of
from .shingles import ShingleSets

MOST_PROPOSED = 1000
"""Proposals for each set, on average, above which comparing the rarest shingles saves nothing."""

_ROUNDING = 1e-9
_HALF, _LOW = 32, (1 << 32) - 1


def pairs_to_compare(sets: ShingleSets, threshold: float) -> NDArray[np.int64] | None:
    """All pairs that reach a similarity, and few that do not; None where too many would have to be looked at.

    Two sets that share enough have one of their rarest shingles in common: of a set of s, the s - ceil(t s) + 1 rarest.
    What these propose has to pass a bound of the similarity by fingerprints.

    Args:
        sets: Shingle sets, rare ones first.
        threshold: Jaccard similarity, above 0 and up to 1.

    Returns:
        Places of the earlier and the later set of each pair, pairs by 2, ascending.

    Source:
        R. Bayardo, Y. Ma, R. Srikant (2007), Scaling Up All Pairs Similarity Search, WWW,
        doi:10.1145/1242572.1242591.
    """
    codes = _proposed(sets, threshold)
    if codes is None:
        return None
    n = sets.sizes.size
    first, second = codes // n, codes % n
    smaller, larger = (
        np.minimum(sets.sizes[first], sets.sizes[second]),
        np.maximum(sets.sizes[first], sets.sizes[second]),
    )
    # No pair is more alike than the one is as large as the other.
    pairs = np.stack([first, second], axis=1)[smaller >= threshold * larger - _ROUNDING]
    prints = fingerprints_of(sets.codes, sets.owners, n, bits_for(float(sets.sizes.mean())))
    return pairs[can_reach(prints, sets.sizes, pairs, threshold)]


def _proposed(sets: ShingleSets, threshold: float) -> NDArray[np.int64] | None:
    """Pairs with one of their rarest shingles in common, each once as first * n + second; None where too many.

    It takes a byte of memory for each pair that there could be.
    """
    n = sets.sizes.size
    prefix = sets.sizes - np.ceil(threshold * sets.sizes - _ROUNDING).astype(np.int64) + 1
    owners = np.repeat(np.arange(n), prefix)
    places = np.arange(owners.size) + np.repeat(sets.begins - np.cumsum(prefix) + prefix, prefix)
    index = (sets.codes[places].astype(np.int64) << _HALF) | owners
    index.sort()
    owners, ranks = index & _LOW, index >> _HALF
    same = np.flatnonzero(ranks[1:] == ranks[:-1])
    is_proposed = np.zeros(n * n, dtype=bool)
    distance, proposed = 1, 0
    while same.size:
        proposed += same.size
        if proposed > MOST_PROPOSED * n:
            return None
        is_proposed[owners[same] * n + owners[same + distance]] = True
        distance += 1
        same = same[same + distance < ranks.size]
        same = same[ranks[same] == ranks[same + distance]]
    return np.flatnonzero(is_proposed)
