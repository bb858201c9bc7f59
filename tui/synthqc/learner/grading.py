"""What an answer is worth, by the author's key."""

from dataclasses import dataclass

from synthqc.course.quiz import Option, Question


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a learner is told about an answer."""

    is_right: bool
    """Is the chosen option the right one?"""
    chosen: Option
    """The option chosen."""
    right: Option
    """The right option."""


def verdict_for(question: Question, option_id: str) -> Verdict:
    """Grades an answer by the option's id, so that no order on a screen can change it.

    Raises:
        KeyError: The question has no such option.
    """
    options = {option.id: option for option in question.options}
    chosen = options[option_id]
    right = next(option for option in question.options if option.right)
    return Verdict(chosen.right, chosen, right)
