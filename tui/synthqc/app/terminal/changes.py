"""Frames cut down to what changed: a list moved by one line costs a few hundred bytes instead of six thousand."""

import re
from collections.abc import Iterator

from rich.cells import split_graphemes

from .lettering import Lettering, as_it_is

_TOKEN = re.compile(
    r"\x1b\[([0-9;:?<>=$ ]*)([@-~])"  # a CSI sequence: parameters, final
    r"|\x1b[\]PX^_].*?(?:\x1b\\|\x07|$)"  # a string sequence, such as a title or a clipboard
    r"|\x1b.?"  # any other escape
    r"|[^\x1b]+",
    re.DOTALL,
)
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_MODES = re.compile(r"[?<>][0-9;]*[hlu]|[?0-9;$ ]*[pqu]|\?[0-9;]*\$p")

Cell = tuple[str, str]
"""A character (with what combines with it; empty under a wide one) and its style as an SGR sequence."""


class Changes:
    """Remembers what stands on the screen and lets only changes pass.

    It is also the second fence against escape sequences in text: of those that move or style it knows all, modes pass,
    anything else (titles, clipboards, reports) is dropped.
    """

    def __init__(self, lettering: Lettering = as_it_is) -> None:
        """Begins with an empty screen.

        Args:
            lettering: Writes with other signs what the terminal cannot show.
        """
        self._lettering = lettering
        self._rows: dict[int, dict[int, Cell]] = {}
        self._x = self._y = 0
        self._pen = ""
        self._real_place: tuple[int, int] | None = None
        self._real_pen: str | None = None

    def forget(self) -> None:
        """Forgets the screen, so that the next frame is written whole."""
        self._rows.clear()
        self._real_place = None
        self._real_pen = None

    def feed(self, text: str) -> str:
        """What has to be written for this part of a frame."""
        return "".join(self._written(text))

    def _written(self, text: str) -> Iterator[str]:
        for token in _TOKEN.finditer(text):
            final = token.group(2)
            if final is None:
                if not token.group().startswith("\x1b"):
                    yield from self._draw(token.group())
            elif final == "H":
                self._move(token.group(1))
            elif final == "m":
                # A style begins with a reset or is added to the one before.
                sequence = token.group()
                self._pen = "" if token.group(1) in ("", "0") else self._pen + sequence
            elif final == "J" or (final in "hl" and "1049" in token.group(1)):
                self.forget()
                yield token.group()
            elif _MODES.fullmatch(token.group(1) + final):
                yield token.group()

    def _move(self, parameters: str) -> None:
        row, _, column = parameters.partition(";")
        self._y = max(1, int(row or 1)) - 1
        self._x = max(1, int(column or 1)) - 1

    def _draw(self, text: str) -> Iterator[str]:
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if number:
                self._x, self._y = 0, self._y + 1
            yield from self._draw_line(_UNPRINTED.sub("", line))

    def _draw_line(self, line: str) -> Iterator[str]:
        row = self._rows.setdefault(self._y, {})
        for character, width in _cells(self._lettering(line)):
            cell = (character, self._pen)
            if row.get(self._x) != cell or (width == 2 and row.get(self._x + 1) != ("", self._pen)):
                yield from self._go()
                yield character
                self._uncover(row, self._x, width)
                row[self._x] = cell
                if width == 2:
                    row[self._x + 1] = ("", self._pen)
                # After a character that terminals may measure in another way, the place is not certain.
                is_certain = len(character) == 1 and character < "\u0300"
                self._real_place = (self._x + width, self._y) if is_certain else None
            self._x += width

    def _uncover(self, row: dict[int, Cell], start: int, width: int) -> None:
        # A terminal blanks the other half of a wide character that is written over.
        for x in (start - 1, start + width):
            if x in row:
                half = row.get(start) if x < start else row[x]
                if half is not None and half[0] == "":
                    del row[x]

    def _go(self) -> Iterator[str]:
        if self._real_place != (self._x, self._y):
            yield f"\x1b[{self._y + 1};{self._x + 1}H"
            self._real_place = (self._x, self._y)
        if self._real_pen != self._pen:
            yield f"\x1b[0m{self._pen}"
            self._real_pen = self._pen


def _cells(line: str) -> Iterator[tuple[str, int]]:
    """Characters with what combines with them, and their widths in cells."""
    if line.isascii():
        yield from ((character, 1) for character in line)
        return
    # As Textual measures when it lays out: a family of emoji or a heart in colour is one character of two cells.
    spans, _ = split_graphemes(line)
    yield from ((line[start:end], width) for start, end, width in spans if width)
