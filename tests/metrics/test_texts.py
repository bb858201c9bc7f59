"""What is no list of texts, and what holds texts and words beside lists."""

import math

import numpy as np
import pytest

from synthqc.metrics.classifier import train
from synthqc.metrics.collapse import collapse
from synthqc.metrics.correlation import ranks
from synthqc.metrics.distinct import distinct_n
from synthqc.metrics.duplicates import duplicates_of
from synthqc.metrics.heuristics import reasons
from synthqc.metrics.lexical import mattr, mtld, ttr
from synthqc.metrics.selection import coverage
from synthqc.metrics.templates import templates_of
from synthqc.metrics.undefined import UndefinedReading
from synthqc.metrics.vendi import effective_number, vendi_score

ON_TEXTS = [duplicates_of, templates_of, reasons]
TEXTS = ["the same line of words", "the same line of words", "another one of them, quite different"]


@pytest.mark.parametrize("metric", ON_TEXTS)
@pytest.mark.parametrize(
    ("records", "message"),
    [
        ("one text", "the records are one text, 'one text'; give a list of texts"),
        (["a", None], "record 2 is None, allowed is a text"),
        (["a", math.nan], "record 2 is nan"),
        ([["a", "list"]], "record 1 is .'a', 'list'."),
        (np.array([1.5, 2.5]), r"record 1 is .*1\.5"),
    ],
)
def test_what_is_no_list_of_texts_is_refused(metric, records, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        metric(records)


@pytest.mark.parametrize("metric", ON_TEXTS)
@pytest.mark.parametrize("form", [tuple, np.array, lambda texts: np.array(texts, dtype=object)])
def test_it_is_the_same_whatever_holds_the_texts(metric, form) -> None:
    assert metric(form(TEXTS)) == metric(TEXTS)


@pytest.mark.parametrize("metric", [ttr, lambda words: mattr(words, 3), mtld])
def test_it_is_the_same_whatever_holds_the_words(metric) -> None:
    words = ["a", "b", "a", "c", "b", "b", "d"]
    for form in (tuple, np.array, lambda one: np.array(one, dtype=object)):
        assert metric(form(words)) == metric(words)


def test_a_run_of_the_small_model_takes_arrays_of_words() -> None:
    records = [["the", "cat", str(n % 7), "sat", "on", "a", "mat"] for n in range(20)]
    assert collapse([np.array(record) for record in records], generations=1) == collapse(records, generations=1)


@pytest.mark.parametrize("record", [None, 5, math.nan])
def test_what_is_no_list_of_words_is_refused(record) -> None:
    with pytest.raises(ValueError, match=r"record 2 is .*, allowed is a list of words"):
        distinct_n([["a"], record], 1)


@pytest.mark.parametrize("kind", [0.7, -1, None, math.nan, math.inf, "1", "bad"])
def test_what_is_no_kind_is_refused(kind) -> None:
    with pytest.raises(ValueError, match=r"the kind of line 2 is .*, allowed is a whole number from 0"):
        train([["a"], ["b"]], [0, kind])


@pytest.mark.parametrize("kinds", [[0, 1], (False, True), np.array([0.0, 1.0]), np.array([False, True])])
def test_kinds_may_be_numbers_and_truths(kinds) -> None:
    assert train([["a"], ["b"]], kinds) == train([["a"], ["b"]], [0, 1])


@pytest.mark.parametrize(
    "metric",
    [ranks, lambda values: vendi_score([values]), lambda values: effective_number(values, 1)],
    ids=["ranks", "kernel", "shares"],
)
def test_numbers_beyond_all_floats_are_refused(metric) -> None:
    with pytest.raises(ValueError, match="must be"):
        metric([10**400])


def test_items_without_dimensions_have_no_coverage() -> None:
    with pytest.raises(UndefinedReading, match="no items to cover"):
        coverage([[]], [0])
