"""The characters that plots are drawn with: blocks and braille, or ASCII where the terminal has no better."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters that plots are drawn with."""

    marks: str
    """One mark per series, so that colour is never the only sign."""
    fills: str
    """One filling for the bars of each series."""
    across: str
    """The parts of a bar to the right, smallest first, full last."""
    upward: str
    """The parts of a column, lowest first, full last."""
    side: str
    """The line at the left of a plot."""
    tick: str
    """Where that line has a number."""
    dots: str
    """Stands for what was cut off."""
    to: str
    """Between where a line starts and where it ends."""
    is_ascii: bool
    """Can the terminal draw no more than ASCII?"""

    def mark(self, series: int) -> str:
        """The mark of a series."""
        return self.marks[series % len(self.marks)]

    def fill(self, series: int) -> str:
        """The filling of a series' bars."""
        return self.fills[series % len(self.fills)]

    def word(self, text: str) -> str:
        """A text as the terminal can show it."""
        return text.encode("ascii", errors="replace").decode("ascii") if self.is_ascii else text


UNICODE = Glyphs("●▲■◆○△□◇", "█▒░▓", "▏▎▍▌▋▊▉█", "▁▂▃▄▅▆▇█", "│", "┤", "…", "→", is_ascii=False)
"""For terminals that draw blocks and braille."""

ASCII = Glyphs("*o+x#@%&", "#=-+", ".#", ".#", "|", "+", "..", "to", is_ascii=True)
"""For all others."""


_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python itself sets LC_CTYPE to where the locale is C (PEP 538), so that it says nothing of the terminal."""


def glyphs_for(environment: Mapping[str, str]) -> Glyphs:
    """The glyphs that the terminal draws, as far as its environment tells.

    Args:
        environment: Environment variables. A locale that names another encoding than UTF-8 asks for ASCII, and so does
            the console of Linux, whose font has no braille. Where no locale is set, as in containers, nothing is said.
    """
    kind = environment.get("LC_CTYPE", "")
    locales = (environment.get("LC_ALL"), "" if kind in _COERCED else kind, environment.get("LANG"))
    locale = next(filter(None, locales), "UTF-8")
    is_utf8 = "UTF8" in locale.upper().replace("-", "")
    return UNICODE if is_utf8 and environment.get("TERM") != "linux" else ASCII
