"""Kappa: textbook values, the effect of a rare class, and what has no value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.agreement import cohens_kappa, kappa_at, krippendorffs_alpha, raw_agreement
from synthqc.metrics.undefined import UndefinedReading


def ratings(both_yes: int, first_only: int, second_only: int, both_no: int) -> tuple[list[str], list[str]]:
    first = ["yes"] * (both_yes + first_only) + ["no"] * (second_only + both_no)
    second = ["yes"] * both_yes + ["no"] * first_only + ["yes"] * second_only + ["no"] * both_no
    return first, second


@pytest.mark.parametrize(
    ("cells", "kappa"),
    # The three rows of 100 items at 90 % raw agreement, and the example of many textbooks (20, 5, 10, 15): 0.4.
    [((45, 5, 5, 45), 0.8), ((85, 5, 5, 5), 0.444444), ((90, 5, 5, 0), -0.052632), ((20, 5, 10, 15), 0.4)],
)
def test_known_tables(cells: tuple[int, int, int, int], kappa: float) -> None:
    assert cohens_kappa(*ratings(*cells)) == pytest.approx(kappa, abs=1e-6)


def test_three_labels_worked_by_hand() -> None:
    # Agreement 3/4; chance (2*1 + 1*2 + 1*1)/16 = 5/16; kappa (12 - 5)/(16 - 5).
    assert cohens_kappa(["a", "a", "b", "c"], ["a", "b", "b", "c"]) == pytest.approx(7 / 11)


def test_what_has_no_value() -> None:
    with pytest.raises(UndefinedReading, match="no item was rated by both"):
        cohens_kappa([], [])
    with pytest.raises(UndefinedReading, match="no chance to correct for"):
        cohens_kappa(["a", "a"], ["a", "a"])


LABELS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30)


@given(LABELS)
def test_it_does_not_matter_who_is_first_or_what_labels_are_called(pairs: list[tuple[str, str]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    try:
        kappa = cohens_kappa(first, second)
    except UndefinedReading:
        return
    assert -1 <= kappa <= 1
    assert kappa <= raw_agreement(first, second) + 1e-12
    assert cohens_kappa(second, first) == pytest.approx(kappa)
    assert cohens_kappa([ord(a) for a in first], [ord(b) for b in second]) == pytest.approx(kappa)


@pytest.mark.parametrize(("commoner", "cells"), [(0.5, (45, 5, 5, 45)), (0.9, (85, 5, 5, 5)), (0.95, (90, 5, 5, 0))])
def test_the_curve_goes_through_the_tables(commoner: float, cells: tuple[int, int, int, int]) -> None:
    assert kappa_at(0.9, commoner) == pytest.approx(cohens_kappa(*ratings(*cells)))


@pytest.mark.parametrize(("agreement", "commoner"), [(0.9, 0.99), (0.5, 0.4), (1.1, 0.5), (0.9, 1)])
def test_what_cannot_be_is_refused(agreement: float, commoner: float) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        kappa_at(agreement, commoner)


@pytest.mark.parametrize(
    ("weights", "kappa"),
    # Distances 0, 1, 0, 2: mean 3/4, squares 5/4. By chance, over all 16 pairs: unlike 10/16, apart 16/16, squares 28/16.
    [("none", 1 - (2 / 4) / (10 / 16)), ("linear", 1 - (3 / 4) / 1), ("quadratic", 1 - (5 / 4) / (28 / 16))],
)
def test_weighted_kappa_worked_by_hand(weights, kappa: float) -> None:
    first, second = [1, 2, 3, 3], [1, 3, 3, 1]
    assert cohens_kappa(first, second, weights) == pytest.approx(kappa)


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=30))
def test_with_two_labels_weights_change_nothing(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    try:
        plain = cohens_kappa(first, second)
    except UndefinedReading:
        with pytest.raises(UndefinedReading):
            cohens_kappa(first, second, "quadratic")
        return
    assert cohens_kappa(first, second, "linear") == pytest.approx(plain)
    assert cohens_kappa(first, second, "quadratic") == pytest.approx(plain)


# The reliability data of Krippendorff's own example: four observers, twelve units, gaps.
OBSERVERS = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]
UNITS = [
    [int(label) for label in unit if label != "."] for unit in zip(*(row.split() for row in OBSERVERS), strict=True)
]


@pytest.mark.parametrize(
    ("scale", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_krippendorffs_own_example(scale, alpha: float) -> None:
    assert krippendorffs_alpha(UNITS, scale) == pytest.approx(alpha, abs=0.0005)


def test_alpha_without_a_value() -> None:
    with pytest.raises(UndefinedReading, match="no item was rated by two"):
        krippendorffs_alpha([[1], [], [2]])
    with pytest.raises(UndefinedReading, match="all labels are the same"):
        krippendorffs_alpha([["a", "a"], ["a", "a", "a"]])


@given(
    st.lists(st.lists(st.integers(0, 4), max_size=4), max_size=12),
    st.sampled_from(["nominal", "ordinal", "interval", "ratio"]),
)
def test_alpha_does_not_depend_on_order_and_is_1_at_most(units: list[list[int]], scale) -> None:
    try:
        alpha = krippendorffs_alpha(units, scale)
    except UndefinedReading:
        return
    assert alpha <= 1 + 1e-9
    assert krippendorffs_alpha([unit[::-1] for unit in units[::-1]], scale) == pytest.approx(alpha)
