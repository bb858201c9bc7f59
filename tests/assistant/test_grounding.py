"""What each number of a reply rests on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcripts import TUTOR, dialogue_in, files, sample_named

from synthqc.assistant.groundfacts import facts_for, ground_facts
from synthqc.assistant.grounding import Claim, claims_in
from synthqc.assistant.numbers_in import numbers_in, sentences_of
from synthqc.assistant.protocol import Analysis, Exchange, Turn
from synthqc.assistant.tutor import readings_of, turn_of
from synthqc.course.loading import load_course
from synthqc.tools.catalogue import run_tool

COURSE = load_course()


@pytest.fixture(scope="module")
def facts():
    lab = COURSE.lab("L3")
    readings = {name: run_tool(name, sample_named("math-problems")) for name in ("distinct-n", "templates")}
    before = Exchange("I saw 17 trains.", "", Analysis("claim"), (), "")
    return facts_for(Turn("I read 30 problems.", readings), lab, COURSE.lesson("L3"), (before,))


def sources(text: str, facts) -> dict[str, str]:
    return {one.text: one.source for one in claims_in(text, facts)}


@pytest.mark.parametrize(
    ("reply", "number", "source"),
    [
        ("Distinct-2 is 0.21.", "0.21", "tool"),
        ("Distinct-2 is .212 here.", ".212", "tool"),
        ("Distinct-2 is 0,21.", "0,21", "tool"),
        ("About a fifth of the bigrams is unique.", "a fifth", "tool"),
        ("79% of the bigrams repeat.", "79%", "tool"),
        ("15,219 bigrams repeat an earlier one.", "15,219", "derived"),
        ("588 lines lie outside the largest template.", "588", "derived"),
        ("The lesson starts to worry below 0.3.", "0.3", "lesson"),
        ("You read 30 problems.", "30", "learner"),
        ("The 17 trains you saw are one template.", "17", "learner"),
        ("Distinct-2 is 0.45.", "0.45", "unbacked"),
        ("Distinct-1 is 0.212.", "0.212", "unbacked"),
        ("The kappa is 0.212.", "0.212", "unbacked"),
        ("Sixty percent of the bigrams repeat.", "Sixty percent", "unbacked"),
        ("There are 20k words.", "20k", "tool"),
        ("Nine templates cover the file.", "Nine", "unbacked"),
        ("1. Look at the clusters.", "1", "none"),
        ("Llama 3 was used.", "3", "none"),
        ("Li and others wrote it in 2016.", "2016", "none"),
        ("Raise it to 0.65 and measure again.", "0.65", "none"),
        ("If you had 900 lines, what would change?", "900", "none"),
        ("Spend 20 minutes on the first cluster.", "20", "none"),
        ("With 95% confidence, what can you say?", "95%", "none"),
    ],
)
def test_a_number_is_traced_to_what_it_rests_on(reply: str, number: str, source: str, facts) -> None:
    assert sources(reply, facts)[number] == source


def test_an_unbacked_number_comes_with_what_the_tool_says(facts) -> None:
    [_, claim] = claims_in("So Distinct-2 is 0.45.", facts)
    assert claim == Claim("0.45", 17, 21, "unbacked", "tool: 0.212, Distinct-2")


def test_swapped_figures_are_both_unbacked(facts) -> None:
    found = sources("The largest template covers 0.212 of the lines, and Distinct-2 is 0.412.", facts)
    assert (found["0.212"], found["0.412"]) == ("unbacked", "unbacked")


def test_numbers_in_a_block_of_code_claim_nothing(facts) -> None:
    assert sources("```\nratio = 0.45\n```\n", facts) == {"0.45": "none"}


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("four out of five", 0.8, "share"),
        ("three quarters", 0.75, "share"),
        ("seven hundred", 700, "count"),
        ("50k", 50_000, "count"),
        ("1.5 million", 1_500_000, "count"),
        ("62 per cent", 0.62, "share"),
        ("49.3", 49.3, "decimal"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float, kind: str) -> None:
    [number] = numbers_in(f"It is {text} here.")
    assert number.text == text
    assert number.value == pytest.approx(value)
    assert number.kind == kind


def test_both_ends_of_a_range_of_percents_are_percents() -> None:
    assert [one.value for one in numbers_in("from 7 to 20%, or between 5 and 9%")] == pytest.approx(
        [0.07, 0.2, 0.05, 0.09]
    )


PIECES = st.sampled_from(
    ["Distinct-2 is 0.45. ", "0.21", "79% repeat! ", "\n", "1. ", "- ", "```", "two of ", "e.g. ", "a third ", "412 lines, ",
     "If ", "Is 0.3 a law? ", "| 0.71 |", "2016", " GPT-4 ", "k", "%", "4,085 / 19,304 = 0.41. "]
)  # fmt: skip
REPLIES = st.lists(PIECES | st.text(max_size=6), max_size=14).map("".join)


@given(text=REPLIES)
def test_sentence_by_sentence_the_claims_are_those_of_the_whole(text: str, facts) -> None:
    whole = claims_in(text, facts)
    pieces = list(sentences_of(text))
    assert "".join(sentence for _, sentence in pieces) == text
    by_sentence = [
        Claim(one.text, start + one.start, start + one.end, one.source, one.note)
        for start, sentence in pieces
        for one in claims_in(sentence, facts)
    ]
    assert list(whole) == by_sentence
    assert all(text[one.start : one.end] == one.text for one in whole)


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_the_tutor_states_no_unbacked_number_in_a_dialogue(file) -> None:
    dialogue = dialogue_in(file)
    lab, lesson = COURSE.lab(dialogue.lab), COURSE.lesson(dialogue.lab)
    readings = readings_of(sample_named(dialogue.workbench), lab) if dialogue.workbench else {}
    history: tuple[Exchange, ...] = ()
    for message in dialogue.messages:
        turn = turn_of(message, lab, readings)
        readings = dict(turn.readings) if turn.paste else readings
        exchange = TUTOR.answer(turn, lab, history)
        claims = claims_in(exchange.reply, facts_for(turn, lab, lesson, history))
        assert [one for one in claims if one.source == "unbacked"] == [], exchange.reply
        history = (*history, exchange)


@pytest.mark.parametrize("lesson", ["L1", "L2", "L3", "L4"])
def test_no_text_of_a_lab_states_an_unbacked_number(lesson: str) -> None:
    from synthqc.assistant.conditions import filled, slots_in
    from synthqc.assistant.facts import facts_of

    lab = COURSE.lab(lesson)
    for name in lab.samples[:3]:
        readings = readings_of(sample_named(name), lab)
        values = facts_of(readings)
        known = facts_for(Turn("", readings), lab, COURSE.lesson(lesson), ())
        said = [
            filled(one.say, values.values, values.shown)
            for one in lab.evidence
            if slots_in(one.say) <= values.values.keys()
        ]
        said += [one.say for one in lab.answers]
        said += [text for topic in lab.topics.values() for text in topic.ask.values()]
        said += [text for topic in lab.topics.values() for hints in topic.hints.values() for text in hints]
        said += [one.credit for one in lab.expectations.values()]
        said += [text for one in lab.misconceptions.values() for text in (one.answer, one.ask)]
        said += [*lab.closing.diagnosis.values(), *lab.closing.plan.values()]
        unbacked = [(one.text, text) for text in said for one in claims_in(text, known) if one.source == "unbacked"]
        assert unbacked == [], name


def test_without_facts_every_claim_is_unbacked() -> None:
    assert sources("The Vendi Score is 0.45.", ground_facts([], case={})) == {"0.45": "unbacked"}
