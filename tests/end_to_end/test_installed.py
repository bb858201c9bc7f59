"""One learner's way from the first start to the finished lab, with the installed command in a real terminal."""

import signal

import pytest

DOWN, ENTER, ESC = "\x1b[B", "\r", "\x1b"
F3, F6 = "\x1bOR", "\x1b[17~"


def open_part(terminal, number: int, text: str) -> None:
    """Opens a part of the course from the map: 1 the lesson, 2 the quiz, 3 the lab."""
    for _ in range(number):
        terminal.send(DOWN)
    terminal.settle()
    terminal.send(ENTER)
    terminal.wait_for(text)
    terminal.settle()


def test_a_learner_reads_answers_talks_is_killed_and_comes_back(start) -> None:
    terminal = start()
    terminal.wait_for("Begin:")
    terminal.settle()
    terminal.send(ENTER)
    terminal.wait_for("1 of 8")
    for number in range(2, 9):
        terminal.send("n")
        terminal.wait_for(f"{number} of 8")
    terminal.send(ENTER)
    terminal.wait_for("question 1 of 4")
    for number in range(1, 5):
        terminal.wait_for(f"question {number} of 4")
        terminal.settle()
        terminal.send("a")
        terminal.send(ENTER)
        terminal.wait_for(lambda t: "✓" in t.screen_text())
        terminal.settle()
        terminal.send(ENTER)
    terminal.wait_for("of 4 right")
    score = next(line for line in terminal.screen_text().splitlines() if "of 4 right" in line).strip()
    terminal.settle()
    terminal.send("l")
    terminal.wait_for("exchange 0 of 3")
    terminal.settle()
    terminal.send(ENTER)
    terminal.settle()
    terminal.send(ENTER)
    terminal.wait_for("exchange 1 of 3")
    terminal.settle()
    terminal.send(F6)
    terminal.wait_for("120 support replies")
    terminal.settle()
    terminal.send(ENTER)
    terminal.wait_for("0.617")
    terminal.send("\x1bOQ")
    terminal.settle()
    terminal.send("74 of 120 lines share one template, so the distribution collap")
    terminal.wait_for("distribution collap")
    terminal.settle(1.0)
    terminal.signal(signal.SIGKILL)
    assert terminal.wait_for_exit() == -signal.SIGKILL

    again = start()
    again.wait_for("Continue: Lab 1")
    again.wait_for(score)
    again.settle()
    again.send(ENTER)
    again.wait_for("exchange 1 of 3")
    again.wait_for("distribution collap")
    again.settle()
    again.send("sed")
    again.send(ENTER)
    again.wait_for("exchange 2 of 3")
    again.settle()
    again.send("I would keep real dialogues in every round.")
    again.send(ENTER)
    again.wait_for("completed")
    again.settle()
    again.send(ESC)
    again.settle(0.4)
    again.send(ESC)
    again.wait_for("3 of 13 parts done")
    again.settle()
    again.send("q")
    assert again.wait_for_exit() == 0


def test_a_half_answered_quiz_goes_on_at_the_same_question_in_the_same_order(start) -> None:
    terminal = start()
    terminal.wait_for("Begin:")
    terminal.settle()
    open_part(terminal, 2, "question 1 of 4")
    terminal.send("b")
    terminal.send(ENTER)
    terminal.wait_for(lambda t: "✓" in t.screen_text())
    terminal.settle()
    terminal.send(ENTER)
    terminal.wait_for("question 2 of 4")
    terminal.settle()
    before = terminal.screen_text().splitlines()[1:-1]
    terminal.signal(signal.SIGKILL)
    terminal.wait_for_exit()

    again = start()
    again.wait_for("Continue: Quiz 1")
    again.settle()
    again.send(ENTER)
    again.wait_for("question 2 of 4")
    again.settle()
    assert again.screen_text().splitlines()[1:-1] == before


def test_what_was_pasted_is_measured_and_still_there_after_a_kill(start) -> None:
    terminal = start()
    terminal.wait_for("Begin:")
    terminal.settle()
    open_part(terminal, 3, "exchange 0 of 3")
    terminal.send(F3)
    terminal.wait_for("nothing to measure yet")
    terminal.settle()
    terminal.paste("\n".join(f"Dear customer {number}, your parcel is on its way." for number in range(12)))
    terminal.wait_for("12 lines")
    terminal.settle(0.5)
    terminal.signal(signal.SIGKILL)
    terminal.wait_for_exit()

    again = start()
    again.wait_for("Continue: Lab 1")
    again.settle()
    again.send(ENTER)
    again.wait_for("exchange 0 of 3")
    again.settle()
    again.send(F3)
    again.wait_for("12 lines")
    assert "Dear customer 0" in again.screen_text()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_program_cleanly_and_gives_the_terminal_back(start, ending) -> None:
    terminal = start()
    terminal.wait_for("Begin:")
    terminal.settle()
    terminal.send(ENTER)
    terminal.wait_for("1 of 8")
    terminal.signal(ending)
    assert terminal.wait_for_exit() == 0
    assert terminal.raw.rindex(b"\x1b[?1049l") > terminal.raw.rindex(b"\x1b[?1049h")

    again = start()
    again.wait_for("Continue: Lesson 1")


def test_escape_is_answered_at_once(start) -> None:
    terminal = start()
    terminal.wait_for("Begin:")
    open_part(terminal, 3, "exchange 0 of 3")
    terminal.send(F3)
    terminal.settle()
    assert terminal.seconds_to_output(ESC) < 1
    terminal.wait_for("a add a tool")
