"""Intervals for a share, and the way back to the number of items: worked cases, laws, and what is no share."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.intervals import (
    items_for_margin,
    items_to_claim,
    normal_quantile,
    rule_of_three,
    upper_bound_without_errors,
    wilson,
    wilson_margin,
)


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


@pytest.mark.parametrize(
    ("errors", "size"),
    [(0, 0), (5, 3), (-1, 5), (1, -5), (0.5, 5), (1, math.nan), (math.inf, math.inf), (True, 5), ("1", 5), (None, 5)],
)
def test_no_share_no_interval(errors, size) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(errors, size)


@pytest.mark.parametrize("size", [20, 60, 300, 3000])
def test_the_rule_of_three(size: int) -> None:
    bound = upper_bound_without_errors(size)
    assert (1 - bound) ** size == pytest.approx(0.05)
    assert bound == pytest.approx(3 / size, rel=0.08)


LEVELS_THAT_ARE_NONE = [0, 1, 95, -0.5, math.nan, math.inf, True]


@pytest.mark.parametrize("level", LEVELS_THAT_ARE_NONE)
def test_a_level_lies_between_0_and_1(level) -> None:
    for refused in (
        lambda: normal_quantile(level),
        lambda: wilson(1, 5, level=level),
        lambda: wilson_margin(0.5, 5, level=level),
        lambda: upper_bound_without_errors(5, level=level),
        lambda: rule_of_three(5, level=level),
        lambda: items_for_margin(0.1, level=level),
        lambda: items_to_claim(0.1, level=level),
        lambda: items_to_claim(0.1, 3, level=level),
    ):
        with pytest.raises(ValueError, match=r"the level is .*, allowed is above 0 and below 1"):
            refused()


@pytest.mark.parametrize("trials", [0, -1, 2.5, math.nan, True, "5", None])
def test_no_items_tell_nothing(trials) -> None:
    for refused in (upper_bound_without_errors, rule_of_three, lambda n: wilson_margin(0.5, n)):
        with pytest.raises(ValueError, match="items tell nothing, it takes one"):
            refused(trials)


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_a_margin_is_around_a_share(share: float) -> None:
    with pytest.raises(ValueError, match=r"the share is .*, allowed is 0 to 1"):
        wilson_margin(share, 10)
    with pytest.raises(ValueError, match=r"the share is .*, allowed is 0 to 1"):
        items_for_margin(0.1, share=share)


@pytest.mark.parametrize("value", [0, 1, -1, 5, math.nan])
def test_what_cannot_be_wanted_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=r"the margin is .*, allowed is above 0 and below 1"):
        items_for_margin(value)
    with pytest.raises(ValueError, match=r"the rate is .*, allowed is above 0 and below 1"):
        items_to_claim(value)


@pytest.mark.parametrize("errors", [-1, 2.5, math.nan, True, "3"])
def test_what_is_no_number_of_errors_is_refused(errors) -> None:
    with pytest.raises(ValueError, match="is no number of errors, allowed is 0 and more"):
        items_to_claim(0.1, errors)


def test_what_would_take_too_many_items_is_said() -> None:
    for refused in (lambda: items_for_margin(1e-9), lambda: items_to_claim(1e-16), lambda: items_to_claim(1e-15, 3)):
        with pytest.raises(ValueError, match=r"no audit of fewer than 10\^15 items is enough"):
            refused()


@pytest.mark.parametrize("number", [np.int64, np.uint8, int], ids=lambda kind: kind.__name__)
def test_numbers_of_numpy_are_numbers(number) -> None:
    found = wilson(number(14), number(200), level=np.float64(0.95))
    assert found == wilson(14, 200)
    assert {type(end) for end in found} == {float}
    for metric in (upper_bound_without_errors, rule_of_three, lambda n, level: wilson_margin(np.float64(0.5), n)):
        assert type(metric(number(20), level=np.float64(0.95))) is float
    assert type(items_to_claim(np.float64(0.05), number(3))) is int
    assert type(items_for_margin(np.float64(0.05))) is int


@given(st.integers(1, 10**12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(1e-9, 1 - 1e-9))
def test_the_interval_holds_the_share_at_any_size_and_level(case: tuple[int, int], level: float) -> None:
    errors, size = case
    lower, upper = wilson(errors, size, level=level)
    assert 0 <= lower <= errors / size <= upper <= 1


def test_the_ends_are_where_the_test_of_a_share_just_rejects() -> None:
    # Wilson's interval holds the shares p with |found - p| <= z sqrt(p (1 - p) / n).
    for errors, size, level in ((14, 200, 0.95), (1, 7, 0.8), (399, 400, 0.99)):
        for end in wilson(errors, size, level=level):
            z = abs(errors / size - end) / math.sqrt(end * (1 - end) / size)
            assert z == pytest.approx(normal_quantile(level))


def test_quantiles_that_stand_in_every_table() -> None:
    found = [normal_quantile(level) for level in (0.9, 0.95, 0.99)]
    assert found == pytest.approx([1.644854, 1.959964, 2.575829], abs=1e-6)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
@pytest.mark.parametrize("size", [1, 20, 60, 3000])
def test_the_rule_of_three_is_never_below_its_exact_form(size: int, level: float) -> None:
    exact, about = upper_bound_without_errors(size, level=level), rule_of_three(size, level=level)
    assert (1 - exact) ** size == pytest.approx(1 - level)
    assert exact <= about <= 1
    if size >= 60 and level == 0.95:
        assert about == pytest.approx(exact, rel=0.03)
        assert about == pytest.approx(3 / size, rel=0.002)


def test_how_many_items_worked_by_hand() -> None:
    # 0.95^59 is just below 0.05, and 0.95^58 just above.
    assert items_to_claim(0.05) == 59
    # At one half the interval is z / (2 sqrt(n + z^2)) on either side: n = 1.96^2 (1 / (4 * 0.05^2) - 1) = 380.3.
    assert items_for_margin(0.05) == 381


@given(st.floats(0.001, 0.999), st.integers(0, 60), st.floats(0.5, 0.999))
def test_a_claim_takes_the_smallest_number_of_items_that_is_enough(rate: float, errors: int, level: float) -> None:
    def upper(items: int) -> float:
        return wilson(errors, items, level=level)[1] if errors else upper_bound_without_errors(items, level=level)

    items = items_to_claim(rate, errors, level=level)
    assert upper(items) <= rate
    assert items == max(1, errors) or upper(items - 1) > rate
    assert upper(items + 1) <= upper(items)
    assert items_to_claim(rate, errors + 1, level=level) >= items


@given(st.floats(0.003, 0.9), st.floats(0, 1), st.floats(0.5, 0.999))
def test_a_margin_takes_the_smallest_number_of_items_that_is_enough(margin: float, share: float, level: float) -> None:
    items = items_for_margin(margin, share=share, level=level)
    assert wilson_margin(share, items, level=level) <= margin
    assert items == 1 or wilson_margin(share, items - 1, level=level) > margin
    assert items <= items_for_margin(margin, level=level)
