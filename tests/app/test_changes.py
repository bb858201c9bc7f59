"""What is cut down to changes looks the same to a terminal as the whole."""

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthqc.app.terminal.changes import Changes

COLUMNS, LINES = 20, 5


def shown(*outputs: str):
    """Every cell of a terminal that received these outputs: character, colours and weight."""
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l")
    for output in outputs:
        stream.feed(output)
    return [
        [
            (cell.data, cell.fg, cell.bg, cell.bold, cell.reverse)
            for cell in (screen.buffer[y][x] for x in range(COLUMNS))
        ]
        for y in range(LINES)
    ]


def frames():
    """Frames as Textual writes them: places, styled pieces, resets."""
    piece = st.builds(
        lambda y, x, pen, text: f"\x1b[{y};{x}H{pen}{text[: COLUMNS - x + 1]}\x1b[0m",
        st.integers(1, LINES),
        st.integers(1, COLUMNS),
        st.sampled_from(["", "\x1b[1m", "\x1b[31;44m", "\x1b[7m"]),
        st.text(alphabet="ab é─⣿", max_size=COLUMNS),
    )
    return st.lists(piece, max_size=8).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(frames(), max_size=5))
def test_the_screen_ends_up_the_same(drawn: list[str]) -> None:
    changes = Changes()
    assert shown(*(changes.feed(frame) for frame in drawn)) == shown(*drawn)


def test_a_frame_that_changes_nothing_costs_nothing() -> None:
    changes = Changes()
    frame = "\x1b[1;1H\x1b[1mhello\x1b[0m world"
    assert changes.feed(frame)
    assert changes.feed(frame) == ""


def test_one_changed_letter_costs_one_move_and_one_letter() -> None:
    changes = Changes()
    changes.feed("\x1b[2;1Hhello world\x1b[1;1Hx")
    assert changes.feed("\x1b[2;1Hhello_world") == "\x1b[2;6H_"


def test_wide_characters_are_overwritten_whole() -> None:
    changes = Changes()
    drawn = ["\x1b[1;1H漢字 ab", "\x1b[1;1Hxyz字b", "\x1b[1;2H漢"]
    assert shown(*(changes.feed(frame) for frame in drawn)) == shown(*drawn)


@pytest.mark.parametrize(
    "smuggled",
    [
        "\x1b]0;title\x07",
        "\x1b]52;c;QQ==\x1b\\",
        "\x1bPq\x1b\\",
        "\x1bc",
        "\x1b[5i",
        "\x1b[6n",
        "\x07",
        "\x9b2J",
        "\x00",
        "\x1b[3;4r",
    ],
)
def test_sequences_that_no_screen_needs_are_dropped(smuggled: str) -> None:
    written = Changes().feed(f"\x1b[1;1Hbefore{smuggled}after")
    assert written.count("\x1b") == 2, "only our own move and style"
    assert "before" in written
    assert "after" in written


@pytest.mark.parametrize("mode", ["\x1b[?2026h", "\x1b[?25l", "\x1b[>1u", "\x1b[<u", "\x1b[?2026$p", "\x1b[?2004h"])
def test_modes_of_the_terminal_pass(mode: str) -> None:
    assert Changes().feed(mode) == mode


def test_after_forgetting_everything_is_drawn_again() -> None:
    changes = Changes()
    first = changes.feed("\x1b[1;1Hhello")
    changes.forget()
    assert changes.feed("\x1b[1;1Hhello") == first
    assert changes.feed("\x1b[2J") == "\x1b[2J"
    assert changes.feed("\x1b[1;1Hhello") == first


@pytest.mark.parametrize("wide", ["👩‍👩‍👧", "❤️", "👍🏽", "日", "1️⃣"])
def test_what_follows_a_sign_of_two_cells_stands_where_it_was_laid_out(wide: str) -> None:
    assert Changes().feed(f"\x1b[1;1H{wide}x").endswith(f"{wide}\x1b[1;3Hx")


def test_a_mark_that_combines_takes_no_cell() -> None:
    assert Changes().feed("\x1b[1;1Hcafe\u0301!").endswith("\x1b[1;5H!")
