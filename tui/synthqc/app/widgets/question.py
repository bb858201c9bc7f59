"""A question's options, one line each, as quiz, test and result show them."""

from rich.table import Table
from rich.text import Text

LETTERS = "abcdef"
"""What the options are called on the screen, in their order there."""


def option_line(mark: str, text: str, *, is_bold: bool = False) -> Table:
    """An option with its letter in a column of its own, so that a second line of text stands under the first."""
    line = Table.grid(padding=(0, 2, 0, 0))
    line.add_column(no_wrap=True, style="bold")
    line.add_column(style="bold" if is_bold else "")
    line.add_row(mark, Text(text))
    return line
