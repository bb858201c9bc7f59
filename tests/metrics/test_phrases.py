"""Phrases, openings and closings against hand-worked cases and plain counts."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.phrases import closing, opening, phrases_of
from synthqc.metrics.undefined import UndefinedReading

RECORDS = st.lists(st.lists(st.sampled_from("abc"), max_size=7), max_size=7)
LINES = [["thank", "you", "for", "waiting"], ["thank", "you", "for", "asking"], ["we", "are", "sorry"], ["hm"]]


def test_a_case_worked_by_hand() -> None:
    found = phrases_of([["a", "b", "a", "b"], ["a", "b"], ["b", "a"]], 2)
    assert [(one.words, one.records) for one in found.common] == [(("a", "b"), (0, 1)), (("b", "a"), (0, 2))]
    assert found.different == 2


def test_the_commonest_opening_and_closing_are_named() -> None:
    phrase, share = opening(LINES)
    assert (phrase.words, phrase.records, share) == (("thank", "you", "for"), (0, 1), 2 / 3)
    phrase, share = closing([*LINES, ["they", "are", "sorry"]], 2)
    assert (phrase.words, phrase.records, share) == (("are", "sorry"), (2, 4), 2 / 4)


@given(RECORDS, st.integers(1, 4))
def test_it_agrees_with_a_plain_count(records: list[list[str]], n: int) -> None:
    runs = [[tuple(record[start : start + n]) for start in range(len(record) - n + 1)] for record in records]
    counts = Counter(run for one in runs for run in dict.fromkeys(one))
    if not counts:
        with pytest.raises(UndefinedReading, match=f"no line has {n} words"):
            phrases_of(records, n)
        return
    # A Counter keeps the order of first sight, as the phrases do.
    first_seen = {run: place for place, run in enumerate(dict.fromkeys(run for one in runs for run in one))}
    shared = [run for run in counts if counts[run] > 1]
    expected = sorted(shared, key=lambda run: (-counts[run], first_seen[run]))[:5]
    found = phrases_of(records, n, most=5)
    assert [one.words for one in found.common] == expected
    assert [one.records for one in found.common] == [
        tuple(place for place, one in enumerate(runs) if run in one) for run in expected
    ]
    assert found.different == len(counts)
    openings = Counter(one[0] for one in runs if one)
    phrase, share = opening(records, n)
    assert (phrase.words, share) == (openings.most_common(1)[0][0], openings.most_common(1)[0][1] / openings.total())
    reverse, other = opening([record[::-1] for record in records], n)
    phrase, share = closing(records, n)
    assert (phrase.words[::-1], share) == (reverse.words, other)


def test_a_phrase_that_comes_back_beyond_a_block_is_one_phrase() -> None:
    filler = [[str(number)] * 9 for number in range(9_000)]
    found = phrases_of([["a", "b", "a", "b"], *filler, ["x", "a", "b"], ["y"] * 70_000], 2)
    assert [(one.words, one.records) for one in found.common] == [(("a", "b"), (0, 9_001))]
    assert found.different == 2 + 9_000 + 1 + 1


@pytest.mark.parametrize("measure", [phrases_of, opening, closing])
def test_too_little_text_is_undefined(measure) -> None:
    with pytest.raises(UndefinedReading, match="no line has 3 words"):
        measure([["a"], []], 3)
