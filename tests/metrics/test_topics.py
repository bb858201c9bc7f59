"""Topics: groups that are plain to see, and what holds for any lines."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.topics import topics_of
from synthqc.metrics.undefined import UndefinedReading
from synthqc.metrics.vectors import tf_idf
from synthqc.metrics.words import coded

TEA, TRAIN, RAIN = ["tea", "cup", "milk"], ["train", "rail", "station"], ["rain", "cloud", "storm"]


def test_three_subjects_are_three_topics_with_their_words() -> None:
    found = topics_of([TEA, TEA[:2], TEA[1:], TRAIN, TRAIN[:2], RAIN], 3)
    assert [set(topic.members) for topic in found] == [{0, 1, 2}, {3, 4}, {5}]
    assert set(found[0].words[:3]) == set(TEA)
    assert found[0].members[0] == 0


def test_alike_lines_are_one_topic_however_many_are_asked_for() -> None:
    [topic] = topics_of([TEA, TEA, TEA], 3)
    assert topic.members == (0, 1, 2)


def test_what_cannot_be_grouped_is_refused() -> None:
    with pytest.raises(UndefinedReading, match="no words to group by"):
        topics_of([], 3)
    with pytest.raises(ValueError, match="0 topics"):
        topics_of([TEA], 0)
    with pytest.raises(ValueError, match="line 2 has no word"):
        topics_of([TEA, []], 2)


@given(
    st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5), min_size=1, max_size=15), st.integers(1, 6)
)
def test_each_line_has_one_topic_and_a_seed_decides(records: list[list[str]], k: int) -> None:
    found = topics_of(records, k, seed=3)
    assert sorted(member for topic in found for member in topic.members) == list(range(len(records)))
    assert len(found) <= k
    assert found == topics_of(records, k, seed=3)


def test_a_topic_is_named_by_words_that_it_has() -> None:
    for topic, line in zip(topics_of([["tea"], TRAIN], 2), [["tea"], TRAIN], strict=True):
        assert set(topic.words) <= set(line)


def test_coded_words_tuples_and_strings_give_the_same_topics() -> None:
    texts = ["Tea, a cup!", "a cup of TEA 👍", "the train", "模型崩溃"]
    strings = [["tea", "a", "cup"], ["a", "cup", "of", "tea"], ["the", "train"], [*"模型崩溃"]]
    found = topics_of(coded(texts), 3)
    assert found == topics_of(strings, 3) == topics_of(tuple(map(tuple, strings)), 3)
    assert {frozenset(topic.members) for topic in found} == {frozenset({0, 1}), frozenset({2}), frozenset({3})}


@given(
    st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5), min_size=2, max_size=15), st.integers(1, 6)
)
def test_a_line_is_nowhere_nearer_than_in_its_own_topic(records: list[list[str]], k: int) -> None:
    vectors = tf_idf(records)
    topics = topics_of(records, k)
    sums = np.array([vectors[list(topic.members)].sum(axis=0) for topic in topics])
    likeness = vectors @ (sums / np.linalg.norm(sums, axis=1, keepdims=True)).T
    for place, topic in enumerate(topics):
        own = likeness[list(topic.members)]
        assert (own[:, place] >= own.max(axis=1) - 1e-9).all()
        assert (np.diff(own[:, place]) <= 1e-9).all()
