"""The author's check of a lab: do its rules recognise its own examples, and can its texts be said?"""

import re
from collections.abc import Iterator, Mapping

from synthqc.course.dangling import Finding
from synthqc.course.lab import Concepts, Lab
from synthqc.course.model import Lesson
from synthqc.tools.sample import Sample

from .analysis import ANSWER_SPAN, understand
from .concepts import holds, words_in
from .conditions import ConditionError, parse_condition, slots_in
from .facts import facts_of
from .knowledge import Knowledge, knowledge_of
from .protocol import Turn
from .state import state_of
from .tutor import readings_of
from .wording import FEWEST, PHRASES, slots_of


def check_phrases(concepts: Concepts) -> Iterator[Finding]:
    """What is wrong with the phrases, lists and patterns that all labs share."""
    for kind in sorted(PHRASES.keys() - concepts.phrases.keys()):
        yield ("phrases",), f"has no phrases '{kind}', which the tutor needs"
    for kind, phrasings in concepts.phrases.items():
        if kind not in PHRASES:
            yield ("phrases", kind), f"is never said; allowed are {', '.join(PHRASES)}"
            continue
        if len(set(phrasings)) < FEWEST and kind != "something_else":
            yield ("phrases", kind), f"has {len(set(phrasings))} wordings, needs {FEWEST} different ones"
        for number, phrasing in enumerate(phrasings):
            for slot in sorted(slots_of(phrasing) - PHRASES[kind]):
                allowed = ", ".join(sorted(PHRASES[kind])) or "none"
                yield ("phrases", kind, number), f"has the slot {{{slot}}}, allowed is {allowed}"
    for name, patterns in concepts.patterns.items():
        for number, pattern in enumerate(patterns):
            try:
                re.compile(pattern)
            except re.error as error:
                yield ("patterns", name, number), f"is no regular expression: {error}"


def check_lab(lab: Lab, concepts: Concepts, lesson: Lesson, samples: Mapping[str, Sample]) -> Iterator[Finding]:
    """What is wrong with a lab beyond its form.

    Args:
        lab: The lab.
        concepts: What all labs share.
        lesson: The lesson that it belongs to.
        samples: The lab's samples by id, to see what its tools measure.
    """
    conditions = [*_conditions(lab), *_unknown_samples(lab)]
    yield from conditions
    if conditions:
        return
    knowledge = knowledge_of(lab, concepts, lesson)
    yield from _examples(lab, knowledge)
    yield from _hints(lab, knowledge)
    yield from _evidence(lab, samples)


def _conditions(lab: Lab) -> Iterator[Finding]:
    for number, rule in enumerate(lab.evidence):
        try:
            parse_condition(rule.when)
        except ConditionError as error:
            yield ("evidence", number, "when"), str(error)
    for number, wanted in enumerate(lab.properties):
        try:
            parse_condition(wanted.holds)
        except ConditionError as error:
            yield ("properties", number, "holds"), str(error)


def _unknown_samples(lab: Lab) -> Iterator[Finding]:
    named = [(("properties", n, "sample"), one.sample) for n, one in enumerate(lab.properties)]
    named += [(("transcript", n, "sample"), one.sample) for n, one in enumerate(lab.transcript) if one.sample]
    for path, sample in named:
        if sample not in lab.samples:
            yield path, f"the lab offers no sample '{sample}'; it offers: {', '.join(lab.samples) or 'none'}"


def _examples(lab: Lab, knowledge: Knowledge) -> Iterator[Finding]:
    nothing = state_of((), lab)
    for expectation_id, expectation in lab.expectations.items():
        for text in (expectation.gist, *expectation.examples):
            if expectation_id not in understand(Turn(text), nothing, knowledge).analysis.expectations:
                yield ("expectations", expectation_id, "any"), f"does not recognise {text!r:.80}"
    for misconception_id, misconception in lab.misconceptions.items():
        for text in (misconception.idea, *misconception.examples):
            if misconception_id not in understand(Turn(text), nothing, knowledge).analysis.misconceptions:
                yield ("misconceptions", misconception_id, "any"), f"does not recognise {text!r:.80}"
    for number, answer in enumerate(lab.answers):
        for text in answer.examples:
            tags = knowledge.vocabulary.tags(words_in(text))
            first = next((one.id for one in lab.answers if holds(one.any, tags, ANSWER_SPAN)), "")
            if first != answer.id:
                given = f"is answered by '{first}'" if first else "has no answer"
                yield ("answers", number, "any"), f"{text!r:.80} {given}, needs '{answer.id}'"


def _hints(lab: Lab, knowledge: Knowledge) -> Iterator[Finding]:
    nothing = state_of((), lab)
    for topic_id, topic in lab.topics.items():
        for case, ladder in topic.hints.items():
            given = understand(Turn(ladder[0]), nothing, knowledge).analysis.expectations
            told = [one for one in given if lab.expectations[one].topic == topic_id]
            if told:
                yield ("topics", topic_id, "hints", case, 0), f"gives away '{told[0]}' on the first step"


def _evidence(lab: Lab, samples: Mapping[str, Sample]) -> Iterator[Finding]:
    facts = {name: facts_of(readings_of(sample, lab)).values for name, sample in samples.items()}
    names = {name for values in facts.values() for name in values}
    for number, wanted_property in enumerate(lab.properties):
        condition = parse_condition(wanted_property.holds)
        measured = facts[wanted_property.sample]
        if not condition.holds(measured):
            found = ", ".join(f"{name} {measured[name]:.4g}" for name in sorted(condition.names & measured.keys()))
            message = f"does not hold for '{wanted_property.sample}': {found or 'not measured'}"
            yield ("properties", number, "holds"), message
    for number, rule in enumerate(lab.evidence):
        wanted = {"when": parse_condition(rule.when).names, "say": slots_in(rule.say)}
        for key, used in wanted.items():
            for name in sorted(used - names):
                yield ("evidence", number, key), f"asks for {name}, which no tool of this lab measures"
