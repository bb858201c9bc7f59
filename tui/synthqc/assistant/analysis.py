"""What a message does and says: rules on words, no model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .acts import Content, act_of, asks_openly, matches, spelt_text
from .concepts import DENYING, Match, Sentence, Tag, holds, match_in, sentences_in, stem, words_in
from .knowledge import Knowledge
from .protocol import Analysis, Choice, Turn
from .state import LabState

KEPT_OF_PASTE = 2_000
"""Signs of a paste that go on record, enough to know it again."""
ANSWER_SPAN = 20
"""How many words apart the concepts of an authored answer may stand."""

_FEWEST_NEW_WORDS = 2
_OPENING = 2
"""Words at the start of a question among which a negation proposes: `So wouldn't more names do?`"""
_COUNTED_ACTS = ("claim", "question", "paste", "tool_request")
_CASE_LETTER = re.compile(r"\W*(?:[Cc]ase\s+)?([A-Z])(?:\s*[.:,)\u2013\u2014]|\s+-|\W*$)")


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood of a message, with the words it rests on."""

    analysis: Analysis
    """What goes on record."""
    quotes: dict[str, str] = field(default_factory=dict)
    """For each recognised id, the sentence that it was recognised in."""
    case: str = ""
    """Case named in the message."""
    picked: Choice | None = None
    """The choice that was picked."""
    is_bare: bool = False
    """Is it a list of terms, without any grammar?"""
    is_repeat: bool = False
    """Would it count, had it not been said before?"""


@dataclass(slots=True)
class _Found:
    """What the rules recognise in the sentences of a message."""

    topics: dict[str, None] = field(default_factory=dict)
    expectations: dict[str, str] = field(default_factory=dict)
    misconceptions: dict[str, str] = field(default_factory=dict)
    case: str = ""
    rejected: set[str] = field(default_factory=set)
    has_answer: bool = False
    own_concepts: int = 0


def understand(turn: Turn, state: LabState, knowledge: Knowledge) -> Understanding:
    """What a message does, what it says, and whether it counts.

    Args:
        turn: The message.
        state: The conversation before it.
        knowledge: The lab.
    """
    picked = _picked(turn, state, knowledge)
    if picked is not None:
        expectations = (picked.expectation,) if picked.expectation else ()
        topics = tuple(knowledge.lab.expectations[one].topic for one in expectations)
        return Understanding(Analysis("pick", topics, expectations), picked=picked)
    found = _found(turn.text, state, knowledge)
    content = Content(
        is_credited=bool(found.expectations or found.misconceptions),
        is_topical=bool(found.topics or found.case),
        own_concepts=found.own_concepts,
        has_answer=found.has_answer,
    )
    act = act_of(turn, content, state, knowledge)
    if act not in _COUNTED_ACTS:
        return Understanding(Analysis(act), case=found.case if act in ("greet", "help", "ack") else "")
    if act == "tool_request":
        # Who asks for a number names it, and says nothing about it yet.
        found.expectations.clear()
    is_bare = act == "claim" and _is_bare(turn.text, knowledge)
    measured = act not in ("paste", "tool_request") or bool(turn.readings)
    is_new = _is_new(turn, found, state, knowledge)
    counted = measured and is_new and not (is_bare and (state.has_bare_terms or len(words_in(turn.text)) == 1))
    return Understanding(
        Analysis(act, tuple(found.topics), tuple(found.expectations), tuple(found.misconceptions), counted=counted),
        quotes={**found.expectations, **found.misconceptions},
        case=found.case,
        is_bare=is_bare,
        is_repeat=measured and not is_new,
    )


def ideas_in(text: str, state: LabState, knowledge: Knowledge) -> frozenset[str]:
    """Ids of the expected ideas that a text says, whoever says it."""
    return frozenset(_found(text, state, knowledge).expectations)


def _picked(turn: Turn, state: LabState, knowledge: Knowledge) -> Choice | None:
    choices = state.last.choices if state.last is not None else ()
    pattern = knowledge.patterns.get("pick")
    text = turn.text.strip()
    if not choices or pattern is None:
        return None
    if matches(knowledge, "pick_none", text):
        return choices[-1]
    if not (found := pattern.fullmatch(text)):
        return None
    number = _ORDINALS.get(found.group("number").lower(), 0) or int(found.group("number"))
    return choices[number - 1] if 1 <= number <= len(choices) else None


_ORDINALS = {"first": 1, "one": 1, "second": 2, "two": 2, "third": 3, "three": 3}


def _found(text: str, state: LabState, knowledge: Knowledge) -> _Found:
    found = _Found()
    written = sentences_in(text)
    read = [knowledge.vocabulary.read(sentence) for sentence in written]
    tagged = [knowledge.vocabulary.tags_of(sentence) for sentence in read]
    letter = _CASE_LETTER.match(text)
    lettered = letter.group(1) if letter and letter.group(1) in knowledge.lab.cases else ""
    case = state.case
    for number, (sentence, tags) in enumerate(zip(written, tagged, strict=True)):
        named = _cases(tags, knowledge) or ({lettered} if lettered and number == 0 else set())
        if named:
            # Two cases in one sentence: either may be meant.
            case = min(named) if len(named) == 1 else ""
            found.case = found.case or case
        found.own_concepts += len({place for place, tag in tags if tag.removeprefix("not_") in knowledge.own_concepts})
        _note_topics(found, tags, knowledge)
        _note_expectations(found, sentence, tags, case, knowledge)
        following = written[number + 1] if number + 1 < len(written) else ""
        if not (following and matches(knowledge, "recant", spelt_text(following))):
            _note_misconceptions(found, sentence, read[number], tags, knowledge)
    everything = [tag for tags in tagged for tag in tags]
    # What has an authored answer is about the lab.
    found.has_answer = any(holds(answer.any, everything, ANSWER_SPAN) for answer in knowledge.lab.answers)
    found.own_concepts += 2 * found.has_answer
    _note_short_answer(found, text, state, knowledge)
    return found


def _cases(tags: Sequence[Tag], knowledge: Knowledge) -> set[str]:
    return {name for name, case in knowledge.lab.cases.items() if holds(case.any, tags, 10_000)}


def _note_topics(found: _Found, tags: Sequence[Tag], knowledge: Knowledge) -> None:
    names = frozenset(tag for _, tag in tags)
    for topic_id, topic in knowledge.lab.topics.items():
        if match_in(topic.any, tags, ANSWER_SPAN, names):
            found.topics[topic_id] = None


def _note_expectations(found: _Found, sentence: str, tags: Sequence[Tag], case: str, knowledge: Knowledge) -> None:
    names = frozenset(tag for _, tag in tags)
    is_open = asks_openly(spelt_text(sentence), knowledge)
    for expectation_id, one in knowledge.lab.expectations.items():
        is_of_case = not one.case or not case or case not in knowledge.lab.cases or _is_own(case) or one.case == case
        if is_of_case and not names & set(one.unless) and match_in(one.any, tags, one.span, names):
            # Who asks about an idea addresses its topic, and has not said it.
            found.topics[one.topic] = None
            if not is_open:
                found.expectations.setdefault(expectation_id, sentence)


def _is_own(case: str) -> bool:
    # A case of the learner's own may show any of the failures.
    return case == "own"


def _note_misconceptions(
    found: _Found, sentence: str, read: Sentence, tags: Sequence[Tag], knowledge: Knowledge
) -> None:
    names = frozenset(tag for _, tag in tags)
    is_asked = read.is_question and matches(knowledge, "only_asked", " ".join(read.spelt))
    named = [(place, tag.removeprefix("not_")) for place, tag in tags]
    bare = frozenset(tag for _, tag in named)
    far: list[Tag] | None = None
    for misconception_id, one in knowledge.lab.misconceptions.items():
        match = None if names & set(one.unless) else match_in(one.any, tags, one.span, names)
        if match is None:
            if bare != names and match_in(one.any, named, one.span, bare):
                found.rejected.add(misconception_id)
                found.topics.update(dict.fromkeys(one.topics))
            continue
        found.topics.update(dict.fromkeys(one.topics))
        if is_asked:
            continue
        is_denial = any(tag.startswith("not_") or f"{DENYING}{tag}" in names for tag in match.concepts)
        if far is None:
            far = knowledge.vocabulary.tags_of(read, is_far=True)
        is_refused = not is_denial and not holds(one.any, far, one.span)
        if not is_refused and not _is_rejected(read, match, knowledge, is_denial=is_denial):
            found.misconceptions.setdefault(misconception_id, sentence)
        else:
            found.rejected.add(misconception_id)


def _is_rejected(read: Sentence, match: Match, knowledge: Knowledge, *, is_denial: bool) -> bool:
    """Is a misconception named in order to reject it, or as what others think?"""
    # "One of ten is new, but more of it will do": what stands before the part with the idea does not bear on it.
    start = max(part for part in read.parts if part <= match.start)
    said = " ".join(read.spelt[start:])
    whole = " ".join(read.spelt)
    # "Can't we just hire more?" suggests; only a plain statement doubts by negation.
    proposes = read.is_question and any(word.endswith("n't") for word in read.spelt[start : start + _OPENING])
    doubts = not is_denial and not proposes and not matches(knowledge, "suggestion", whole)
    patterns = ("rejection", "doubt") if doubts else ("rejection",)
    return matches(knowledge, "reported", whole) or any(matches(knowledge, name, said) for name in patterns)


def _note_short_answer(found: _Found, text: str, state: LabState, knowledge: Knowledge) -> None:
    topic = knowledge.lab.topics.get(state.asked)
    words = words_in(text)
    if topic is None or not 0 < len(words) <= 4 or asks_openly(text, knowledge):
        return
    for answer, expectation in topic.short.items():
        if any(word.startswith(answer) for word in words):
            found.expectations.setdefault(expectation, text)
            found.topics[state.asked] = None


def _is_bare(text: str, knowledge: Knowledge) -> bool:
    words = words_in(text)
    has_grammar = any(word in knowledge.lists.get("function_words", frozenset()) for word in words)
    return len(words) == 1 or not (has_grammar or any(sign in text for sign in ".!?:"))


def _is_new(turn: Turn, found: _Found, state: LabState, knowledge: Knowledge) -> bool:
    if any(one not in state.covered for one in found.expectations):
        return True
    if any(one not in state.misconceptions for one in found.misconceptions):
        return True
    heard = _meant(" ".join(state.said), knowledge)
    fresh = _meant(f"{turn.text}\n{turn.paste[:KEPT_OF_PASTE]}", knowledge) - heard
    # "One filter is not enough" has one such word, and rejects an idea of the lab.
    return len(fresh) >= (1 if found.rejected else _FEWEST_NEW_WORDS)


def _meant(text: str, knowledge: Knowledge) -> frozenset[str]:
    # In a sentence `good` or `more` says something; as a message of its own it is filler.
    ignored = knowledge.lists.get("function_words", frozenset())
    return frozenset(stem(word) for word in words_in(text) if word not in ignored and len(word) > 1)
