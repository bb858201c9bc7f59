"""What a terminal has no sign for is written with signs that it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from synthqc.app.terminal.changes import Changes
from synthqc.app.terminal.lettering import as_ascii, as_it_is, lettering_for, with_plain_signs


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"LANG": "C.UTF-8", "TERM": "xterm"}, as_it_is),
        ({}, as_it_is),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, as_ascii),
        ({"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, as_ascii),
        ({"LANG": "de_DE.ISO-8859-1"}, as_ascii),
        ({"LANG": "de_DE.UTF-8", "TERM": "linux"}, with_plain_signs),
        ({"LANG": "C", "TERM": "linux"}, as_ascii),
    ],
)
def test_the_locale_decides_and_the_console_keeps_its_letters(environment, wanted) -> None:
    assert lettering_for(environment) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("╭─ Café … ─╮", "+- Cafe . -+"),
        ("● done  ◐ begun  ○ open  ✓ ✗ ⚑", "* done  ~ begun  o open  v x !"),
        ("“so” – ↑↓", '"so" - ^v'),
        ("日本 👩‍👩‍👧 ❤️|", "???? ?? ??|"),
    ],
)
def test_text_in_ascii(text: str, wanted: str) -> None:
    assert as_ascii(text) == wanted


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_ascii_keeps_the_width_in_cells(text: str) -> None:
    plain = as_ascii(text)
    assert plain.isascii()
    assert len(plain) == cell_len(text)


def test_the_console_keeps_its_letters() -> None:
    assert with_plain_signs("│ é ✓") == "| é v"


def test_control_sequences_stay_whole_beside_signs_that_join() -> None:
    written = Changes(as_ascii).feed("\x1b[1;1Hfamily 👩\u200d\x1b[0m\x1b[2;1Hnext")
    assert "\x1b[2;1H" in written
    assert written.endswith("next")
