"""A text to read over another screen: a lab's scenario, its notebook."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from ..widgets.hints import Hints
from ..widgets.prose import Prose


class NoteScreen(ModalScreen[None]):
    """A title and plain text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "close", key_display="esc"),
        Binding("f4,f7", "dismiss", "close", show=False),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

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
