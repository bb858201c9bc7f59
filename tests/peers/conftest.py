"""What `make test-peers` adds to the fixtures of the online assistant's tests."""

import pytest
from talking import LAB, TUTOR

from synthqc.assistant.tutor import turn_of


@pytest.fixture
def offline_reply() -> str:
    """What the tutor says to the usual message."""
    turn = turn_of("The replies have collapsed onto one template.", LAB)
    return TUTOR.answer(turn, LAB, ()).reply
