"""What a learner works on: a lab's scenario, and everything the tutor recognises and says in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Words = Mapping[str, str]
"""Text by case of the lab; the key `any` serves every case without its own."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case that a learner can choose to work on."""

    name: str
    """The case in a few words, as the tutor names it."""
    any: tuple[tuple[str, ...], ...]
    """Lists of concepts; a message that has all of one list speaks of this case."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something the conversation should address."""

    name: str
    """The topic in one or two words, for the line that says what is open."""
    ask: Words
    """The tutor's question."""
    hints: Mapping[str, tuple[str, ...]]
    """By case: pointing, teaching, a sentence with a gap, and at last the answer to restate."""
    any: tuple[tuple[str, ...], ...] = ()
    """Lists of concepts that address the topic without saying anything expected yet."""
    short: Mapping[str, str] = field(default_factory=dict)
    """One-word answers to the tutor's question: pattern to expectation id."""
    measurable: bool = True
    """Can a tool show what is said on it? Else the tutor does not ask for a number."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """An idea that a good answer contains."""

    topic: str
    """Topic it belongs to."""
    gist: str
    """The idea in one sentence; offered as a choice when a message was not understood."""
    any: tuple[tuple[str, ...], ...]
    """Lists of concepts; all of one list within `span` words make the idea."""
    credit: str
    """What the tutor says when it is recognised."""
    examples: tuple[str, ...]
    """Ways of saying it, which the rules must recognise."""
    case: str = ""
    """Case it belongs to; empty for all."""
    unless: tuple[str, ...] = ()
    """Concepts whose presence in the sentence rules it out."""
    span: int = 14
    """How many words apart the concepts may stand."""


@dataclass(frozen=True, slots=True)
class LabMisconception:
    """A wrong idea that learners bring to this lab."""

    idea: str
    """The idea as its holder would say it."""
    any: tuple[tuple[str, ...], ...]
    """Lists of concepts; all of one list within `span` words make the idea."""
    answer: str
    """The tutor's reason against it, with a counter-example."""
    ask: str
    """The question that follows."""
    examples: tuple[str, ...]
    """Ways of saying it, which the rules must recognise."""
    tempting: str = ""
    """Why one comes to think so, in one sentence; left out where the answer says it."""
    topics: tuple[str, ...] = ()
    """Topics that a message with it addresses, whether it holds the idea or rejects it."""
    unless: tuple[str, ...] = ()
    """Concepts whose presence in the sentence rules it out."""
    span: int = 14
    """How many words apart the concepts may stand."""


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """What the tutor says of readings of the learner's text; the first rule that fits speaks."""

    id: str
    """Rule id, unique in the lab."""
    when: str
    """Condition on readings, such as `templates.top_share >= 0.5 and distinct_n.distinct_n >= 0.3`."""
    say: str
    """What to say; `{templates.top_share}` is filled from the reading."""
    ask: str = ""
    """Topic whose question follows; empty for the nearest open one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An authored answer to a question that learners ask."""

    id: str
    """Answer id, unique in the lab."""
    any: tuple[tuple[str, ...], ...]
    """Lists of concepts; a question that has all of one list gets this answer."""
    say: str
    """The answer."""
    examples: tuple[str, ...]
    """Questions that it answers, which the rules must recognise."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What the tutor says at the end."""

    diagnosis: Words
    """The diagnosis, by case."""
    plan: Words
    """What to do next week, by case."""


@dataclass(frozen=True, slots=True)
class SampleProperty:
    """What a sample has to measure, because the scenario says so."""

    sample: str
    """Id of the sample."""
    holds: str
    """Condition on readings of the lab's tools, such as `distinct_n.distinct_n < 0.215`."""
    says: tuple[str, ...] = ()
    """Figures of the scenario that this makes true, as they stand there, such as `"0.21"`."""


@dataclass(frozen=True, slots=True)
class TranscriptTurn:
    """A message of the reference conversation."""

    say: str
    """What the learner says."""
    sample: str = ""
    """Id of a sample that is opened before; the tools measure it from then on."""


@dataclass(frozen=True, slots=True)
class Lab:
    """`labs/L1.yaml`; its title stands in the module's outline."""

    id: str
    """Lab id, such as `lab-1`."""
    scenario: str
    """The situation and the task."""
    opening: str
    """The assistant's first message."""
    prompts: tuple[str, ...]
    """Messages to start with that a learner may pick."""
    minimum: int
    """How many counted exchanges complete the lab."""
    tools: tuple[str, ...]
    """Mini-tools on the workbench, in order."""
    samples: tuple[str, ...]
    """Bundled samples offered, by id."""
    facts: Mapping[str, float]
    """Numbers that a reply may cite as the lesson's."""
    cases: Mapping[str, Case]
    """Cases by id; may be empty."""
    topics: Mapping[str, Topic]
    """Topics by id, nearest first."""
    concepts: Mapping[str, tuple[str, ...]]
    """Concepts of this lab: word stems and, with a space in them, phrases."""
    expectations: Mapping[str, Expectation]
    """Expectations by id."""
    misconceptions: Mapping[str, LabMisconception]
    """Misconceptions by id."""
    evidence: tuple[EvidenceRule, ...]
    """Evidence rules, most specific first."""
    answers: tuple[Answer, ...]
    """Authored answers."""
    closing: Closing
    """What the tutor says at the end."""
    claims: tuple[str, ...] = ()
    """Claims that what is said in the lab rests on."""
    properties: tuple[SampleProperty, ...] = ()
    """What the samples have to measure for the scenario to be true of them."""
    transcript: tuple[TranscriptTurn, ...] = ()
    """A conversation that completes the lab; the author's check plays it."""


@dataclass(frozen=True, slots=True)
class Concepts:
    """`labs/concepts.yaml`: concepts that all labs share, and the tutor's phrases."""

    concepts: Mapping[str, tuple[str, ...]]
    """Word stems and phrases by concept."""
    lists: Mapping[str, tuple[str, ...]]
    """Lists of words that decide what a message does: fillers, greetings, negators, ..."""
    patterns: Mapping[str, tuple[str, ...]]
    """Regular expressions that decide what a message does: asking for a hint, injected orders, ..."""
    phrases: Mapping[str, tuple[str, ...]]
    """What the tutor says in general, several wordings of each."""
