"""Calibration: small cases worked by hand, laws, and what is no scored item."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve

from synthqc.metrics.calibration import (
    bins_of,
    brier_score,
    expected_calibration_error,
    histogram,
    maximum_calibration_error,
)
from synthqc.metrics.undefined import UndefinedReading


def test_ece_and_brier_worked_by_hand() -> None:
    confidences, are_right = [0.95, 0.95, 0.55, 1.0], [True, False, True, True]
    bins = bins_of(confidences, are_right)
    assert [(one.items, one.accuracy) for one in bins] == [(1, 1), (3, pytest.approx(2 / 3))]
    # (1 x |0.55 - 1| + 3 x |2.9/3 - 2/3|) / 4
    assert expected_calibration_error(bins) == pytest.approx((0.45 + 0.9) / 4)
    assert maximum_calibration_error(bins) == pytest.approx(0.45)
    assert histogram(confidences) == [0, 0, 0, 0, 0, 1, 0, 0, 0, 3]
    assert brier_score(confidences, are_right) == pytest.approx((0.05**2 + 0.95**2 + 0.45**2 + 0) / 4)


@pytest.mark.parametrize("metric", [bins_of, brier_score])
@pytest.mark.parametrize(
    ("confidences", "are_right", "message"),
    [
        ([0.5, 1.1], [True, True], r"the confidence of item 2 is 1\.1; it lies outside 0 to 1"),
        ([-0.1], [True], "outside 0 to 1"),
        (np.array([0.2, math.nan]), [True, True], "the confidence of item 2 is nan; it lies outside 0 to 1"),
        ([math.inf], [True], "outside 0 to 1"),
        ([None], [True], "outside 0 to 1"),
        (["0.5"], [True], "given are others, such as '0.5'"),
        ([True, False], [True, False], "given are others, such as True"),
        (np.zeros((2, 2)), [True, False], r"given are values of shape \(2, 2\)"),
        ([0.5], [True, False], "there are 1 confidences, but 2 truths"),
        ([0.5], [2], "the truth of item 1 is .*2.*, allowed is True or False"),
        ([0.5], ["right"], "given are others, such as 'right'"),
        ([0.5, 0.5], [True, None], "the truth of item 2 is None"),
        ([0.5], [math.nan], "the truth of item 1 is .*nan"),
        ([{}], [True], "confidences are numbers from 0 to 1"),
    ],
)
def test_what_is_no_scored_item_is_refused(metric, confidences, are_right, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        metric(confidences, are_right)


@pytest.mark.parametrize("empty", [[], (), np.array([])], ids=["list", "tuple", "array"])
def test_no_items_have_no_value(empty) -> None:
    for undefined in (
        lambda: bins_of(empty, empty),
        lambda: brier_score(empty, empty),
        lambda: histogram(empty),
        lambda: expected_calibration_error(bins_of(empty, empty)),
        lambda: expected_calibration_error([]),
        lambda: maximum_calibration_error([]),
    ):
        with pytest.raises(UndefinedReading, match="there are no scored items"):
            undefined()


@pytest.mark.parametrize("bins", [0, -1, 2.5, 10_001, True, math.nan, "10", None])
def test_what_is_no_number_of_bins_is_refused(bins) -> None:
    with pytest.raises(ValueError, match="allowed is a whole number from 1 to 10,000"):
        bins_of([0.5], [True], bins=bins)
    with pytest.raises(ValueError, match="allowed is a whole number from 1 to 10,000"):
        histogram([0.5], bins=bins)


@pytest.mark.parametrize(
    "form",
    [list, tuple, np.array, lambda values: np.array(values, dtype=object)],
    ids=["list", "tuple", "array", "objects"],
)
def test_it_is_the_same_number_whatever_holds_the_items(form) -> None:
    confidences, are_right = [0.95, 0.5, 0.55, 1.0, 0.0], [True, False, True, True, False]
    bins = bins_of(form(confidences), form(are_right), bins=np.int64(4))
    assert bins == bins_of(confidences, are_right, bins=4)
    assert {type(one.items) for one in bins} == {int}
    assert {type(share) for one in bins for share in (one.confidence, one.accuracy)} == {float}
    assert type(expected_calibration_error(bins)) is float
    assert type(maximum_calibration_error(bins)) is float
    assert brier_score(form(confidences), form(are_right)) == brier_score(confidences, [1, 0, 1, 1, 0])
    assert type(brier_score(form(confidences), form(are_right))) is float
    assert histogram(form(confidences), bins=4) == [1, 1, 1, 2]


@pytest.mark.parametrize("bins", [3, 7, 10, 100])
def test_a_border_belongs_to_the_bin_below_as_it_is_written(bins: int) -> None:
    # 0.57 * 100 is 56.99999999999999 in floats.
    found = histogram([place / bins for place in range(1, bins + 1)], bins=bins)
    assert found == [1] * bins
    assert histogram([0.0], bins=bins)[0] == 1


@pytest.mark.parametrize("bins", [2, 3, 10, 15])
def test_bins_are_those_of_scikit_learn_also_on_borders(bins: int) -> None:
    confidences = [place / 60 for place in range(61)] * 2
    are_right = [place % 7 in (1, 2, 4) for place in range(122)]
    accuracies, means = calibration_curve(are_right, confidences, n_bins=bins)
    found = bins_of(confidences, are_right, bins=bins)
    assert [one.accuracy for one in found] == pytest.approx([*accuracies])
    assert [one.confidence for one in found] == pytest.approx([*means])


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40), st.integers(1, 30))
def test_laws_of_bins(items: list[tuple[float, bool]], count: int) -> None:
    confidences, are_right = [c for c, _ in items], [r for _, r in items]
    bins = bins_of(confidences, are_right, bins=count)
    assert sum(one.items for one in bins) == sum(histogram(confidences, bins=count)) == len(items)
    expected, worst = expected_calibration_error(bins), maximum_calibration_error(bins)
    assert 0 <= expected <= worst + 1e-12 <= 1 + 1e-9
    # One bin knows least: its error is that of the means, and no finer bins show less.
    [whole] = bins_of(confidences, are_right, bins=1)
    assert whole.accuracy == pytest.approx(sum(are_right) / len(items))
    assert abs(whole.confidence - whole.accuracy) <= expected + 1e-9


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_bins_hold_every_item_once(items: list[tuple[float, bool]]) -> None:
    bins = bins_of([c for c, _ in items], [r for _, r in items])
    assert sum(one.items for one in bins) == len(items)
    assert 0 <= expected_calibration_error(bins) <= 1
    assert 0 <= brier_score([c for c, _ in items], [r for _, r in items]) <= 1
