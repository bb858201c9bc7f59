"""What counts as a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.tokens import has_unspaced_script, tokens_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The cat, the CAT!", ["the", "cat", "the", "cat"]),
        ("don't don’t", ["don't", "don't"]),
        ("state-of-the-art 4.2", ["state-of-the-art", "4", "2"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("?! … 👍🏽", []),
        ("Größe ÉTÉ", ["größe", "été"]),
        ("漢字 abc", ["漢", "字", "abc"]),
        ("นี่", list("นี่")),
        ("हिन्दी", ["हिन्दी"]),
        ("தமிழ் గుడ్ සිංහල ਪੰਜਾਬੀ ગુજરાતી മലയാളം", ["தமிழ்", "గుడ్", "සිංහල", "ਪੰਜਾਬੀ", "ગુજરાતી", "മലയാളം"]),
        ("كتابٌ cafe\u0301", ["كتابٌ", "cafe\u0301"]),
        ("\u0301 \u0301a", ["a"]),
        ("日 \u0301 \u0301a日", ["日", "a", "日"]),
        ("- dash -", ["dash"]),
    ],
)
def test_words_are_as_the_rule_says(text: str, words: list[str]) -> None:
    assert tokens_of(text) == words


@given(st.text(max_size=200))
def test_words_are_lower_case_and_without_white_space(text: str) -> None:
    for word in tokens_of(text):
        assert word
        assert word == word.lower()
        assert not any(letter.isspace() for letter in word)


@given(st.lists(st.sampled_from(["cat", "dog's", "42", "x-ray"]), max_size=20))
def test_words_joined_by_spaces_come_back(words: list[str]) -> None:
    assert tokens_of(" ".join(words)) == words


def test_scripts_without_spaces_are_recognised() -> None:
    assert has_unspaced_script("a 漢 b")
    assert not has_unspaced_script("plain, größer, हिन्दी")
