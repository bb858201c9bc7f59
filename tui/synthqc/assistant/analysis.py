"""What a message does and says: rules on words, no model."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .concepts import Tag, holds, sentences_in, words_in
from .knowledge import Knowledge, content_words
from .protocol import Act, Analysis, Choice, Turn
from .state import LabState

ANSWER_SPAN = 20
"""How many words apart the concepts of an authored answer may stand."""

_SHORT_MESSAGE = 12
_FEWEST_NEW_WORDS = 2
_COUNTED_ACTS = ("claim", "question", "paste", "tool_request")


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
    has_own_concept: bool = False


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
    act = _act(turn, found, state, knowledge)
    if act not in _COUNTED_ACTS:
        return Understanding(Analysis(act), case=found.case if act in ("greet", "help", "ack") else "")
    analysis = Analysis(act, tuple(found.topics), tuple(found.expectations), tuple(found.misconceptions))
    is_bare = act == "claim" and _is_bare(turn.text, knowledge)
    measured = act not in ("paste", "tool_request") or bool(turn.readings)
    is_new = _is_new(turn, found, state, knowledge)
    counted = measured and is_new and not (is_bare and state.has_bare_terms)
    return Understanding(
        Analysis(act, analysis.topics, analysis.expectations, analysis.misconceptions, counted=counted),
        quotes={**found.expectations, **found.misconceptions},
        case=found.case,
        is_bare=is_bare,
        is_repeat=measured and not is_new,
    )


def _picked(turn: Turn, state: LabState, knowledge: Knowledge) -> Choice | None:
    choices = state.last.choices if state.last is not None else ()
    pattern = knowledge.patterns.get("pick")
    if not choices or pattern is None or not (found := pattern.fullmatch(turn.text.strip())):
        return None
    number = int(next(group for group in found.groups() if group))
    return choices[number - 1] if 1 <= number <= len(choices) else None


def _found(text: str, state: LabState, knowledge: Knowledge) -> _Found:
    found = _Found()
    lab = knowledge.lab
    tagged = [(sentence, knowledge.vocabulary.tags(words_in(sentence))) for sentence in sentences_in(text)]
    everything = [tag for _, tags in tagged for tag in tags]
    found.case = next((name for name, case in lab.cases.items() if holds(case.any, everything, 10_000)), "")
    case = found.case or state.case
    for sentence, tags in tagged:
        found.has_own_concept |= any(tag.removeprefix("not_") in knowledge.own_concepts for _, tag in tags)
        _note_topics(found, tags, knowledge)
        if not _asks_openly(sentence, knowledge):
            _note_expectations(found, sentence, tags, case, knowledge)
        if not _matches(knowledge, "doubt", sentence):
            _note_misconceptions(found, sentence, tags, knowledge)
    found.has_own_concept |= any(holds(answer.any, everything, ANSWER_SPAN) for answer in lab.answers)
    _note_short_answer(found, text, state, knowledge)
    return found


def _note_topics(found: _Found, tags: Sequence[Tag], knowledge: Knowledge) -> None:
    for topic_id, topic in knowledge.lab.topics.items():
        if holds(topic.any, tags, ANSWER_SPAN):
            found.topics[topic_id] = None


def _note_expectations(found: _Found, sentence: str, tags: Sequence[Tag], case: str, knowledge: Knowledge) -> None:
    names = {tag for _, tag in tags}
    for expectation_id, one in knowledge.lab.expectations.items():
        is_of_case = not one.case or not case or case not in knowledge.lab.cases or _is_own(case) or one.case == case
        if is_of_case and not names & set(one.unless) and holds(one.any, tags, one.span):
            found.expectations.setdefault(expectation_id, sentence)
            found.topics[one.topic] = None


def _is_own(case: str) -> bool:
    # A case of the learner's own may show any of the failures.
    return case == "own"


def _note_misconceptions(found: _Found, sentence: str, tags: Sequence[Tag], knowledge: Knowledge) -> None:
    names = {tag for _, tag in tags}
    for misconception_id, one in knowledge.lab.misconceptions.items():
        if not names & set(one.unless) and holds(one.any, tags, one.span):
            found.misconceptions.setdefault(misconception_id, sentence)


def _note_short_answer(found: _Found, text: str, state: LabState, knowledge: Knowledge) -> None:
    topic = knowledge.lab.topics.get(state.asked)
    words = words_in(text)
    if topic is None or not 0 < len(words) <= 4 or _asks_openly(text, knowledge):
        return
    for answer, expectation in topic.short.items():
        if any(word.startswith(answer) for word in words):
            found.expectations.setdefault(expectation, text)
            found.topics[state.asked] = None


def _asks_openly(sentence: str, knowledge: Knowledge) -> bool:
    return sentence.endswith("?") and _matches(knowledge, "open_question", sentence)


def _matches(knowledge: Knowledge, name: str, text: str) -> bool:
    pattern = knowledge.patterns.get(name)
    return pattern is not None and pattern.search(text) is not None


def _act(turn: Turn, found: _Found, state: LabState, knowledge: Knowledge) -> Act:
    if turn.paste:
        return "paste"
    text, words = turn.text, words_in(turn.text)
    has_content = bool(found.expectations or found.misconceptions)
    is_short = len(words) < _SHORT_MESSAGE and not has_content
    if _is_other_language(text, words, knowledge):
        return "other_language"
    if _matches(knowledge, "injection", text):
        return "injection"
    if _is_parrot(words, state):
        return "parrot"
    if is_short and _is_denial(text, state, knowledge):
        return "deny"
    fillers = knowledge.lists.get("fillers", frozenset())
    if words and all(word in fillers for word in words) and not any(word.isdigit() for word in words):
        return "greet" if _matches(knowledge, "greet", text) else "ack"
    patterns: tuple[Act, ...] = ("greet", "meta", "closing", "tool_request", "help")
    for act in patterns:
        if is_short and _matches(knowledge, act, text):
            return act
    if not has_content and not found.topics and _matches(knowledge, "hostile", text):
        return "hostile"
    return _speech(text, words, found, knowledge)


def _speech(text: str, words: list[str], found: _Found, knowledge: Knowledge) -> Act:
    has_content = bool(found.expectations or found.misconceptions or found.topics)
    if not has_content and _is_gibberish(words, knowledge):
        return "gibberish"
    if not has_content and not found.case and not _is_on_topic(text, found, knowledge):
        return "off_topic"
    if text.rstrip().endswith("?") or _matches(knowledge, "open_question", text):
        return "question"
    return "claim"


def _is_other_language(text: str, words: list[str], knowledge: Knowledge) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    if letters and sum(ord(letter) > 0x24F for letter in letters) > 0.5 * len(letters):
        return True
    foreign = sum(word in knowledge.lists.get("foreign", frozenset()) for word in words)
    english = sum(word in knowledge.lists.get("function_words", frozenset()) for word in words)
    return foreign >= 2 and foreign > english


def _is_parrot(words: list[str], state: LabState) -> bool:
    if words in map(words_in, state.said):
        # Their own words, which the tutor had quoted.
        return False
    grams = set(zip(words, words[1:], words[2:], words[3:], strict=False))
    if not grams or state.last is None:
        return False
    heard = words_in(" ".join(state.replies[-3:]))
    return len(grams & set(zip(heard, heard[1:], heard[2:], heard[3:], strict=False))) >= 0.6 * len(grams)


def _is_denial(text: str, state: LabState, knowledge: Knowledge) -> bool:
    last = state.last
    was_read = last is not None and bool(last.analysis.expectations or last.analysis.misconceptions)
    return was_read and _matches(knowledge, "deny", text)


def _is_gibberish(words: list[str], knowledge: Knowledge) -> bool:
    letters = [word for word in words if word.isalpha()]
    if not words:
        return True
    if any(word in knowledge.known for word in letters):
        return False
    odd = [word for word in letters if _matches(knowledge, "unpronounceable", word)]
    return not letters or len(odd) >= 0.5 * len(letters)


def _is_on_topic(text: str, found: _Found, knowledge: Knowledge) -> bool:
    if found.has_own_concept:
        return True
    words = content_words(text, knowledge)
    shared = words & knowledge.content
    return len(shared) >= 2 or (len(shared) == 1 and len(words) <= 3)


def _is_bare(text: str, knowledge: Knowledge) -> bool:
    has_grammar = any(word in knowledge.lists.get("function_words", frozenset()) for word in words_in(text))
    return not has_grammar and not any(sign in text for sign in ".!?:")


def _is_new(turn: Turn, found: _Found, state: LabState, knowledge: Knowledge) -> bool:
    if any(one not in state.covered for one in found.expectations):
        return True
    if any(one not in state.misconceptions for one in found.misconceptions):
        return True
    heard = content_words(" ".join(state.said), knowledge)
    return len(content_words(f"{turn.text}\n{turn.paste}", knowledge) - heard) >= _FEWEST_NEW_WORDS
