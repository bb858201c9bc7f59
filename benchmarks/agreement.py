"""Kappa and alpha on a million items beside scikit-learn and krippendorff: the same numbers first, then the time.

Run: python benchmarks/agreement.py [RUNS]. All ways run in turn, so a busy machine slows all: read the ratios.
"""

import sys

import krippendorff
import numpy as np
from sklearn.metrics import cohen_kappa_score
from timing import compare, heading

from synthqc.metrics.agreement import cohens_kappa, krippendorffs_alpha

ITEMS = 1_000_000


def main() -> None:
    """Prints the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    table = labels(raters=3)
    first, second = np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])
    names = [[f"label {label}" for label in one.tolist()] for one in (first, second)]
    gaps = np.where(np.random.default_rng(1).random(table.shape) < 0.1, np.nan, table)
    heading(f"{ITEMS:,} items, 5 labels, {runs} runs in turn")
    # Scikit-learn has a shorter way for labels that count from 0.
    zero_first, zero_second = first - 1, second - 1
    compare(
        runs,
        "kappa, labels from 0",
        lambda: cohens_kappa(zero_first, zero_second),
        lambda: cohen_kappa_score(zero_first, zero_second),
    )
    for weights in ("none", "quadratic"):
        other = None if weights == "none" else weights
        compare(
            runs,
            f"kappa, weights {weights}",
            lambda weights=weights: cohens_kappa(first, second, weights),
            lambda other=other: cohen_kappa_score(first, second, weights=other),
        )
    compare(runs, "kappa, lists of text", lambda: cohens_kappa(*names), lambda: cohen_kappa_score(names[0], names[1]))
    for scale in ("nominal", "ordinal", "interval", "ratio"):
        for what, given in (("whole numbers", table), ("with gaps", gaps)):
            compare(
                runs,
                f"alpha, {scale}, {what}",
                lambda given=given, scale=scale: krippendorffs_alpha(given, scale),
                lambda given=given, scale=scale: krippendorff.alpha(given.T, level_of_measurement=scale),
            )


def labels(*, raters: int) -> np.ndarray:
    """Labels from 1 to 5, items by raters; each rater is right in two of three cases and guesses in the others."""
    chance = np.random.default_rng(0)
    true = chance.integers(1, 6, (ITEMS, 1))
    return np.where(chance.random((ITEMS, raters)) < 2 / 3, true, chance.integers(1, 6, (ITEMS, raters)))


if __name__ == "__main__":
    main()
