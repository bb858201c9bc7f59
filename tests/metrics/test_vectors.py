"""Vectors of words and their likeness."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.tokens import tokenised
from synthqc.metrics.vectors import lexical_likeness, likeness, tf_idf
from synthqc.metrics.words import coded

RECORDS = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), max_size=50)


def test_a_case_worked_by_hand() -> None:
    vectors = tf_idf([["a", "b"], ["a"], []])
    assert vectors.shape == (3, 2)
    # Three records: "a" in two of them, "b" in one.
    common, rare = math.log(4 / 3) + 1, math.log(4 / 2) + 1
    length = math.hypot(common, rare)
    assert vectors[0].tolist() == pytest.approx([common / length, rare / length])
    assert vectors[1].tolist() == [1, 0]
    assert vectors[2].tolist() == [0, 0]
    assert lexical_likeness([["a", "b"], ["a"], []])[0].tolist() == pytest.approx([1, common / length, 0])


@given(RECORDS)
def test_likeness_without_vectors_is_that_of_the_vectors(records: list[list[str]]) -> None:
    assert np.allclose(lexical_likeness(records), likeness(tf_idf(records)), atol=1e-12, rtol=0)


@given(RECORDS)
def test_likeness_is_symmetric_and_within_its_range(records: list[list[str]]) -> None:
    found = lexical_likeness(records)
    assert (found == found.T).all()
    assert ((found >= 0) & (found <= 1)).all()
    assert (np.diagonal(found) == 1).all()


def test_coded_words_give_the_same_as_strings() -> None:
    texts = ["The cat sat.", "A dog ran", "", "the dog sat, the cat ran"]
    assert np.allclose(tf_idf(coded(texts)), tf_idf(tokenised(texts)))
