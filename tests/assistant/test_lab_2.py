"""Lab 2: what its tutor says of readings, answers to questions, and makes of ideas that are rejected."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from transcripts import TUTOR

from synthqc.assistant.protocol import Exchange
from synthqc.assistant.tutor import turn_of
from synthqc.course.loading import load_course
from synthqc.errors import SynthQCError
from synthqc.tools.catalogue import run_tool
from synthqc.tools.reading import Reading
from synthqc.tools.sample import NO_SAMPLE, Sample, sample_of_text

COURSE = load_course()
LAB = COURSE.lab("L2")
SAMPLES = Path(__file__).parents[2] / "labs" / "samples"
ROWS = [json.loads(line) for line in (SAMPLES / "support-conversations.jsonl").read_text(encoding="utf-8").splitlines()]
VARIED = (SAMPLES / "support-varied.txt").read_text(encoding="utf-8").splitlines()
TEMPLATED = (SAMPLES / "support-replies.txt").read_text(encoding="utf-8").splitlines()
GOOD = [row["text"] for row in ROWS if not row["fault"]]
REPEATED = [row["text"] for row in ROWS if row["fault"] == "too much of one kind"]
NAMES = ["Ann", "Bob", "Cem", "Dina", "Emre", "Finn", "Gaby", "Hugo", "Ines", "Jan"]

Settings = Mapping[str, Mapping[str, object]]


class Talk:
    """A conversation with the tutor of lab 2; half a minute passes between messages."""

    def __init__(self) -> None:
        self.history: tuple[Exchange, ...] = ()

    def say(self, message: str, readings: Mapping[str, Reading] | None = None) -> Exchange:
        exchange = TUTOR.answer(turn_of(message, LAB, readings), LAB, self.history)
        self.history = (*self.history, exchange)
        return exchange


@pytest.fixture
def talk() -> Talk:
    return Talk()


@dataclass(frozen=True)
class Bench:
    """What lies on the workbench, and how its tools are set."""

    lines: tuple[str, ...] = ()
    """Lines of text or JSON rows; none for calculations alone."""
    tools: tuple[str, ...] = LAB.tools
    """The tools that were run."""
    settings: tuple[tuple[str, str, object], ...] = ()
    """Tool, parameter, value."""

    def readings(self) -> dict[str, Reading]:
        sample: Sample = sample_of_text("\n".join(self.lines), "pasted text") if self.lines else NO_SAMPLE
        found = {}
        for name in self.tools:
            given = {parameter: value for tool, parameter, value in self.settings if tool == name}
            try:
                found[name] = run_tool(name, sample, given)
            except SynthQCError:
                continue
        return found


def rows(*faults: str) -> tuple[str, ...]:
    """Rows of the sample that have no fault or one of those named."""
    return tuple(json.dumps(row) for row in ROWS if row["fault"] in ("", *faults))


def with_markup(lines: list[str], count: int) -> tuple[str, ...]:
    """The lines, some of them in tags."""
    return tuple(f"<div><p>{line}</p><br></div>" for line in lines[:count]) + tuple(lines[count:])


WHOLE = tuple(json.dumps(row) for row in ROWS)
ALONE = ("budget",)
STACK = ("filter-stack",)
RULES = ("heuristics",)
LEARNT = ("quality-classifier",)
COPIES = ("near-duplicates",)
FRENCH = "Client: Mon colis est en retard depuis une semaine et personne ne me dit rien. Agent: Nous sommes navrés."
MOULD = "Customer: My parcel {n} is late. Agent: Dear {name}, I am sorry; parcel {n} reaches you on day {n}."
MASKED = [MOULD.format(name=name, n=4_000 + 37 * n) for n, name in enumerate(NAMES)]
NARROW = ("quality-classifier", "seed_kind", "narrow")


def money(**given: object) -> Bench:
    """The budget tool alone, as it is set."""
    return Bench(tools=ALONE, settings=tuple(("budget", name, value) for name, value in given.items()))


FIRES = {
    "too-few-lines": Bench(tuple(VARIED[:5])),
    "dear-layers-first": Bench(WHOLE, STACK, (("filter-stack", "order", "dear-first"),)),
    "stack-misses": Bench(WHOLE, STACK, (("filter-stack", "layers", "heuristics"),)),
    "stack-with-truth": Bench(WHOLE),
    "stack-loses-good": Bench(WHOLE, STACK, (("filter-stack", "cap", 0.02), ("filter-stack", "alike", 0.2))),
    "one-template": Bench(tuple(TEMPLATED)),
    "hidden-clones": Bench(tuple(GOOD[:14] + MASKED), COPIES),
    "all-copies": Bench(tuple(TEMPLATED), COPIES),
    "narrow-seed": Bench(WHOLE, LEARNT, (NARROW,)),
    "rounds-add-confidence": Bench(WHOLE, LEARNT),
    "duplicates-lead": Bench(tuple(GOOD[:20] + REPEATED[:9] + GOOD[:4]), STACK),
    "heuristics-lead": Bench(with_markup(VARIED, 12), RULES),
    "oracle-finds": Bench(tuple(row["text"] for row in ROWS if row["fault"] in ("", "wrong sum"))[:60], STACK),
    "language": Bench((*VARIED, *(f"{FRENCH} ({n})" for n in range(6))), RULES),
    "markup": Bench(with_markup(VARIED, 6), RULES),
    "length": Bench((*VARIED, *(f"Ok {name}." for name in NAMES[:6])), RULES),
    "diversity-takes": Bench(with_markup(GOOD[:60], 20) + tuple(REPEATED), STACK),
    "no-labels": Bench(tuple(GOOD[:31]), STACK),
    "repetitive-wording": Bench(tuple(TEMPLATED), ("distinct-n",)),
    "clean": Bench(tuple(VARIED), ("heuristics", "near-duplicates")),
    "no-verdict": Bench(tuple(VARIED), STACK),
    "agreement-priced": money(items=200, votes=2),
    "seed-priced": money(items=2_000, votes=2),
    "time-runs-out": money(seconds=120),
    "several-votes": money(votes=3),
    "budget-of-the-case": money(),
    "audit-size": Bench(tools=("audit-size",)),
}
"""For each rule, readings that it speaks of first."""

REFUSES = {
    "too-few-lines": Bench(tuple(VARIED[:12])),
    "dear-layers-first": Bench(WHOLE, STACK),
    "stack-misses": Bench(WHOLE, STACK),
    "stack-with-truth": Bench(tuple(row["text"] for row in ROWS)),
    "stack-loses-good": Bench(WHOLE),
    "one-template": Bench(WHOLE),
    "hidden-clones": Bench(tuple(VARIED)),
    "all-copies": Bench(WHOLE),
    "narrow-seed": Bench(WHOLE, LEARNT),
    "rounds-add-confidence": Bench(tuple(VARIED), LEARNT),
    "duplicates-lead": Bench(with_markup(VARIED, 12), STACK),
    "heuristics-lead": Bench(WHOLE),
    "oracle-finds": Bench(tuple(VARIED)),
    "language": Bench((*VARIED, FRENCH), RULES),
    "markup": Bench(with_markup(VARIED, 4)),
    "length": Bench(tuple(VARIED)),
    "diversity-takes": Bench(tuple(VARIED)),
    "no-labels": Bench(WHOLE),
    "repetitive-wording": Bench(tuple(VARIED)),
    "clean": Bench(WHOLE),
    "no-verdict": Bench(tuple(VARIED[:9])),
    "agreement-priced": money(items=2_000, votes=2),
    "seed-priced": money(items=200, votes=2),
    "time-runs-out": money(),
    "several-votes": money(),
    "budget-of-the-case": money(items=2_000, votes=2),
    "audit-size": Bench(WHOLE, STACK),
}
"""For each rule, readings that it does not fit."""

ASK = "What do the tools show?"


def told(exchange: Exchange) -> list[str]:
    """The evidence rules that speak in a reply."""
    return [one.removeprefix("evidence:") for one in exchange.variants if one.startswith("evidence:")]


def test_each_evidence_rule_has_readings_for_and_against_it() -> None:
    rules = [rule.id for rule in LAB.evidence]
    assert list(FIRES) == rules
    assert list(REFUSES) == rules


@pytest.mark.parametrize("rule", FIRES)
def test_the_rule_speaks_first_of_its_readings_and_cites_one(talk: Talk, rule: str) -> None:
    exchange = talk.say(ASK, FIRES[rule].readings())
    assert told(exchange) == [rule], exchange.reply
    # What speaks of the length alone has no reading to cite.
    assert exchange.cited or rule == "too-few-lines"


@pytest.mark.parametrize("rule", REFUSES)
def test_the_rule_never_speaks_of_other_readings(talk: Talk, rule: str) -> None:
    readings = REFUSES[rule].readings()
    said: list[str] = []
    for _ in range(len(FIRES)):
        new = [one for one in told(talk.say(ASK, readings)) if one not in said]
        if not new:
            break
        said += new
    assert rule not in said


@pytest.mark.parametrize("rule", LAB.evidence, ids=lambda rule: rule.id)
def test_what_is_said_of_readings_is_short(rule) -> None:
    assert len(rule.say.split()) <= 60


def test_the_money_is_said_as_the_budget_tool_has_it(talk: Talk) -> None:
    usual = talk.say(ASK, money().readings()).reply
    assert all(number in usual for number in ("50,000 labels", "10%", "17.4 working days", "173.6"))
    dearer = talk.say("Run the budget tool again with other numbers.", money(cents=20).readings()).reply
    assert "25,000 labels" in dearer
    seed = talk.say("Now run the budget tool once more.", money(items=2_000, votes=2).readings()).reply
    assert "4,000 labels, 33.3 hours, 1.389 working days" in seed


@pytest.mark.parametrize(
    ("idea", "message"),
    [
        ("tradeoff.bias", "The classifier only sees what is left."),
        ("tradeoff.gaming", "Use a different judge than the generator."),
        ("agreement", "I agree that people should read some."),
        ("budget.uncertain", "I doubt that people can read that much."),
        ("layers.classifier", "The small model should not be rude."),
        ("layers.heuristic", "The annotators need rules."),
        ("layers.oracle", "Half of the prices are in dollars."),
        ("budget.cost", "The annotators are three people."),
        ("budget.seed", "The annotators can train each other."),
        ("layers.order", "A filter is a simple thing."),
        ("priorities.modes", "Seriously, this is a useless bot."),
        ("tradeoff.threshold", "The filter drops lines with markup."),
        ("layers.diversity", "There are many kinds of question."),
        ("domain", "What a nice shop."),
    ],
)
def test_a_loose_word_of_an_idea_is_not_credited(talk: Talk, idea: str, message: str) -> None:
    assert idea not in talk.say(message).analysis.expectations


@pytest.mark.parametrize("answer", LAB.answers, ids=lambda answer: answer.id)
def test_an_answer_is_short_and_given_to_its_own_questions(answer) -> None:
    assert len(answer.say.split()) <= 60
    assert len(answer.examples) >= 3
    replies = [Talk().say(question) for question in answer.examples]
    assert any(answer.say.strip() in reply.reply for reply in replies)
    # A question may hold a wrong idea at the same time ("Is one filter enough?") or ask for the status.
    assert all(
        f"answer:{answer.id}" in reply.variants
        or reply.moves[0] in ("correct", "credit")
        or reply.analysis.act in ("meta", "tool_request")
        for reply in replies
    )


def test_numbers_in_answers_are_those_of_the_tools() -> None:
    says = {answer.id: answer.say for answer in LAB.answers}
    whole = Bench(WHOLE).readings()
    first = run_tool("filter-stack", sample_of_text("\n".join(WHOLE), "rows"), {"order": "dear-first"})

    def value(reading: Reading, name: str) -> float:
        return next(quantity.value for quantity in reading.quantities if quantity.name == name)

    for reading in (whole["filter-stack"], first):
        assert f"{value(reading, 'dear_reads'):.0f}" in says["order-matters"]
    copies = whole["near-duplicates"]
    assert f"{value(copies, 'exact_lines'):.0f} lines" in says["exact-or-near"]
    assert f"{value(copies, 'masked_share') * len(ROWS):.0f} of {len(ROWS)}" in says["exact-or-near"]
    assert value(whole["filter-stack"], "heuristics_recall") == pytest.approx(0.25, abs=0.01)
    assert value(whole["filter-stack"], "recall") > 0.9
    assert 170 < value(whole["budget"], "days_for_all") < 180
    narrow = Bench(WHOLE, LEARNT, (NARROW,)).readings()["quality-classifier"]
    assert value(narrow, "recall_first") == pytest.approx(0.5, abs=0.1)


REJECTED = {
    "annotate_all": [
        "How long would it take to read all conversations?",
        "How many days would three people need to read everything?",
        "We can't label all of them.",
        "It would be a mistake to let humans read every chat.",
        "Three people will never read half a million conversations.",
        "Reviewing everything by hand is not feasible.",
        "Not every chat needs a human.",
        "Reading every conversation would take 170 days.",
    ],
    "keep_all": [
        "Why remove data at all?",
        "What happens if we keep everything?",
        "The assistant is improving every week.",
        "Keeping everything is a bad idea.",
        "More data isn't always better.",
        "We shouldn't train on all of it.",
        "I don't believe that quantity beats quality.",
        "The noise does not average out.",
        "Using all the data would teach the flaws.",
    ],
    "single_filter": [
        "One filter is not enough.",
        "We need enough labels for the classifier.",
        "A single classifier can't catch everything.",
        "Dedup alone won't do.",
        "It would be naive to trust one filter.",
        "I doubt that one filter is enough.",
    ],
    "self_judge": [
        "The author is the worst judge of its own text.",
        "Check what the generator wrote against the price list.",
        "Train a classifier to judge what the generator wrote.",
        "The model shouldn't judge its own texts.",
        "Never let the model grade its own homework.",
        "Letting GPT rate its own output would be a mistake.",
        "The judge must be a different model than the generator.",
        "The model that wrote them is blind to its own errors.",
    ],
    "exact_enough": [
        "Exact hashing is not enough.",
        "Exact dedup misses clones with other names.",
        "A hash only finds identical copies, so we need minhash.",
        "Exact duplicates first, then near duplicates.",
    ],
    "random_enough": [
        "A random sample isn't diverse.",
        "Take 200 of each intent at random.",
        "Draw a hundred at random and check each one.",
        "Let three people read a hundred random lines.",
        "Random sampling copies the generator's habits.",
        "Don't sample at random, stratify.",
        "Keep a random slice as a control.",
        "Annotators look at a random sample of the rejected.",
    ],
    "classifier_first": [
        "Don't start with the classifier.",
        "The classifier should not go first.",
        "Before the classifier come rules and dedup.",
        "First rules, then dedup, then a classifier.",
        "It would be a mistake to begin with the scorer.",
        "To train a classifier we first need labels.",
    ],
}


@pytest.mark.parametrize(
    ("misconception", "message"),
    [(one, message) for one, messages in REJECTED.items() for message in messages],
)
def test_a_rejected_misconception_is_not_corrected(talk: Talk, misconception: str, message: str) -> None:
    assert misconception not in talk.say(message).analysis.misconceptions


def test_each_misconception_has_ways_to_be_rejected() -> None:
    assert REJECTED.keys() == LAB.misconceptions.keys()


def test_every_ladder_of_hints_has_four_steps() -> None:
    for topic in LAB.topics.values():
        for case, ladder in topic.hints.items():
            assert len(ladder) == 4, case
            assert "..." in ladder[2]
            assert "..." not in ladder[3]
