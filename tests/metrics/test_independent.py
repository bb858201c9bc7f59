"""The metrics beside programs that others wrote: the same numbers on the same data."""

import math
import random
import warnings

import krippendorff
import numpy as np
import pytest
from scipy import stats
from sklearn.calibration import calibration_curve
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import brier_score_loss, cohen_kappa_score

from synthqc.metrics.agreement import cohens_kappa, krippendorffs_alpha
from synthqc.metrics.calibration import bins_of, brier_score
from synthqc.metrics.intervals import upper_bound_without_errors, wilson
from synthqc.metrics.vectors import tf_idf
from synthqc.metrics.vendi import effective_number, vendi_score

SEEDS = range(25)


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
@pytest.mark.parametrize("seed", SEEDS)
def test_kappa_is_that_of_scikit_learn(seed: int, weights: str) -> None:
    chance = random.Random(seed)
    kinds = chance.randint(2, 6)
    first = [chance.randrange(kinds) for _ in range(chance.randint(5, 200))]
    second = [label if chance.random() < 0.6 else chance.randrange(kinds) for label in first]
    theirs = cohen_kappa_score(first, second, weights=None if weights == "none" else weights)
    assert cohens_kappa(first, second, weights) == pytest.approx(theirs, abs=1e-12)  # type: ignore[arg-type]


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval", "ratio"])
@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_is_that_of_krippendorff(seed: int, scale: str) -> None:
    chance = random.Random(seed)
    raters, items = chance.randint(2, 5), chance.randint(8, 60)
    true = [chance.choice([1, 2, 5, 9]) for _ in range(items)]
    table = [
        [
            math.nan if chance.random() < 0.2 else one if chance.random() < 0.7 else chance.choice([1, 2, 5, 9])
            for one in true
        ]
        for _ in range(raters)
    ]
    theirs = krippendorff.alpha(np.array(table, dtype=float), level_of_measurement=scale)
    units = [[label for label in labels if not math.isnan(label)] for labels in zip(*table, strict=True)]
    assert krippendorffs_alpha(units, scale) == pytest.approx(theirs, abs=1e-12)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", SEEDS)
def test_brier_and_the_bins_are_those_of_scikit_learn(seed: int) -> None:
    chance = random.Random(seed)
    confidences = [chance.random() for _ in range(200)]
    are_right = [chance.random() < one for one in confidences]
    assert brier_score(confidences, are_right) == pytest.approx(brier_score_loss(are_right, confidences), abs=1e-12)
    accuracies, means = calibration_curve(are_right, confidences, n_bins=10)
    ours = bins_of(confidences, are_right)
    assert [one.accuracy for one in ours] == pytest.approx(accuracies.tolist())
    assert [one.confidence for one in ours] == pytest.approx(means.tolist())


@pytest.mark.parametrize(
    ("successes", "trials"), [(0, 1), (1, 1), (0, 300), (3, 40), (20, 40), (299, 300), (7, 10_000)]
)
def test_intervals_are_those_of_scipy(successes: int, trials: int) -> None:
    theirs = stats.binomtest(successes, trials).proportion_ci(confidence_level=0.95, method="wilson")
    assert wilson(successes, trials) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    if successes == 0:
        exact = stats.beta.ppf(0.95, 1, trials)
        assert upper_bound_without_errors(trials) == pytest.approx(exact, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_effective_number_is_the_entropy_of_scipy(seed: int) -> None:
    chance = np.random.default_rng(seed)
    shares = chance.dirichlet(np.ones(8))
    assert effective_number(shares, 1) == pytest.approx(math.exp(stats.entropy(shares)))
    vectors = chance.standard_normal((12, 5))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    values = np.linalg.svd(vectors / math.sqrt(12), compute_uv=False) ** 2
    assert vendi_score(vectors @ vectors.T) == pytest.approx(math.exp(stats.entropy(values)))
    assert vendi_score(vectors @ vectors.T, 2) == pytest.approx(1 / np.sum(values**2))


@pytest.mark.parametrize("seed", SEEDS)
def test_tf_idf_is_that_of_scikit_learn(seed: int) -> None:
    chance = random.Random(seed)
    records = [[chance.choice("abcdefghij") for _ in range(chance.randint(1, 12))] for _ in range(15)]
    with warnings.catch_warnings():
        # It warns that its token pattern goes unused where the words come ready.
        warnings.simplefilter("ignore", UserWarning)
        vectorizer = TfidfVectorizer(analyzer=lambda words: words)
        theirs = vectorizer.fit_transform(records).toarray()
    order = list(dict.fromkeys(word for record in records for word in record))
    columns = [vectorizer.vocabulary_[word] for word in order]
    assert np.allclose(tf_idf(records), theirs[:, columns], atol=1e-12)
