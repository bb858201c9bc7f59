"""Connections cut, servers killed, odd windows and terminals, a full disk: nothing that was confirmed is lost."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from visitor import Visitor, knock
from workshops import made

from synthqc.course.loading import load_course
from synthqc.learner.store import Store

DOWN = "\x1b[B"


def kinds(workshop, learner: str) -> list[str]:
    """What a fresh reader finds in the store."""
    store = Store(workshop.store, learner=learner, course=load_course().module.id)
    found = [event.fact.kind for event in store.events()]
    store.close()
    return found


async def until(condition, timeout: float = 10) -> None:
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.02)


def in_lab(text: str) -> bool:
    return "Lab 1" in text and "Quiz 2" not in text


def is_there(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    return False


async def read(visitor: Visitor, sections: int) -> None:
    """Opens the lesson and goes so many sections on; each is on the screen, so each counts."""
    await visitor.wait_for("Lesson 1")
    visitor.press("\r")
    await visitor.wait_for("1 of 8")
    for number in range(2, sections + 1):
        visitor.press("n")
        await visitor.wait_for(f"{number} of 8")


async def test_a_connection_that_is_cut_ends_the_session_and_keeps_the_draft(make, serving) -> None:
    workshop = make()
    async with serving(workshop) as server:
        ada = await knock(server.port, "ada")
        await ada.play()
        await ada.wait_for("Begin:")
        ada.press(DOWN * 3)
        await asyncio.sleep(0.2)
        ada.press("\r")
        await ada.wait_for(in_lab)
        ada.press("half a thought")
        await ada.wait_for("half a thought")
        pid = next(iter(server.sessions.values())).pid
        ada.connection.abort()
        await until(lambda: not is_there(pid))
        await until(lambda: not server.sessions)
        async with await knock(server.port, "ada") as ada:
            await ada.play()
            await ada.wait_for("Continue: Lab 1")
            ada.press("\r")
            await ada.wait_for("half a thought")


def served(workshop) -> tuple[subprocess.Popen[str], int]:
    """The server as a host runs it, and its port."""
    server = subprocess.Popen(
        [sys.executable, "-m", "synthqc", "workshop", "serve", str(workshop.directory)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "tui")},
    )
    line = server.stderr.readline()
    return server, int(line.split("ssh -p ")[1].split()[0])


async def test_a_server_that_is_killed_loses_nothing_and_opens_again_into_the_same_workshop(tmp_path) -> None:
    workshop = made(tmp_path / "spring")
    server, port = await asyncio.to_thread(served, workshop)
    learners = [await knock(port, f"learner-{number}") for number in range(5)]
    await asyncio.gather(*(one.play() for one in learners))
    await asyncio.gather(*(read(one, 2 + number % 3) for number, one in enumerate(learners)))
    # Some keys are on their way when it happens.
    for one in learners[::2]:
        one.press("n")
    children = [int(pid) for pid in _children(server.pid)]
    server.kill()
    server.wait()
    server.stderr.close()
    await until(lambda: not any(map(is_there, children)))
    for number in range(5):
        assert kinds(workshop, f"learner-{number}").count("section-reached") >= 2 + number % 3
    for one in learners:
        one.connection.abort()
    server, port = await asyncio.to_thread(served, workshop)
    try:
        async with await knock(port, "learner-2") as again:
            assert any("PIN of learner-2" in one for one in again.asked)
            await again.play()
            await again.wait_for("Continue: Lesson 1")
    finally:
        server.send_signal(signal.SIGINT)
        _, rest = await asyncio.to_thread(server.communicate)
    assert server.returncode == 0
    assert "Closing" in rest
    assert "Traceback" not in rest


def _children(pid: int) -> list[str]:
    found = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += [child, *_children(int(child))]
    return found


async def test_a_nursery_that_dies_is_started_anew(make, serving) -> None:
    async with serving(make()) as server:
        os.kill(server.nursery.pid, signal.SIGKILL)
        await asyncio.sleep(0.1)
        async with await knock(server.port, "ada") as ada:
            await ada.play()
            await ada.wait_for("Begin:")


@pytest.mark.parametrize(
    ("size", "term"), [((20, 5), "xterm-256color"), ((1, 1), "xterm"), ((80, 24), "no-such-terminal")]
)
async def test_small_windows_and_unknown_terminals(make, serving, size: tuple[int, int], term: str) -> None:
    async with serving(make()) as server, await knock(server.port, "ada") as ada:
        await ada.play(term=term, size=size)
        if size == (20, 5):
            await ada.wait_for("enlarge")
        ada.screen.resize(24, 80)
        ada.process.change_terminal_size(80, 24)
        await ada.wait_for("Begin:")
        await read(ada, 2)


async def test_a_storm_of_resizes_ends_on_the_right_screen(make, serving) -> None:
    async with serving(make()) as server, await knock(server.port, "ada") as ada:
        await ada.play()
        await read(ada, 1)
        for number in range(200):
            ada.process.change_terminal_size(20 + number % 120, 5 + number % 50)
        ada.process.change_terminal_size(80, 24)
        ada.press("n")
        await ada.wait_for("2 of 8")


async def test_a_terminal_that_cannot_move_its_cursor_gets_the_plain_mode(make, serving) -> None:
    workshop = make()
    async with serving(workshop) as server, await knock(server.port, "ada") as ada:
        await ada.play(term="dumb")
        await ada.wait_for("1 ")
        ada.press("q\r")
        await ada.rest()
        assert b"\x1b[?1049h" not in ada.raw


async def test_on_a_full_disk_the_learner_is_told_and_the_course_goes_on(tmp_path, serving) -> None:
    mounted = tmp_path / "small"
    mounted.mkdir()
    if os.getuid() or subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(mounted)], capture_output=True
    ).returncode:  # fmt: skip
        pytest.skip("needs to mount a small file system")
    try:
        workshop = made(mounted / "spring")
        async with serving(workshop) as server, await knock(server.port, "ada") as ada:
            await ada.play()
            await read(ada, 2)
            _fill(mounted / "filler")
            for number in range(3, 7):
                ada.press("n")
                await ada.wait_for(f"{number} of 8")
            await ada.wait_for("Not saved")
            (mounted / "filler").unlink()
            ada.press("n")
            await ada.wait_for("7 of 8")
            assert kinds(workshop, "ada").count("section-reached") == 7
    finally:
        subprocess.run(["umount", "-l", str(mounted)], check=True)


def _fill(path: Path) -> None:
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
