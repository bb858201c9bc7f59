"""Learning curves: what they are averages of, how lines are picked, and what they need."""

import itertools
import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from synthqc.metrics.active import by_doubt, closeness, entropy, learning_curves
from synthqc.metrics.classifier import macro_f1, trained_on
from synthqc.metrics.undefined import UndefinedReading

BAD, GOOD, ODD = ["rude", "whine"], ["parcel", "van"], ["moon", "cheese"]


def silent(_done: int, _of: int) -> None:
    """Nobody looks."""


def noisy(count: int, kinds: int) -> list[tuple[list[str], int]]:
    """Lines whose words say their kind most of the time."""
    chance = random.Random(3)
    return [
        (
            [
                f"w{(kind if chance.random() < 0.8 else chance.randrange(kinds)) * 10 + chance.randrange(6)}"
                for _ in range(4)
            ],
            kind,
        )
        for kind in (n % kinds for n in range(count))
    ]


def test_what_is_easy_is_learned_by_both_ways() -> None:
    items = [(BAD, True), (GOOD, False)] * 30
    curves = learning_curves(items, most=30, seeds=3, watch=silent)
    assert [point.labels for point in curves.points] == [10, 20, 30]
    last = curves.points[-1]
    assert last.asked == last.drawn == 1
    assert last.asked_spread == last.drawn_spread == curves.lead == curves.lead_spread == 0


def test_the_curve_ends_where_the_lines_end() -> None:
    curves = learning_curves([(BAD, True), (GOOD, False)] * 9, most=1000, seeds=2, watch=silent)
    assert curves.points[-1].labels == 12


def test_means_and_spreads_are_those_of_the_seeds() -> None:
    items = noisy(90, 2)
    runs = [learning_curves(items, most=30, seeds=seeds, watch=silent) for seeds in (1, 2)]
    first, both = runs
    assert first.points[0].asked_spread is first.lead_spread is None
    # With two seeds the mean and the spread give the second value back: m + d and m - d, d = s / sqrt(2).
    for one, two in zip(first.points, both.points, strict=True):
        assert two.asked_spread is not None
        assert abs(one.asked - two.asked) == pytest.approx(two.asked_spread / math.sqrt(2))
    assert both.lead == pytest.approx(statistics.fmean(point.asked - point.drawn for point in both.points))


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([], "0 bad and 0 good lines are too few"),
        ([(GOOD, False)] * 20, "0 bad and 20 good lines are too few"),
        ([(BAD, True)] * 2 + [(GOOD, False)] * 20, "2 bad and 20 good lines are too few"),
        ([(BAD, 1)] * 9 + [(GOOD, 0)] * 9 + [(ODD, 2)] * 5, "a kind of 5 lines is too small"),
    ],
)
def test_too_few_of_a_kind_are_refused(items, message) -> None:
    with pytest.raises(UndefinedReading, match=message):
        learning_curves(items, most=10, seeds=1, watch=silent)


def test_no_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="seeds is 0"):
        learning_curves([(BAD, True), (GOOD, False)] * 9, most=10, seeds=0, watch=silent)


@pytest.mark.parametrize("strategy", ["uncertainty", "diversity", "margin"])
def test_the_same_lines_give_the_same_curve(strategy) -> None:
    items = noisy(60, 3)
    runs = [learning_curves(items, most=20, seeds=2, watch=silent, strategy=strategy, score=macro_f1) for _ in range(2)]
    assert runs[0] == runs[1]


def test_rare_kinds_never_leave_a_part_empty() -> None:
    # Six of a hundred: a random third has none of them in one case of eleven.
    items = [(GOOD, False)] * 94 + [(BAD, True)] * 6
    curves = learning_curves(items, most=30, seeds=50, watch=silent)
    assert 0 < curves.points[-1].asked <= 1


def test_diversity_asks_about_each_kind_of_line_early() -> None:
    # Sixty equal good lines, and six kinds of bad ones, three of each: each kind is far from all that was asked about.
    rare = [([f"kind{n}", f"bad{n}", "line"], True) for n in range(6) for _ in range(3)]
    items = [(["a", "good", "line"], False)] * 60 + rare
    spread = learning_curves(items, most=30, seeds=5, watch=silent, strategy="diversity")
    assert spread.points[1].asked > spread.points[1].drawn


def test_a_third_kind_is_learned_too() -> None:
    items = [(BAD, 1), (GOOD, 0), (ODD, 2)] * 12
    curves = learning_curves(items, most=20, seeds=2, watch=silent, strategy="margin", score=macro_f1)
    assert curves.points[-1].asked == 1


def test_doubt_worked_by_hand() -> None:
    assert entropy([0.5, 0.5]) == pytest.approx(math.log(2))
    assert entropy([1, 0]) == 0
    assert closeness([0.2, 0.5, 0.3]) == pytest.approx(0.8)
    assert closeness([1, 0]) == 0
    # More entropy in the first, a smaller margin in the second: with three kinds the two strategies differ.
    spread, close = [0.5, 0.25, 0.25], [0.49, 0.48, 0.03]
    assert entropy(spread) > entropy(close)
    assert closeness(spread) < closeness(close)


SHARES = st.lists(st.floats(0.001, 1), min_size=2, max_size=6).map(lambda parts: [part / sum(parts) for part in parts])


@given(SHARES)
def test_entropy_as_scipy_has_it(shares: list[float]) -> None:
    assert entropy(shares) == pytest.approx(stats.entropy(shares))
    assert 0 <= entropy(shares) <= math.log(len(shares)) + 1e-12
    assert 0 <= closeness(shares) <= 1


@given(st.lists(st.floats(0, 1), min_size=2, max_size=8))
def test_of_two_kinds_entropy_and_margin_order_alike(bad: list[float]) -> None:
    for first, second in itertools.pairwise(bad):
        one, other = [1 - first, first], [1 - second, second]
        if closeness(one) > closeness(other) + 1e-9:
            assert entropy(one) > entropy(other)


def test_the_line_in_most_doubt_comes_first() -> None:
    items = [(BAD, 1), (GOOD, 0), (["rude", "parcel"], 1), (["rude", "whine", "parcel"], 1)]
    model = trained_on(items[:2])
    for strategy in ("uncertainty", "margin"):
        assert by_doubt([0, 1, 2, 3], items, model, strategy)[:2] == [2, 3]
