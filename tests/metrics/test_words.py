"""Words as codes against the tokeniser that makes strings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.tokens import tokenised
from synthqc.metrics.words import as_words, coded, gram_starts, grams_of, numbered

SIGNS = st.sampled_from("abAB09'-’ \n_.éßÅ模型“—\u0301\u0e01👍")
TEXTS = st.lists(st.one_of(st.text(SIGNS, max_size=20), st.text(max_size=20)), max_size=8)


def assert_same_words(records: list[str]) -> None:
    words, strings = coded(records), tokenised(records)
    assert words.lengths.tolist() == [len(one) for one in strings]
    known: dict[str, int] = {}
    for word, code in zip([word for one in strings for word in one], words.codes.tolist(), strict=True):
        assert known.setdefault(word, code) == code
    assert len(set(known.values())) == len(known)
    assert [words.split(n) for n in range(len(records))] == strings


@given(TEXTS)
def test_words_have_equal_codes_just_where_they_are_equal(records: list[str]) -> None:
    assert_same_words(records)


@pytest.mark.parametrize(
    "records",
    [
        [],
        [""],
        ["", "one", ""],
        ["word " * 40_000],
        ["a" * 200_000, "a" * 199_999, "b" * 256 + " " + "b" * 257 + " " + "b" * 255],
        [f"line {number} of many, it's so-so" for number in range(10_000)],
        ["İstanbul and ISTANBUL", "don’t don't DON’T"],
        ["模型崩溃是一个问题。", "naïve café"],
    ],
    ids=["none", "empty", "between empty ones", "one long line", "one long word", "many lines", "case", "scripts"],
)
def test_odd_text_is_split_alike(records: list[str]) -> None:
    assert_same_words(records)


LISTS = st.lists(st.lists(st.sampled_from("abc"), max_size=6), max_size=6)


@given(LISTS, st.integers(1, 4))
def test_ngrams_are_those_within_records(records: list[list[str]], n: int) -> None:
    words = as_words(records)
    grams = [tuple(record[start : start + n]) for record in records for start in range(len(record) - n + 1)]
    codes = grams_of(words, n).tolist()
    assert len(codes) == len(grams)
    assert len({*zip(grams, codes, strict=True)}) == len(set(grams)) == len(set(codes))
    flat = [word for record in records for word in record]
    assert [tuple(flat[start : start + n]) for start in gram_starts(words, n).tolist()] == grams


@given(LISTS, st.integers(0, 40))
def test_the_first_words_are_the_first_words(records: list[list[str]], tokens: int) -> None:
    flat = [word for record in records for word in record]
    cut = as_words(records).first(tokens)
    assert [word for n in range(cut.records) for word in cut.split(n)] == flat[:tokens]
    assert cut.codes.tolist() == as_words(records).codes[:tokens].tolist()
    assert cut.begins[-1] == cut.total


@given(LISTS, st.data())
def test_picked_records_are_those_records(records: list[list[str]], data: st.DataObject) -> None:
    picks = data.draw(st.lists(st.integers(0, len(records) - 1), max_size=6)) if records else []
    words = as_words(records).of(np.array(picks, dtype=np.int64))
    assert [list(words.split(n)) for n in range(words.records)] == [records[pick] for pick in picks]
    assert words.lengths.tolist() == [len(records[pick]) for pick in picks]


@given(LISTS)
def test_words_are_numbered_by_first_sight(records: list[list[str]]) -> None:
    flat = [word for record in records for word in record]
    numbers, different = numbered(as_words(records))
    order = list(dict.fromkeys(flat))
    assert numbers.tolist() == [order.index(word) for word in flat]
    assert different == len(order)
