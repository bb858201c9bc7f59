"""Lab 4: what its tutor says of readings and inputs, and to questions."""

import functools
import json
from pathlib import Path

import pytest
from transcripts import TUTOR

from synthqc.assistant.tutor import measured, turn_of
from synthqc.course.loading import load_course
from synthqc.tools.catalogue import run_tool
from synthqc.tools.sample import sample_of_text

COURSE = load_course()
LAB = COURSE.lab("L4")
SCORED = (
    (Path(__file__).parents[2] / "labs" / "samples" / "scored-items.jsonl").read_text(encoding="utf-8").splitlines()
)


class Talk:
    """A conversation with the tutor of lab 4; half a minute passes between messages."""

    def __init__(self) -> None:
        self.tutor = TUTOR
        self.history = ()

    def say(self, message: str, readings=None):
        exchange = self.tutor.answer(turn_of(message, LAB, readings), LAB, self.history)
        self.history = (*self.history, exchange)
        return exchange


@pytest.fixture
def talk() -> Talk:
    return Talk()


def items(count: int, confidence: float, right: float, domain: str = "dosage") -> list[str]:
    """Scored items of one confidence, of which a share is right; chance is spared."""
    good = round(count * right)
    return [
        json.dumps(
            {"text": f"Question {n} of {domain}?", "domain": domain, "confidence": confidence, "correct": n < good}
        )
        for n in range(count)
    ]


def votes(*pairs: tuple[str, str, int]) -> list[str]:
    """Items that two reviewers judged, so many of each pair of votes."""
    judged = [(first, second) for first, second, count in pairs for _ in range(count)]
    return [json.dumps({"text": f"Item {n}?", "rater_a": a, "rater_b": b}) for n, (a, b) in enumerate(judged)]


HONEST = items(200, 0.95, 0.95) + items(200, 0.75, 0.75, "storage")
TWO_GROUPS = items(120, 0.95, 0.7) + items(120, 0.95, 0.95, "storage")

PAIRS = {
    "few-items": (items(20, 0.9, 0.5), HONEST),
    "two-domains": (TWO_GROUPS, HONEST),
    "domains-in-line": (HONEST, TWO_GROUPS),
    "confident-errors": (items(100, 0.95, 0.7), HONEST),
    "large-ece": (items(100, 0.95, 0.7), HONEST),
    "underconfident": (items(100, 0.3, 0.8), HONEST),
    "too-much-routed": (SCORED, votes(("right", "right", 50))),
    "passes-leak": (TWO_GROUPS, items(200, 0.95, 1.0)),
    "audit-found": (SCORED, items(200, 0.95, 1.0)),
    "audit-clean": (items(300, 0.95, 1.0), SCORED),
    "kappa-few": (votes(("right", "right", 8), ("wrong", "right", 4)), SCORED),
    "prevalence": (votes(("right", "right", 92), ("right", "wrong", 4), ("wrong", "right", 4)), HONEST),
    "kappa-low": (votes(("right", "right", 30), ("wrong", "wrong", 20), ("right", "wrong", 50)), HONEST),
    "kappa-middling": (votes(("right", "right", 50), ("wrong", "wrong", 35), ("right", "wrong", 15)), HONEST),
    "kappa-high": (votes(("right", "right", 60), ("wrong", "wrong", 38), ("right", "wrong", 2)), HONEST),
    "calibrated": (HONEST, TWO_GROUPS),
}
"""For each rule, rows that it speaks of, and rows that it does not fit."""


@functools.cache
def readings_of_rows(rows: tuple[str, ...]):
    """What the lab's tools measure on rows."""
    return measured("\n".join(rows), LAB)


def spoken(talk: Talk, rows: list[str]) -> dict[str, str]:
    """The rules that speak of some rows, one after the other until none is new, and what each says."""
    readings = readings_of_rows(tuple(rows))
    said: dict[str, str] = {}
    for _ in LAB.evidence:
        exchange = talk.say("Measure the text on the workbench.", readings)
        new = [one.removeprefix("evidence:") for one in exchange.variants if one.startswith("evidence:")]
        if not new or new[0] in said:
            break
        said[new[0]] = exchange.reply
    return said


@pytest.mark.parametrize("rule", PAIRS)
def test_the_rule_speaks_of_its_rows_with_a_number_of_the_tools(talk, rule: str) -> None:
    said = spoken(talk, PAIRS[rule][0])
    assert rule in said
    assert any(letter.isdigit() for letter in said[rule].split("\n\n")[0])


@pytest.mark.parametrize("rule", PAIRS)
def test_the_rule_never_speaks_of_other_rows(talk, rule: str) -> None:
    assert rule not in spoken(talk, PAIRS[rule][1])


def test_the_sample_leads_with_the_two_overconfident_sub_domains(talk) -> None:
    assert next(iter(spoken(talk, SCORED))) == "two-domains"


@pytest.mark.parametrize("answer", LAB.answers, ids=lambda answer: answer.id)
def test_an_answer_is_short_and_given_to_three_wordings_of_its_question(answer) -> None:
    assert len(answer.say.split()) <= 60
    assert len(answer.examples) >= 3
    replies = [Talk().say(question) for question in answer.examples]
    # A question may suggest a wrong idea at the same time ("Why not simply vote?"), which is met first.
    assert all(f"answer:{answer.id}" in reply.variants or reply.moves[0] == "correct" for reply in replies)
    assert any(answer.say.strip() in reply.reply for reply in replies)


@pytest.mark.parametrize("question", ["Would more reviewers help?", "Is a majority vote enough?"])
def test_who_only_asks_holds_no_wrong_idea(talk, question: str) -> None:
    exchange = talk.say(question)
    assert not exchange.analysis.misconceptions
    assert any(one.startswith("answer:") for one in exchange.variants)


def test_who_changes_the_inputs_of_the_ladder_sees_it_in_the_reply(talk) -> None:
    sample = sample_of_text("\n".join(SCORED), "scored items")
    small = run_tool("ladder", sample, {"reviewers": 8})
    large = run_tool("ladder", sample, {"reviewers": 16})
    first = talk.say("Measure the text on the workbench.", {"ladder": small}).reply
    second = Talk().say("Measure the text on the workbench.", {"ladder": large}).reply
    assert "8.320 seconds an item" in first
    assert "16.6 seconds an item" in second
