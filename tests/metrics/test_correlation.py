"""Correlation: by hand, by its laws, and as scipy has it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from synthqc.metrics.correlation import pearson, ranks, spearman
from synthqc.metrics.undefined import UndefinedReading

NUMBERS = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=30)


def test_worked_by_hand() -> None:
    # Deviations -1, 0, 1 and -1, 1, 0: products 1, 0, 0; squares 2 and 2.
    assert pearson([1, 2, 3], [4, 6, 5]) == pytest.approx(0.5)
    assert ranks([10, 30, 10, 20]).tolist() == [1.5, 4, 1.5, 3]
    # Ranks 1, 2, 3, 4 and 2, 1, 4, 3: d = 1 four times, 1 - 6 x 4 / (4 x 15).
    assert spearman([1, 2, 3, 4], [20, 10, 400, 300]) == pytest.approx(0.6)
    assert ranks([]).tolist() == []


@given(PAIRS)
def test_as_scipy_has_it(pairs: list[tuple[float, float]]) -> None:
    first, second = zip(*pairs, strict=True)
    if len(set(first)) == 1 or len(set(second)) == 1:
        with pytest.raises(UndefinedReading, match="same value throughout"):
            pearson(first, second)
        return
    assert spearman(first, second) == pytest.approx(stats.spearmanr(first, second).statistic, abs=1e-9)
    assert ranks(first).tolist() == stats.rankdata(first).tolist()
    if min(np.ptp(first), np.ptp(second)) > 1e-2:
        assert pearson(first, second) == pytest.approx(stats.pearsonr(first, second).statistic, abs=1e-6)


@given(PAIRS)
def test_laws(pairs: list[tuple[float, float]]) -> None:
    first, second = (np.array(column) for column in zip(*pairs, strict=True))
    if len(set(first)) == 1 or len(set(second)) == 1:
        return
    for correlation in (pearson, spearman):
        found = correlation(first, second)
        assert -1 <= found <= 1
        assert correlation(second, first) == pytest.approx(found, abs=1e-9)
        assert correlation(-first, second) == pytest.approx(-found, abs=1e-9)
        assert correlation(first, first) == pytest.approx(1)


def test_very_large_and_very_small_numbers_neither_overflow_nor_vanish() -> None:
    assert pearson([1e300, -1e300, 0], [1e-300, -1e-300, 0]) == pytest.approx(1)


@pytest.mark.parametrize("form", [list, tuple, np.array])
def test_lists_tuples_and_arrays_are_taken(form) -> None:
    assert pearson(form([1, 2, 3]), form([1.0, 2.0, 3.0])) == pytest.approx(1)
    assert spearman(form([True, False]), form([2, 1])) == pytest.approx(1)


@pytest.mark.parametrize(
    ("first", "second", "error", "message"),
    [
        ([], [], UndefinedReading, "needs two items or more, there is none"),
        ([1], [1], UndefinedReading, "there is one"),
        ([1, 1], [1, 2], UndefinedReading, "the first column has the same value throughout"),
        ([1, 2], [3, 3], UndefinedReading, "the second column has the same value throughout"),
        ([1, 2], [1, 2, 3], ValueError, "the columns have 2 and 3 numbers"),
        ([1, math.nan], [1, 2], ValueError, "NaN or infinity was given"),
        ([1, 2], [1, math.inf], ValueError, "NaN or infinity was given"),
        (["a", "b"], [1, 2], ValueError, "must be numbers"),
        ([[1, 2]], [[1, 2]], ValueError, "has 2 dimensions"),
    ],
)
def test_what_has_no_correlation(first, second, error, message) -> None:
    with pytest.raises(error, match=message):
        pearson(first, second)
    with pytest.raises(error):
        spearman(first, second)
