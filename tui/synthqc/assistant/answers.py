"""Answers to questions: authored ones, then the glossary, then the passage of the lesson that fits best."""

import re

from .analysis import ANSWER_SPAN
from .concepts import holds, words_in
from .knowledge import Knowledge
from .passages import USEFUL
from .wording import Wording, shortened

_LONGEST_PASSAGE = 45
_MARK = re.compile(r"\s*\[C\d+(?:, ?C\d+)*\]")


def answer_to(question: str, knowledge: Knowledge, wording: Wording) -> str:
    """What the tutor answers; where nothing fits well enough, it says so."""
    if known := authored_answer(question, knowledge, wording) or _definition(question, knowledge):
        return known
    passage, score = knowledge.passages.best(question)
    if passage is None:
        return wording.say("unanswered")
    if score < USEFUL:
        return wording.say("nearest_section", section=passage.section)
    return wording.say("passage", passage=shortened(passage.text, _LONGEST_PASSAGE), section=passage.section)


def authored_answer(question: str, knowledge: Knowledge, wording: Wording) -> str:
    """The lab's own answer to a question; empty where it has none."""
    tags = knowledge.vocabulary.tags_of(knowledge.vocabulary.read(question))
    for answer in knowledge.lab.answers:
        if holds(answer.any, tags, ANSWER_SPAN):
            wording.note(f"answer:{answer.id}")
            return answer.say.strip()
    return ""


def _definition(question: str, knowledge: Knowledge) -> str:
    text = " ".join(words_in(question))
    for term in knowledge.terms:
        if " ".join(words_in(term.term)) in text:
            return f"{term.term}: {_MARK.sub('', ' '.join(term.definition.split()))}"
    return ""
