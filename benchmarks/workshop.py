"""Thirty learners over real SSH for two minutes on this machine: latency, memory, errors, events lost.

    python benchmarks/workshop.py [LEARNERS] [SECONDS]

Clients run on the same cores as the server, so that what is measured is the worse case. Half a minute is for joining
and for sitting idle; then each learner reads a lesson, takes a quiz, and works in a lab (200 KB pasted, a message to
the tutor), with pauses of a person in a hurry. At the end the server is killed, and the store must hold everything
that a screen has confirmed.
"""

import asyncio
import os
import random
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tui"), str(ROOT / "tests" / "end_to_end"), str(ROOT / "tests" / "workshop")]

from visitor import CODE, Visitor, knock  # noqa: E402

DOWN, ENTER, F2, F3, QUIT = "\x1b[B", "\r", "\x1bOQ", "\x1bOR", "\x11"
PAUSE = (0.4, 1.6)
"""Seconds between two keys of one learner."""
PASTE = "".join(f"Reply {n}: the parcel for customer {n * 7919 % 10007} is late.\n" for n in range(3_450))
MESSAGE = "the replies repeat one form, so the set has collapsed"


class Learner:
    """One learner, who does one thing after the other until the time is over."""

    def __init__(self, number: int, port: int, times: dict[str, list[float]]) -> None:
        self.name = f"learner-{number:02}"
        self._number = number
        self._port = port
        self._times = times
        self._chance = random.Random(number)
        self.confirmed: Counter[str] = Counter()
        self.errors: list[str] = []
        self.visitor: Visitor | None = None

    async def come(self) -> None:
        """Connects and waits for the first screen."""
        start = time.perf_counter()
        self.visitor = await knock(self._port, self.name)
        await self.visitor.play()
        await self.visitor.wait_for("Lesson 1", timeout=60)
        self._times["connect to first screen"].append(time.perf_counter() - start)
        await self._settled()

    async def leave(self) -> None:
        """Quits and closes the connection."""
        self.visitor.press(QUIT)
        await self.visitor.rest(timeout=30)
        await self.visitor.__aexit__(None, None, None)

    async def _settled(self) -> None:
        """Takes what still comes, until nothing has come for a moment."""
        while True:
            try:
                data = await asyncio.wait_for(self.visitor.process.stdout.read(65536), self._chance.uniform(*PAUSE))
            except TimeoutError:
                return
            if not data:
                raise AssertionError(f"{self.name}: the session ended, the screen is\n{self.visitor.text}")
            self.visitor.take(data)

    async def _press(self, keys: str, kind: str) -> None:
        """Presses and measures how long the first answer takes."""
        start = time.perf_counter()
        self.visitor.press(keys)
        data = await asyncio.wait_for(self.visitor.process.stdout.read(65536), 20)
        self._times[kind].append(time.perf_counter() - start)
        self.visitor.take(data)

    async def work(self, end: float) -> None:
        """Lesson, quiz, lab and from the start, beginning somewhere; each after coming anew."""
        parts = [self._lesson, self._quiz, self._lab]
        turn = self._number
        while time.monotonic() < end:
            try:
                await parts[turn % 3](end)
                await self.leave()
                await self.come()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is counted and shown
                self.errors.append(f"{self.name}: {type(error).__name__} {error}")
                return
            turn += 1

    async def _open(self, part: int) -> None:
        for key in [DOWN] * part + [ENTER]:
            self.visitor.press(key)
            await self._settled()

    async def _lesson(self, end: float) -> None:
        await self._open(1)
        at = 1
        while at < 8 and time.monotonic() < end and " of 8" in self.visitor.text:
            await self._press("n", "key in a lesson")
            at = int(self.visitor.text.splitlines()[0].split(" of 8")[0].split()[-1])
            self.confirmed["section-reached"] = max(self.confirmed["section-reached"], at)
            await self._settled()

    async def _quiz(self, end: float) -> None:
        await self._open(2)
        while time.monotonic() < end and "question " in self.visitor.text:
            await self._press("c", "key in a quiz")
            await self._settled()
            await self._press(ENTER, "key in a quiz")
            await self._settled()
            if "✓" not in self.visitor.text:
                return
            self.confirmed["option-chosen"] += 1
            self.visitor.press(ENTER)
            await self._settled()

    async def _lab(self, end: float) -> None:
        await self._open(3)
        self.visitor.press(F2)
        await self._settled()
        if "Case C" in self.visitor.text:
            self.visitor.press("\t")
            await self._settled()
        for letter in MESSAGE:
            await self._press(letter, "key in a message")
            await asyncio.sleep(self._chance.uniform(0.08, 0.25))
        await self._press(ENTER, "message sent")
        await self._settled()
        if time.monotonic() > end:
            return
        self.visitor.press(F3)
        await self._settled()
        before = _lines_in(self.visitor.text)
        start = time.perf_counter()
        self.visitor.press(f"\x1b[200~{PASTE}\x1b[201~")
        await self.visitor.wait_for(lambda text: _lines_in(text) not in ("", before), timeout=60)
        self._times["paste of 200 KB to lines counted"].append(time.perf_counter() - start)
        await self._settled()


def _lines_in(text: str) -> str:
    """The number of lines that the workbench shows; empty where it shows none."""
    found = re.search(r"[\d,]+ lines", text)
    return found.group() if found else ""


def started(directory: Path) -> tuple[subprocess.Popen[str], int]:
    """The server as a host runs it, and its port."""
    server = subprocess.Popen(
        [sys.executable, "-m", "synthqc", "workshop", "serve", str(directory)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "tui")},
    )
    line = server.stderr.readline()
    return server, int(line.split("ssh -p ")[1].split()[0])


def family(pid: int) -> list[int]:
    """A process and all that come from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def memory(pid: int) -> tuple[float, float]:
    """PSS and private memory of a process in MiB."""
    rows = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    kilobytes = {name: int(value.split()[0]) for name, value in rows.items()}
    return kilobytes["Pss"] / 1024, (kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]) / 1024


def cpu_seconds(pids: list[int]) -> float:
    """Seconds that processes have computed."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def print_memory(title: str, pid: int) -> None:
    """PSS and private memory of the server, of the nursery, and of sessions."""
    server, nursery, *sessions = family(pid)
    each = [memory(one) for one in sessions]
    print(f"\n{title:34}{'PSS MiB':>10}{'private':>10}")
    for name, (pss, private) in (("server", memory(server)), ("process that sessions come from", memory(nursery))):
        print(f"{name:34}{pss:10.1f}{private:10.1f}")
    print(f"{'a session, median of ' + str(len(each)):34}", end="")
    print(f"{statistics.median(p for p, _ in each):10.1f}{statistics.median(p for _, p in each):10.1f}")
    print(f"{'all together':34}{sum(memory(one)[0] for one in family(pid)):10.1f}")


def lost(directory: Path, learners: list[Learner]) -> int:
    """Events that a screen has confirmed and the store has not."""
    with sqlite3.connect(directory / "progress.sqlite3") as connection:
        rows = connection.execute("select learner, kind, count(*) from events group by 1, 2").fetchall()
    connection.close()
    found = {(learner, kind): n for learner, kind, n in rows}
    missing = sum(max(0, n - found.get((one.name, kind), 0)) for one in learners for kind, n in one.confirmed.items())
    print(f"\nevents confirmed on screens: {sum(sum(one.confirmed.values()) for one in learners)}", end="")
    print(f", in the store: {sum(found.values())} of all kinds, lost: {missing}")
    return missing


async def measured(n_learners: int, seconds: float) -> int:
    """Runs it and prints; the exit code."""
    times: dict[str, list[float]] = {
        name: []
        for name in (
            *("connect to first screen", "key in a lesson", "key in a quiz", "key in a message"),
            *("message sent", "paste of 200 KB to lines counted"),
        )
    }
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place) / "workshop"
        (directory / "learners").mkdir(parents=True)
        (directory / "workshop.yaml").write_text(
            f'title: Load\njoin_code: "{CODE}"\naddress: 127.0.0.1\nport: 0\nlimits: {{sessions: {n_learners * 2}}}\n'
        )
        server, port = await asyncio.to_thread(started, directory)
        learners = [Learner(number, port, times) for number in range(n_learners)]
        await asyncio.gather(*(one.come() for one in learners))
        print(f"{n_learners} joined at once, the last after {max(times['connect to first screen']):.2f} s")
        before, start = cpu_seconds(family(server.pid)), time.monotonic()
        await asyncio.sleep(10)
        used = (cpu_seconds(family(server.pid)) - before) / (time.monotonic() - start)
        print(f"idle: all sessions and the server use {used:.1%} of one core, {used / n_learners:.2%} a session")
        print_memory("memory, course map", server.pid)
        end = time.monotonic() + seconds
        tasks = [asyncio.create_task(one.work(end)) for one in learners]
        await asyncio.sleep(seconds * 0.8)
        print_memory("memory, at work", server.pid)
        await asyncio.gather(*tasks)
        server.send_signal(signal.SIGKILL)
        server.wait()
        server.stderr.close()
        await asyncio.sleep(1)
        print(f"\n{'milliseconds':34}{'n':>7}{'median':>9}{'p95':>9}{'p99':>9}{'worst':>9}")
        for name, taken in times.items():
            row = sorted(1000 * one for one in taken) or [0.0]
            at = [row[min(len(row) - 1, int(len(row) * share))] for share in (0.5, 0.95, 0.99)]
            print(f"{name:34}{len(taken):7}{at[0]:9.1f}{at[1]:9.1f}{at[2]:9.1f}{row[-1]:9.1f}")
        errors = [error for one in learners for error in one.errors]
        missing = lost(directory, learners)
        print(f"errors: {len(errors)}", *errors[:5], sep="\n  ")
        return 1 if missing or errors else 0


if __name__ == "__main__":
    n_learners, n_seconds = [*map(int, sys.argv[1:]), *(30, 120)[len(sys.argv) - 1 :]]
    sys.exit(asyncio.run(measured(n_learners, n_seconds)))
