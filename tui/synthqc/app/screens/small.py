"""Below 60 x 20 nothing would fit: one line asks for a larger window, and everything stays as it was."""

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

COLUMNS, LINES = 60, 20


def is_too_small(size: Size) -> bool:
    """Is a window of this size too small for the course?"""
    return size.width < COLUMNS or size.height < LINES


class SmallScreen(ModalScreen[None]):
    """Shown while the window is too small; modal, so that no key opens something unseen."""

    def compose(self) -> ComposeResult:
        """The one line."""
        yield Static(f"Please enlarge the window to {COLUMNS} x {LINES}.", markup=False)

    def on_screen_resume(self) -> None:
        """Goes where the window has grown while something else lay above."""
        if not is_too_small(self.app.size):
            self.dismiss()
