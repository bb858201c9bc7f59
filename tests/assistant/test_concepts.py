"""Words, concepts and how near they stand."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.assistant.concepts import Vocabulary, holds, sentences_in, stem, words_in

VOCABULARY = Vocabulary(
    {
        "same": ["same", "identical"],
        "template": ["templat"],
        "collapse": ["collaps"],
        "pair": ["word pair"],
        "bot": ["bot."],
    },
    negators=["not", "no", "never"],
    known=["sample", "stored"],
)


def found(text: str) -> list[str]:
    return [tag for _, tag in VOCABULARY.tags(words_in(text))]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("The templates are identical", ["template", "same"]),
        ("they are not the same", ["not_same"]),
        ("not only the same", ["same"]),
        ("it is not bad, but the same", ["same"]),
        ("they don't look the same", ["not_same"]),
        ("a word pair, word-pairs", ["pair", "pair"]),
        ("the bot, not the bottle", ["bot"]),
        ("tempaltes colapsed", ["template", "collapse"]),
        ("a sample was stored", []),
        ("", []),
    ],
)
def test_words_stand_for_concepts(text: str, tags: list[str]) -> None:
    assert found(text) == tags


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from("abc")), max_size=12), st.integers(0, 10))
def test_a_list_holds_where_all_its_concepts_stand_within_the_span(tags: list[tuple[int, str]], span: int) -> None:
    tags = sorted(tags)
    by_hand = any(
        {tag for _, tag in chosen} == {"a", "b"} and chosen[1][0] - chosen[0][0] <= span
        for chosen in itertools.combinations(tags, 2)
    )
    assert holds([["a", "b"]], tags, span) is by_hand


def test_numbers_keep_their_point_and_end_no_sentence() -> None:
    assert words_in("Distinct-2 is 0.21, not 1,000") == ["distinct", "2", "is", "0.21", "not", "1,000"]
    assert sentences_in("It is 0.21. Why?\nSo it is") == ["It is 0.21.", "Why?", "So it is"]


@pytest.mark.parametrize(
    ("word", "stemmed"), [("replies", "reply"), ("training", "train"), ("boxes", "box"), ("is", "is")]
)
def test_endings_are_cut(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


@pytest.mark.parametrize(
    ("stem", "text", "is_found"),
    [
        ("cap~", "we cap, capped, capping, caps", 4),
        ("cap~", "capacity and escape", 0),
        ("throw~ .. out", "throw them all out", 1),
        ("throw~ .. out", "throw a very long list of them out", 0),
        ("organis", "organize and organised", 2),
        ("labell", "labeled and labelled", 2),
        ("5000", "5,000 or 5k or 5000", 3),
        ("percent", "79% of them", 1),
        ("people", "ppl", 1),
        ("can't", "cant, cannot, can't", 3),
        ("contain", "counted", 0),
    ],
)
def test_a_stem_takes_the_forms_of_its_word(stem: str, text: str, is_found: int) -> None:
    vocabulary = Vocabulary({"it": [stem]}, negators=[], known=["counted"])
    assert len([tag for _, tag in vocabulary.tags_of(vocabulary.read(text)) if tag == "it"]) == is_found


@pytest.mark.parametrize(
    ("sentence", "tags"),
    [
        ("Shouldn't we use templates?", ["template"]),
        ("Couldn't some templates do?", ["template"]),
        ("If they are identical, aren't they templates?", ["same", "template"]),
        ("Couldn't use templates", ["not_template"]),
        ("We shouldn't use templates", ["not_template"]),
        ("Why not use templates?", ["template"]),
        ("No, templates", ["template"]),
        ("We can't just use templates", ["not_template"]),
        ("It isn't just templates", ["template"]),
        ("I don't think that the replies have templates", ["not_template"]),
        ("identical instead of templates", ["same", "not_template"]),
        ("not good, but templates", ["template"]),
    ],
)
def test_a_negation_reaches_as_far_as_it_means(sentence: str, tags: list[str]) -> None:
    assert [tag for _, tag in VOCABULARY.tags_of(VOCABULARY.read(sentence))] == tags


def test_a_refusal_denies_the_whole_clause_where_that_is_asked_for() -> None:
    sentence = VOCABULARY.read("I would never ask anybody in the office about templates, identical ones")
    assert "template" in {tag for _, tag in VOCABULARY.tags_of(sentence)}
    assert {tag for _, tag in VOCABULARY.tags_of(sentence, is_far=True)} == {"not_template", "same"}
