"""Everything the tutor knows about one lab, prepared once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from synthqc.course.lab import Concepts, Lab
from synthqc.course.model import Lesson, Term

from .concepts import Vocabulary, stem, words_in
from .conditions import Condition, parse_condition
from .passages import Passage, Passages
from .spelling import english_words

_MARK = re.compile(r"\s*\[C\d+(?:, ?C\d+)*\]|[*`|]")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One lab, ready for a conversation."""

    lab: Lab
    """What the lab's file says."""
    phrases: Mapping[str, tuple[str, ...]]
    """What the tutor says in general."""
    vocabulary: Vocabulary
    """The concepts of this lab and those that all labs share."""
    own_concepts: frozenset[str]
    """Concepts of this lab alone; naming one is on topic. Those called `..._word` are common words and are not."""
    lists: Mapping[str, frozenset[str]]
    """Lists of words that decide what a message does."""
    patterns: Mapping[str, re.Pattern[str]]
    """What a message does by how it is worded."""
    content: frozenset[str]
    """Stems of the content words of the lesson and the lab."""
    known: frozenset[str]
    """Words that are certainly spelt right."""
    rules: tuple[Condition, ...]
    """Conditions of the lab's evidence rules, in order."""
    passages: Passages
    """The lesson, paragraph by paragraph."""
    terms: tuple[Term, ...]
    """Key terms of the lesson."""


def knowledge_of(lab: Lab, concepts: Concepts, lesson: Lesson) -> Knowledge:
    """Prepares a lab.

    Args:
        lab: The lab.
        concepts: Concepts and phrases that all labs share.
        lesson: The lesson that the lab belongs to.

    Raises:
        ConditionError: A condition of an evidence rule does not follow the grammar.
    """
    lists = {name: frozenset(words) for name, words in concepts.lists.items()}
    function_words = lists.get("function_words", frozenset())
    paragraphs = list(_paragraphs(lesson))
    lab_texts = [lab.scenario, lab.opening, *(one.gist for one in lab.expectations.values())]
    known = (
        frozenset(word for text in (*(one.text for one in paragraphs), *lab_texts) for word in words_in(text))
        | function_words
    )
    known |= frozenset(word for words in lists.values() for word in words)
    return Knowledge(
        lab=lab,
        phrases=concepts.phrases,
        vocabulary=Vocabulary(
            {**concepts.concepts, **lab.concepts}, lists.get("negators", ()), known | english_words()
        ),
        own_concepts=frozenset(name for name in lab.concepts if not name.endswith("_word")),
        lists=lists,
        patterns={
            name: re.compile("|".join(f"(?:{pattern})" for pattern in alternatives), re.IGNORECASE)
            for name, alternatives in concepts.patterns.items()
        },
        content=frozenset(stem(word) for word in known - function_words - lists.get("everyday", frozenset())),
        known=known,
        rules=tuple(parse_condition(rule.when) for rule in lab.evidence),
        passages=Passages(paragraphs, function_words),
        terms=lesson.terms,
    )


def _paragraphs(lesson: Lesson) -> Iterable[Passage]:
    for section in lesson.sections:
        for block in section.blocks:
            text = block.text or (block.callout.text if block.callout else block.figure.caption if block.figure else "")
            for paragraph in re.split(r"\n\s*\n|\n(?=\d+\. |- )", text):
                flat = " ".join(_MARK.sub("", paragraph).split())
                if flat:
                    yield Passage(section.title, flat)


def content_words(text: str, knowledge: Knowledge) -> frozenset[str]:
    """Stems of the words of a text that carry meaning."""
    ignored = knowledge.lists.get("function_words", frozenset()) | knowledge.lists.get("fillers", frozenset())
    return frozenset(stem(word) for word in words_in(text) if word not in ignored and len(word) > 1)
