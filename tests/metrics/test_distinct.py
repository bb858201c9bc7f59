"""Distinct-N against hand-worked cases and a plain count of sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.distinct import (
    Distinct,
    distinct_at_budget,
    distinct_n,
    expectation_adjusted,
    first_words,
    growth,
    most_repeated,
)
from synthqc.metrics.undefined import UndefinedReading

RECORDS = st.lists(st.lists(st.sampled_from("abcde"), max_size=8), max_size=8)


def counted(records: list[list[str]], n: int) -> tuple[int, int]:
    """Different and all n-grams, by sets of tuples."""
    grams = [tuple(record[start : start + n]) for record in records for start in range(len(record) - n + 1)]
    return len(set(grams)), len(grams)


@pytest.mark.parametrize(
    ("n", "unique", "total"),
    # a b a b: 2 words of 4, bigrams ab ba ab; c: one more word, no bigram
    [(1, 3, 5), (2, 2, 3), (3, 2, 2), (4, 1, 1)],
)
def test_a_case_worked_by_hand(n: int, unique: int, total: int) -> None:
    assert distinct_n([["a", "b", "a", "b"], ["c"]], n) == Distinct(unique, total)


@given(RECORDS, st.integers(1, 5))
def test_it_agrees_with_sets_of_tuples(records: list[list[str]], n: int) -> None:
    unique, total = counted(records, n)
    if total == 0:
        with pytest.raises(UndefinedReading):
            distinct_n(records, n)
    else:
        assert distinct_n(records, n) == Distinct(unique, total)


@given(RECORDS, st.integers(1, 3), st.randoms())
def test_the_order_of_records_changes_nothing(records: list[list[str]], n: int, chance) -> None:
    if counted(records, n)[1]:
        shuffled = records[:]
        chance.shuffle(shuffled)
        assert distinct_n(shuffled, n) == distinct_n(records, n)


def test_many_different_words_do_not_overflow() -> None:
    words = [str(number) for number in range(70_000)]
    assert distinct_n([words, words], 5) == Distinct(69_996, 139_992)


def test_it_falls_as_text_grows() -> None:
    line = ["thank", "you", "for", "your", "order", "number"]
    shares = [distinct_n([[*line, str(number)] for number in range(size)], 2).share for size in (4, 10, 100, 1000)]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.2


@pytest.mark.parametrize("n", [0, -1])
def test_an_n_below_one_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="allowed is 1 and more"):
        distinct_n([["a"]], n)


@pytest.mark.parametrize("records", [[], [[]], [["one"]]])
def test_too_little_text_is_undefined_and_says_why(records: list[list[str]]) -> None:
    with pytest.raises(UndefinedReading, match=r"no words|needs one of at least 2"):
        distinct_n(records, 2)


def test_the_expected_number_of_different_words() -> None:
    # Two draws from two words: 2 (1 - 1/4) = 1.5 different ones are expected.
    assert expectation_adjusted(Distinct(2, 2), 2) == pytest.approx(2 / 1.5)


def test_a_fixed_budget_makes_lengths_comparable() -> None:
    line = ["the", "same", "few", "words", "come", "again", "and", "again", "in", "this", "text"]
    short, long = [line] * 30, [line] * 300
    assert distinct_n(short, 2).share > 5 * distinct_n(long, 2).share
    first = distinct_at_budget(short, 2, tokens=200)
    second = distinct_at_budget(long, 2, tokens=200)
    assert first.mean == pytest.approx(second.mean, abs=0.01)
    assert first == distinct_at_budget(short, 2, tokens=200)
    with pytest.raises(UndefinedReading, match="needs as many"):
        distinct_at_budget([line], 2, tokens=200)


@given(RECORDS, st.integers(0, 30))
def test_the_first_words_are_the_first_words(records: list[list[str]], tokens: int) -> None:
    flat = [word for record in records for word in record]
    assert [word for record in first_words(records, tokens) for word in record] == flat[:tokens]


def test_repeated_ngrams_come_with_their_lines() -> None:
    records = [["a", "b", "c"], ["x"], ["a", "b", "a", "b"]]
    assert most_repeated(records, 2)[0] == (("a", "b"), 3, [0, 2])


@given(RECORDS, st.integers(1, 3), st.integers(1, 9))
def test_growth_is_distinct_n_of_ever_longer_beginnings(records: list[list[str]], n: int, points: int) -> None:
    grams = [tuple(record[start : start + n]) for record in records for start in range(len(record) - n + 1)]
    if not grams:
        with pytest.raises(UndefinedReading):
            growth(records, n, points=points)
        return
    found = growth(records, n, points=points)
    assert found == [(length, len(set(grams[:length])) / length) for length, _ in found]
    assert found[-1][0] == len(grams)
    assert len(found) <= points
