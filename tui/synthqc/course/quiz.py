"""What a learner is asked: a quiz of questions, each with options of which one is right."""

from dataclasses import dataclass

MODULE_TEST = "module-test"
"""Id and file name of the test on the whole module."""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer. The right one has no misconception; each wrong one names the idea behind it."""

    id: str
    """Option id, kebab-case, unique in the question and stable: answers are stored and graded by it."""
    text: str
    """What the learner reads."""
    feedback: str
    """What the learner is told about this option after choosing it."""
    right: bool = False
    """Is it the right answer?"""
    misconception: str = ""
    """Id of the misconception behind a wrong option; empty for the right one."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with exactly one right option."""

    id: str
    """Question id, such as `L1Q1`; stable for ever and unique in the course."""
    stem: str
    """The question."""
    options: tuple[Option, ...]
    """The options in the author's order; the learner meets them shuffled."""
    explanation: str
    """Why the right answer is right, shown after either answer."""
    reread: str
    """Id of the lesson section to read again."""
    claims: tuple[str, ...]
    """Claims that the question rests on."""
    source_note: str = ""
    """What the sources say where it differs from the course's source text; left out where they agree."""
    lesson: str = ""
    """Id of its lesson; given in the module test, whose questions come from all of them."""


@dataclass(frozen=True, slots=True)
class Quiz:
    """`quizzes/L1.yaml`: the questions about one lesson; `quizzes/module-test.yaml`: those about all."""

    quiz: str
    """Id of the lesson it belongs to, or `module-test`; the same as the file's name."""
    questions: tuple[Question, ...]
    """Questions in asking order."""
