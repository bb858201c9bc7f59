"""Reading and writing lines: the only place that knows standard input and output."""

import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn, TextIO

from synthqc.cleaning import clean

WIDTH = 78
"""Columns of a line of text."""

_ASCII = str.maketrans(
    {
        "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "→": "->", "×": "x", "·": "-",
        "−": "-", "≥": ">=", "≤": "<=", "✓": "ok", "✗": "wrong", "●": "*", "○": "o", "\u00a0": " ",
    }
)  # fmt: skip


class LeavingError(Exception):
    """The learner leaves, or there is nothing more to read."""

    def __init__(self, *, is_end: bool) -> None:
        super().__init__("end of input" if is_end else "quit")
        self.is_end = is_end
        """Did the input end, without a word of leaving?"""


class Talk:
    """Says lines and reads answers."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        self._source = source
        self._sink = sink
        encoding = (sink.encoding or "ascii").lower().replace("-", "")
        self._is_ascii = not encoding.startswith("utf")

    def say(self, text: str = "", *, first: str = "", rest: str | None = None) -> None:
        """Says a text, broken between words; every newline in it begins a line of its own.

        Args:
            text: The text.
            first: What stands before its first line.
            rest: What stands before all others; as many blanks as `first` has where it is left out.
        """
        behind = " " * len(first) if rest is None else rest
        for number, line in enumerate(text.split("\n")):
            before = first if number == 0 else behind
            self.print(
                textwrap.fill(line, WIDTH, initial_indent=before, subsequent_indent=behind, break_on_hyphens=False)
                or before.rstrip()
            )

    def print(self, line: str) -> None:
        """Writes a line as it is, in signs that the terminal has."""
        if self._is_ascii:
            line = line.translate(_ASCII)
            line = line.encode(self._sink.encoding or "ascii", "replace").decode(self._sink.encoding or "ascii")
        self._sink.write(f"{line}\n")
        self._sink.flush()

    def say_all(self, lines: Iterable[str]) -> None:
        """Says several lines as they are."""
        for line in lines:
            self.print(line)

    def ask(self, prompt: str) -> str:
        """Reads one line, cleaned and without blanks around it.

        Raises:
            LeavingError: There is nothing more to read.
        """
        self._sink.write(f"{prompt}> " if not self._is_ascii else f"{prompt.translate(_ASCII)}> ")
        self._sink.flush()
        line = self._source.readline()
        if not line:
            self._sink.write("\n")
            raise LeavingError(is_end=True)
        if not self._source.isatty():
            # Whoever reads the output of a pipe sees what was answered.
            self.print("")
        return clean(line).strip()

    def block(self) -> str:
        """Reads lines up to one with a single point, or the end of the input; cleaned."""
        lines: list[str] = []
        while (line := self._source.readline()) and line.rstrip("\n") != ".":
            lines.append(line)
        return clean("".join(lines)).strip("\n")

    def command(self, prompt: str, allowed: Sequence[str], explain: Callable[[], None]) -> str:
        """Reads one of the allowed commands; `q` leaves, `h` explains, anything else is asked again.

        Args:
            prompt: What stands before the sign.
            allowed: What may be answered; an empty text is a bare Enter.
            explain: Says what the commands do.

        Returns:
            The command in small letters.

        Raises:
            LeavingError: The learner leaves.
        """
        while True:
            given = self.ask(prompt).lower()
            if given in ("q", "quit"):
                leave()
            if given in ("h", "help", "?"):
                explain()
            elif given in allowed:
                return given
            else:
                named = ", ".join(one or "Enter" for one in _ranges(allowed))
                what = f"“{given[:40]}” is" if given else "An empty line is"
                self.say(f"{what} not one of: {named}, h, q.")


def leave() -> NoReturn:
    """Leaves the course.

    Raises:
        LeavingError: Always.
    """
    raise LeavingError(is_end=False)


def _ranges(allowed: Sequence[str]) -> list[str]:
    """The commands, numbers in a row as `1-13`."""
    numbers = [int(one) for one in allowed if one.isdigit()]
    words = [one for one in allowed if not one.isdigit()]
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return [f"{numbers[0]}-{numbers[-1]}", *words]
    return [*map(str, numbers), *words]
