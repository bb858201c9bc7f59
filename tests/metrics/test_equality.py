"""Equality of records: case, spacing and compatibility forms do not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.equality import equal_records, normalised, normalised_all

TEXTS = st.lists(st.text(st.sampled_from("aB \n\t\r\x0b\x1cé\u00a0ﬁ"), max_size=6), max_size=6)


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ("  The\tCat \n sat ", "the cat sat"),
        ("ﬁne ½", "fine 1⁄2"),
        ("", ""),
        (" \n", ""),
        ("a\u00a0b", "a b"),
    ],
)
def test_what_counts_of_a_record(record: str, text: str) -> None:
    assert normalised(record) == text


@given(TEXTS)
def test_several_at_once_are_as_one_by_one(records: list[str]) -> None:
    assert normalised_all(records) == [normalised(record) for record in records]


@given(st.lists(st.text(st.sampled_from("aB "), max_size=4), max_size=8))
def test_a_record_points_to_the_first_that_is_equal(records: list[str]) -> None:
    texts = [normalised(record) for record in records]
    found = equal_records(records)
    assert found.first_of.tolist() == [texts.index(text) if text else -1 for text in texts]
    assert found.firsts.tolist() == [place for place, text in enumerate(texts) if text and texts.index(text) == place]
    assert found.copies.tolist() == [place for place, text in enumerate(texts) if text and texts.index(text) < place]
    assert all(len({texts[place] for place in group}) == 1 for group in found.groups())
    assert sum(len(group) - 1 for group in found.groups()) == len(found.copies)
