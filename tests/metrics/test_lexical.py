"""Lexical richness against hand-worked cases and plain loops."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.lexical import mattr, mtld, ttr
from synthqc.metrics.undefined import UndefinedReading

WORDS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=80)


def test_cases_worked_by_hand() -> None:
    assert ttr(["a", "b", "a", "c"]) == 0.75
    # Windows a b, b a, a c have 2, 2, 2 different words of 2; windows of three have 2, 3 of 3.
    assert mattr(["a", "b", "a", "c"], 2) == 1.0
    assert mattr(["a", "b", "a", "c"], 3) == pytest.approx((2 / 3 + 3 / 3) / 2)
    # a a falls to 0.5 at once: a factor every two words, both ways.
    assert mtld(["a", "a", "a", "a"]) == 2.0


@given(WORDS, st.integers(1, 20))
def test_mattr_is_the_mean_over_all_windows(words: list[str], window: int) -> None:
    if len(words) < window:
        with pytest.raises(UndefinedReading, match="needs as many"):
            mattr(words, window)
    else:
        ratios = [len(set(words[start : start + window])) / window for start in range(len(words) - window + 1)]
        assert mattr(words, window) == pytest.approx(sum(ratios) / len(ratios), abs=1e-12)


@given(WORDS)
def test_a_window_as_long_as_the_text_gives_the_plain_ratio(words: list[str]) -> None:
    assert mattr(words, len(words)) == pytest.approx(ttr(words))


def factors_by_hand(words: list[str], threshold: float = 0.72) -> float:
    """The definition, word by word."""
    factors, start = 0.0, 0
    for end in range(1, len(words) + 1):
        stretch = words[start:end]
        if len(set(stretch)) / len(stretch) <= threshold:
            factors, start = factors + 1, end
    rest = words[start:]
    return factors + ((1 - len(set(rest)) / len(rest)) / (1 - threshold) if rest else 0)


@given(WORDS)
def test_mtld_follows_its_definition_and_reads_the_same_from_both_ends(words: list[str]) -> None:
    forward, backward = factors_by_hand(words), factors_by_hand(words[::-1])
    if min(forward, backward) == 0:
        with pytest.raises(UndefinedReading, match="no word occurs twice"):
            mtld(words)
    else:
        expected = (len(words) / forward + len(words) / backward) / 2
        assert mtld(words) == pytest.approx(expected)
        assert mtld(words[::-1]) == pytest.approx(expected)


@given(WORDS)
def test_words_as_numbers_give_the_same(words: list[str]) -> None:
    numbers = np.array([ord(word) for word in words])
    assert ttr(numbers) == ttr(words)
    assert mattr(numbers, 1) == mattr(words, 1) == 1
    assert mattr(numbers, len(words) // 2 + 1) == mattr(words, len(words) // 2 + 1)
    if len(set(words)) < len(words):
        assert mtld(numbers) == mtld(words)


def test_a_text_of_many_blocks_is_measured_as_one() -> None:
    chance = np.random.default_rng(3)
    numbers = chance.zipf(1.3, 200_000) % 20_000
    words = [str(number) for number in numbers]
    assert mattr(numbers) == mattr(words) == pytest.approx(plain_mattr(words, 50), abs=1e-12)
    assert mtld(numbers) == mtld(words)
    forward, backward = plain_factors(words), plain_factors(words[::-1])
    assert mtld(words) == pytest.approx((len(words) / forward + len(words) / backward) / 2)


def plain_mattr(words: list[str], window: int) -> float:
    counts = Counter(words[:window])
    total = len(counts)
    for out, new in zip(words, words[window:], strict=False):
        counts[out] -= 1
        if not counts[out]:
            del counts[out]
        counts[new] += 1
        total += len(counts)
    return total / (window * (len(words) - window + 1))


def plain_factors(words: list[str]) -> float:
    factors, seen, length = 0.0, set(), 0
    for word in words:
        seen.add(word)
        length += 1
        if len(seen) / length <= 0.72:
            factors, seen, length = factors + 1, set(), 0
    return factors + ((1 - len(seen) / length) / (1 - 0.72) if length else 0)


@pytest.mark.parametrize("measure", [ttr, mattr, mtld])
@pytest.mark.parametrize("words", [[], np.empty(0, dtype=np.uint64)])
def test_no_words_are_undefined(measure, words) -> None:
    with pytest.raises(UndefinedReading):
        measure(words)


def test_values_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="window is 0"):
        mattr(["a"], 0)
    with pytest.raises(ValueError, match="threshold is 1"):
        mtld(["a"], 1)


@pytest.mark.parametrize("metric", [ttr, mattr, mtld])
@pytest.mark.parametrize("words", ["the cat sat on the mat", np.array([["the", "cat"], ["the", "mat"]])])
def test_what_is_no_list_of_words_is_refused(metric, words) -> None:
    with pytest.raises(ValueError, match=r"give the list of its words|have the shape \(2, 2\)"):
        metric(words)


@pytest.mark.parametrize("window", [0, -1, 2.5, True, math.nan])
def test_what_is_no_window_is_refused(window) -> None:
    with pytest.raises(ValueError, match="allowed is 1 and more"):
        mattr(["a", "b", "c"], window)
