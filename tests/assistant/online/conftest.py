"""A lab's online assistant beside an endpoint on this machine."""

from collections.abc import AsyncIterator

import pytest
from loopback import Loopback
from talking import LAB, TUTOR, Talk

from synthqc.assistant.tutor import turn_of


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with Loopback() as running:
        yield running


@pytest.fixture
def talk(server: Loopback) -> Talk:
    return Talk(server.url)


@pytest.fixture
def offline_reply() -> str:
    """What the tutor says to the usual message."""
    turn = turn_of("The replies have collapsed onto one template.", LAB)
    return TUTOR.answer(turn, LAB, ()).reply
