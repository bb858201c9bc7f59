"""Clusters: groups worked by hand, and what holds for any likeness."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.clusters import SMALLEST, clusters_of, covered_share, nearest_other, neighboured_share
from synthqc.metrics.undefined import UndefinedReading


def likeness_of(groups: list[int], within: float, between: float) -> np.ndarray:
    label = [n for n, size in enumerate(groups) for _ in range(size)]
    found = np.array([[within if a == b else between for b in label] for a in label])
    np.fill_diagonal(found, 1)
    return found


def test_two_groups_and_a_loner() -> None:
    found = clusters_of(likeness_of([4, 3, 1], 0.9, 0.1), 0.5)
    assert [set(one) for one in found.members] == [{0, 1, 2, 3}, {4, 5, 6}]
    assert found.within == pytest.approx(0.9)
    assert found.separation == pytest.approx(0.9)


def test_equal_lines_are_neighbours_also_at_a_likeness_of_one() -> None:
    # The cosine of a vector with itself, computed: 0.9999999999999998.
    likeness = np.full((3, 3), 1 - 2**-52)
    np.fill_diagonal(likeness, 1)
    assert len(clusters_of(likeness, 1).members) == 1
    assert covered_share(likeness[:2], 1) == 1
    assert neighboured_share(nearest_other(likeness), 1) == 1
    assert neighboured_share([0.5, 0.4, 0.1], 0.4) == pytest.approx(2 / 3)
    with pytest.raises(UndefinedReading, match="no line that could have a neighbour"):
        neighboured_share([], 0.5)
    with pytest.raises(ValueError, match="allowed is -1 to 1"):
        neighboured_share([0.5], 2)


def test_the_line_with_the_most_neighbours_leads() -> None:
    # 1 is near 0, 2 and 3; those are near nothing else.
    likeness = np.eye(4)
    for other in (0, 2, 3):
        likeness[1, other] = likeness[other, 1] = 0.8
    [members] = clusters_of(likeness, 0.5).members
    assert members[0] == 1
    assert set(members) == {0, 1, 2, 3}


def test_no_cluster_has_no_likeness() -> None:
    found = clusters_of(np.eye(5), 0.5)
    assert found.members == ()
    assert found.within is None
    assert found.separation is None


@pytest.mark.parametrize("n", [0, 1])
def test_it_takes_two(n: int) -> None:
    with pytest.raises(UndefinedReading, match="it takes two"):
        clusters_of(np.ones((n, n)), 0.5)


@given(st.integers(2, 14), st.floats(0.1, 1), st.integers(0, 1000))
def test_no_line_is_in_two_clusters_and_each_is_near_its_centre(n: int, threshold: float, seed: int) -> None:
    chance = np.random.default_rng(seed)
    half = chance.random((n, n))
    likeness = (half + half.T) / 2
    np.fill_diagonal(likeness, 1)
    found = clusters_of(likeness, threshold)
    everyone = [line for one in found.members for line in one]
    assert len(everyone) == len(set(everyone))
    for one in found.members:
        assert len(one) >= SMALLEST
        assert all(likeness[one[0], line] >= threshold for line in one)


def test_fewer_than_three_are_no_cluster_whatever_remains() -> None:
    found = clusters_of(likeness_of([3, 2, 2, 1], 0.9, 0.1), 0.5)
    assert [set(one) for one in found.members] == [{0, 1, 2}]


def test_the_nearest_other_line_worked_by_hand() -> None:
    found = nearest_other([[1, 0.2, 0.9], [0.2, 1, 0.4], [0.9, 0.4, 1]])
    assert found.tolist() == [0.9, 0.4, 0.9]
    assert nearest_other([[1, 1], [1, 1]]).tolist() == [1, 1]
    with pytest.raises(UndefinedReading, match="it takes two"):
        nearest_other([[1]])


@given(st.integers(2, 10), st.integers(0, 1000))
def test_a_copy_brings_its_line_a_neighbour_and_nobody_loses_one(n: int, seed: int) -> None:
    vectors = np.random.default_rng(seed).standard_normal((n, 3))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    def nearest(rows: np.ndarray) -> np.ndarray:
        products = np.clip(rows @ rows.T, -1, 1)
        np.fill_diagonal(products, 1)
        return nearest_other(products)

    before, after = nearest(vectors), nearest(np.vstack([vectors, vectors[:1]]))
    assert after[0] == pytest.approx(1)
    assert (after[:-1] >= before - 1e-12).all()


def test_the_share_that_is_covered_worked_by_hand() -> None:
    likeness = [[0.9, 0.1], [0.2, 0.5], [0.4, 0.3]]
    assert covered_share(likeness, 0.5) == pytest.approx(2 / 3)
    assert covered_share(likeness, 0.95) == 0
    assert covered_share(likeness, -1) == 1
    for nothing in ([], [[], []]):
        with pytest.raises(UndefinedReading, match="nothing"):
            covered_share(nothing, 0.5)


@pytest.mark.parametrize(
    ("likeness", "threshold", "said"),
    [
        ([[1, 0], [0, 1]], 2, "threshold is 2"),
        ([[1, 0], [0, 1]], float("nan"), "threshold is nan"),
        ([[1, float("nan")], [float("nan"), 1]], 0.5, "NaN"),
        ([[1, 0.5], [0.1, 1]], 0.5, "not symmetric"),
        ([[1, 0, 0], [0, 1, 0]], 0.5, "2 rows and 3 columns"),
    ],
)
def test_what_is_no_likeness_is_refused(likeness: list, threshold: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        clusters_of(likeness, threshold)
