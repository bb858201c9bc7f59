"""Mixes: flattened shares, and how far a set is from the one that is wanted."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.mix import distance, flattened, largest_subset, targets_in
from synthqc.metrics.undefined import UndefinedReading

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 500), min_size=1)


def test_a_case_by_hand() -> None:
    counts = {"billing": 80, "returns": 20}
    targets = targets_in("billing=0.5, returns=0.3, other=0.2")
    # 0.3 too much billing; 0.1 of returns and 0.2 of other are lacking.
    assert distance(flattened(counts, 1), targets) == pytest.approx(0.3)
    assert largest_subset(counts, targets) == 0
    assert largest_subset(counts, targets_in("billing=0.5,returns=0.5")) == 40


def test_shares_are_exact() -> None:
    assert largest_subset({"a": 30, "b": 70}, targets_in("a=0.3,b=0.7")) == 100
    assert targets_in("a=2,b=1") == {"a": Fraction(2, 3), "b": Fraction(1, 3)}


@given(COUNTS)
def test_a_set_is_on_its_own_target(counts: dict[str, int]) -> None:
    targets = targets_in(",".join(f"{kind}={count}" for kind, count in counts.items()))
    assert distance(flattened(counts, 1), targets) == pytest.approx(0, abs=1e-12)
    assert largest_subset(counts, targets) == sum(counts.values())


@given(COUNTS, COUNTS)
def test_no_kind_is_used_up_twice(counts: dict[str, int], wanted: dict[str, int]) -> None:
    targets = targets_in(",".join(f"{kind}={count}" for kind, count in wanted.items()))
    size = largest_subset(counts, targets)
    assert all(size * share <= counts.get(kind, 0) + 1 for kind, share in targets.items()) or size == 0
    assert 0 <= distance(flattened(counts, 1), targets) <= 1 + 1e-12


@pytest.mark.parametrize(
    "text", ["", "a", "a=", "=1", "a=0", "a=-1", "a=nan", "a=inf", "a=1e999999999", "a=1,a=2", "a=x", ","]
)
def test_what_is_no_target_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="is no target; write kind=share"):
        targets_in(text)


def test_a_mix_worked_by_hand() -> None:
    assert flattened({"a": 8, "b": 1}, 1) == {"a": pytest.approx(8 / 9), "b": pytest.approx(1 / 9)}
    assert flattened({"a": 8, "b": 1}, 1 / 3) == {"a": pytest.approx(2 / 3), "b": pytest.approx(1 / 3)}
    assert flattened({"a": 8, "b": 1}, 0) == {"a": 0.5, "b": 0.5}
    with pytest.raises(UndefinedReading):
        flattened({}, 1)


@given(COUNTS, st.floats(0, 5))
def test_shares_add_up_and_keep_their_order(counts: dict[str, int], exponent: float) -> None:
    shares = flattened(counts, exponent)
    assert sum(shares.values()) == pytest.approx(1)
    ranked = sorted(counts, key=lambda kind: counts[kind])
    assert all(shares[one] <= shares[other] + 1e-12 for one, other in itertools.pairwise(ranked))


def test_counts_may_be_numbers_of_numpy_and_of_any_size() -> None:
    shares = flattened({"a": np.int64(8), "b": np.uint8(1)}, np.float64(1))
    assert shares == {"a": pytest.approx(8 / 9), "b": pytest.approx(1 / 9)}
    assert {type(share) for share in shares.values()} == {float}
    assert flattened({"a": 10**400, "b": 10**400}, 3) == {"a": 0.5, "b": 0.5}
    assert largest_subset({"a": np.int64(30), "b": np.int64(70)}, targets_in("a=0.3,b=0.7")) == 100
    assert type(distance({"a": np.float64(1)}, {"b": Fraction(1)})) is float


@pytest.mark.parametrize("count", [0, -1, 0.5, math.nan, math.inf])
def test_what_is_no_count_is_refused(count: float) -> None:
    with pytest.raises(ValueError, match=r"'模型 👍' has .* items, allowed is a whole number from 1"):
        flattened({"模型 👍": count}, 0.3)  # type: ignore[dict-item]


@pytest.mark.parametrize("exponent", [-1, math.nan, math.inf])
def test_what_is_no_exponent_is_refused(exponent: float) -> None:
    with pytest.raises(ValueError, match=r"the exponent is .*, allowed is 0 and more"):
        flattened({"a": 1}, exponent)


@pytest.mark.parametrize("shares", [{"a": 0.5}, {"a": 1.5, "b": -0.5}, {"a": math.nan, "b": 1}])
def test_what_is_no_mix_has_no_distance(shares: dict[str, float]) -> None:
    for one, other in ((shares, {"a": 1}), ({"a": 1}, shares)):
        with pytest.raises(ValueError, match="numbers of at least 0 that add up to 1"):
            distance(one, other)


def test_no_kinds_have_no_distance_and_no_subset() -> None:
    for undefined in (
        lambda: distance({}, {"a": 1}),
        lambda: distance({"a": 1}, {}),
        lambda: largest_subset({"a": 1}, {}),
    ):
        with pytest.raises(UndefinedReading, match="there are no kinds to compare"):
            undefined()
    for counts, targets in (({"a": -1}, {"a": Fraction(1)}), ({"a": 1}, {"a": Fraction(0)})):
        with pytest.raises(ValueError, match="counts are numbers of at least 0, and target shares are above 0"):
            largest_subset(counts, targets)


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 1000), min_size=1),
    st.dictionaries(st.sampled_from("efghijkl"), st.integers(1, 1000), min_size=1),
)
def test_a_distance_is_never_more_than_all(found: dict[str, int], wanted: dict[str, int]) -> None:
    targets = {kind: Fraction(count, sum(wanted.values())) for kind, count in wanted.items()}
    apart = distance(flattened(found, 1), targets)
    assert 0 <= apart <= 1
    if not found.keys() & wanted.keys():
        assert apart == pytest.approx(1)
