"""What a course should keep to beyond its form: one right option, texts of a length that one reads, enough to say."""

import re
from collections.abc import Iterator

from .dangling import Finding
from .lab import Lab
from .model import Lesson
from .quiz import Question, Quiz

LONGEST_STEM = 400
"""Characters of a question."""

LONGEST_OPTION = 160
"""Characters of an option."""

TELLTALE = 1.5
"""A right option that is so many times longer than the wrong ones on average gives itself away."""

LONGEST_SECTION = 250
"""Words of a section: one to two screens of 80 x 24, with a figure three."""

TELLING_SHARE = 0.5
"""Share of the questions from which "the longest option is right" is a way to pass."""

FEWEST_TO_JUDGE = 4
"""Questions below which length and place of the right options say nothing."""

FEWEST_RULES = 3
"""Evidence rules of a lab."""

LADDER = 4
"""Steps of help on a topic: pointing, teaching, a sentence with a gap, the answer."""


def lint_lesson(lesson: Lesson) -> Iterator[Finding]:
    """What is wrong with a lesson by itself."""
    spoken = " ".join(section.title for section in lesson.sections) + " ".join(
        text
        for section in lesson.sections
        for block in section.blocks
        for text in (block.text, block.callout and block.callout.text, block.figure and block.figure.caption)
        if text
    )
    for number, term in enumerate(lesson.terms):
        if _plain(term.term) not in _plain(spoken):
            yield ("terms", number, "term"), f"'{term.term}' is used nowhere in the lesson"
    for number, section in enumerate(lesson.sections):
        words = 0
        for n, block in enumerate(section.blocks):
            given = [part for part in (block.text, block.callout, block.figure) if part is not None]
            if len(given) != 1:
                yield ("sections", number, "blocks", n), f"has {len(given)} of text, callout and figure, needs one"
            words += len((block.text or (block.callout.text if block.callout else "")).split())
        if words > LONGEST_SECTION:
            yield ("sections", number, "title"), f"section has {words} words, allowed are {LONGEST_SECTION}"


def _plain(text: str) -> str:
    """Text for comparing: small letters, runs of anything else one space."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def lint_quiz(quiz: Quiz) -> Iterator[Finding]:
    """What is wrong with a quiz by itself."""
    yield from _tells(quiz)
    for number, question in enumerate(quiz.questions):
        for path, message in _question(question):
            yield ("questions", number, *path), message


def _tells(quiz: Quiz) -> Iterator[Finding]:
    """What gives the right options away without the questions having been read."""
    places = [n for question in quiz.questions for n, option in enumerate(question.options) if option.right]
    longest = 0
    for question in quiz.questions:
        lengths = sorted((len(option.text), option.right) for option in question.options)
        longest += len(lengths) > 1 and lengths[-1][1] and lengths[-2][0] < lengths[-1][0]
    if len(quiz.questions) < FEWEST_TO_JUDGE:
        return
    if len(set(places)) == 1:
        yield ("questions",), f"the right option is number {places[0] + 1} in every question"
    if longest > TELLING_SHARE * len(quiz.questions):
        yield ("questions",), f"the right option is the longest in {longest} of {len(quiz.questions)} questions"


def _question(question: Question) -> Iterator[Finding]:
    for path, texts in (
        ("text", [o.text for o in question.options]),
        ("feedback", [o.feedback for o in question.options]),
    ):
        for number, text in enumerate(texts):
            if _plain(text) in map(_plain, texts[:number]):
                yield ("options", number, path), f"{text!r:.60} says the same as another option's {path}"
    for number, option in enumerate(question.options):
        if re.search(r"\b(?:all|none|both|any) of the (?:above|others)\b", option.text, re.IGNORECASE):
            yield ("options", number, "text"), "refers to other options, which the learner meets in another order"
    right = [option for option in question.options if option.right]
    wrong = [option for option in question.options if not option.right]
    if len(right) != 1:
        yield ("options",), f"question '{question.id}' has {len(right)} right options, needs exactly one"
    if not 2 <= len(question.options) <= 6:
        yield ("options",), f"question '{question.id}' has {len(question.options)} options, allowed are 2 to 6"
    if len(question.stem) > LONGEST_STEM:
        yield ("stem",), f"has {len(question.stem)} characters, allowed are {LONGEST_STEM}"
    for number, option in enumerate(question.options):
        if len(option.text) > LONGEST_OPTION:
            yield ("options", number, "text"), f"has {len(option.text)} characters, allowed are {LONGEST_OPTION}"
        if option.right and option.misconception:
            yield ("options", number, "misconception"), "stands at the right option, which has none"
        if not option.right and not option.misconception:
            yield ("options", number), "is a wrong option without a misconception, each has one"
    if len(right) == 1 and wrong:
        mean = sum(len(option.text) for option in wrong) / len(wrong)
        if len(right[0].text) > TELLTALE * mean:
            yield ("options",), f"the right option is over {TELLTALE} times as long as the others, which gives it away"


def lint_lab(lab: Lab) -> Iterator[Finding]:
    """What is wrong with a lab by itself."""
    if len(lab.evidence) < FEWEST_RULES:
        yield ("evidence",), f"has {len(lab.evidence)} rules, needs at least {FEWEST_RULES}"
    if lab.minimum < 1:
        yield ("minimum",), f"is {lab.minimum}, needs 1 or more"
    for topic_id, topic in lab.topics.items():
        for key, given in (("ask", set(topic.ask)), ("hints", set(topic.hints))):
            lacking = sorted(set(lab.cases) - given)
            if "any" not in given and (lacking or not lab.cases):
                yield ("topics", topic_id, key), f"has nothing for {', '.join(lacking) or 'any'}"
        for case, ladder in topic.hints.items():
            if len(ladder) != LADDER:
                yield ("topics", topic_id, "hints", case), f"has {len(ladder)} steps, needs {LADDER}"
    for key, words in (("diagnosis", lab.closing.diagnosis), ("plan", lab.closing.plan)):
        if "any" not in words:
            yield ("closing", key), "has nothing for any"
