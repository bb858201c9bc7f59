"""Lab 1: what its tutor says of readings, answers to questions, and makes of ideas that are rejected."""

import random
from pathlib import Path

import pytest

from synthqc.course.loading import load_course

SAMPLES = Path(__file__).parents[2] / "labs" / "samples"
SUPPORT = (SAMPLES / "support-replies.txt").read_text(encoding="utf-8")
VARIED = (SAMPLES / "support-varied.txt").read_text(encoding="utf-8").splitlines()
MEDICAL = (SAMPLES / "medical-answers.txt").read_text(encoding="utf-8")
NAMES = ["Ann", "Bob", "Cem", "Dina", "Emre", "Finn", "Gaby", "Hugo", "Ines", "Jan", "Kira", "Liam", "Mona", "Nils"]


def moulded(count: int, mould: str) -> list[str]:
    """Lines from one mould, each with another name and number."""
    return [mould.format(name=name, number=1_000 + 37 * n) for n, name in enumerate(NAMES[:count])]


def drawn(count: int, length: int, words: str) -> list[str]:
    """Lines of words drawn from a short list, always the same ones."""
    chance = random.Random(7)
    return [" ".join(chance.choices(words.split(), k=length)) for _ in range(count)]


CLONES = moulded(12, "Dear {name}, parcel {number} ships today.")
LONG_CLONES = moulded(8, "{name}, we have looked into the delay of your parcel and it leaves our warehouse today")
PAIRS = [
    f"{line} {day} and we are sorry"
    for line in (
        "the courier rang twice in the afternoon and nobody came down to open the heavy front door on",
        "our second warehouse ran out of small boxes and the packers had to wait for new ones until",
        "a customer sent back three lamps with broken switches and asked for his money before",
    )
    for day in ("monday", "tuesday")
]
FEW_WORDS = "we send your new lamp today and the old one back"
MORE_WORDS = (
    "parcel invoice refund courier lamp box friday street door voucher kettle hinge colour size office tax bank letter "
    "island boat battery noise shop coat"
)

FIRES = {
    "too-few-words": ['{"reply": "It ships today."}', '{"reply": "The kettle is on its way."}'],
    "few-lines-one-template": moulded(6, "Dear {name}, your parcel {number} ships today, thank you for your patience."),
    "few-lines": VARIED[:6],
    "hidden-clones": CLONES,
    "template-behind-variety": LONG_CLONES + VARIED[:5],
    "one-template": SUPPORT.splitlines(),
    "one-template-long": SUPPORT.splitlines() * 9,
    "few-templates": MEDICAL.splitlines(),
    "exact-copies": VARIED[:12] + VARIED[:5],
    "near-copies": PAIRS + VARIED[:6],
    "below-reference": drawn(20, 15, FEW_WORDS),
    "same-opening": [f"I am sorry. {line}" for line in VARIED[:12]],
    "poor-vocabulary": drawn(24, 10, MORE_WORDS),
    "nothing-repeats": VARIED,
    "some-templates": moulded(4, "{name}, thank you, order {number} is ready to be collected.") + VARIED[:14],
    "no-verdict": VARIED[:16] + CLONES[:2] + moulded(2, "Hi {name}, the shop opens at nine on day {number}."),
}
"""For each rule, text that it speaks of first."""

REFUSES = {
    "too-few-words": VARIED[:6],
    "few-lines-one-template": VARIED[:6],
    "few-lines": VARIED,
    "hidden-clones": SUPPORT.splitlines(),
    "template-behind-variety": SUPPORT.splitlines(),
    "one-template": VARIED,
    "one-template-long": MEDICAL.splitlines(),
    "few-templates": SUPPORT.splitlines(),
    "exact-copies": VARIED[:12] + VARIED[:4],
    "near-copies": VARIED,
    "below-reference": VARIED,
    "same-opening": VARIED,
    "poor-vocabulary": VARIED,
    "nothing-repeats": CLONES,
    "some-templates": VARIED,
    "no-verdict": VARIED[:9],
}
"""For each rule, text that it does not fit."""


def spoken(talk, lines: list[str]) -> list[str]:
    """The rules that speak of a text, one after the other, until none is new."""
    said: list[str] = []
    for _ in range(len(FIRES)):
        exchange = talk.say("Here are lines:\n" + "\n".join(lines))
        new = [one for one in exchange.variants if one.startswith("evidence:") and one not in said]
        if not new:
            return [one.removeprefix("evidence:") for one in said]
        said += new
    return [one.removeprefix("evidence:") for one in said]


def test_each_evidence_rule_has_text_for_and_against_it(talk) -> None:
    rules = [rule.id for rule in talk.lab.evidence]
    assert list(FIRES) == rules
    assert list(REFUSES) == rules


@pytest.mark.parametrize("rule", FIRES)
def test_the_rule_speaks_first_of_its_text(talk, rule: str) -> None:
    exchange = talk.say("Here are lines:\n" + "\n".join(FIRES[rule]))
    assert [one for one in exchange.variants if one.startswith("evidence:")] == [f"evidence:{rule}"]
    # What speaks of the length alone has no reading to cite.
    assert exchange.cited or rule == "too-few-words"


@pytest.mark.parametrize("rule", REFUSES)
def test_the_rule_never_speaks_of_other_text(talk, rule: str) -> None:
    assert rule not in spoken(talk, REFUSES[rule])


@pytest.mark.parametrize("number", range(len(load_course().lab("L1").answers)))
def test_an_answer_is_short_and_given_to_its_own_questions(talk, number: int) -> None:
    answer = talk.lab.answers[number]
    assert len(answer.say.split()) <= 60
    replies = [talk.say_first(question) for question in answer.examples]
    assert any(answer.say.strip() in reply.reply for reply in replies)
    # A question may be an idea at the same time ("Is a tenth of real data enough?"), name a case, or ask for the status.
    other = ("meta", "tool_request")
    assert all(
        f"answer:{answer.id}" in reply.variants or reply.moves[0] == "credit" or reply.analysis.act in other
        for reply in replies
    )


REJECTED = {
    "bigger_model": [
        "A bigger model will not help.",
        "We can't just take a bigger model.",
        "It would be a mistake to upgrade the generator and hope.",
        "Larger models collapse too.",
        "A stronger teacher alone is not enough.",
    ],
    "one_bad_sample": [
        "One bad example cannot shift a whole distribution.",
        "It would be naive to blame a few bad rows.",
        "Deleting a handful of bad replies won't fix it.",
        "I don't believe that three odd dialogues did this.",
    ],
    "generator_is_truth": [
        "We should not trust the teacher's answers.",
        "A confident answer is not necessarily true.",
        "It would be a mistake to take the teacher's word as truth.",
        "Even GPT-5 gets interactions wrong.",
    ],
    "score_is_quality": [
        "A high score does not mean that the code is good.",
        "A high reward alone is not enough.",
        "We can't just trust the reward.",
        "The reward is high and the users still complain.",
    ],
    "perplexity_low_good": [
        "Low perplexity does not mean that the text is good.",
        "Low perplexity only means predictable.",
        "It would be a mistake to filter for low perplexity.",
        "The low perplexity worries me.",
    ],
    "just_hallucination": [
        "It is not just hallucination.",
        "This goes beyond hallucination, the error stood in the training file.",
        "It would be wrong to call it mere hallucination.",
    ],
}


@pytest.mark.parametrize(
    ("misconception", "message"),
    [(one, message) for one, messages in REJECTED.items() for message in messages],
)
def test_a_rejected_misconception_is_not_corrected(talk, misconception: str, message: str) -> None:
    assert misconception not in talk.say_first(message).analysis.misconceptions


def test_each_misconception_has_ways_to_be_rejected(talk) -> None:
    assert REJECTED.keys() == talk.lab.misconceptions.keys()


def test_every_ladder_of_hints_has_four_steps(talk) -> None:
    for topic in talk.lab.topics.values():
        for case, ladder in topic.hints.items():
            assert len(ladder) == 4, case
            assert "..." in ladder[2]
            assert "..." not in ladder[3]
