"""MinHash: signatures that estimate Jaccard, whatever stands beside a text, and bands that propose what is near."""

import random

import datasketch
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.duplicates import duplicates_of, jaccard, shingles
from synthqc.metrics.minhash import PERMUTATIONS, bands_for, estimates, runs_in_bands, signatures

TEXTS = st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=12)


def silent(_done: int, _of: int) -> None:
    """Nobody looks."""


def test_equal_texts_have_equal_signatures_and_others_hardly_agree() -> None:
    found = signatures(["the same text", "the same text", "nothing in common here"], 5, silent)
    assert found.shape == (3, PERMUTATIONS)
    assert (found[0] == found[1]).all()
    assert (found[0] == found[2]).mean() < 0.05


@given(TEXTS, st.integers(1, 7))
def test_a_signature_does_not_depend_on_its_neighbours(texts: list[str], shingle: int) -> None:
    together = signatures(texts, shingle, silent)
    for number, text in enumerate(texts):
        assert (signatures([text], shingle, silent)[0] == together[number]).all()


@pytest.mark.parametrize("changes", [1, 5, 20, 60])
def test_the_share_of_equal_values_estimates_jaccard(changes: int) -> None:
    chance = random.Random(changes)
    words = [str(chance.random())[2:8] for _ in range(120)]
    other = list(words)
    for place in chance.sample(range(120), changes):
        other[place] = str(chance.random())[2:8]
    first, second = " ".join(words), " ".join(other)
    true = jaccard(shingles(first, 5), shingles(second, 5))
    found = signatures([first, second], 5, silent)
    # Four standard errors of 128 draws.
    assert (found[0] == found[1]).mean() == pytest.approx(
        true, abs=4 * (true * (1 - true) / PERMUTATIONS) ** 0.5 + 0.01
    )


def test_bands_propose_what_agrees_in_one() -> None:
    found = np.zeros((4, PERMUTATIONS), dtype=np.uint32)
    found[:] = np.arange(4, dtype=np.uint32)[:, None] * 1000 + np.arange(PERMUTATIONS, dtype=np.uint32)
    found[3, 6:12] = found[1, 6:12]
    together = [order.tolist() for order, _ in runs_in_bands(found, 21, 6)]
    assert together == [[], [1, 3], *[[]] * 19]
    assert estimates(found, np.array([[0, 1], [1, 3]])).tolist() == [0, 6 / PERMUTATIONS]


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
        signatures(["a text"], 5, watch)
