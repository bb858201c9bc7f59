"""Calibration, intervals, mixes and the ladder: small cases worked by hand, and laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.calibration import bins_of, brier_score, expected_calibration_error
from synthqc.metrics.escalation import ladder_at
from synthqc.metrics.intervals import upper_bound_without_errors, wilson
from synthqc.metrics.mix import flattened
from synthqc.metrics.undefined import UndefinedReading


def test_ece_and_brier_worked_by_hand() -> None:
    confidences, are_right = [0.95, 0.95, 0.55, 1.0], [True, False, True, True]
    bins = bins_of(confidences, are_right)
    assert [(one.items, one.accuracy) for one in bins] == [(1, 1), (3, pytest.approx(2 / 3))]
    # (1 x |0.55 - 1| + 3 x |2.9/3 - 2/3|) / 4
    assert expected_calibration_error(bins) == pytest.approx((0.45 + 0.9) / 4)
    assert brier_score(confidences, are_right) == pytest.approx((0.05**2 + 0.95**2 + 0.45**2 + 0) / 4)


def test_what_is_no_confidence_is_refused() -> None:
    with pytest.raises(UndefinedReading):
        bins_of([], [])
    with pytest.raises(UndefinedReading):
        brier_score([], [])
    for wrong in (1.1, -0.1, float("nan")):
        with pytest.raises(ValueError, match="outside 0 to 1"):
            bins_of([wrong], [True])


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_bins_hold_every_item_once(items: list[tuple[float, bool]]) -> None:
    bins = bins_of([c for c, _ in items], [r for _, r in items])
    assert sum(one.items for one in bins) == len(items)
    assert 0 <= expected_calibration_error(bins) <= 1
    assert 0 <= brier_score([c for c, _ in items], [r for _, r in items]) <= 1


@pytest.mark.parametrize(
    ("errors", "size", "lower", "upper"),
    # From the formula in exact arithmetic, and as scipy.stats.binomtest(...).proportion_ci(method="wilson") gives it.
    [(14, 200, 0.0421522, 0.1140549), (0, 10, 0, 0.2775328), (10, 10, 0.7224672, 1), (1, 1, 0.2065493, 1)],
)
def test_wilson(errors: int, size: int, lower: float, upper: float) -> None:
    assert wilson(errors, size) == (pytest.approx(lower, abs=1e-6), pytest.approx(upper, abs=1e-6))


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_mirrors(case: tuple[int, int]) -> None:
    errors, size = case
    lower, upper = wilson(errors, size)
    assert 0 <= lower <= errors / size <= upper <= 1
    assert wilson(size - errors, size) == (pytest.approx(1 - upper), pytest.approx(1 - lower))


@pytest.mark.parametrize(("errors", "size"), [(0, 0), (3, 2), (-1, 5)])
def test_no_share_no_interval(errors: int, size: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(errors, size)


@pytest.mark.parametrize("size", [20, 60, 300, 3000])
def test_the_rule_of_three(size: int) -> None:
    bound = upper_bound_without_errors(size)
    assert (1 - bound) ** size == pytest.approx(0.05)
    assert bound == pytest.approx(3 / size, rel=0.08)


def test_a_mix_worked_by_hand() -> None:
    assert flattened({"a": 8, "b": 1}, 1) == {"a": pytest.approx(8 / 9), "b": pytest.approx(1 / 9)}
    assert flattened({"a": 8, "b": 1}, 1 / 3) == {"a": pytest.approx(2 / 3), "b": pytest.approx(1 / 3)}
    assert flattened({"a": 8, "b": 1}, 0) == {"a": 0.5, "b": 0.5}
    with pytest.raises(UndefinedReading):
        flattened({}, 1)


def test_a_ladder_worked_by_hand() -> None:
    found = ladder_at([0.95, 0.9, 0.5, 0.1], [True, False, True, True], pass_from=0.9, reject_below=0.2)
    assert (found.passed, found.routed, found.rejected) == (0.5, 0.25, 0.25)
    assert found.passed_errors == 0.5
    assert found.rejected_good == 1
    with pytest.raises(ValueError, match=r"below 0\.9 are rejected"):
        ladder_at([0.5], [True], pass_from=0.2, reject_below=0.9)
    with pytest.raises(UndefinedReading):
        ladder_at([], [], pass_from=0.9, reject_below=0.2)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40), st.floats(0, 1), st.floats(0, 1))
def test_every_item_is_on_one_rung(items: list[tuple[float, bool]], one: float, other: float) -> None:
    found = ladder_at(
        [c for c, _ in items], [r for _, r in items], pass_from=max(one, other), reject_below=min(one, other)
    )
    assert found.passed + found.routed + found.rejected == pytest.approx(1)
    assert all(0 <= share <= 1 for share in (found.routed, found.passed_errors, found.rejected_good))
