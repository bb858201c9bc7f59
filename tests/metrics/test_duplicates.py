"""Duplicates against hand-worked cases and every pair compared one by one."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthqc.metrics.duplicates import duplicates_of, jaccard
from synthqc.metrics.equality import normalised
from synthqc.metrics.minhash import bands_for, chance_found
from synthqc.metrics.shingles import shingles
from synthqc.metrics.undefined import UndefinedReading

WORDS = [
    "the",
    "order",
    "will",
    "arrive",
    "on",
    "monday",
    "please",
    "wait",
    "for",
    "our",
    "mail",
    "thank",
    "you",
    "dear",
    "customer",
]


def sentences(seed: int, number: int) -> list[str]:
    """Sentences of which many are nearly alike."""
    chance = random.Random(seed)
    bases = [" ".join(chance.choices(WORDS, k=14)) for _ in range(max(2, number // 5))]
    made = []
    for _ in range(number):
        words = chance.choice(bases).split()
        for _ in range(chance.randint(0, 2)):
            words[chance.randrange(len(words))] = chance.choice(WORDS)
        made.append(" ".join(words))
    return made


def brute_force(records: list[str], threshold: float, size: int = 5) -> tuple[int, set[frozenset[int]]]:
    """Near pairs of different texts, and the groups that equality and nearness make."""
    texts = [normalised(record) for record in records]
    near, links = 0, []
    seen = {text: position for position, text in reversed(list(enumerate(texts)))}
    for first, second in itertools.combinations(range(len(texts)), 2):
        if texts[first] == texts[second]:
            links.append((first, second))
        elif jaccard(shingles(texts[first], size), shingles(texts[second], size)) >= threshold:
            links.append((first, second))
            near += seen[texts[first]] == first and seen[texts[second]] == second
    groups = {position: {position} for position in range(len(texts))}
    for first, second in links:
        merged = groups[first] | groups[second]
        for position in merged:
            groups[position] = merged
    return near, {frozenset(group) for group in groups.values() if len(group) > 1}


def test_a_case_worked_by_hand() -> None:
    # abcde / bcdef / cdefg and abcde / bcdef / cdefx share 2 of 4 shingles.
    assert shingles("abcdefg", 5) == {"abcde", "bcdef", "cdefg"}
    assert jaccard(shingles("abcdefg", 5), shingles("abcdefx", 5)) == 0.5
    found = duplicates_of(["abcdefg", "ABCDEFG ", "abcdefx", "", "other text"], threshold=0.5)
    assert found.exact == ((0, 1),)
    assert [(pair.first, pair.second, pair.similarity) for pair in found.pairs] == [(0, 2, 0.5)]
    assert found.n_pairs == 1
    assert found.groups == ((0, 1, 2),)
    assert found.empty == (3,)
    assert found.repeating == 3


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 40), st.sampled_from([0.4, 0.6, 0.8, 1.0]))
def test_every_pair_is_found(seed: int, number: int, threshold: float) -> None:
    records = sentences(seed, number)
    near, groups = brute_force(records, threshold)
    found = duplicates_of(records, threshold=threshold)
    assert found.n_pairs == near
    assert {frozenset(group) for group in found.groups} == groups


def test_beyond_the_limit_minhash_finds_the_same_groups() -> None:
    records = sentences(3, 400)
    exact = duplicates_of(records, threshold=0.7)
    proposed = duplicates_of(records, threshold=0.7, exact_limit=10)
    assert "every pair" in exact.method
    assert "MinHash LSH" in proposed.method
    assert proposed.n_pairs is None
    found, wanted = set(map(frozenset, proposed.groups)), set(map(frozenset, exact.groups))
    # Bands miss a pair at the threshold with a chance of at most 1 %; groups hang together by many pairs.
    assert len(found & wanted) >= 0.95 * len(wanted)
    assert proposed.repeating >= 0.98 * exact.repeating


@given(st.permutations(sentences(1, 8)))
def test_the_order_of_records_changes_no_count(records: list[str]) -> None:
    found, plain = duplicates_of(records, threshold=0.5), duplicates_of(sentences(1, 8), threshold=0.5)
    assert found.repeating == plain.repeating
    assert found.n_pairs == plain.n_pairs


def test_a_set_from_one_template_needs_little_memory() -> None:
    records = [f"Thank you for reaching out, your order number {number} is on its way." for number in range(1_500)]
    found = duplicates_of(records, threshold=0.5)
    assert found.groups == (tuple(range(1_500)),)
    assert found.n_pairs is not None
    assert found.n_pairs > 1_000_000
    assert len(found.pairs) == 100


def test_bands_find_a_pair_at_the_threshold() -> None:
    for threshold in (0.5, 0.7, 0.8, 0.9):
        bands, rows = bands_for(threshold)
        assert bands * rows <= 128
        assert chance_found(threshold, bands, rows) >= 0.99
        assert chance_found(threshold, 128 // (rows + 1), rows + 1) < 0.99
    # The package's own choice at 0.8 would be 9 bands of 13 rows.
    assert chance_found(0.8, 9, 13) == pytest.approx(0.40, abs=0.01)


@pytest.mark.parametrize("records", [[], [""], ["  ", "\n"]])
def test_no_text_is_undefined(records: list[str]) -> None:
    with pytest.raises(UndefinedReading, match="no text"):
        duplicates_of(records)


def test_two_empty_sets_have_no_similarity() -> None:
    with pytest.raises(UndefinedReading):
        jaccard(set(), set())


@pytest.mark.parametrize(("threshold", "shingle"), [(0, 5), (1.1, 5), (0.5, 0)])
def test_values_out_of_range_are_refused(threshold: float, shingle: int) -> None:
    with pytest.raises(ValueError, match="allowed are"):
        duplicates_of(["a"], threshold=threshold, shingle=shingle)


def test_a_watch_can_stop_a_run() -> None:
    class EnoughError(Exception):
        pass

    def watch(_done: int, _of: int) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        duplicates_of(["one text", "another text"], watch=watch)
