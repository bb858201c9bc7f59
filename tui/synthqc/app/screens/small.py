"""Below 60 x 20 nothing would fit: one line asks for a larger window, and everything stays as it was."""

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

COLUMNS, LINES = 60, 20


class SmallScreen(Screen[None]):
    """Shown while the window is too small."""

    def compose(self) -> ComposeResult:
        """The one line."""
        yield Static(f"Please enlarge the window to {COLUMNS} x {LINES}.", markup=False)
