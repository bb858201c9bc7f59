"""A text to read over another screen: a lab's scenario, its notebook."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from ..host import host
from ..widgets.hints import Hints
from ..widgets.prose import Prose


class NoteScreen(ModalScreen[bool]):
    """A title, plain text and the claims behind it; the answer is whether the learner wants it in a file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w,f8", "write", "write to a file", id="note.write"),
        Binding("c", "copy", "copy", id="note.copy"),
        Binding("s", "sources", "sources", id="note.sources"),
        Binding("escape,q,enter", "close", "close", key_display="esc", id="note.close"),
        Binding("f4,f7", "close", "close", show=False, id="note.close"),
    ]

    def __init__(self, title: str, text: str, *, can_write: bool = False, claims: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._claims = claims
        self._title = title
        self._text = text
        self._can_write = can_write

    def compose(self) -> ComposeResult:
        """One column of text."""
        yield Prose(id="dialog")
        yield Hints()

    def on_mount(self) -> None:
        """Shows the text."""
        prose = self.query_one(Prose)
        prose.border_title = self._title
        prose.show(lambda _width: [Text(self._text)])
        prose.focus()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Only what is the learner's own can be written to a file; sources are there where claims are."""
        if action == "sources":
            return bool(self._claims)
        return self._can_write or action not in ("write", "copy")

    def action_sources(self) -> None:
        """Shows the claims with their sources."""
        from .sources import SourcesScreen

        self.app.push_screen(SourcesScreen(f"Sources: {self._title}", self._claims))

    def action_copy(self) -> None:
        """Sends the text to the clipboard of the terminal."""
        if host(self).copy_out(self._text):
            self.notify("Sent to your terminal; whether it keeps it is up to the terminal.", markup=False, timeout=6)
        else:
            self.notify("Too long for a terminal's clipboard. Press w to write it to a file.", markup=False, timeout=8)

    def action_write(self) -> None:
        """Closes and asks to write the text."""
        self.dismiss(result=True)

    def action_close(self) -> None:
        """Closes."""
        self.dismiss(result=False)
