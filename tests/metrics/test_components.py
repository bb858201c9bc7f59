"""Principal components: places worked by hand, and what holds for any likeness."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.components import principal_components
from synthqc.metrics.undefined import UndefinedReading


def test_three_items_at_right_angles_and_a_copy_worked_by_hand() -> None:
    # Two copies of (1, 0) and one (0, 1): on a line of length sqrt(2), the mean at a third of it from the copies.
    places = principal_components([[1, 1, 0], [1, 1, 0], [0, 0, 1]])
    third = np.sqrt(2) / 3
    assert places[:, 0] == pytest.approx([-third, -third, 2 * third])
    assert places[:, 1] == pytest.approx([0, 0, 0])


def test_alike_items_lie_in_one_place() -> None:
    assert principal_components(np.ones((4, 4)), 3) == pytest.approx(np.zeros((4, 3)))


@given(st.integers(2, 12), st.integers(1, 5), st.integers(0, 1000))
def test_distances_in_enough_axes_are_those_of_the_vectors(n: int, dimensions: int, seed: int) -> None:
    vectors = np.random.default_rng(seed).standard_normal((n, dimensions))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    likeness = vectors @ vectors.T
    places = principal_components(likeness, dimensions + 1)
    apart = ((places[:, np.newaxis] - places) ** 2).sum(axis=2)
    assert apart == pytest.approx(2 - 2 * likeness, abs=1e-8)
    spread = places.var(axis=0)
    assert (spread[:-1] >= spread[1:] - 1e-9).all()
    assert places.mean(axis=0) == pytest.approx(np.zeros(dimensions + 1), abs=1e-8)


def test_what_has_no_axes_is_refused() -> None:
    for few in ([], [[1]]):
        with pytest.raises(UndefinedReading, match="it takes two"):
            principal_components(few)
    with pytest.raises(ValueError, match="0 components"):
        principal_components([[1, 0], [0, 1]], 0)
    with pytest.raises(ValueError, match="NaN"):
        principal_components([[1, np.nan], [np.nan, 1]])
