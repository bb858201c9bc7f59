"""The quality classifier: odds worked by hand, and the rounds of self-training."""

import pytest

from synthqc.metrics.classifier import self_train, train
from synthqc.metrics.undefined import UndefinedReading


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
