"""The Vendi Score: the theorem's two ends, orders, and an independent computation."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.undefined import UndefinedReading
from synthqc.metrics.vectors import likeness, tf_idf
from synthqc.metrics.vendi import effective_number, vendi_score

ORDERS = [0, 0.5, 1, 2, math.inf]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("n", [1, 2, 7])
def test_all_alike_is_one_and_none_alike_is_n(n: int, order: float) -> None:
    assert vendi_score(np.ones((n, n)), order) == pytest.approx(1)
    assert vendi_score(np.eye(n), order) == pytest.approx(n)


def test_two_pairs_of_twins_are_two() -> None:
    pair = np.ones((2, 2))
    kernel = np.block([[pair, np.zeros((2, 2))], [np.zeros((2, 2)), pair]])
    assert vendi_score(kernel) == pytest.approx(2)


def test_two_items_half_alike_worked_by_hand() -> None:
    # Eigenvalues of [[1, .5], [.5, 1]] / 2 are 3/4 and 1/4.
    expected = math.exp(-(0.75 * math.log(0.75) + 0.25 * math.log(0.25)))
    assert vendi_score(np.array([[1, 0.5], [0.5, 1]])) == pytest.approx(expected)
    assert vendi_score(np.array([[1, 0.5], [0.5, 1]]), 2) == pytest.approx(1 / (0.75**2 + 0.25**2))
    assert vendi_score(np.array([[1, 0.5], [0.5, 1]]), math.inf) == pytest.approx(4 / 3)


@given(st.integers(1, 8), st.integers(1, 5), st.integers(0, 1000))
def test_it_lies_between_1_and_n_and_falls_with_the_order(n: int, dimensions: int, seed: int) -> None:
    vectors = np.random.default_rng(seed).standard_normal((n, dimensions))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    scores = [vendi_score(likeness(vectors), order) for order in ORDERS]
    assert all(1 - 1e-6 <= score <= n + 1e-6 for score in scores)
    assert all(a >= b - 1e-6 for a, b in itertools.pairwise(scores))


def test_it_agrees_with_singular_values() -> None:
    vectors = np.random.default_rng(3).standard_normal((12, 4))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    shares = np.linalg.svd(vectors, compute_uv=False) ** 2 / 12
    assert vendi_score(likeness(vectors)) == pytest.approx(float(np.exp(-np.sum(shares * np.log(shares)))))


def test_nothing_and_bad_kernels_are_refused() -> None:
    with pytest.raises(UndefinedReading, match="no items"):
        vendi_score(np.zeros((0, 0)))
    with pytest.raises(ValueError, match="diagonal"):
        vendi_score(np.array([[0.5]]))
    with pytest.raises(ValueError, match="order is -1"):
        effective_number(np.array([1.0]), -1)


def test_tf_idf_worked_by_hand() -> None:
    # Words a, b in lines "a a b" and "b": idf of a is ln(3/2) + 1, of b ln(3/3) + 1 = 1.
    [first, second] = tf_idf([["a", "a", "b"], ["b"]])
    a = 2 * (math.log(1.5) + 1)
    assert first == pytest.approx(np.array([a, 1]) / math.hypot(a, 1))
    assert second == pytest.approx([0, 1])


def test_a_line_without_words_is_like_nothing_but_itself() -> None:
    products = likeness(tf_idf([["a"], []]))
    assert products.tolist() == [[1, 0], [0, 1]]
