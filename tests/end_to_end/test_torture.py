"""Unkind terminals and unkind text: nothing crashes, nothing from outside reaches the terminal as a command."""

import os
import re
import subprocess
import time
from pathlib import Path

import pytest

DOWN, ENTER, F2, F3 = "\x1b[B", "\r", "\x1bOQ", "\x1bOR"

HOSTILE = (
    "plain \x1b]52;c;ZXZpbA==\x07clipboard \x1b]0;evil title\x07 \x1b[31mred\x1b[0m \x9b2J \x90q\x9c "
    "\u202ebackwards\u202c zero\u200bwidth [/nope] [@click=app.quit]click[/] \x00\x08\x7f end\n"
)


def open_lab(start, **options):
    terminal = start(**options)
    terminal.wait_for("Begin:")
    terminal.settle()
    for _ in range(3):
        terminal.send(DOWN)
    terminal.settle()
    terminal.send(ENTER)
    terminal.wait_for("exchange 0 of 3")
    terminal.settle()
    return terminal


def assert_is_alive(terminal) -> None:
    """Typing works: the message box is two keys away, behind the starting prompts where they are still shown."""
    terminal.send(F2)
    terminal.settle()
    if "Case C, the code assistant" in terminal.screen_text():
        terminal.send("\t")
        terminal.settle()
    terminal.send("xyzzy")
    terminal.wait_for("xyzzy")


def assert_clean(raw: bytes) -> None:
    """No string sequence, no cursor tricks beyond our own, no C1 and no direction control was written."""
    text = raw.decode("utf-8", "replace")
    assert not re.search(r"\x1b[\]PX^_]", text)
    assert "2J" not in text.replace("\x1b[2J", "", 1)
    assert not re.search(r"[\x80-\x9f\u202a-\u202e\u2066-\u2069\u200b]", text)
    assert b"\x07" not in raw


@pytest.mark.parametrize("where", ["message", "workbench", "course map"])
def test_escape_sequences_in_a_paste_are_text(start, where: str) -> None:
    if where == "course map":
        terminal = start()
        terminal.wait_for("Begin:")
        terminal.settle()
    else:
        terminal = open_lab(start)
        terminal.send("\t" if where == "message" else F3)
        terminal.settle()
    terminal.paste(HOSTILE * 4)
    terminal.settle(0.6)
    assert terminal.exit_code is None
    assert_clean(terminal.raw)
    if where == "course map":
        assert "Begin:" in terminal.screen_text()
    else:
        terminal.send(F3 if where == "message" else F2)
        terminal.settle(0.5)
        assert_clean(terminal.raw)
        assert_is_alive(terminal)


def test_an_escape_in_a_paste_presses_no_key(start) -> None:
    terminal = open_lab(start)
    terminal.paste("first line \x1bq\x1b[A\x1b[24~ quit?")
    terminal.settle(0.5)
    assert terminal.exit_code is None
    assert "exchange 0 of 3" in terminal.screen_text()


def test_a_megabyte_in_one_paste_is_measured_and_typing_goes_on(start) -> None:
    terminal = open_lab(start)
    terminal.send(F3)
    terminal.settle()
    text = "".join(
        f"Reply {number}: the parcel for customer {number * 7919 % 10007} is late.\n" for number in range(20_000)
    )
    assert len(text) > 1_000_000
    terminal.paste(text)
    terminal.wait_for("Measuring", timeout=5)
    assert_is_alive(terminal)


def test_a_line_of_two_hundred_thousand_characters_leaves_typing_quick(start) -> None:
    terminal = open_lab(start)
    terminal.send(F3)
    terminal.settle()
    terminal.paste("word " * 40_000)
    terminal.wait_for("40,000 words", timeout=20)
    assert_is_alive(terminal)
    terminal.settle()
    seconds = [terminal.seconds_to_output(letter) for letter in "abcdefgh"]
    # A field that wraps the long line anew at every key takes a quarter of a second for each.
    assert sorted(seconds)[len(seconds) // 2] < 0.15


def test_bytes_that_are_not_utf8_do_no_harm(start) -> None:
    terminal = open_lab(start)
    terminal.send(b"\t\xff\xfe\xc3(")
    terminal.settle()
    assert_is_alive(terminal)


def test_a_burst_without_paste_markers_is_a_paste(start) -> None:
    terminal = open_lab(start)
    terminal.send("\t")
    terminal.settle()
    terminal.send("\r".join(f"line {number} of a log file" for number in range(20)))
    terminal.wait_for("20 lines of data")
    assert "exchange 0 of 3" in terminal.screen_text()


def test_keys_pressed_before_the_first_frame_are_kept_and_not_echoed(start) -> None:
    terminal = start()
    terminal.wait_for("synthqc")
    terminal.send(ENTER)
    terminal.wait_for("1 of 8")
    assert b"\r\n" not in terminal.raw


def test_a_tiny_window_asks_for_a_larger_one_and_loses_nothing(start) -> None:
    terminal = open_lab(start)
    terminal.send("\t")
    terminal.settle()
    terminal.send("half a thought")
    terminal.settle()
    for columns, lines in [(40, 12), (10, 4), (1, 1), (59, 19), (3, 24), (80, 2)]:
        terminal.resize(columns, lines)
        terminal.settle(0.3)
        assert terminal.exit_code is None
    terminal.resize(59, 19)
    terminal.wait_for("enlarge the window")
    terminal.resize(120, 40)
    terminal.wait_for("half a thought")


def test_a_terminal_that_goes_away_ends_the_program(start) -> None:
    terminal = start()
    terminal.wait_for("Begin:")
    terminal.settle()
    terminal.hang_up()
    terminal.wait_for_exit(timeout=5)


def test_an_end_of_file_with_hang_ups_ignored_does_not_spin(start, installed) -> None:
    terminal = start(command=["/bin/sh", "-c", f"trap '' HUP; exec {installed}"])
    terminal.wait_for("Begin:")
    terminal.settle()
    terminal.hang_up()
    terminal.wait_for_exit(timeout=5)


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_draw_is_refused_in_one_sentence(start, term: str) -> None:
    terminal = start(env={"TERM": term})
    assert terminal.wait_for_exit() == 2
    assert "TERM is dumb or not set" in terminal.screen_text().replace("\n", "")


def test_without_a_terminal_the_course_says_so(environment, installed) -> None:
    done = subprocess.run([installed], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "needs a terminal" in done.stderr


def test_an_unreadable_course_gives_the_terminal_back(start, tmp_path: Path) -> None:
    for folder in ("lessons", "quizzes", "labs"):
        (tmp_path / "broken" / folder).mkdir(parents=True)
    (tmp_path / "broken" / "lessons" / "module.yaml").write_text("format: 9\n")
    terminal = start("--course", str(tmp_path / "broken"))
    assert terminal.wait_for_exit() == 1
    assert "lessons/module.yaml:1:9" in terminal.screen_text()


def test_ctrl_c_twice_quits_from_a_text_field(start) -> None:
    terminal = open_lab(start)
    terminal.send("\t")
    terminal.send("\x03")
    terminal.wait_for("once more to quit")
    terminal.send("\x03")
    assert terminal.wait_for_exit() == 0


def test_nothing_is_written_while_nothing_happens(start) -> None:
    terminal = open_lab(start)
    terminal.settle(0.5)
    before = len(terminal.raw)
    usage = Path(f"/proc/{terminal.pid}/stat").read_text().split()
    time.sleep(1.5)
    terminal.settle(0.1)
    after = Path(f"/proc/{terminal.pid}/stat").read_text().split()
    assert len(terminal.raw) == before
    ticks = sum(int(after[field]) - int(usage[field]) for field in (13, 14))
    assert ticks / os.sysconf("SC_CLK_TCK") < 0.1


@pytest.mark.parametrize("locale", ["C", "POSIX", "de_DE.ISO-8859-1"])
def test_a_locale_without_unicode_gets_nothing_but_ascii(start, locale: str) -> None:
    terminal = start(env={"LANG": locale})
    terminal.wait_for("o Lesson 1")
    terminal.settle()
    terminal.send(DOWN * 2 + ENTER)
    terminal.wait_for("question 1 of 4")
    terminal.settle()
    assert terminal.raw.isascii()
