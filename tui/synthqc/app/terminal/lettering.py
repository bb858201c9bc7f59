"""The letters of the terminal: what it has no sign for is written with signs that it has, of the same width."""

import unicodedata
from collections.abc import Callable, Mapping

from rich.cells import split_graphemes

from ..widgets.plots.glyphs import glyphs_for

_SIGNS = {
    "●◆■⚑▶✓": "*##!>v",
    "○◇□△▲◐✗": "ooo^^~x",
    "“”„‟‘’‚‛‹›⟨⟩«»": "\"\"\"\"''''<><><>",
    "…·•–—−×÷→←↑↓↔": ".-*---x/><^v-",
    "│┃║┤├╎▏▎▍▌▐▕": "||||||||||||",
    "─━═╌▔▁▂▃": "--------",
    "╭╮╰╯┌┐└┘┬┴┼╞╡╪╤╧╔╗╚╝": "+" * 20,
    "▄▅▆▇█▉▊▋▀▙▚░▒▓▗▖▘▝": "#" * 18,
}
_TABLE = str.maketrans(
    {sign: plain for signs, plains in _SIGNS.items() for sign, plain in zip(signs, plains, strict=True)}
)

Lettering = Callable[[str], str]
"""From text without control characters to what the terminal can show of it, of the same width in cells."""


def lettering_for(environment: Mapping[str, str]) -> Lettering:
    """How text is written on the terminal that the environment describes.

    Args:
        environment: Environment variables. With a locale of another encoding than UTF-8 all is written in ASCII; the
            console of Linux has letters, and only signs and frames are replaced.
    """
    if not glyphs_for(environment).is_ascii:
        return as_it_is
    without_linux = {name: value for name, value in environment.items() if name != "TERM"}
    return as_ascii if glyphs_for(without_linux).is_ascii else with_plain_signs


def as_it_is(text: str) -> str:
    """The text itself."""
    return text


def with_plain_signs(text: str) -> str:
    """A text with signs and frames in ASCII and letters as they are."""
    return text.translate(_TABLE)


def as_ascii(text: str) -> str:
    """A text in ASCII: letters without their accents, and a question mark for each cell of what has no likeness."""
    text = text.translate(_TABLE)
    if text.isascii():
        return text
    spans, _ = split_graphemes(text)
    return "".join(_plain(text[start:end], width) for start, end, width in spans)


def _plain(grapheme: str, width: int) -> str:
    bare = unicodedata.normalize("NFKD", grapheme).encode("ascii", "ignore").decode("ascii")
    return grapheme if grapheme.isascii() else bare if len(bare) == width else "?" * width
