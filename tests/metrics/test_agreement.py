"""Kappa: textbook values, the effect of a rare class, and what has no value."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.agreement import (
    cohens_kappa,
    kappa_at,
    kappa_by_label,
    kappa_interval,
    kappa_standard_error,
    krippendorffs_alpha,
    raw_agreement,
)
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


FIRST, SECOND = [3, 1, 2, 3, 1, 2, 2, 1], [3, 1, 2, 1, 1, 3, 2, 2]


@pytest.mark.parametrize(
    "form",
    [
        list,
        tuple,
        np.array,
        lambda labels: np.array(labels, dtype=np.int8),
        lambda labels: np.array(labels, dtype=np.uint64),
        lambda labels: np.array(labels, dtype=float),
        lambda labels: np.array(labels, dtype=object),
        lambda labels: np.array(labels) * 10**12,
        lambda labels: np.array(labels) - 10**12,
        lambda labels: np.array([f"label {label}" for label in labels]),
        lambda labels: [f"{label} 👍🏽 标签" for label in labels],
    ],
    ids=["list", "tuple", "ints", "bytes", "uint64", "floats", "objects", "far", "far below", "text", "emoji and CJK"],
)
@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
def test_kappa_is_the_same_number_whatever_holds_the_labels(form, weights) -> None:
    kappa = cohens_kappa(form(FIRST), form(SECOND), weights)
    assert type(kappa) is float
    assert kappa == cohens_kappa(FIRST, SECOND, weights)
    assert kappa == cohens_kappa(form(FIRST), form(SECOND), weights)
    assert type(raw_agreement(form(FIRST), form(SECOND))) is float
    assert raw_agreement(form(FIRST), form(SECOND)) == 5 / 8
    error = kappa_standard_error(form(FIRST), form(SECOND), weights)
    assert type(error) is float
    assert error == pytest.approx(kappa_standard_error(FIRST, SECOND, weights))


def test_an_array_beside_a_list_is_as_good_as_two_of_a_kind() -> None:
    assert cohens_kappa(np.array(FIRST), SECOND) == cohens_kappa(FIRST, np.array(SECOND)) == cohens_kappa(FIRST, SECOND)


NUMBERED = st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=40)


def kappa_by_definition(pairs: list[tuple[int, int]], power: int) -> Fraction | None:
    """Disagreement over all items, and over all pairs of an item of one with an item of the other."""
    ranks = {label: rank for rank, label in enumerate(sorted({label for pair in pairs for label in pair}))}

    def apart(a: int, b: int) -> int:
        return abs(ranks[a] - ranks[b]) ** power if power else int(a != b)

    expected = sum(apart(a, b) for a, _ in pairs for _, b in pairs)
    observed = sum(apart(a, b) for a, b in pairs)
    return 1 - Fraction(observed * len(pairs), expected) if expected else None


@given(NUMBERED, st.sampled_from([("none", 0), ("linear", 1), ("quadratic", 2)]))
def test_kappa_is_exactly_what_its_definition_says(pairs: list[tuple[int, int]], kind) -> None:
    weights, power = kind
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    exact = kappa_by_definition(pairs, power)
    for one, other in ((first, second), (np.array(first), np.array(second))):
        if exact is None:
            with pytest.raises(UndefinedReading, match="no chance to correct for"):
                cohens_kappa(one, other, weights)
        else:
            assert cohens_kappa(one, other, weights) == float(exact)


@given(NUMBERED, st.sampled_from(["none", "linear", "quadratic"]))
def test_the_standard_error_is_that_of_the_delta_method(pairs: list[tuple[int, int]], weights) -> None:
    first, second = np.array(pairs).T
    try:
        error = kappa_standard_error(first, second, weights)
    except UndefinedReading:
        return
    # Each item in turn counts a little more: how kappa answers, squared and summed, is its variance.
    step = 1000
    kappa = cohens_kappa(np.repeat(first, step), np.repeat(second, step), weights)
    pulls = []
    for place in range(len(first)):
        counts = np.full(len(first), step)
        counts[place] += 1
        more = cohens_kappa(np.repeat(first, counts), np.repeat(second, counts), weights)
        pulls.append((more - kappa) * (len(first) * step + 1) / len(first))
    assert error == pytest.approx(math.sqrt(sum(pull**2 for pull in pulls)), rel=0.02, abs=2e-3)


def test_an_interval_worked_by_hand() -> None:
    # 20, 5, 10 and 15 of 50 items; the raters say yes to 0.5 and 0.6. Kappa 0.4, chance 1/2; then the three terms of
    # Fleiss, Cohen and Everitt, the second with the share of i for the second rater and of j for the first.
    a = 0.4 * (1 - (0.5 + 0.6) * 0.6) ** 2 + 0.3 * (1 - (0.5 + 0.4) * 0.6) ** 2
    b = 0.6**2 * (0.1 * (0.6 + 0.5) ** 2 + 0.2 * (0.4 + 0.5) ** 2)
    c = (0.4 - 0.5 * 0.6) ** 2
    error = math.sqrt((a + b - c) / (0.5**2 * 50))
    first, second = ratings(20, 5, 10, 15)
    assert kappa_standard_error(first, second) == pytest.approx(error)
    assert kappa_interval(first, second) == (
        pytest.approx(0.4 - 1.959964 * error, abs=1e-6),
        pytest.approx(0.4 + 1.959964 * error, abs=1e-6),
    )


def test_an_interval_is_cut_to_what_kappa_can_be_and_grows_with_its_level() -> None:
    first, second = ratings(9, 1, 0, 5)
    narrow, wide = kappa_interval(first, second, level=0.5), kappa_interval(first, second, level=0.999)
    assert wide[0] < narrow[0] < cohens_kappa(first, second) < narrow[1] <= wide[1] == 1
    assert kappa_interval(["a", "b"], ["a", "b"]) == (1, 1)
    for level in (0, 1, 95, -0.1, math.nan, True):
        with pytest.raises(ValueError, match=r"the level is .*, allowed is above 0 and below 1"):
            kappa_interval(first, second, level=level)


def test_kappa_of_each_label_worked_by_hand() -> None:
    found = kappa_by_label(["a", "a", "b", "c"], ["a", "b", "b", "c"])
    # a: agreement 3/4, chance (2*1 + 2*3)/16; b: 3/4, (1*2 + 3*2)/16; c: all agree.
    assert found == {"a": pytest.approx(0.5), "b": pytest.approx(0.5), "c": 1}


@given(NUMBERED)
def test_kappa_is_the_mean_of_its_labels_weighted_by_chance(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    try:
        found = kappa_by_label(first, second)
    except UndefinedReading:
        return
    n = len(pairs)
    weights = {x: first.count(x) * (n - second.count(x)) + second.count(x) * (n - first.count(x)) for x in found}
    mean = sum(weights[x] * kappa for x, kappa in found.items()) / sum(weights.values())
    assert cohens_kappa(first, second) == pytest.approx(mean)


def test_many_different_labels_need_no_table_of_all_pairs() -> None:
    first = np.arange(200_000)
    assert cohens_kappa(first, first) == 1
    assert cohens_kappa(first, first[::-1], "quadratic") == pytest.approx(-1, abs=1e-4)


@pytest.mark.parametrize(
    ("first", "second", "weights", "message"),
    [
        (["a"], ["a", "b"], "none", "one rater has 1 labels, the other 2"),
        (["a", None], ["a", "b"], "none", "item 2 lacks a label"),
        ([1.0, 2.0, 2.0], [1.0, math.nan, 3.0], "none", "item 2 lacks a label"),
        (np.array([1.0, math.nan]), np.array([1.0, 2.0]), "quadratic", "item 2 lacks a label"),
        (["a", 1], ["a", 1], "linear", "weights need labels with an order, such as numbers"),
        ([["a"], ["b"]], [["a"], ["b"]], "none", "labels have to be text, numbers or other plain values"),
        (np.zeros((2, 2)), np.zeros((2, 2)), "none", r"shape \(2, 2\), allowed is one label an item"),
        (["a", "b"], ["b", "a"], "cubic", "weights are 'cubic', allowed is one of none, linear, quadratic"),
    ],
)
def test_what_is_no_pair_of_raters_is_refused(first, second, weights, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        cohens_kappa(first, second, weights)


@pytest.mark.parametrize("empty", [[], (), np.array([])], ids=["list", "tuple", "array"])
def test_no_items_have_no_value(empty) -> None:
    for metric in (raw_agreement, cohens_kappa, kappa_standard_error, kappa_interval, kappa_by_label):
        with pytest.raises(UndefinedReading, match="no item was rated by both"):
            metric(empty, empty)


@pytest.mark.parametrize("one", [["a"], [True, True], np.array([7, 7]), np.array(["x"])])
@pytest.mark.parametrize("metric", [cohens_kappa, kappa_standard_error, kappa_interval, kappa_by_label])
def test_one_label_throughout_has_no_value(metric, one) -> None:
    with pytest.raises(UndefinedReading, match="no chance to correct for"):
        metric(one, one)


def test_labels_of_mixed_types_and_booleans_are_names_like_others() -> None:
    assert cohens_kappa(["a", 1, "a", 1], ["a", 1, 1, "a"]) == 0
    assert cohens_kappa([True, False, True, False], np.array([True, False, False, True])) == 0
    assert cohens_kappa([True, False], [1, 0], "linear") == 1


TABLE = np.array(
    [[math.nan if label == "." else float(label) for label in row.split()] for row in OBSERVERS], dtype=float
).T


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_is_the_same_number_whatever_holds_the_labels(scale) -> None:
    alpha = krippendorffs_alpha(UNITS, scale)
    gaps = [[None if math.isnan(label) else int(label) for label in row] for row in TABLE.tolist()]
    forms = [
        TABLE,
        TABLE.tolist(),
        gaps,
        np.array(gaps, dtype=object),
        [tuple(unit) for unit in UNITS],
        [np.array(unit) for unit in UNITS],
        TABLE.astype(np.float32),
        np.asfortranarray(TABLE),
    ]
    for form in forms:
        found = krippendorffs_alpha(form, scale)
        assert type(found) is float
        assert found == pytest.approx(alpha, abs=1e-15)
    whole = np.array([[1, 2, 2], [3, 3, 4], [1, 1, 1]], dtype=np.uint8)
    assert krippendorffs_alpha(whole, scale) == krippendorffs_alpha(whole.tolist(), scale)


RAGGED = st.lists(st.lists(st.integers(0, 4), max_size=5), max_size=12)


def alpha_by_definition(units: list[list[int]], scale: str) -> Fraction | None:
    """Within and between items, over all ordered pairs of labels, in exact numbers."""
    paired = [unit for unit in units if len(unit) > 1]
    labels = [label for unit in paired for label in unit]

    def apart(a: int, b: int) -> Fraction:
        if scale == "ordinal":
            low, high = sorted((a, b))
            between = sum(low <= label <= high for label in labels)
            return (between - Fraction(labels.count(a) + labels.count(b), 2)) ** 2 if a != b else Fraction(0)
        if scale == "ratio":
            return Fraction(a - b, a + b) ** 2 if a + b else Fraction(0)
        return Fraction((a - b) ** 2 if scale == "interval" else a != b)

    expected = sum(apart(a, b) for a in labels for b in labels)
    if not expected:
        return None
    within = sum(Fraction(sum(apart(a, b) for a in unit for b in unit)) / (len(unit) - 1) for unit in paired)
    return 1 - (len(labels) - 1) * within / expected


@given(RAGGED, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_what_its_definition_says(units: list[list[int]], scale) -> None:
    exact = alpha_by_definition(units, scale)
    if exact is None:
        with pytest.raises(UndefinedReading):
            krippendorffs_alpha(units, scale)
        return
    found = krippendorffs_alpha(units, scale)
    assert found == pytest.approx(float(exact), abs=1e-12)
    if scale == "nominal":
        assert found == float(exact)


@pytest.mark.parametrize("scale", ["interval", "ordinal", "ratio"])
@pytest.mark.parametrize("factor", [1e-300, 1e-9, 1.0, 1e300], ids=str)
def test_alpha_does_not_depend_on_the_unit(scale, factor: float) -> None:
    units = [[factor * label for label in unit] for unit in UNITS]
    assert krippendorffs_alpha(units, scale) == pytest.approx(krippendorffs_alpha(UNITS, scale))


def test_alpha_on_an_interval_does_not_depend_on_where_zero_is() -> None:
    for offset in (-1e6, 1e6, 2**40):
        shifted = [[label + offset for label in unit] for unit in UNITS]
        assert krippendorffs_alpha(shifted, "interval") == pytest.approx(krippendorffs_alpha(UNITS, "interval"))
    ends = [[-1.7e308, 1.7e308], [1.7e308, 1.7e308], [-1.7e308, -1.7e308]]
    assert krippendorffs_alpha(ends, "interval") == pytest.approx(krippendorffs_alpha([[0, 1], [1, 1], [0, 0]]))


@pytest.mark.parametrize(
    ("units", "scale", "message"),
    [
        ([["a", "b"], ["b", "b"]], "interval", "the interval scale needs labels that are numbers, not 'a'"),
        ([["1", "2"], ["2", "2"]], "ordinal", "the ordinal scale needs labels that are numbers, not '1'"),
        ([["a", 1], [1, 1]], "ordinal", "the ordinal scale needs labels that are numbers, not 'a'"),
        ([[1, math.inf], [1, 1]], "interval", "finite"),
        (np.array([[1, math.inf], [1, 1]]), "nominal-ish", "the scale is 'nominal-ish', allowed is one of nominal"),
        ([[10**400, 1], [1, 1]], "interval", "the interval scale needs smaller numbers"),
        ([[-1, 1], [1, 1]], "ratio", "the ratio scale needs numbers of at least 0, not -1"),
        (np.array([1, 2, 3]), "nominal", r"shape \(3,\), allowed is a table of items by raters"),
        ([1, 2, 3], "nominal", "each item needs a list of plain labels"),
        ([[{}, {}]], "nominal", "each item needs a list of plain labels"),
    ],
)
def test_what_a_scale_does_not_take_is_refused(units, scale, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        krippendorffs_alpha(units, scale)


@pytest.mark.parametrize(
    "units",
    [[], [[]], [[1], [2]], [[None, 1], [math.nan, 2]], np.empty((0, 3)), np.full((4, 3), math.nan), np.ones((4, 1))],
    ids=["nothing", "an empty item", "one label each", "gaps", "an empty table", "all missing", "one rater"],
)
def test_items_without_two_labels_have_no_alpha(units) -> None:
    with pytest.raises(UndefinedReading, match="no item was rated by two"):
        krippendorffs_alpha(units)


def test_infinity_is_a_name_like_others_and_booleans_are_labels() -> None:
    assert krippendorffs_alpha([[math.inf, math.inf], [1, 1]]) == 1
    assert krippendorffs_alpha(np.array([[math.inf, math.inf], [1, 1]])) == 1
    assert krippendorffs_alpha([[True, True], [False, False]], "interval") == 1
    assert krippendorffs_alpha(np.array([[True, True], [False, False]])) == 1
    with pytest.raises(UndefinedReading, match="all labels are the same"):
        krippendorffs_alpha(np.array([[True, True], [True, True]]))
