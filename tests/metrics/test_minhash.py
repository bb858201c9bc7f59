"""MinHash: signatures that estimate Jaccard, whatever stands beside a text, and bands that propose what is near."""

import random

import datasketch
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.duplicates import duplicates_of, jaccard
from synthqc.metrics.minhash import PERMUTATIONS, bands_for, bands_of, signatures_of
from synthqc.metrics.shingles import codes_of, shingles
from synthqc.metrics.sketches import Sketches, runs_of, sketches_of

TEXTS = st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=12)


def signatures(texts: list[str], shingle: int) -> np.ndarray:
    return signatures_of(*codes_of(texts, shingle))


def test_equal_texts_have_equal_signatures_and_others_hardly_agree() -> None:
    found = signatures(["the same text", "the same text", "nothing in common here"], 5)
    assert found.shape == (3, PERMUTATIONS)
    assert (found[0] == found[1]).all()
    assert (found[0] == found[2]).mean() < 0.05


@given(TEXTS, st.integers(1, 7))
def test_a_signature_does_not_depend_on_its_neighbours(texts: list[str], shingle: int) -> None:
    together = signatures(texts, shingle)
    for number, text in enumerate(texts):
        assert (signatures([text], shingle)[0] == together[number]).all()


@pytest.mark.parametrize("changes", [1, 5, 20, 60])
def test_the_share_of_equal_values_estimates_jaccard(changes: int) -> None:
    chance = random.Random(changes)
    words = [str(chance.random())[2:8] for _ in range(120)]
    other = list(words)
    for place in chance.sample(range(120), changes):
        other[place] = str(chance.random())[2:8]
    first, second = " ".join(words), " ".join(other)
    true = jaccard(shingles(first, 5), shingles(second, 5))
    found = signatures([first, second], 5)
    # Four standard errors of 128 draws.
    assert (found[0] == found[1]).mean() == pytest.approx(
        true, abs=4 * (true * (1 - true) / PERMUTATIONS) ** 0.5 + 0.01
    )


def test_bands_propose_what_agrees_in_one() -> None:
    found = np.zeros((4, PERMUTATIONS), dtype=np.uint32)
    found[:] = np.arange(4, dtype=np.uint32)[:, None] * 1000 + np.arange(PERMUTATIONS, dtype=np.uint32)
    found[3, 6:12] = found[1, 6:12]
    nothing = np.zeros((4, 1), dtype=np.uint64)
    sketches = Sketches(bands_of(found, 21, 6).T, found.astype(np.uint8), nothing, np.ones(4, dtype=np.int64))
    together = [sorted(order.tolist()) for order, _ in runs_of(sketches, 6)]
    assert together == [[], [1, 3], *[[]] * 19]


def test_in_a_run_the_most_alike_stand_side_by_side() -> None:
    # All agree in the first band; text 0 and text 4 in the next eight values as well.
    found = np.random.default_rng(2).integers(0, 2**32, (5, PERMUTATIONS), dtype=np.uint32)
    found[:, :6] = 7
    found[4, 6:14] = found[0, 6:14]
    nothing = np.zeros((5, 1), dtype=np.uint64)
    sketches = Sketches(bands_of(found, 1, 6).T, found.astype(np.uint8), nothing, np.ones(5, dtype=np.int64))
    [(order, _)] = runs_of(sketches, 6)
    places = order.tolist()
    assert abs(places.index(0) - places.index(4)) == 1


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.8, 0.9])
@pytest.mark.parametrize("elements", [10, 40, 160, 640])
def test_bands_miss_as_few_pairs_at_the_threshold_as_they_should(threshold: float, elements: int) -> None:
    chance, pairs = np.random.default_rng(elements), 1_000
    shared = round(threshold * elements)
    own = (elements - shared) // 2
    codes = chance.integers(0, 2**64, (pairs, shared + 2 * own), dtype=np.uint64)
    first, second = codes[:, : shared + own], np.concatenate([codes[:, :shared], codes[:, shared + own :]], axis=1)
    begins = np.arange(pairs) * (shared + own)
    shape = bands_for(threshold)
    one, other = (bands_of(signatures_of(each.ravel(), begins), *shape) for each in (first, second))
    # Bands are chosen to miss at most 1 %; of 1,000 pairs that is 10, and 20 would be three deviations more.
    assert (one != other).all(axis=1).sum() <= 20


def test_it_finds_what_an_independent_implementation_finds() -> None:
    chance = random.Random(4)
    words = [str(chance.random())[2:8] for _ in range(3_000)]
    records = [" ".join(chance.choices(words, k=40)) for _ in range(600)]
    for number in range(0, 600, 3):
        changed = records[number].split()
        changed[chance.randrange(40)] = "changed"
        records.append(" ".join(changed))
    ours = duplicates_of(records, threshold=0.7, exact_limit=10)
    exact = duplicates_of(records, threshold=0.7)
    bands = bands_for(0.7)
    index = datasketch.MinHashLSH(threshold=0.7, num_perm=128, params=bands)
    theirs = 0
    for position, record in enumerate(records):
        signature = datasketch.MinHash(num_perm=128, seed=1)
        signature.update_batch([one.encode() for one in shingles(record, 5)])
        theirs += any(
            jaccard(shingles(records[other], 5), shingles(record, 5)) >= 0.7 for other in index.query(signature)
        )
        index.insert(position, signature)
    assert exact.groups == ours.groups
    assert len(exact.groups) == 200
    assert theirs == 200


def test_a_run_is_stopped_by_its_watch() -> None:
    class EnoughError(Exception):
        pass

    def watch(_done: int, _of: int) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        sketches_of(["a text"], 5, (21, 6), watch)
