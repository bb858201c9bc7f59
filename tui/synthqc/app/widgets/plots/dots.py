"""A field of dots: eight to a character in braille, one mark to a character where the terminal has no braille."""

from .glyphs import Glyphs
from .run import Line, Lines, Run

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_FAINT = "."
"""What stands for dots of no series in ASCII."""


class Dots:
    """Dots set one by one; a mark covers the dots of its character."""

    def __init__(self, columns: int, height: int, glyphs: Glyphs) -> None:
        self._columns = columns
        self._height = height
        self._glyphs = glyphs
        self._bits: dict[tuple[int, int], tuple[int, int | None]] = {}
        self._marks: dict[tuple[int, int], int] = {}

    def _dot(self, across: float, up: float) -> tuple[int, int]:
        """The dot at a place given in shares of the field."""
        return round(across * (self._columns * 2 - 1)), round((1 - up) * (self._height * 4 - 1))

    def set(self, across: float, up: float, series: int | None) -> None:
        """Sets the dot at a place given in shares of the field, from the lower left corner."""
        self._set(*self._dot(across, up), series)

    def _set(self, x: int, y: int, series: int | None) -> None:
        place = (y // 4, x // 2)
        bits, _ = self._bits.get(place, (0, None))
        self._bits[place] = (bits | _BITS[y % 4][x % 2], series)

    def join(self, first: tuple[float, float], second: tuple[float, float], series: int | None) -> None:
        """Sets the dots between two places."""
        (x0, y0), (x1, y1) = self._dot(*first), self._dot(*second)
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        for step in range(steps + 1):
            self._set(round(x0 + (x1 - x0) * step / steps), round(y0 + (y1 - y0) * step / steps), series)

    def mark(self, across: float, up: float, series: int) -> None:
        """Puts the mark of a series at a place; where another has its mark already, that one stays."""
        x, y = self._dot(across, up)
        self._marks.setdefault((y // 4, x // 2), series)

    def lines(self) -> Lines:
        """The field, line by line."""
        return [self._line(row) for row in range(self._height)]

    def _line(self, row: int) -> Line:
        runs: Line = []
        for column in range(self._columns):
            text, series = self._cell((row, column))
            if runs and runs[-1].series == series:
                runs[-1] = Run(runs[-1].text + text, series)
            else:
                runs.append(Run(text, series))
        return runs

    def _cell(self, place: tuple[int, int]) -> tuple[str, int | None]:
        if place in self._marks:
            return self._glyphs.mark(self._marks[place]), self._marks[place]
        if place not in self._bits:
            return " ", None
        bits, series = self._bits[place]
        if self._glyphs.is_ascii:
            return (_FAINT if series is None else self._glyphs.mark(series)), series
        return chr(0x2800 + bits), series
