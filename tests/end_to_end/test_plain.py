"""Plain mode of the installed command: through a pipe, on a dumb terminal, and half and half with the screens."""

import subprocess

import pytest


@pytest.fixture
def piped(installed, environment):
    """Plays lines of input through a pipe."""

    def played(lines: str, *options: str, **changes: str) -> subprocess.CompletedProcess[str]:
        env = {**environment, "TERM": "dumb", **changes}
        command = [installed, "--plain", *options]
        return subprocess.run(command, input=lines, capture_output=True, text=True, timeout=60, check=False, env=env)

    return played


def test_a_quiz_is_taken_through_a_pipe(piped) -> None:
    ended = piped("2\n1\n1\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Question 3 of 4" in ended.stdout
    assert "You go on at: Quiz 1: begun, 2 of 4 answered." in ended.stdout
    again = piped("\n1\n1\n\nq\n")
    assert "Question 1 of 4" not in again.stdout
    assert "Done: " in again.stdout


def test_without_unicode_all_is_ascii(piped) -> None:
    ended = piped("1\n\n\nq\n", PYTHONIOENCODING="ascii")
    assert ended.returncode == 0
    assert ended.stdout.isascii()


def test_watching_needs_the_screen(piped) -> None:
    ended = piped("", "--watch")
    assert ended.returncode == 2
    assert "--watch needs the screen" in ended.stderr


def test_without_a_terminal_the_screens_point_to_plain_mode(installed, environment) -> None:
    ended = subprocess.run(
        [installed], capture_output=True, text=True, timeout=60, check=False, env=environment, input=""
    )
    assert ended.returncode == 2
    assert "synthqc --plain works there" in ended.stderr


def test_half_a_quiz_in_plain_mode_goes_on_on_the_screen(piped, start) -> None:
    piped("2\n1\n1\nq\n")
    terminal = start()
    terminal.wait_for("Continue: Quiz 1  2 of 4 answered")
    terminal.send("\r")
    terminal.wait_for("question 3 of 4")


def test_a_dumb_terminal_gets_no_escape_sequence_and_ctrl_c_ends_it(start) -> None:
    terminal = start("--plain", env={"TERM": "dumb"})
    terminal.wait_for("Course>")
    terminal.send("1\n")
    terminal.wait_for("Section>")
    terminal.send("\x03")
    assert terminal.wait_for_exit() == 130
    assert b"\x1b" not in terminal.raw
