"""Mixes: flattened shares, and how far a set is from the one that is wanted."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.mix import distance, flattened, largest_subset, targets_in

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
