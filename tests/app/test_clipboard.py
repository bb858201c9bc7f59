"""What goes to the clipboard of the terminal."""

import base64

import pytest

from synthqc.app.terminal.clipboard import MOST_BYTES, clipboard_sequence


def test_the_text_is_sent_in_base64() -> None:
    sequence = clipboard_sequence("naïve “text”\n", {})
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    assert base64.b64decode(sequence[7:-1]).decode() == "naïve “text”\n"


def test_tmux_is_asked_to_pass_it_on() -> None:
    sequence = clipboard_sequence("text", {"TMUX": "/tmp/tmux-0/default,1,0"})
    assert sequence.startswith("\x1bPtmux;\x1b\x1b]52;c;")
    assert sequence.endswith("\x1b\\")


def test_screen_gets_it_in_pieces_that_it_passes_on() -> None:
    pieces = clipboard_sequence("long " * 1000, {"TERM": "screen.xterm"}).split("\x1b\\")
    assert pieces[-1] == ""
    assert all(piece.startswith("\x1bP") and len(piece) < 768 for piece in pieces[:-1])
    joined = "".join(piece.removeprefix("\x1bP") for piece in pieces)
    assert joined == clipboard_sequence("long " * 1000, {})


@pytest.mark.parametrize(("size", "is_sent"), [(MOST_BYTES, True), (MOST_BYTES + 1, False)])
def test_a_text_that_no_terminal_takes_is_not_sent(size: int, is_sent: bool) -> None:
    assert bool(clipboard_sequence("x" * size, {})) is is_sent


async def test_the_notebook_of_the_course_is_shown_copied_and_written(learner, tmp_path) -> None:
    async with learner() as one:
        await one.presses("n")
        await one.sees("record of what was done")
        await one.presses("c")
        await one.sees("Sent to your terminal")
        assert "not taken" in one.app.clipboard
        await one.presses("w")
        await one.sees("Written to")
        [file] = (tmp_path / "notebooks").glob("*.md")
        assert file.read_text(encoding="utf-8").startswith("# Quality Control for Synthetic Data")
