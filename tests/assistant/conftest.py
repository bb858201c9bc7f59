"""The shipped lab and its tutor, prepared once."""

import pytest
from transcripts import TUTOR

from synthqc.assistant.protocol import Exchange
from synthqc.assistant.tutor import turn_of
from synthqc.course.loading import load_course

COURSE = load_course()


class Talk:
    """A conversation with the tutor of lab 1; half a minute passes between messages."""

    def __init__(self) -> None:
        self.lab = COURSE.lab("L1")
        self.tutor = TUTOR
        self.history: tuple[Exchange, ...] = ()

    def say(self, message: str, readings=None) -> Exchange:
        exchange = self.tutor.answer(turn_of(message, self.lab, readings), self.lab, self.history)
        self.history = (*self.history, exchange)
        return exchange

    def say_first(self, message: str) -> Exchange:
        """What the tutor would answer if this were the first message."""
        return self.tutor.answer(turn_of(message, self.lab), self.lab, ())


@pytest.fixture
def talk() -> Talk:
    return Talk()
