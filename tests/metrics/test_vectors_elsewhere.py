"""Vectors and what is built on them beside scikit-learn and scipy: the same numbers on the same data."""

import math

import numpy as np
import pytest
from scipy import stats
from scipy.linalg import eigh
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import pairwise_distances
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.neighbors import NearestNeighbors

from synthqc.metrics.clusters import clusters_of, covered_share, nearest_other
from synthqc.metrics.components import principal_components
from synthqc.metrics.selection import coverage, groups_reached_by_chance, k_center
from synthqc.metrics.topics import topics_of
from synthqc.metrics.vectors import lexical_likeness, likeness, tf_idf, unit
from synthqc.metrics.vendi import effective_number, vendi_score, vendi_score_of_vectors

SEEDS = range(15)
WORDS = [f"w{n}" for n in range(60)]


def some_vectors(seed: int, n: int = 60, dimensions: int = 8) -> np.ndarray:
    """Vectors around a few directions, of any length."""
    chance = np.random.default_rng(seed)
    middles = chance.standard_normal((5, dimensions))
    rows = middles[chance.integers(0, 5, n)] + 0.3 * chance.standard_normal((n, dimensions))
    return rows * chance.uniform(0.1, 10, (n, 1))


def some_records(seed: int, n: int = 60) -> list[list[str]]:
    """Lines about one of four subjects, with words that all share."""
    chance = np.random.default_rng(seed)
    records = []
    for _ in range(n):
        subject = int(chance.integers(0, 4)) * 12
        own = [WORDS[subject + int(word)] for word in chance.integers(0, 12, 6)]
        records.append(own + [WORDS[48 + int(word)] for word in chance.integers(0, 12, 2)])
    return records


@pytest.mark.parametrize("seed", SEEDS)
def test_likeness_is_the_cosine_of_scikit_learn(seed: int) -> None:
    vectors = some_vectors(seed)
    assert likeness(unit(vectors)) == pytest.approx(cosine_similarity(vectors), abs=1e-12)
    records = some_records(seed)
    assert lexical_likeness(records) == pytest.approx(cosine_similarity(tf_idf(records)), abs=1e-12)


@pytest.mark.parametrize("order", [0.1, 0.5, 1, 2, 7, math.inf])
@pytest.mark.parametrize(("n", "dimensions"), [(60, 8), (8, 60), (30, 30)])
def test_the_vendi_score_is_the_entropy_of_singular_values(n: int, dimensions: int, order: float) -> None:
    vectors = some_vectors(n, n, dimensions)
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    shares = np.linalg.svd(directions / math.sqrt(n), compute_uv=False) ** 2
    if order == 1:
        expected = math.exp(stats.entropy(shares))
    else:
        expected = 1 / shares.max() if math.isinf(order) else float((shares**order).sum()) ** (1 / (1 - order))
    assert vendi_score_of_vectors(vectors, order) == pytest.approx(expected, abs=1e-9)
    assert vendi_score(cosine_similarity(vectors), order) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("order", [0.1, 0.5, 1, 2, math.inf])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_vendi_score_is_that_of_the_package_vendi_score(seed: int, order: float) -> None:
    # What its score_K and entropy_q do, in its own steps: eigenvalues of K / n above 0, then the Rényi entropy.
    kernel = cosine_similarity(some_vectors(seed, 12, 20))
    values = eigh(kernel / 12, eigvals_only=True)
    positive = values[values > 0]
    if order == 1:
        entropy = -(positive * np.log(positive)).sum()
    elif math.isinf(order):
        entropy = -np.log(positive.max())
    else:
        entropy = np.log((positive**order).sum()) / (1 - order)
    assert vendi_score(kernel, order) == pytest.approx(float(np.exp(entropy)), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_effective_number_is_the_entropy_of_scipy_in_bits_too(seed: int) -> None:
    shares = np.random.default_rng(seed).dirichlet(np.ones(12))
    assert math.log2(effective_number(shares.tolist(), 1)) == pytest.approx(stats.entropy(shares, base=2), abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_nearest_other_line_is_that_of_scikit_learn(seed: int) -> None:
    vectors = some_vectors(seed)
    distances, _ = NearestNeighbors(n_neighbors=1, metric="cosine").fit(vectors).kneighbors()
    assert nearest_other(likeness(unit(vectors))) == pytest.approx(1 - distances[:, 0], abs=1e-12)
    real, synthetic = vectors[:20], vectors[20:]
    nearest, _ = NearestNeighbors(n_neighbors=1, metric="cosine").fit(synthetic).kneighbors(real)
    for threshold in (0.5, 0.9, 0.95):
        share = covered_share(cosine_similarity(real, synthetic), threshold)
        assert share == np.mean(1 - nearest[:, 0] >= threshold)


@pytest.mark.parametrize("seed", SEEDS)
def test_likeness_within_and_between_clusters_is_that_of_their_pairs(seed: int) -> None:
    vectors = some_vectors(seed)
    apart = pairwise_distances(vectors, metric="cosine")
    found = clusters_of(likeness(unit(vectors)), 0.8)
    assert len(found.members) > 1
    within = [1 - apart[a, b] for one in found.members for a in one for b in one if a < b]
    assert found.within == pytest.approx(np.mean(within))
    centres = [one[0] for one in found.members]
    assert found.separation == pytest.approx(np.mean([apart[a, b] for a in centres for b in centres if a < b]))


@pytest.mark.parametrize("seed", SEEDS)
def test_topics_fit_as_well_as_the_k_means_of_scikit_learn(seed: int) -> None:
    records = some_records(seed)
    vectors = tf_idf(records)
    topics = topics_of(records, 4)
    ours = np.empty(len(records), dtype=int)
    for label, topic in enumerate(topics):
        ours[list(topic.members)] = label
    theirs = KMeans(4, n_init=3, random_state=seed).fit(vectors).labels_

    def fit(labels: np.ndarray) -> float:
        """What spherical k-means makes large: the lengths of the sums of each group."""
        return sum(float(np.linalg.norm(vectors[labels == label].sum(axis=0))) for label in range(4))

    assert fit(ours) >= fit(theirs) - 1e-9


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("n", "dimensions"), [(60, 8), (8, 60)])
def test_principal_components_are_those_of_scikit_learn(n: int, dimensions: int, seed: int) -> None:
    vectors = unit(some_vectors(seed, n, dimensions))
    theirs = PCA(2, svd_solver="full").fit_transform(vectors)
    assert np.abs(principal_components(likeness(vectors))) == pytest.approx(np.abs(theirs), abs=1e-8)


@pytest.mark.parametrize("seed", SEEDS)
def test_coverage_is_the_distance_to_the_nearest_choice(seed: int) -> None:
    vectors = unit(some_vectors(seed))
    chosen = k_center(likeness(vectors), 6)
    distances, _ = NearestNeighbors(n_neighbors=1, metric="cosine").fit(vectors[chosen]).kneighbors(vectors)
    mean, least = coverage(likeness(vectors), chosen)
    assert mean == pytest.approx(1 - distances.mean(), abs=1e-9)
    assert least == pytest.approx(1 - distances.max(), abs=1e-9)


@pytest.mark.parametrize(("size", "n", "keep"), [(1, 10, 3), (4, 2000, 200), (9, 50, 45), (300, 2000, 7), (5, 5, 1)])
def test_the_chance_to_meet_a_group_is_hypergeometric(size: int, n: int, keep: int) -> None:
    missed = stats.hypergeom.pmf(0, n, size, keep)
    assert groups_reached_by_chance([size], n, keep) == pytest.approx(1 - missed, abs=1e-12)
