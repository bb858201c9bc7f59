"""Learning curves: what they are averages of, and what they need."""

import pytest

from synthqc.metrics.active import f1, learning_curves
from synthqc.metrics.classifier import train
from synthqc.metrics.undefined import UndefinedReading

BAD, GOOD = ["rude", "whine"], ["parcel", "van"]


def silent(_done: int, _of: int) -> None:
    """Nobody looks."""


def test_f1_worked_by_hand() -> None:
    model = train([BAD, GOOD], [True, False])
    assert f1(model, [(BAD, True), (GOOD, False)]) == 1
    # One of two bad lines found, one good line called bad: precision 1/2, recall 1/2.
    assert f1(model, [(BAD, True), (GOOD, True), (BAD, False), (GOOD, False)]) == 0.5
    assert f1(model, [(GOOD, False)]) == 0
    assert f1(model, [(GOOD, True)]) == 0


def test_what_is_easy_is_learned_by_both_ways() -> None:
    items = [(BAD, True), (GOOD, False)] * 30
    points = learning_curves(items, most=30, seeds=3, watch=silent)
    assert [point.labels for point in points] == [10, 20, 30]
    assert points[-1].asked == points[-1].drawn == 1


def test_the_curve_ends_where_the_lines_end() -> None:
    points = learning_curves([(BAD, True), (GOOD, False)] * 9, most=1000, seeds=2, watch=silent)
    assert points[-1].labels == 12


def test_too_few_of_a_kind_are_refused() -> None:
    with pytest.raises(UndefinedReading, match="2 bad and 20 good lines are too few"):
        learning_curves([(BAD, True)] * 2 + [(GOOD, False)] * 20, most=10, seeds=1, watch=silent)


def test_the_same_lines_give_the_same_curve() -> None:
    items = [(BAD, True), (GOOD, False), (["parcel", "whine"], True), (["rude", "van"], False)] * 10
    assert learning_curves(items, most=20, seeds=2, watch=silent) == learning_curves(
        items, most=20, seeds=2, watch=silent
    )


def test_diversity_asks_about_each_kind_of_line_early() -> None:
    # Forty equal good lines, and six kinds of bad ones, two of each: each kind is far from all that was asked about.
    rare = [([f"kind{n}", f"bad{n}", "line"], True) for n in range(6) for _ in range(3)]
    items = [(["a", "good", "line"], False)] * 60 + rare
    spread = learning_curves(items, most=30, seeds=5, watch=silent, strategy="diversity")
    assert spread[1].asked > spread[1].drawn
