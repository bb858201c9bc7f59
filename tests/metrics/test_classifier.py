"""The quality classifier: odds worked by hand, and the rounds of self-training."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score
from sklearn.naive_bayes import MultinomialNB

from synthqc.metrics.classifier import Item, f1, macro_f1, self_train, train, trained_on
from synthqc.metrics.labelcurve import label_curve
from synthqc.metrics.undefined import UndefinedReading

BAD, KIND = ["rude", "whine"], ["parcel", "van"]
WORDS = ["rude", "kind", "you", "parcel", "👍", "模"]
LINES = st.lists(st.lists(st.sampled_from(WORDS), max_size=6), min_size=2, max_size=12)


def test_a_probability_worked_by_hand() -> None:
    # Bad: {rude, you}, good: {kind, you} and {kind}; 3 words. Prior 1:2.
    # P(rude | bad) = 2/5, P(rude | good) = 1/6, so the odds are 1/2 x (2/5)/(1/6) = 1.2.
    model = train([["rude", "you"], ["kind", "you"], ["kind"]], [True, False, False])
    assert model.probability_bad(["rude"]) == pytest.approx(1.2 / 2.2)
    assert model.probability_bad(["rude", "rude"]) == model.probability_bad(["rude"])
    assert model.probability_bad(["never", "seen"]) == pytest.approx(1 / 3)
    assert model.probability_bad([]) == pytest.approx(1 / 3)


def test_a_very_long_line_does_not_overflow() -> None:
    words = [f"w{n}" for n in range(5000)]
    model = train([words, ["kind"]], [True, False])
    assert 0 <= model.probability_bad(words) <= 1


@given(LINES, st.data())
def test_probabilities_as_scikit_learn_has_them(lines: list[list[str]], data: st.DataObject) -> None:
    kinds = data.draw(st.lists(st.integers(0, 2), min_size=len(lines), max_size=len(lines)))
    if set(kinds) not in ({0, 1}, {0, 1, 2}):
        return
    learned = sorted({word for line in lines for word in line})
    if not learned:
        return
    counts = np.array([[word in line for word in learned] for line in lines], dtype=int)
    theirs = MultinomialNB(alpha=1).fit(counts, kinds).predict_proba(counts)
    model = train(lines, kinds)
    for line, expected in zip(lines, theirs, strict=True):
        found = model.probabilities(line)
        assert found == pytest.approx(list(expected))
        assert sum(found) == pytest.approx(1)
    if max(kinds) == 1:
        assert model.probability_bad(lines[0]) == pytest.approx(theirs[0][1])


@given(LINES, st.data())
def test_f1_as_scikit_learn_has_it(lines: list[list[str]], data: st.DataObject) -> None:
    kinds = data.draw(st.lists(st.integers(0, 2), min_size=len(lines), max_size=len(lines)))
    model = train([["rude"], ["kind"], ["parcel"]], [1, 0, 2])
    held_out = [*zip(lines, kinds, strict=True)]
    called = [model.kind_of(line) for line in lines]
    assert f1(model, held_out) == pytest.approx(f1_score(kinds, called, labels=[1], average="macro", zero_division=0))
    assert macro_f1(model, held_out) == pytest.approx(f1_score(kinds, called, average="macro", zero_division=0))


def test_f1_worked_by_hand() -> None:
    model = train([BAD, KIND], [True, False])
    assert f1(model, [(BAD, True), (KIND, False)]) == 1
    # One of two bad lines found, one good line called bad: precision 1/2, recall 1/2.
    assert f1(model, [(BAD, True), (KIND, True), (BAD, False), (KIND, False)]) == 0.5
    assert f1(model, [(KIND, False)]) == 0
    assert f1(model, [(KIND, True)]) == 0
    # Good lines: one of two found, one bad called good, so 1/2 as well.
    assert macro_f1(model, [(BAD, True), (KIND, True), (BAD, False), (KIND, False)]) == 0.5
    assert macro_f1(model, [(KIND, False)]) == 1
    with pytest.raises(UndefinedReading, match="no held-out lines"):
        macro_f1(model, [])


def test_labels_and_lines_go_together() -> None:
    with pytest.raises(ValueError, match="2 lines and 1 labels"):
        train([["a"], ["b"]], [True])
    with pytest.raises(ValueError, match="whole numbers from 0 without a gap"):
        train([["a"], ["b"]], [0, 2])
    with pytest.raises(UndefinedReading, match="all of one kind"):
        train([], [])


@pytest.mark.parametrize("form", [list, tuple, np.array])
def test_labels_are_lists_tuples_or_arrays(form) -> None:
    assert train([BAD, KIND], form([True, False])).probability_bad(BAD) > 0.5


SEED: list[Item] = [(["rude", f"w{n % 7}"], True) for n in range(9)] + [
    (["kind", f"w{n % 5}"], False) for n in range(20)
]


def test_a_label_curve_starts_small_and_ends_with_the_whole_seed() -> None:
    held_out: list[Item] = [(["rude", "w1"], True), (["kind", "w2"], False), (["w3"], False)]
    curve = label_curve(SEED, held_out, draws=5)
    assert [one.labels for one in curve] == [4, 8, 16, 29]
    assert curve[-1].f1 == f1(trained_on(SEED), held_out)
    assert curve[-1].spread == 0
    assert all(0 <= one.f1 <= 1 and one.spread >= 0 for one in curve)
    assert curve == label_curve(SEED, held_out, draws=5)
    assert [one.labels for one in label_curve([(BAD, True), (KIND, False)], held_out, draws=2)] == [2]


def test_a_label_curve_needs_both_kinds_and_two_draws() -> None:
    with pytest.raises(UndefinedReading, match="all of one kind"):
        label_curve([(BAD, True)] * 9, [(BAD, True)], draws=2)
    with pytest.raises(ValueError, match="draws is 1"):
        label_curve(SEED, [(BAD, True)], draws=1)


def test_one_kind_of_label_is_refused() -> None:
    with pytest.raises(UndefinedReading, match="needs good and bad ones"):
        train([["a"], ["b"]], [True, True])
    with pytest.raises(UndefinedReading, match="judging needs"):
        self_train([(["a"], True), (["b"], False)], [], [(["a"], True)], rounds=1)


RUDE, EMPTY, GOOD = ["stupid", "whine"], ["value", "excellence"], ["parcel", "depot", "van"]


def test_a_narrow_seed_misses_what_it_never_saw() -> None:
    held_out = [(RUDE, True), (EMPTY, True), (GOOD, False)]
    narrow = self_train([(RUDE, True), (GOOD, False), (GOOD, False)], [GOOD] * 5 + [EMPTY] * 5, held_out, rounds=3)
    fair = self_train([(RUDE, True), (EMPTY, True), (GOOD, False), (GOOD, False)], [GOOD] * 5, held_out, rounds=3)
    assert [one.number for one in narrow] == [0, 1, 2, 3]
    assert narrow[-1].recall == 0.5
    assert fair[-1].recall == 1
    assert narrow[0].labels == 3
    assert all(0.5 <= one.confidence <= 1 for one in (*narrow, *fair))
