"""A learner stops a reply."""

import asyncio
from contextlib import aclosing

import pytest
from loopback import END, chunk, refused, said
from talking import LAB, Talk

from synthqc.assistant.protocol import Begun, Text, Waiting, stopped
from synthqc.assistant.retrying import Patience
from synthqc.assistant.tutor import turn_of

TURN = turn_of("The replies have collapsed onto one template.", LAB)
SLOW = [chunk({"content": "You saw"}), 30.0, chunk({"content": " more"}), END]
PATIENT = Patience()


async def test_closing_the_reply_closes_the_connection_and_what_was_said_can_be_kept(server) -> None:
    talk = Talk(server.url, PATIENT)
    server.answer(SLOW)
    said_so_far, begun = "", None
    async with aclosing(talk.assistant.reply(TURN, LAB, ())) as events:
        async for event in events:
            if isinstance(event, Begun):
                begun = event.exchange
            if isinstance(event, Text):
                said_so_far += event.delta
                break
    await asyncio.wait_for(server.was_closed.wait(), 2)
    assert begun is not None
    kept = stopped(begun, said_so_far)
    assert kept.reply == "You saw (stopped)"
    assert kept.analysis.counted
    assert kept.voice == f"tiny at 127.0.0.1:{server.port}"
    assert talk.assistant.spending.total.requests == 1


@pytest.mark.parametrize("answer", [SLOW, [30.0]], ids=["while it speaks", "before it speaks"])
async def test_cancelling_the_task_that_waits_closes_the_connection(server, answer) -> None:
    talk = Talk(server.url, PATIENT)
    server.answer(answer)
    task = asyncio.create_task(talk.say())
    async with asyncio.timeout(5):
        while not server.requests:
            await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(server.was_closed.wait(), 2)


async def test_a_pause_before_a_further_try_ends_at_once(server) -> None:
    talk = Talk(server.url, PATIENT)
    server.answer(refused(503))
    async with aclosing(talk.assistant.reply(TURN, LAB, ())) as events:
        async for event in events:
            if isinstance(event, Waiting):
                break
    assert len(server.requests) == 1
    assert talk.slept == []


async def test_after_a_stop_the_next_message_is_answered(server) -> None:
    talk = Talk(server.url, PATIENT)
    reply = "You saw one template. Which case is it, and what do its users see?"
    server.answer([*SLOW], said(reply))
    async with aclosing(talk.assistant.reply(TURN, LAB, ())) as events:
        async for event in events:
            if isinstance(event, Text):
                break
    assert await talk.say() == reply
