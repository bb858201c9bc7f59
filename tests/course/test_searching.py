"""Full-text search over a course."""

import pytest

from synthqc.course.loading import load_course
from synthqc.course.searching import places_of, search


@pytest.fixture(scope="module")
def places():
    return list(places_of(load_course()))


def found(places, query: str) -> list[tuple[str, str]]:
    return [(hit.place.kind, hit.place.id) for hit in search(places, query)]


def test_a_term_comes_before_the_sections_that_use_it(places) -> None:
    hits = found(places, "vendi")
    assert hits[0] == ("term", "vendi-score")
    assert ("section", "vendi") in hits
    assert ("claim", "C53") in hits


def test_all_words_must_be_there_and_beginnings_are_enough(places) -> None:
    assert ("section", "llama") in found(places, "reject sampl")
    assert found(places, "reject sampl zebra") == []
    assert found(places, "KAPPA") == found(places, "kappa")


@pytest.mark.parametrize("query", ["", "   ", "?!", "[[", "\\"])
def test_a_query_without_words_finds_nothing(places, query: str) -> None:
    assert search(places, query) == []


def test_an_excerpt_shows_the_word_and_no_marks(places) -> None:
    for hit in search(places, "birthdays"):
        assert "birthday" in hit.excerpt.lower()
    assert not any("[C" in place.text or "**" in place.text for place in places)


def test_every_section_term_and_claim_can_be_found(places) -> None:
    course = load_course()
    for entry in course.module.lessons:
        lesson = course.lesson(entry.id)
        assert {place.id for place in places if place.kind == "section" and place.lesson == entry.id} == {
            one.id for one in lesson.sections
        }
    assert sum(place.kind == "claim" for place in places) == 73
