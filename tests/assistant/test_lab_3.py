"""Lab 3: what its tutor says of readings, answers to questions, and makes of ideas that are held, rejected or others'."""

import functools
import itertools
import json
import random
from pathlib import Path

import pytest
from transcripts import TUTOR

from synthqc.assistant.tutor import measured, turn_of
from synthqc.course.loading import load_course

COURSE = load_course()
LAB = COURSE.lab("L3")
SAMPLES = Path(__file__).parents[2] / "labs" / "samples"
MATH = [json.loads(row)["text"] for row in (SAMPLES / "math-problems.jsonl").read_text(encoding="utf-8").splitlines()]
VARIED = (SAMPLES / "math-varied.txt").read_text(encoding="utf-8").splitlines()
NOVEL = [line for line in (SAMPLES / "alice.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
NAMES = ["Ann", "Bob", "Cem", "Dina", "Emre", "Finn", "Gaby", "Hugo", "Ines", "Jan", "Kira", "Liam", "Mona", "Nils"]
WORDS = [
    "parcel",
    "invoice",
    "refund",
    "courier",
    "lamp",
    "box",
    "friday",
    "street",
    "door",
    "voucher",
    "kettle",
    "hinge",
    "colour",
    "size",
    "office",
    "tax",
    "bank",
    "letter",
    "island",
    "boat",
    "battery",
    "noise",
    "shop",
    "coat",
]
FEW_WORDS = ["we", "send", "your", "new", "lamp", "today", "and", "the", "old", "one", "back"]


class Talk:
    """A conversation with the tutor of lab 3; half a minute passes between messages."""

    def __init__(self) -> None:
        self.tutor = TUTOR
        self.history = ()

    def say(self, message: str, readings=None):
        exchange = self.tutor.answer(turn_of(message, LAB, readings), LAB, self.history)
        self.history = (*self.history, exchange)
        return exchange

    def say_first(self, message: str):
        """What the tutor would answer if this were the first message."""
        return self.tutor.answer(turn_of(message, LAB), LAB, ())


@pytest.fixture
def talk() -> Talk:
    return Talk()


def clones(count: int) -> list[str]:
    """One problem with other names and numbers."""
    mould = "{} has {} apples and buys {} more. How many apples does {} have now?"
    return [mould.format(NAMES[n % 14], 3 + n * 7 % 90, 2 + n * 5 % 60, NAMES[n % 14]) for n in range(count)]


def drawn(count: int, words: list[str]) -> list[str]:
    """Lines of words drawn from a short list, always the same ones."""
    chance = random.Random(7)
    return [" ".join(chance.choices(words, k=12)) for _ in range(count)]


def overlapping(groups: int, lines: int) -> list[str]:
    """Groups of lines that have ten words in common with every other group and two of their own."""
    chance = random.Random(0)
    own = [WORDS[10 + 2 * group : 12 + 2 * group] for group in range(groups)]
    return [" ".join([*chance.sample(WORDS[:10], 10), *words]) for words in own for _ in range(lines)]


HALL = [
    f"There are {n + 3} boxes of {fruit} in the long green hall of the school and {2 * n + 1} more outside it."
    for n, fruit in zip(range(14), itertools.cycle(["apples", "pears", "plums", "figs"]), strict=False)
]
SAME_OPENING = [f"In the morning {line[0].lower()}{line[1:]}" for line in VARIED[:20]]
TWINS = [f"{line} {day}" for line in VARIED[:6] for day in ("today", "now")] + VARIED[6:10]

FIRES = {
    "too-few-words": ['{"text": "Ann has 3 apples."}', '{"text": "Bob has 4 pears."}'],
    "few-lines-one-template": MATH[:5],
    "few-lines": VARIED[:5],
    "short-looks-fine": MATH[:30],
    "hidden-clones": MATH[:100],
    "template-behind-variety": clones(8) + VARIED[:6],
    "one-template": clones(12),
    "one-template-long": clones(1_800),
    "more-clusters-than-templates": MATH[:400],
    "clusters-are-templates": MATH[:400],
    "few-templates": MATH[:100],
    "vendi-tiny": MATH[:400],
    "largest-cluster": drawn(40, FEW_WORDS),
    "one-cluster": HALL,
    "tight-clusters": MATH[:200],
    "low-separation": overlapping(5, 10),
    "far-clusters": MATH[:200],
    "exact-copies": VARIED[:12] + VARIED[:5],
    "near-copies": TWINS,
    "length-trap": NOVEL,
    "low-at-any-length": MATH[:200],
    "below-reference": MATH[:100],
    "same-opening": SAME_OPENING,
    "varied-set": VARIED,
    "nothing-repeats": VARIED,
    "some-templates": clones(4) + VARIED[:14],
    "seen-before": MATH[:30],
    "low-score-only": drawn(40, FEW_WORDS),
    "no-verdict": VARIED[:16] + clones(2) + ["Ann paid 4 dollars for lunch.", "Bob paid 9 dollars for lunch."],
}
"""For each rule, text that it speaks of."""

REFUSES = {
    "too-few-words": VARIED[:5],
    "few-lines-one-template": VARIED[:5],
    "few-lines": MATH[:30],
    "short-looks-fine": VARIED,
    "hidden-clones": VARIED,
    "template-behind-variety": MATH[:5],
    "one-template": MATH[:100],
    "one-template-long": clones(12),
    "more-clusters-than-templates": MATH[:100],
    "clusters-are-templates": MATH[:100],
    "few-templates": clones(12),
    "vendi-tiny": VARIED,
    "largest-cluster": MATH[:200],
    "one-cluster": overlapping(5, 10),
    "tight-clusters": drawn(40, FEW_WORDS),
    "low-separation": MATH[:200],
    "far-clusters": overlapping(5, 10),
    "exact-copies": TWINS,
    "near-copies": VARIED,
    "length-trap": MATH[:200],
    "low-at-any-length": NOVEL,
    "below-reference": VARIED,
    "same-opening": VARIED,
    "varied-set": SAME_OPENING[:5],
    "nothing-repeats": drawn(40, FEW_WORDS),
    "some-templates": VARIED,
    "seen-before": VARIED,
    "low-score-only": MATH[:200],
    "no-verdict": MATH[:30],
}
"""For each rule, text that it does not fit."""


@functools.cache
def readings(lines: tuple[str, ...]):
    """What the lab's tools measure on a text."""
    return measured("\n".join(lines), LAB)


def spoken(talk: Talk, lines: list[str]) -> list[str]:
    """The rules that speak of a text, one after the other, until none is new."""
    said: list[str] = []
    for _ in range(len(FIRES)):
        exchange = talk.say("Measure the text on the workbench.", readings(tuple(lines)))
        new = [one for one in exchange.variants if one.startswith("evidence:") and one not in said]
        if not new:
            break
        said += new
    return [one.removeprefix("evidence:") for one in said]


def test_each_evidence_rule_has_text_for_and_against_it() -> None:
    rules = [rule.id for rule in LAB.evidence]
    assert list(FIRES) == rules
    assert list(REFUSES) == rules


@pytest.mark.parametrize("rule", FIRES)
def test_the_rule_speaks_of_its_text_with_a_number_of_the_tools(talk, rule: str) -> None:
    assert rule in spoken(talk, FIRES[rule])
    reply = next(one for one in talk.history if f"evidence:{rule}" in one.variants)
    assert any(letter.isdigit() for letter in reply.reply.split("\n\n")[0])
    # What speaks of the length alone has no reading to cite.
    assert reply.cited or rule == "too-few-words"


@pytest.mark.parametrize("rule", REFUSES)
def test_the_rule_never_speaks_of_other_text(talk, rule: str) -> None:
    assert rule not in spoken(talk, REFUSES[rule])


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (MATH[:5], "few-lines-one-template"),
        (MATH[:30], "short-looks-fine"),
        (MATH, "hidden-clones"),
        (VARIED, "varied-set"),
        (NOVEL, "length-trap"),
    ],
    ids=["five problems", "thirty problems", "the sample", "the varied set", "the novel"],
)
def test_what_is_special_about_a_text_is_said_first(talk, lines: list[str], rule: str) -> None:
    exchange = talk.say("Measure the text on the workbench.", readings(tuple(lines)))
    assert [one for one in exchange.variants if one.startswith("evidence:")] == [f"evidence:{rule}"]


@pytest.mark.parametrize("answer", LAB.answers, ids=lambda answer: answer.id)
def test_an_answer_is_short_and_given_to_its_own_questions(talk, answer) -> None:
    assert len(answer.say.split()) <= 60
    replies = [talk.say_first(question) for question in answer.examples]
    assert any(answer.say.strip() in reply.reply for reply in replies)
    # A question may be a wrong idea at the same time ("Should I delete the dense clusters?"), or ask for help or a tool.
    other = ("help", "tool_request")
    assert all(
        f"answer:{answer.id}" in reply.variants or reply.moves[0] == "correct" or reply.analysis.act in other
        for reply in replies
    )


ASKED = {
    "what-says-021": ["What does 0.21 tell me?", "How do I read 0.21?", "Is 0.21 a bad value?"],
    "distinct-formula": ["What is Distinct-2?", "How is Distinct-2 calculated?", "What does distinct-n mean?"],
    "good-distinct": ["What is a good Distinct-2?", "Which threshold is right?", "Where does the 0.3 come from?"],
    "length": [
        "Why does the score fall with length?",
        "Does Distinct-2 depend on text length?",
        "Why is Distinct-2 lower on a longer text?",
    ],
    "what-is-vendi": ["What is the Vendi Score?", "What does vendi mean?", "How does the Vendi Score work?"],
    "what-is-cluster": ["What is a cluster?", "How are the clusters found?", "What does embedding mean?"],
    "clusters-help": [
        "How can clusters help me?",
        "How do I use the clusters?",
        "How do clusters make the set more diverse?",
    ],
    "drop-dense": [
        "How many lines per cluster should I keep?",
        "How do I thin out a cluster?",
        "How many should I keep from each cluster?",
    ],
    "find-gaps": ["How do I find the gaps?", "How can I see which kinds are missing?", "How do I spot holes?"],
    "which-axes": [
        "Which problems should I ask the generator for?",
        "What belongs in a target mix?",
        "Which dimensions should the grid have?",
    ],
    "temperature": [
        "What does temperature do?",
        "What is the effect of the temperature?",
        "How does temperature matter?",
    ],
    "more-data": [
        "What happens if I generate more problems?",
        "What would more data change?",
        "What happens when I generate another 50,000 problems?",
    ],
    "why-masked": ["Why are names masked?", "What does masking do?", "Why do you mask the numbers?"],
    "deduplicate": ["How are near duplicates found?", "How does deduplication work?", "What is a near duplicate?"],
    "what-is-template": ["What is a template?", "How are templates counted?", "What does skeleton mean?"],
    "what-is-oracle": ["What is an oracle?", "How do I check the answers?", "How can I verify the solutions?"],
    "how-many-to-read": [
        "How many problems should I read?",
        "How many lines do I have to look at?",
        "What does a spot check tell?",
    ],
    "when-done": ["How do I know that it worked?", "When are we done?", "How can I see that it helped?"],
    "what-is-proxy": ["What is a proxy?", "Why is Distinct-2 a proxy?", "What does proxy mean here?"],
    "where-to-start": ["Where do I start?", "What should I do first?", "Where should I begin?"],
}
"""For the answers that are wanted most, three ways to ask."""


@pytest.mark.parametrize(("answer", "question"), [(one, each) for one, asked in ASKED.items() for each in asked])
def test_an_answer_is_found_by_other_words(talk, answer: str, question: str) -> None:
    assert f"answer:{answer}" in talk.say_first(question).variants


REJECTED = {
    "inverted": [
        "A low Distinct-2 doesn't mean variety.",
        "It would be wrong to read 0.21 as a rate of repetition.",
        "Low does not mean varied here.",
        "I first thought low means diverse, it's the other way round.",
    ],
    "more_data": [
        "We can't just generate more problems.",
        "More data alone is not enough.",
        "It would be a mistake to scale up to 500,000.",
        "The generator can write a million more and the holes stay.",
        "I doubt that another 50,000 would add a kind.",
    ],
    "temperature": [
        "A higher temperature only adds noise.",
        "Temperature alone is not enough.",
        "It would be a mistake to turn up the temperature.",
        "With a higher temperature we'd get odder names, not other operations.",
    ],
    "dedup_enough": [
        "Removing duplicates is not enough.",
        "We can't just deduplicate and stop.",
        "Deduplication makes the set smaller, not more varied.",
        "Dedup is fine as a first step, but it won't add kinds.",
    ],
    "swap_names": [
        "Swapping the names would not change the maths.",
        "We can't just change the names and numbers.",
        "It would be a mistake to use more names.",
        "If we replace the names, the equation is the same.",
    ],
    "drop_clusters": [
        "We should not delete the dense clusters.",
        "It would be a mistake to remove the dense clusters.",
        "If we throw out the clusters, the tutor can't add any more.",
        "Instead of deleting the dense clusters I would thin them.",
    ],
    "spot_check": [
        "Reading a few problems is not enough.",
        "I read thirty and they were fine, yet that is no proof.",
        "We can't just look at twenty lines and call it diverse.",
        "A spot check misses fine clusters.",
    ],
    "metric_is_goal": [
        "Getting Distinct-2 above 0.3 is not the goal.",
        "It would be a mistake to optimise for Distinct-2.",
        "Reaching 0.3 doesn't mean that we are done.",
        "If we optimise for the score we get random words.",
    ],
    "dense_good": [
        "Dense clusters are not a good sign.",
        "A dense cluster does not mean good coverage.",
        "It would be wrong to take density for coverage.",
        "Tight clusters are bad because they hold copies.",
    ],
}


@pytest.mark.parametrize(
    ("misconception", "message"),
    [(one, message) for one, messages in REJECTED.items() for message in messages],
)
def test_a_rejected_misconception_is_not_corrected(talk, misconception: str, message: str) -> None:
    assert misconception not in talk.say_first(message).analysis.misconceptions


def test_each_misconception_has_ways_to_be_rejected() -> None:
    assert REJECTED.keys() == LAB.misconceptions.keys()


@pytest.mark.parametrize(
    "message",
    [
        "The tutor was trained for three epochs with a learning rate of 2e-5.",
        "How long does it take to compute the clusters?",
        "The pupils are ten to twelve years old.",
        "What kind of embedding model was used for the plot?",
        "The workbench shows a few numbers that I do not understand.",
        "The problems have two sentences on average.",
        "Which of the clusters is the biggest?",
        "Who labelled these problems?",
    ],
)
def test_a_message_beside_the_ideas_is_credited_with_none(talk, message: str) -> None:
    analysis = talk.say_first(message).analysis
    assert analysis.expectations == ()
    assert analysis.misconceptions == ()


@pytest.mark.parametrize(
    ("message", "ideas"),
    [
        (
            "Keep ten lines of each cluster and let a solver recompute the answers.",
            {"clusters.dedup", "strategy.oracle"},
        ),
        (
            "First we fix how many problems of each kind we want, then ask for the missing ones by name.",
            {"strategy.spec", "strategy.regenerate"},
        ),
        (
            "79 of 100 pairs repeat, but a longer text always scores lower, so I compare at one length.",
            {"interpret.ratio", "interpret.threshold"},
        ),
    ],
)
def test_two_ideas_in_one_sentence_are_both_credited(talk, message: str, ideas: set[str]) -> None:
    assert ideas <= set(talk.say_first(message).analysis.expectations)


def test_every_ladder_of_hints_has_four_steps() -> None:
    for topic in LAB.topics.values():
        for case, ladder in topic.hints.items():
            assert len(ladder) == 4, case
            assert "..." in ladder[2]
            assert "..." not in ladder[3]
