"""Where a model's reply falls short of what was decided, and the tutor's own line that makes up for it."""

import re
from collections.abc import Iterator

from .analysis import ideas_in
from .knowledge import Knowledge, content_words
from .policy import Plan
from .prompting import VERBATIM
from .state import LabState, status_line
from .wording import Wording

_SUBSTANCE = ("evidence", "correct", "answer", "hint", "prompt", "assert")
"""Moves that the learner must not miss."""

_FEWEST_SHARED = 3
"""Words that a reply shares with a move that it has worded."""

_TELLS = ("answer", "assert", "summary", "correct", "credit")
"""Moves that tell something; beside them an idea in the reply may be theirs."""

_COMPLETION = re.compile(
    r"\b(?:lab|exercise|course)\b[^.!?\n]{0,30}\b(?:is|are|now|has been|been)\b[^.!?\n]{0,20}"
    r"\b(?:complete[d]?|finished|done|over|passed)\b"
    r"|\byou(?:'ve|\u2019ve| have| are| just)?\b[^.!?\n]{0,20}\b(?:completed|finished|passed|done with|complete)\b"
    r"[^.!?\n]{0,20}\b(?:lab|exercise|course)\b"
    r"|\bcompletes\b[^.!?\n]{0,12}\b(?:lab|exercise)\b|\blab[- ]complete[d]?\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:not|n't|n\u2019t|until|once|when|before|if|to|yet|almost|nearly|after)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def lines_after(reply: str, plan: Plan, before: LabState, after: LabState, knowledge: Knowledge) -> Iterator[str]:
    """The tutor's lines that follow a model's reply, in order; none where it did all that was decided.

    Args:
        reply: The model's reply.
        plan: What was decided.
        before: The conversation before this exchange.
        after: The conversation with it.
        knowledge: The lab.
    """
    if not after.is_complete(knowledge.lab) and claims_completion(reply):
        yield f"(The lab is not complete yet: {status_line(after, knowledge.lab)}.)"
    if gives_away(reply, plan, before, knowledge):
        yield Wording(knowledge, before).say("restate")
    for move in plan.moves:
        is_missed = move.kind in _SUBSTANCE and not carries(reply, move.text, knowledge)
        is_unasked = move.kind == "ask" and "?" in move.text and not asks(reply, move.text, knowledge)
        if move.text and (is_missed or is_unasked or move.kind in VERBATIM):
            yield move.text


def claims_completion(reply: str) -> bool:
    """Does it say that the lab is complete?"""
    return any(_COMPLETION.search(sentence) and not _NOT_YET.search(sentence) for sentence in _SENTENCE.findall(reply))


def carries(reply: str, text: str, knowledge: Knowledge) -> bool:
    """Does it say what this text says, as far as shared words and numbers tell?"""
    numbers = set(_NUMBER.findall(text))
    if numbers and not numbers & set(_NUMBER.findall(reply)):
        return False
    meant = content_words(text, knowledge)
    return len(meant & content_words(reply, knowledge)) >= min(_FEWEST_SHARED, len(meant))


def asks(reply: str, question: str, knowledge: Knowledge) -> bool:
    """Does it ask this question, in whatever words?"""
    meant = content_words(question, knowledge)
    asked = [sentence for sentence in _SENTENCE.findall(reply) if sentence.rstrip().endswith("?")]
    # An invitation such as `Pick a case.` is no question, and neither is one without words of its own.
    return bool(asked) if not meant else any(meant & content_words(sentence, knowledge) for sentence in asked)


def gives_away(reply: str, plan: Plan, before: LabState, knowledge: Knowledge) -> bool:
    """Does it say, in the learner's place, what was asked for and is still open?"""
    exchange = plan.exchange
    if any(move.kind in _TELLS for move in plan.moves) and not exchange.asked:
        return False
    expectations = knowledge.lab.expectations
    wanted = {one for one, expectation in expectations.items() if expectation.topic == exchange.asked}
    open_ideas = wanted - set(before.covered) - set(exchange.analysis.expectations)
    statements = " ".join(one for one in _SENTENCE.findall(reply) if not one.rstrip().endswith("?"))
    said = ideas_in(statements, before, knowledge) & open_ideas
    return bool(said - ideas_in(exchange.reply, before, knowledge))
