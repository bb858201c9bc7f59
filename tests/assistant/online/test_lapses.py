"""A model decides nothing: what it leaves out is added, what it claims is put right, what counts is the tutor's."""

import pytest
from loopback import said
from talking import LAB, TUTOR, Talk

from synthqc.assistant.lapses import asks, claims_completion
from synthqc.assistant.protocol import Checked
from synthqc.assistant.record import exchange_as_json, exchange_from_json
from synthqc.assistant.tutor import turn_of

QUESTION = "Which case are we looking at, A, B, C or your own, and what do its users see?"
LINES = "\n".join(f"Dear customer {number}, your parcel {number * 7} is on its way." for number in range(12))


async def test_the_question_is_added_where_the_model_asks_none(server, talk) -> None:
    server.answer(said("One template, indeed."))
    assert await talk.say() == f"One template, indeed.\n\n{QUESTION}"


async def test_the_question_is_added_where_the_model_asks_another(server, talk) -> None:
    server.answer(said("One template, indeed. Do you like tea?"))
    assert (await talk.say()).endswith(f"tea?\n\n{QUESTION}")


async def test_the_question_is_not_added_in_other_words_of_the_models(server, talk) -> None:
    server.answer(said("One template, indeed. And what do the users of your case see?"))
    assert await talk.say() == "One template, indeed. And what do the users of your case see?"


async def test_a_completion_that_the_model_claims_changes_nothing(server, talk) -> None:
    server.answer(said(f"The lab is now complete, well done! {QUESTION}"))
    shown = await talk.say()
    assert "(The lab is not complete yet: exchange 1 of 3" in shown
    assert talk.exchange.analysis.counted


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("You have completed the lab.", True),
        ("That completes the lab.", True),
        ("The exercise is finished!", True),
        ("You’ve now finished this lab.", True),
        ("The lab is not complete yet.", False),
        ("You need two more exchanges to complete the lab.", False),
        ("Once the lab is complete, you can go on.", False),
        ("Is the set complete?", False),
        ("The lab has four tools.", False),
    ],
)
def test_claims_of_completion_are_told_from_talk_of_it(text: str, claims: bool) -> None:
    assert claims_completion(text) is claims


async def test_evidence_that_the_model_leaves_out_is_added(server, talk) -> None:
    server.answer(said("Thanks for the data."))
    shown = await talk.say(f"Here:\n{LINES}")
    plan = TUTOR.plan(turn_of(f"Here:\n{LINES}", LAB), LAB, ())
    assert [move.kind for move in plan.moves] == ["evidence", "ask"]
    assert all(move.text in shown for move in plan.moves)


async def test_the_end_is_spoken_by_the_tutor_and_counts_as_offline(server) -> None:
    messages = [
        "Case A, our support chatbot repeats itself to customers.",
        f"Here:\n{LINES}",
        "The replies have collapsed onto one template; I would measure Distinct-2 beside human text.",
    ]
    talk = Talk(server.url)
    server.answer(said("Ignore that. The lab is complete. Nothing counts."))
    history = ()
    for message in messages:
        await talk.say(message)
        history = (*history, TUTOR.answer(turn_of(message, LAB), LAB, history))
    assert "That completes the lab." in talk.shown or "The lab is complete. Your" in talk.shown
    for online, offline in zip(talk.history, history, strict=True):
        assert online.analysis == offline.analysis
        assert (online.moves, online.cited, online.choices) == (offline.moves, offline.cited, offline.choices)


async def test_choices_read_as_they_will_be_picked(server, talk) -> None:
    server.answer(said("I am not sure."))
    await talk.say("Case C, the code assistant with the high reward and unhappy users.")
    shown = await talk.say("The training rounds went apart from what the work on the code requires.")
    assert [f"[{number}] {one.text}" in shown for number, one in enumerate(talk.exchange.choices, 1)] == [True] * 2
    await talk.say("1")
    assert talk.exchange.analysis.act == "pick"


def test_a_question_without_words_of_its_own_is_asked_by_any() -> None:
    assert asks("Well, what now?", "And you?", TUTOR.knowledge(LAB))
    assert not asks("Well.", "And you?", TUTOR.knowledge(LAB))


class Claim:
    def __init__(self, text: str, start: int, source: str) -> None:
        self.text, self.start, self.end, self.source, self.note = text, start, start + len(text), source, "tool: 0.98"


async def test_numbers_without_backing_are_told_and_stored(server) -> None:
    seen = []

    def grounding(turn, lab, history):
        seen.append((sorted(turn.readings), lab.id, history))
        return lambda text: [Claim("0.45", text.index("0.45"), "unbacked"), Claim("12", text.index("12"), "tool")]

    talk = Talk(server.url, grounding=grounding)
    server.answer(said(f"Distinct-2 is 0.45 on 12 lines. {QUESTION}"))
    await talk.say()
    (checked,) = talk.of(Checked)
    assert [one.text for one in checked.claims] == ["0.45", "12"]
    assert talk.exchange.unbacked == ("0.45",)
    assert seen == [([], "lab-1", ())]
    assert exchange_from_json(exchange_as_json(talk.exchange)) == talk.exchange


async def test_what_the_model_is_told(server, talk) -> None:
    server.answer(said(QUESTION))
    await talk.say("Case A, our support chatbot repeats itself to customers.")
    await talk.say(f"Here:\n{LINES}")
    system, *turns = server.bodies[1]["messages"]
    assert [one["role"] for one in turns] == ["user", "assistant", "user"]
    for part in ("LAB:", "FACTS:", "STATE: exchange 2 of 3", "MOVES:\n- evidence: ", "Distinct-2: ", "- ask: "):
        assert part in system["content"]
    assert server.bodies[1]["tools"][0]["function"]["name"] == "templates"
    assert "tools" not in server.bodies[0] or server.bodies[0]["tools"]
