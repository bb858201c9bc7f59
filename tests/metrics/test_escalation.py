"""The ladder: a case worked by hand, laws, and thresholds that make none."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.escalation import ladder_at
from synthqc.metrics.undefined import UndefinedReading


def test_a_ladder_worked_by_hand() -> None:
    found = ladder_at([0.95, 0.9, 0.5, 0.1], [True, False, True, True], pass_from=0.9, reject_below=0.2)
    assert (found.passed, found.routed, found.rejected) == (0.5, 0.25, 0.25)
    assert found.passed_errors == 0.5
    assert found.let_through == 0.25
    assert found.rejected_good == 1


def test_an_empty_rung_has_no_share_of_errors() -> None:
    found = ladder_at([0.5, 0.6], [True, False], pass_from=0.9, reject_below=0.2)
    assert (found.passed, found.routed, found.rejected) == (0, 1, 0)
    assert found.passed_errors is None
    assert found.rejected_good is None
    assert found.let_through == 0


@pytest.mark.parametrize("form", [list, tuple, np.array], ids=["list", "tuple", "array"])
def test_it_is_the_same_ladder_whatever_holds_the_items(form) -> None:
    confidences, are_right = [0.95, 0.9, 0.5, 0.1], [True, False, True, True]
    thresholds = {"pass_from": np.float64(0.9), "reject_below": np.float64(0.2)}
    found = ladder_at(form(confidences), form(are_right), **thresholds)
    assert found == ladder_at(confidences, are_right, pass_from=0.9, reject_below=0.2)
    assert {
        type(share) for share in (found.passed, found.routed, found.rejected, found.passed_errors, found.rejected_good)
    } == {float}


@pytest.mark.parametrize(
    ("confidences", "are_right", "pass_from", "reject_below", "message"),
    [
        ([0.5], [True], 0.2, 0.9, r"below 0\.9 are rejected, but items from 0\.2 pass"),
        ([0.5], [True], math.nan, 0.2, "items from nan pass"),
        ([0.5], [True], 0.9, math.nan, "below nan are rejected"),
        ([math.nan], [True], 0.9, 0.2, "outside 0 to 1"),
        ([1.5], [True], 0.9, 0.2, "outside 0 to 1"),
        ([0.5], [True, True], 0.9, 0.2, "1 confidences, but 2 truths"),
    ],
)
def test_what_is_no_ladder_is_refused(confidences, are_right, pass_from, reject_below, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ladder_at(confidences, are_right, pass_from=pass_from, reject_below=reject_below)


@pytest.mark.parametrize("empty", [[], np.array([])], ids=["list", "array"])
def test_no_items_have_no_ladder(empty) -> None:
    with pytest.raises(UndefinedReading, match="there are no scored items"):
        ladder_at(empty, empty, pass_from=0.9, reject_below=0.2)


ITEMS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


@given(ITEMS, st.floats(0, 1), st.floats(0, 1))
def test_every_item_is_on_one_rung(items: list[tuple[float, bool]], one: float, other: float) -> None:
    found = ladder_at(
        [c for c, _ in items], [r for _, r in items], pass_from=max(one, other), reject_below=min(one, other)
    )
    assert found.passed + found.routed + found.rejected == pytest.approx(1)
    assert 0 <= found.let_through <= found.passed
    for rung, share in ((found.passed, found.passed_errors), (found.rejected, found.rejected_good)):
        assert (share is None) == (rung == 0)
        assert share is None or 0 <= share <= 1


@given(ITEMS, st.floats(0, 1), st.floats(0, 1))
def test_a_higher_threshold_passes_and_lets_through_no_more(
    items: list[tuple[float, bool]], one: float, other: float
) -> None:
    confidences, are_right = [c for c, _ in items], [r for _, r in items]
    low, high = (
        ladder_at(confidences, are_right, pass_from=each, reject_below=0) for each in (min(one, other), max(one, other))
    )
    assert high.passed <= low.passed
    assert high.let_through <= low.let_through
    assert high.routed >= low.routed
