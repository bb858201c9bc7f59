"""The author's check of a lab's rules."""

from dataclasses import replace

import pytest

from synthqc.assistant.labcheck import check_lab, check_phrases
from synthqc.course.lab import EvidenceRule
from synthqc.course.loading import load_course
from synthqc.tools.sample import sample_of_text


@pytest.fixture(scope="module")
def course():
    return load_course()


def findings(course, lab):
    samples = {name: sample_of_text(course.sample_text(name), name) for name in ("support-replies", "support-varied")}
    return list(check_lab(lab, course.concepts, course.lesson("L1"), samples))


def test_the_shipped_lab_recognises_its_own_examples(course) -> None:
    assert findings(course, course.lab("L1")) == []
    assert list(check_phrases(course.concepts)) == []


def test_an_example_that_no_rule_matches_is_named(course) -> None:
    lab = course.lab("L1")
    broken = replace(lab.expectations["A.collapse"], examples=("Bananas are yellow.",))
    lab = replace(lab, expectations={**lab.expectations, "A.collapse": broken})
    assert findings(course, lab) == [
        (("expectations", "A.collapse", "any"), "does not recognise 'Bananas are yellow.'")
    ]


def test_a_slot_that_no_tool_fills_is_named(course) -> None:
    rule = EvidenceRule("odd", "templates.top_share > 0", "It is {templates.colour}.")
    lab = replace(course.lab("L1"), evidence=(rule,))
    assert findings(course, lab) == [
        (("evidence", 0, "say"), "asks for templates.colour, which no tool of this lab measures")
    ]


def test_a_broken_condition_is_named(course) -> None:
    lab = replace(course.lab("L1"), evidence=(EvidenceRule("odd", "templates.top_share >", "x"),))
    [(path, message)] = findings(course, lab)
    assert path == ("evidence", 0, "when")
    assert "needs a name or a number" in message


def test_a_first_hint_that_gives_the_answer_away_is_named(course) -> None:
    lab = course.lab("L1")
    topic = lab.topics["failure_mode"]
    told = replace(topic, hints={**topic.hints, "A": ("The distribution has collapsed.", *topic.hints["A"][1:])})
    lab = replace(lab, topics={**lab.topics, "failure_mode": told})
    assert findings(course, lab) == [
        (("topics", "failure_mode", "hints", "A", 0), "gives away 'A.collapse' on the first step")
    ]


def test_missing_phrases_and_unknown_slots_are_named(course) -> None:
    phrases = {**course.concepts.phrases, "status": ("You are at {place}.",), "unheard": ("a", "b", "c")}
    del phrases["greet"]
    found = [message for _, message in check_phrases(replace(course.concepts, phrases=phrases))]
    assert "has no phrases 'greet', which the tutor needs" in found
    assert "has the slot {place}, allowed is status" in found
    assert "has 1 wordings, needs 3 different ones" in found
    assert any(message.startswith("is never said") for message in found)
