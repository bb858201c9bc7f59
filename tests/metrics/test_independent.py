"""The metrics beside programs that others wrote: the same numbers on the same data."""

import math
import random
import warnings

import krippendorff
import numpy as np
import pytest
from lexicalrichness import LexicalRichness
from scipy import stats
from scipy.spatial.distance import cityblock
from sklearn.calibration import calibration_curve
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import brier_score_loss, cohen_kappa_score, confusion_matrix
from statsmodels.stats import inter_rater
from statsmodels.stats.proportion import proportion_confint

from synthqc.metrics.agreement import (
    cohens_kappa,
    kappa_by_label,
    kappa_interval,
    kappa_standard_error,
    krippendorffs_alpha,
)
from synthqc.metrics.calibration import bins_of, brier_score, expected_calibration_error, maximum_calibration_error
from synthqc.metrics.escalation import ladder_at
from synthqc.metrics.intervals import items_for_margin, items_to_claim, upper_bound_without_errors, wilson
from synthqc.metrics.lexical import mattr, mtld, ttr
from synthqc.metrics.mix import distance, flattened
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


def ratings(seed: int) -> tuple[list[int], list[int]]:
    """Two raters who agree more often than not."""
    chance = random.Random(seed)
    kinds = chance.randint(3, 6)
    first = [chance.randrange(kinds) for _ in range(chance.randint(20, 200))]
    return first, [label if chance.random() < 0.6 else chance.randrange(kinds) for label in first]


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
@pytest.mark.parametrize("seed", SEEDS)
def test_kappa_its_error_and_its_interval_are_those_of_statsmodels(seed: int, weights) -> None:
    first, second = ratings(seed)
    table = confusion_matrix(first, second)
    theirs = inter_rater.cohens_kappa(table, wt=None if weights == "none" else weights)
    assert cohens_kappa(first, second, weights) == pytest.approx(theirs.kappa, abs=1e-12)
    assert kappa_standard_error(first, second, weights) == pytest.approx(theirs.std_kappa, abs=1e-12)
    assert kappa_interval(first, second, weights) == pytest.approx((theirs.kappa_low, theirs.kappa_upp), abs=1e-12)


@pytest.mark.parametrize("weights", ["linear", "quadratic"])
def test_weights_on_labels_that_one_rater_never_uses(weights) -> None:
    first, second = [0, 1, 1, 2, 4, 4, 0, 1], [0, 1, 0, 1, 1, 0, 0, 1]
    # Scikit-learn counts places among the labels that it is given: here those that occur, 0, 1, 2 and 4.
    assert cohens_kappa(first, second, weights) == pytest.approx(cohen_kappa_score(first, second, weights=weights))
    assert cohens_kappa(np.array(second), np.array(first), weights) == pytest.approx(
        cohen_kappa_score(first, second, weights=weights)
    )
    theirs = inter_rater.cohens_kappa(confusion_matrix(first, second), wt=weights)
    assert kappa_standard_error(first, second, weights) == pytest.approx(theirs.std_kappa)


@pytest.mark.parametrize("seed", SEEDS)
def test_kappa_of_a_label_is_that_of_yes_and_no(seed: int) -> None:
    first, second = ratings(seed)
    for label, kappa in kappa_by_label(first, second).items():
        theirs = cohen_kappa_score([one == label for one in first], [one == label for one in second])
        assert kappa == pytest.approx(theirs, abs=1e-12)


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
    assert krippendorffs_alpha(np.array(table).T, scale) == pytest.approx(theirs, abs=1e-12)  # type: ignore[arg-type]


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_on_numbers_that_hardly_repeat_is_that_of_krippendorff(scale: str) -> None:
    chance = np.random.default_rng(0)
    true = chance.gamma(2, 3, size=150)
    table = np.stack([true + chance.gamma(1, 1, size=150) for _ in range(4)])
    table[chance.random(table.shape) < 0.3] = math.nan
    theirs = krippendorff.alpha(table, level_of_measurement=scale)
    assert krippendorffs_alpha(table.T, scale) == pytest.approx(theirs, abs=1e-12)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", SEEDS)
def test_brier_and_the_bins_are_those_of_scikit_learn(seed: int) -> None:
    chance = random.Random(seed)
    confidences = [chance.random() for _ in range(200)]
    are_right = [chance.random() < one for one in confidences]
    assert brier_score(confidences, are_right) == pytest.approx(brier_score_loss(are_right, confidences), abs=1e-12)
    for count in (1, 2, 7, 10, 25):
        accuracies, means = calibration_curve(are_right, confidences, n_bins=count)
        ours = bins_of(confidences, are_right, bins=count)
        assert [one.accuracy for one in ours] == pytest.approx(accuracies.tolist())
        assert [one.confidence for one in ours] == pytest.approx(means.tolist())


@pytest.mark.parametrize("count", [1, 5, 10, 15])
@pytest.mark.parametrize("seed", SEEDS)
def test_calibration_errors_are_those_of_the_formula_written_out(seed: int, count: int) -> None:
    chance = np.random.default_rng(seed)
    confidences = chance.random(300)
    are_right = chance.random(300) < confidences**2
    gaps, weights = [], []
    for low, high in zip(np.linspace(0, 1, count + 1)[:-1], np.linspace(0, 1, count + 1)[1:], strict=True):
        inside = (confidences > low) & (confidences <= high)
        if inside.any():
            gaps.append(abs(are_right[inside].mean() - confidences[inside].mean()))
            weights.append(inside.mean())
    bins = bins_of(confidences, are_right, bins=count)
    assert expected_calibration_error(bins) == pytest.approx(np.dot(gaps, weights), abs=1e-12)
    assert maximum_calibration_error(bins) == pytest.approx(max(gaps), abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_ladder_lets_through_stands_in_the_confusion_matrix_of_scikit_learn(seed: int) -> None:
    chance = np.random.default_rng(seed)
    confidences = chance.random(200)
    are_right = chance.random(200) < confidences
    found = ladder_at(confidences, are_right, pass_from=0.7, reject_below=0.3)
    # Of three decisions: reject, ask, pass.
    decisions = np.digitize(confidences, [0.3, 0.7])
    theirs = confusion_matrix(are_right, decisions, labels=[0, 1, 2])
    assert (found.rejected, found.routed, found.passed) == pytest.approx(tuple(theirs.sum(axis=0) / 200))
    assert found.passed_errors == pytest.approx(theirs[0, 2] / theirs[:, 2].sum())
    assert found.rejected_good == pytest.approx(theirs[1, 0] / theirs[:, 0].sum())
    assert found.let_through == pytest.approx(theirs[0, 2] / 200)


@pytest.mark.parametrize(
    ("successes", "trials"), [(0, 1), (1, 1), (0, 300), (3, 40), (20, 40), (299, 300), (7, 10_000)]
)
def test_intervals_are_those_of_scipy(successes: int, trials: int) -> None:
    theirs = stats.binomtest(successes, trials).proportion_ci(confidence_level=0.95, method="wilson")
    assert wilson(successes, trials) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    if successes == 0:
        exact = stats.beta.ppf(0.95, 1, trials)
        assert upper_bound_without_errors(trials) == pytest.approx(exact, abs=1e-12)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95, 0.999])
@pytest.mark.parametrize(("successes", "trials"), [(0, 1), (0, 300), (3, 40), (299, 300), (7, 10_000)])
def test_intervals_are_those_of_statsmodels_at_any_level(successes: int, trials: int, level: float) -> None:
    theirs = proportion_confint(successes, trials, alpha=1 - level, method="wilson")
    assert wilson(successes, trials, level=level) == pytest.approx(theirs, abs=1e-12)
    if successes == 0:
        # One-sided at a level is the upper end of two sides at twice the rest.
        _, upper = proportion_confint(0, trials, alpha=2 * (1 - level), method="beta")
        assert upper_bound_without_errors(trials, level=level) == pytest.approx(upper, abs=1e-12)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
@pytest.mark.parametrize("wanted", [0.01, 0.05, 0.2])
def test_the_items_that_a_claim_needs_are_those_at_which_statsmodels_agrees(wanted: float, level: float) -> None:
    clean = items_to_claim(wanted, level=level)
    for errors in (1, 4):
        items = items_to_claim(wanted, errors, level=level)
        upper = [proportion_confint(errors, n, alpha=1 - level, method="wilson")[1] for n in (items - 1, items)]
        assert upper[1] <= wanted < upper[0]
        assert items > clean
    # Half of an even number of items is a count that one can find.
    even = items_for_margin(wanted, level=level)
    even += even % 2
    low, high = proportion_confint(even // 2, even, alpha=1 - level, method="wilson")
    assert (high - low) / 2 <= wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_lexical_richness_is_that_of_lexicalrichness(seed: int) -> None:
    chance = random.Random(seed)
    words = [f"word{min(int(chance.paretovariate(1)), 200)}" for _ in range(chance.randint(60, 800))]
    theirs = LexicalRichness(words, preprocessor=None, tokenizer=None)
    assert ttr(words) == pytest.approx(theirs.ttr, abs=1e-12)
    for window in (1, 10, 50):
        assert mattr(words, window) == pytest.approx(theirs.mattr(window_size=window), abs=1e-12)
    for threshold in (0.5, 0.72):
        assert mtld(words, threshold) == pytest.approx(theirs.mtld(threshold=threshold), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mix_is_as_far_and_as_wide_as_scipy_says(seed: int) -> None:
    chance = random.Random(seed)
    counts, wanted = ({kind: chance.randint(1, 500) for kind in "abcdef"} for _ in range(2))
    exponent = chance.random()
    shares, targets = flattened(counts, exponent), flattened(wanted, 1)
    powers = np.array([*counts.values()]) ** exponent
    assert [*shares.values()] == pytest.approx((powers / powers.sum()).tolist())
    assert distance(shares, targets) == pytest.approx(cityblock([*shares.values()], [*targets.values()]) / 2)
    assert effective_number(np.array([*shares.values()]), 1) == pytest.approx(math.exp(stats.entropy(powers)))


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
