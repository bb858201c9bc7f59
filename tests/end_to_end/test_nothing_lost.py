"""What the screen has confirmed is on the disk: killed at random, written by two terminals, damaged, full."""

import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

DOWN, ENTER = "\x1b[B", "\r"


def facts(home: Path, kind: str) -> int:
    """How many events of a kind a fresh reader finds in the store."""
    with sqlite3.connect(home / "progress.sqlite3") as connection:
        [(number,)] = connection.execute("select count(*) from events where kind = ?", (kind,)).fetchall()
    connection.close()
    return int(number)


def open_part(terminal, number: int, text) -> None:
    terminal.wait_for(lambda t: "Begin:" in t.screen_text() or "Continue:" in t.screen_text())
    terminal.settle()
    for _ in range(number):
        terminal.send(DOWN)
    terminal.settle()
    terminal.send(ENTER)
    terminal.wait_for(text)
    terminal.settle(0.1)


def read_sections(terminal, steps: int) -> int:
    """Goes through sections of the lesson; every heading on the screen is a section that counts as reached."""
    open_part(terminal, 1, lambda t: " of 8" in t.screen_text().splitlines()[0])
    confirmed = 0
    for _ in range(steps):
        number = int(terminal.screen_text().splitlines()[0].split(" of 8")[0].split()[-1])
        forward = number < 8
        terminal.send("n" if forward else "p")
        terminal.wait_for(f"{number + (1 if forward else -1)} of 8")
        confirmed += 1
    terminal.send("p")
    return confirmed


def answer_questions(terminal, steps: int) -> int:
    """Answers questions; every verdict on the screen is an answer that counts."""
    open_part(terminal, 2, "question ")
    confirmed = 0
    for _ in range(steps):
        terminal.send("c")
        terminal.settle(0.1)
        terminal.send(ENTER)
        terminal.wait_for("✓")
        confirmed += 1
        terminal.settle(0.1)
        terminal.send(ENTER)
        terminal.wait_for(lambda t: "✓" not in t.screen_text())
        terminal.settle(0.1)
        if " right" in terminal.screen_text():
            return confirmed
    terminal.send("b")
    terminal.send(ENTER)
    return confirmed


@pytest.mark.slow
def test_twenty_kills_at_random_points_lose_nothing_that_was_confirmed(start, environment) -> None:
    chance = random.Random(20)
    home = Path(environment["SYNTHQC_HOME"])
    confirmed = {"section-reached": 0, "option-chosen": 0}
    for number in range(20):
        terminal = start()
        if number % 2:
            confirmed["option-chosen"] += answer_questions(terminal, chance.randint(1, 2))
        else:
            confirmed["section-reached"] += read_sections(terminal, chance.randint(1, 4))
        # The last key is on its way: whether it counts is open, but it must not harm what was confirmed.
        time.sleep(chance.random() * 0.05)
        terminal.signal(signal.SIGKILL)
        terminal.wait_for_exit()
        terminal.close()
        for kind, expected in confirmed.items():
            if expected:
                assert facts(home, kind) >= expected, f"after kill {number + 1}"
    again = start()
    again.wait_for("Continue:")


def test_two_terminals_of_one_learner_write_to_one_store(start, environment) -> None:
    home = Path(environment["SYNTHQC_HOME"])
    first, second = start(), start()
    open_part(first, 1, "1 of 8")
    open_part(second, 2, "question 1 of 4")
    for number in range(2, 5):
        first.send("n")
        second.send("a")
        second.settle(0.1)
        second.send(ENTER)
        first.wait_for(f"{number} of 8")
        second.wait_for("✓")
        second.settle(0.1)
        second.send(ENTER)
        second.wait_for(f"question {number} of 4")
        second.settle(0.1)
    assert facts(home, "section-reached") == 4
    assert facts(home, "option-chosen") == 3
    first.send("q")
    first.wait_for("4 of 8 sections")
    first.wait_for("3 of 4 answered")


@pytest.mark.parametrize(
    "content", [b"this is no database at all, although it should be" * 100, b"SQLite format 3\x00cut"]
)
def test_a_damaged_store_is_set_aside_and_said_so(start, environment, content: bytes) -> None:
    home = Path(environment["SYNTHQC_HOME"])
    home.mkdir()
    (home / "progress.sqlite3").write_bytes(content)
    terminal = start(columns=120)
    terminal.wait_for("Begin:")
    terminal.wait_for("set aside")
    aside = [path for path in home.iterdir() if path.read_bytes() == content]
    assert len(aside) == 1
    assert aside[0].name != "progress.sqlite3"
    terminal.settle()
    terminal.send(ENTER)
    terminal.wait_for("1 of 8")
    assert facts(home, "section-reached") == 1


def test_a_place_that_cannot_be_written_to_is_said_and_the_course_goes_on(start, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    terminal = start(env={"SYNTHQC_HOME": str(tmp_path / "file" / "home")}, columns=120)
    terminal.wait_for("Begin:")
    terminal.settle()
    open_part(terminal, 2, "question 1 of 4")
    terminal.send("a")
    terminal.settle(0.1)
    terminal.send(ENTER)
    terminal.wait_for("This answer is not saved yet.")
    assert "Traceback" not in terminal.screen_text()


def test_only_the_learner_may_read_the_store(start, environment) -> None:
    home = Path(environment["SYNTHQC_HOME"])
    terminal = start()
    open_part(terminal, 1, "1 of 8")
    assert home.stat().st_mode & 0o777 == 0o700
    for path in home.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path
