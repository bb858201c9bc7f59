"""Distinct-N against hand-worked cases and a plain count of sets."""

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.distinct import (
    Distinct,
    distinct_at_budget,
    distinct_n,
    expectation_adjusted,
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


@pytest.mark.parametrize("n", [0, -1, 1.5, True, math.nan])
def test_an_n_below_one_is_refused(n) -> None:
    with pytest.raises(ValueError, match="allowed is 1 and more"):
        distinct_n([["a"]], n)


@pytest.mark.parametrize("records", [[], [[]], [["one"]]])
def test_too_little_text_is_undefined_and_says_why(records: list[list[str]]) -> None:
    with pytest.raises(UndefinedReading, match=r"no words|needs one of at least 2"):
        distinct_n(records, 2)


def test_the_expected_number_of_different_words() -> None:
    # Two draws from two words: 2 (1 - 1/4) = 1.5 different ones are expected.
    assert expectation_adjusted(Distinct(2, 2), 2) == pytest.approx(2 / 1.5)


@given(st.integers(1, 10**9), st.integers(1, 1000), st.integers(1, 1000))
def test_the_expectation_is_exact_for_any_vocabulary(vocabulary: int, unique: int, total: int) -> None:
    expected = vocabulary * (1 - Fraction(vocabulary - 1, vocabulary) ** total)
    assert expectation_adjusted(Distinct(unique, total), vocabulary) == pytest.approx(float(unique / expected), 1e-12)


@pytest.mark.parametrize("vocabulary", [0, -1, 2.5, math.nan, True])
def test_what_is_no_vocabulary_is_refused(vocabulary) -> None:
    with pytest.raises(ValueError, match=r"the vocabulary is .*, allowed is a whole number from 1"):
        expectation_adjusted(Distinct(1, 1), vocabulary)


@pytest.mark.parametrize("records", [["a text"], [["a"], "a text"], np.array(["a text"])])
def test_letters_are_not_taken_for_words(records) -> None:
    with pytest.raises(ValueError, match=r"is a text, .*'a text'.*; give the list of its words"):
        distinct_n(records, 1)


@pytest.mark.parametrize("points", [0, -1])
def test_a_curve_without_points_is_refused(points: int) -> None:
    with pytest.raises(ValueError, match="1 and more"):
        growth([["a"]], 1, points=points)


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


def plain_repeats(records: list[list[str]], n: int) -> list[tuple[tuple[str, ...], int, tuple[int, ...]]]:
    """By a Counter, which keeps the order of first sight."""
    grams = [
        (tuple(record[start : start + n]), place)
        for place, record in enumerate(records)
        for start in range(len(record) - n + 1)
    ]
    counts = Counter(gram for gram, _ in grams)
    return [
        (gram, count, tuple(dict.fromkeys(place for one, place in grams if one == gram)))
        for gram, count in counts.most_common()
        if count > 1
    ]


@given(RECORDS, st.integers(1, 4), st.integers(1, 5))
def test_repeated_ngrams_come_with_their_lines(records: list[list[str]], n: int, most: int) -> None:
    found = [(one.gram, one.count, one.records) for one in most_repeated(records, n, most=most)]
    assert found == plain_repeats(records, n)[:most]


@pytest.mark.parametrize(("tokens", "draws"), [(0, 5), (5, 0)])
def test_a_draw_of_nothing_is_refused(tokens: int, draws: int) -> None:
    with pytest.raises(ValueError, match="1 and more"):
        distinct_at_budget([["a", "b"]], 1, tokens=tokens, draws=draws)


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
