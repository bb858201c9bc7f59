"""The Vendi Score: the theorem's two ends, orders, and an independent computation."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.undefined import UndefinedReading
from synthqc.metrics.vectors import likeness, tf_idf, unit
from synthqc.metrics.vendi import effective_number, vendi_score, vendi_score_of_vectors

ORDERS = [0, 0.1, 0.5, 1, 2, math.inf]


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


def test_two_heaps_are_counted_by_their_shares() -> None:
    # Heaps of 3 and 1 copies have shares 3/4 and 1/4, with nothing in common.
    vectors = [[1, 0], [2, 0], [0.5, 0], [0, 7]]
    by_hand = {0: 2, 0.5: (math.sqrt(0.75) + math.sqrt(0.25)) ** 2, 2: 1 / (0.75**2 + 0.25**2), math.inf: 4 / 3}
    for order, expected in by_hand.items():
        assert vendi_score_of_vectors(vectors, order) == pytest.approx(expected, abs=1e-12)
    assert vendi_score_of_vectors(vectors) == pytest.approx(0.75**-0.75 * 0.25**-0.25, abs=1e-12)


@pytest.mark.parametrize("order", ORDERS)
def test_copies_in_many_blocks_change_nothing(order: float) -> None:
    few = np.random.default_rng(1).standard_normal((500, 6))
    many = np.tile(few, (20, 1))
    assert vendi_score_of_vectors(many, order) == pytest.approx(vendi_score(likeness(unit(few)), order), abs=1e-9)


@given(st.integers(1, 12), st.integers(1, 12), st.floats(0, 20), st.integers(0, 1000))
def test_the_small_form_is_the_large_form(n: int, dimensions: int, order: float, seed: int) -> None:
    chance = np.random.default_rng(seed)
    vectors = chance.standard_normal((n, dimensions)) * 10.0 ** chance.integers(-200, 200, (n, 1))
    vectors[chance.random(n) < 0.2] = 0
    directions = unit(vectors / np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-300))
    assert vendi_score_of_vectors(vectors, order) == pytest.approx(vendi_score(likeness(directions), order), abs=1e-9)


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=9), st.floats(0, 1e6))
def test_the_number_falls_with_the_order_without_a_jump(parts: list[float], order: float) -> None:
    shares = [part / sum(parts) for part in parts]
    here, beyond = effective_number(shares, order), effective_number(shares, order + 1e-9)
    assert 1 / max(shares) - 1e-9 <= here <= len(shares) + 1e-9
    assert here == pytest.approx(beyond, abs=1e-6)


def test_it_passes_order_1_and_reaches_infinity_smoothly() -> None:
    shares = [0.5, 0.3, 0.2]
    for order in (1 - 1e-12, 1 + 1e-12, 1 - 1e-6, 1 + 1e-6):
        assert effective_number(shares, order) == pytest.approx(effective_number(shares, 1), abs=1e-5)
    assert effective_number(shares, 1e300) == pytest.approx(effective_number(shares, math.inf))


def test_lists_and_tuples_do_as_well_as_arrays() -> None:
    assert vendi_score(((1, 0.5), (0.5, 1))) == vendi_score(np.array([[1, 0.5], [0.5, 1]]))
    assert vendi_score_of_vectors([(1, 0), (0, 1)]) == pytest.approx(2)


def test_a_row_of_zeros_is_like_nothing_but_itself() -> None:
    assert vendi_score_of_vectors([[0, 0], [0, 0], [1, 0]]) == pytest.approx(3)
    assert vendi_score_of_vectors([[], []]) == pytest.approx(2)


def test_nothing_is_undefined() -> None:
    for nothing in ([], np.zeros((0, 0)), np.zeros((0, 4))):
        with pytest.raises(UndefinedReading, match="no items"):
            vendi_score_of_vectors(nothing)
    for nothing in ([], np.zeros((0, 0))):
        with pytest.raises(UndefinedReading, match="no items"):
            vendi_score(nothing)
    with pytest.raises(UndefinedReading, match="no shares"):
        effective_number([], 1)


@pytest.mark.parametrize(
    ("kernel", "said"),
    [
        ([[0.5]], "1 on its diagonal"),
        ([[1, 0, 0], [0, 1, 0]], "2 rows and 3 columns"),
        ([[1, 0.5], [0.1, 1]], "not symmetric"),
        ([[1, math.nan], [math.nan, 1]], "NaN or infinity"),
        ([[1, math.inf], [math.inf, 1]], "NaN or infinity"),
        ([[1, 2], [2, 1]], "not positive semi-definite: its least eigenvalue is -1"),
        ([1, 1], "given has 1 dimensions"),
        ([[1, 0], [1]], "all of one length"),
        ([["a"]], "rows of numbers"),
    ],
)
def test_what_is_no_kernel_is_refused(kernel: list, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        vendi_score(kernel)


@pytest.mark.parametrize(
    ("vectors", "said"),
    [([[1, math.nan]], "NaN or infinity"), ([[1, 2], [1]], "all of one length"), ([1, 2], "given has 1 dimensions")],
)
def test_what_are_no_vectors_is_refused(vectors: list, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        vendi_score_of_vectors(vectors)


@pytest.mark.parametrize(
    ("shares", "order", "said"),
    [
        ([1], -1, "order is -1"),
        ([1], math.nan, "order is nan"),
        ([0.5, 0.6], 1, "add up to 1"),
        ([1.5, -0.5], 1, "from 0 to 1"),
        ([math.nan, 1], 1, "from 0 to 1"),
    ],
)
def test_what_are_no_shares_is_refused(shares: list[float], order: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        effective_number(shares, order)


def test_tf_idf_worked_by_hand() -> None:
    # Words a, b in lines "a a b" and "b": idf of a is ln(3/2) + 1, of b ln(3/3) + 1 = 1.
    [first, second] = tf_idf([["a", "a", "b"], ["b"]])
    a = 2 * (math.log(1.5) + 1)
    assert first == pytest.approx(np.array([a, 1]) / math.hypot(a, 1))
    assert second == pytest.approx([0, 1])


def test_a_line_without_words_is_like_nothing_but_itself() -> None:
    products = likeness(tf_idf([["a"], []]))
    assert products.tolist() == [[1, 0], [0, 1]]
