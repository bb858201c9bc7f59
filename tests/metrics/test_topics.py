"""Topics: groups that are plain to see, and what holds for any lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.topics import topics_of
from synthqc.metrics.undefined import UndefinedReading

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


@given(
    st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5), min_size=1, max_size=15), st.integers(1, 6)
)
def test_each_line_has_one_topic_and_a_seed_decides(records: list[list[str]], k: int) -> None:
    found = topics_of(records, k, seed=3)
    assert sorted(member for topic in found for member in topic.members) == list(range(len(records)))
    assert len(found) <= k
    assert found == topics_of(records, k, seed=3)
