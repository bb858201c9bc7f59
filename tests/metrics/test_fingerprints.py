"""Fingerprints: they rule out no pair that is alike enough, and most that are not."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.fingerprints import bits_for, can_reach, fingerprints_of

SETS = st.lists(st.sets(st.integers(0, 2**63 - 1), min_size=1, max_size=30), min_size=2, max_size=6)


def prints(sets: list[set[int]], bits: int) -> np.ndarray:
    owners = np.repeat(np.arange(len(sets)), [len(one) for one in sets])
    numbers = np.array([number for one in sets for number in sorted(one)], dtype=np.uint64)
    return fingerprints_of(numbers, owners, len(sets), bits)


@given(SETS, st.sampled_from([64, 512]), st.sampled_from([0.3, 0.5, 0.8, 1.0]), st.integers(0, 3))
def test_no_pair_that_reaches_the_threshold_is_ruled_out(
    sets: list[set[int]], bits: int, threshold: float, more: int
) -> None:
    sets = [*sets, sets[0] | {1}, sets[0]]
    pairs = np.array([(a, b) for a in range(len(sets)) for b in range(a)])
    sizes = np.array([len(one) + more for one in sets])
    may = can_reach(prints(sets, bits), sizes, pairs, threshold)
    for (a, b), kept in zip(pairs.tolist(), may.tolist(), strict=True):
        assert kept or len(sets[a] & sets[b]) / len(sets[a] | sets[b]) < threshold


def test_most_pairs_that_do_not_reach_it_are_ruled_out() -> None:
    chance = np.random.default_rng(0)
    common = chance.integers(0, 2**63, 130, dtype=np.int64)
    # Each shares 130 of its 180 elements with all others: a similarity of 130 / 230.
    sets = [{*common.tolist(), *chance.integers(0, 2**63, 50, dtype=np.int64).tolist()} for _ in range(60)]
    pairs = np.array([(a, b) for a in range(60) for b in range(a)])
    sizes = np.full(60, 180)
    found = prints(sets, bits_for(180))
    assert can_reach(found, sizes, pairs, 0.8).mean() < 0.01
    assert can_reach(found, sizes, pairs, 0.56).all()


def test_bits_grow_with_the_sets_and_have_bounds() -> None:
    assert [bits_for(size) for size in (0, 10, 180, 730, 10**6)] == [512, 512, 1024, 4096, 4096]
