"""What a message does: asks, claims, greets, pastes, orders, or nothing of use."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from .concepts import words_in
from .knowledge import Knowledge, content_words
from .protocol import Act, Turn
from .spelling import english_words, spelt
from .state import LabState

_SHORT = 12
"""Words from which on a message is taken for speech about the case, however it begins."""
_POLITE = 4
"""Words by which a request may be longer: it says please, and where the text is."""
_OTHER_SCRIPT = 0x24F
"""Letters beyond this belong to no western language."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the rules of the lab have recognised in a message."""

    is_credited: bool
    """Is there an expectation or a misconception?"""
    is_topical: bool
    """Is a topic or a case of the lab addressed?"""
    own_concepts: int
    """How many words name a concept that only this lab has?"""
    has_answer: bool = False
    """Has the lab an answer of its own to it?"""

    @property
    def is_any(self) -> bool:
        """Is anything of the lab recognised?"""
        return self.is_credited or self.is_topical


def act_of(turn: Turn, content: Content, state: LabState, knowledge: Knowledge) -> Act:
    """What a message does; the first that fits.

    Args:
        turn: The message.
        content: What was recognised in it.
        state: The conversation before it.
        knowledge: The lab.
    """
    text, words = spelt_text(turn.text), [spelt(word) for word in words_in(turn.text)]
    if turn.paste:
        # Text in the line of the request, not in lines below it.
        is_inline = "\n" not in turn.paste and matches(knowledge, "tool_request", text)
        return "tool_request" if is_inline else "paste"
    if is_other_language(turn.text, words, knowledge.lists):
        return "other_language"
    if matches(knowledge, "injection", turn.text):
        return "injection"
    if _is_parrot(words, state, knowledge):
        return "parrot"
    return _small_talk(text, words, content, state, knowledge) or _speech(turn.text, words, content, knowledge)


def _small_talk(text: str, words: list[str], content: Content, state: LabState, knowledge: Knowledge) -> Act | None:
    is_short = len(words) < _SHORT and not content.is_credited
    if is_short and _is_denial(text, state, knowledge):
        return "deny"
    if len(words) < _SHORT + _POLITE and matches(knowledge, "tool_request_sure", text):
        return "tool_request"
    if len(words) < 2 * _SHORT and matches(knowledge, "help_sure", text):
        return "help"
    fillers = knowledge.lists.get("fillers", frozenset())
    if words and all(word in fillers for word in words) and not any(word[0].isdigit() for word in words):
        return _filler(text, knowledge)
    if is_short and _weight(words, knowledge) < _ENOUGH and matches(knowledge, "ack", text):
        return _filler(text, knowledge)
    patterns: tuple[Act, ...] = ("greet", "meta", "closing", "tool_request", "help")
    # "How can I check the facts?" asks about the case, though it begins like an order to a tool.
    is_asked = content.has_answer and asks_openly(text, knowledge)
    passed_over: tuple[Act, ...] = ()
    if is_asked and _weight(words, knowledge):
        passed_over = ("help",) if _BENCH & set(words) else ("help", "tool_request")
    for act in patterns:
        if is_short and act not in passed_over and matches(knowledge, act, text):
            return act
    return "hostile" if _is_hostile(text, words, content, knowledge) else None


def _filler(text: str, knowledge: Knowledge) -> Act:
    return next((act for act in _FILLER_ACTS if matches(knowledge, act, text)), "ack")


_BENCH = frozenset(("tool", "tools", "reading", "readings", "workbench", "text", "sample", "this", "these"))
_FILLER_ACTS: tuple[Act, ...] = ("greet", "meta", "closing")


def _speech(text: str, words: list[str], content: Content, knowledge: Knowledge) -> Act:
    if _is_elsewhere(text, words, content, knowledge):
        return "off_topic"
    if not content.is_any:
        if _is_gibberish(words, knowledge):
            return "gibberish"
        if late := _late_small_talk(text, words, knowledge):
            return late
        if not _is_on_topic(text, words, content, knowledge):
            return "off_topic"
    return "question" if is_question(text, knowledge) else "claim"


def _is_elsewhere(text: str, words: list[str], content: Content, knowledge: Knowledge) -> bool:
    """Does a short message name two things of another field and none of this, though a rule saw something in it?"""
    if len(words) > _SHORT or content.has_answer or matches(knowledge, "analogy", spelt_text(text)):
        return False
    far_off = knowledge.lists.get("elsewhere", frozenset())
    strange = {word for word in words if word in far_off or word.removesuffix("s") in far_off}
    return len(strange) >= _ENOUGH and _weight(words, knowledge) == 0


def _late_small_talk(text: str, words: Sequence[str], knowledge: Knowledge) -> Act | None:
    # A longer request for help, or a longer goodbye: it names nothing of the case.
    if len(words) > 2 * _SHORT or _weight(words, knowledge) > _ENOUGH:
        return None
    usual = spelt_text(text)
    return next((act for act in _LATE_ACTS if matches(knowledge, act, usual)), None)


_LATE_ACTS: tuple[Act, ...] = ("help", "meta", "closing")


def is_question(text: str, knowledge: Knowledge) -> bool:
    """Does a message ask rather than claim?"""
    return text.rstrip(" \"'”)").endswith("?") or any(
        matches(knowledge, name, text) for name in ("plain_wh", "yes_no_question")
    )


def asks_openly(sentence: str, knowledge: Knowledge) -> bool:
    """Does a sentence ask what, why or how, so that it names no idea of the asker's own?"""
    if matches(knowledge, "wh_question", sentence):
        return sentence.rstrip(" \"'”)").endswith("?") or matches(knowledge, "plain_wh", sentence)
    return False


def matches(knowledge: Knowledge, name: str, text: str) -> bool:
    """Is one of the patterns of a name found in a text?"""
    pattern = knowledge.patterns.get(name)
    return pattern is not None and pattern.search(text) is not None


def spelt_text(text: str) -> str:
    """A text with its hasty spellings as usual: `dont` as `don't`; nothing else is changed."""
    return re.sub(r"[A-Za-z]+(?:['’][A-Za-z]+)*", lambda found: _spelt_as(found.group()), text)


def _spelt_as(word: str) -> str:
    lower = word.lower().replace("\u2019", "'")
    usual = spelt(lower)
    return word if usual == lower and "\u2019" not in word else usual


def is_other_language(text: str, words: Sequence[str], lists: Mapping[str, frozenset[str]]) -> bool:
    """Is a message in another language than English? English terms in it do not make it English."""
    english = sum(word in lists.get("function_words", frozenset()) for word in words)
    if _SPANISH & set(text) and english <= _QUOTED:
        return True
    if _units_of_other_scripts(text) > max(1, english):
        return True
    accented = sum(any(ord(letter) > 0x7F for letter in word) for word in words)
    foreign = sum(word in lists.get("foreign", frozenset()) for word in words)
    strange = foreign + accented
    if foreign and strange >= 2 and strange > english:
        return True
    return strange >= 1 and english == 0 and len(words) >= 4 and 2 * sum(map(_is_english, words)) < len(words)


_SPANISH = frozenset("\u00bf\u00a1")
_QUOTED = 4
"""English words that a message in another language may quote."""


def _is_english(word: str) -> bool:
    return word in english_words() or word.isdigit()


def _units_of_other_scripts(text: str) -> float:
    # A word of Chinese or Japanese has about two signs and no space around it.
    far = [letter for letter in text if letter.isalpha() and ord(letter) > _OTHER_SCRIPT]
    dense = sum(ord(letter) >= 0x2E80 for letter in far)
    spaced = sum(
        any(letter.isalpha() and _OTHER_SCRIPT < ord(letter) < 0x2E80 for letter in word) for word in text.split()
    )
    return dense / 2 + spaced


def _is_parrot(words: list[str], state: LabState, knowledge: Knowledge) -> bool:
    if state.last is None or words in map(words_in, state.said):
        # Their own words, which the tutor had quoted.
        return False
    grams = _grams(words)
    if not grams:
        return False
    heard = _grams(words_in("\n".join((*state.replies, knowledge.lab.opening, knowledge.lab.scenario))))
    return len(grams & heard) >= 0.6 * len(grams)


def _grams(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def _is_denial(text: str, state: LabState, knowledge: Knowledge) -> bool:
    last = state.last
    was_read = last is not None and bool(last.analysis.expectations or last.analysis.misconceptions)
    return was_read and matches(knowledge, "deny", text)


def _is_hostile(text: str, words: Sequence[str], content: Content, knowledge: Knowledge) -> bool:
    if content.is_credited or not matches(knowledge, "hostile", text):
        return False
    # "The output is garbage" speaks of the case; "this is garbage, you stupid bot" of nothing.
    weight = _weight([word for word in words if word not in _ADDRESSED], knowledge)
    if len(words) <= _SHORT:
        return weight <= (_ENOUGH if matches(knowledge, "hostile_aimed", text) else 0)
    hits = len(knowledge.patterns["hostile"].findall(text))
    return weight == 0 and not content.is_topical and hits >= _ENOUGH and len(words) <= 2 * _SHORT


_ADDRESSED = frozenset(("bot", "chatbot", "answer", "answers", "test", "garbage", "junk", "questions", "lines", "line"))


def _is_gibberish(words: list[str], knowledge: Knowledge) -> bool:
    letters = [word for word in words if word.isalpha()]
    if not words:
        return True
    if any(word in knowledge.known and len(word) > 1 for word in letters):
        return False
    odd = [word for word in letters if matches(knowledge, "unpronounceable", word)]
    return not letters or len(odd) >= 0.5 * len(letters)


def _is_on_topic(text: str, words: Sequence[str], content: Content, knowledge: Knowledge) -> bool:
    """Is a message in which no rule recognised anything about the case all the same?

    A long one is, unless it names what the lab is certainly not about; a short one has to name something of the trade.
    """
    far_off = knowledge.lists.get("elsewhere", frozenset())
    elsewhere = _ENOUGH * sum(word in far_off or word.removesuffix("s") in far_off for word in set(words))
    weight = _weight(words, knowledge)
    if len(words) >= _FEWEST_OF_ANALOGY and matches(knowledge, "analogy", spelt_text(text)):
        weight += _ENOUGH
    # A story from another field is a comparison more often than small talk; that is short.
    is_story = len(words) >= _FEWEST_OF_STORY and elsewhere <= _ENOUGH + weight
    if not is_story and (elsewhere > weight or (elsewhere == weight > 0 and len(words) < _SHORT)):
        return False
    if weight >= _ENOUGH or len(words) >= _SHORT or (content.own_concepts + weight >= 2 and not elsewhere):
        return True
    meant = content_words(text, knowledge)
    shared = meant & knowledge.content
    if not meant and len(words) > 1:
        # "Why though?" asks about what was said before.
        return any(word in knowledge.lists.get("function_words", frozenset()) for word in words)
    return len(shared) >= 2 or (len(shared) == 1 and len(words) <= 3)


_LONGEST_ENDING = 6
_FEWEST_OF_STORY = 20
"""Words from which on one word of another field does not make a message one of that field."""
_FEWEST_OF_ANALOGY = 8
"""Words from which on a comparison (`it is like ...`) is one with the case."""
_ENOUGH = 2
"""Weight from which on words make a message one about the lab: one of the trade, or two that may be."""


def _weight(words: Sequence[str], knowledge: Knowledge) -> int:
    """How much the words of a message are of the trade: two for each that surely is, one for each that may be."""
    sure, perhaps = (knowledge.lists.get(name, frozenset()) for name in ("trade", "trade_or_not"))
    mended = {knowledge.vocabulary.mended(word) for word in words}
    return sum(2 if _is_form_of(word, sure) else 1 if _is_form_of(word, perhaps) else 0 for word in mended)


def _is_form_of(word: str, stems: Set[str]) -> bool:
    return any(word[:length] in stems for length in range(max(2, len(word) - _LONGEST_ENDING), len(word) + 1))
