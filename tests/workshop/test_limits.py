"""What learners read where a limit is met."""

import asyncio
import os
import signal

import asyncssh
import pytest
from visitor import knock


async def test_a_learner_with_too_many_sessions_reads_what_to_do(make, serving) -> None:
    async with serving(make(limits="  sessions_per_learner: 1")) as server, await knock(server.port, "ada") as first:
        await first.play()
        await first.wait_for("Lesson 1")
        async with await knock(server.port, "ada") as second:
            await second.play()
            assert "ada has 1 sessions open, which is the most. Quit one of them" in " ".join(
                (await second.rest()).split()
            )
        first.press("\x11")
        await first.rest()
        async with await knock(server.port, "ada") as third:
            await third.play()
            await third.wait_for("Lesson 1")


async def test_a_full_workshop_says_so(make, serving) -> None:
    async with serving(make(limits="  sessions: 1")) as server, await knock(server.port, "ada") as ada:
        await ada.play()
        await ada.wait_for("Lesson 1")
        async with await knock(server.port, "bob") as bob:
            await bob.play()
            assert "All 1 sessions of this workshop are in use" in " ".join((await bob.rest()).split())


async def test_an_idle_session_ends_with_words_and_a_key_puts_it_off(make, serving) -> None:
    time = [0.0]
    async with (
        serving(make(limits="  idle_minutes: 1"), clock=lambda: time[0], look_seconds=0.05) as server,
        await knock(server.port, "ada") as ada,
    ):
        await ada.play()
        await ada.wait_for("Lesson 1")
        time[0] = 59
        ada.press("\r")
        await ada.wait_for("1 of 8")
        time[0] = 100
        await asyncio.sleep(0.2)
        assert server.sessions
        time[0] = 120
        text = " ".join((await ada.rest()).split())
        assert "No key for 1 minute: this session ended. It is saved" in text
        assert not server.sessions


async def test_computing_without_end_is_ended_with_words(make, serving) -> None:
    async with serving(make()) as server, await knock(server.port, "ada") as ada:
        await ada.play()
        await ada.wait_for("Lesson 1")
        os.kill(next(iter(server.sessions.values())).pid, signal.SIGXCPU)
        await ada.wait_for("computed for 30 minutes")


async def test_after_wrong_pins_the_door_says_how_long_to_wait(make, serving) -> None:
    async with serving(make(limits="  tries: 2")) as server:
        async with await knock(server.port, "ada"):
            pass
        for _ in range(2):
            with pytest.raises(asyncssh.PermissionDenied):
                await knock(server.port, "ada", pin="0000")
        with pytest.raises(asyncssh.PermissionDenied) as refused:
            await knock(server.port, "ada")
        assert any("Too many wrong answers; try again in" in words for words in refused.value.asked)
        async with await knock(server.port, "bob"):
            pass
