"""The lines under a plot that say in words what each series shows."""

import textwrap

from rich.cells import cell_len

from .glyphs import Glyphs
from .run import Lines, Run, shortened


def entry(sign: str, number: int, label: str, words: str, width: int, glyphs: Glyphs) -> Lines:
    """The sign and name of a series and what there is to say of it, on lines of their own where one is too short.

    Args:
        sign: The mark or filling that the series is drawn with.
        number: Number of the series.
        label: Its name; cut where it is too long for a line.
        words: What to say; nothing, where the plot says it all.
        width: Columns.
        glyphs: What to draw with.
    """
    room = width - cell_len(sign) - 1
    name = Run(f" {shortened(label, max(1, room), glyphs)}{':' if words else ''}")
    if not words:
        return [[Run(sign, number), name]]
    told = glyphs.word(words)
    if cell_len(name.text) + 1 + cell_len(told) <= room:
        return [[Run(sign, number), name, Run(f" {told}")]]
    return [[Run(sign, number), name], *([Run(f"  {line}")] for line in textwrap.wrap(told, max(8, width - 2)))]
