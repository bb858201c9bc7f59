"""The text on the workbench: typed, pasted, or taken from a sample."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import TextArea

from synthqc.cleaning import clean

from .message_box import SCREEN_KEYS

MOST_EDITED = 100_000
"""Characters that can be edited here; more is kept, measured and shown by its first lines."""

LONGEST_LINE = 2_000
"""Characters of a line that can be edited here: a text field wraps the line anew at every key."""

MOST_KEPT = 4_000_000
"""Characters that are kept; what lies behind is cut off, and said so."""

_SHOWN_LINES = 200


class SampleBox(TextArea):
    """A text field for what is measured; text too large to edit is shown by its first lines and measured whole."""

    HELP = (
        "This is the text that the tools measure. Type or paste into it; the numbers below follow. F6 takes one "
        "of the samples, F3 goes to the readings."
    )

    BINDINGS: ClassVar[list[BindingType]] = [*SCREEN_KEYS]

    @dataclass
    class Edited(Message):
        """The text to measure is another one."""

        text: str
        is_pasted: bool

    @dataclass
    class CutOff(Message):
        """A paste was longer than what is kept."""

        characters: int

    @dataclass
    class NotEditable(Message):
        """Somebody wants to type where the text is too large for that."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, compact=True, soft_wrap=True, placeholder="Type or paste text here; F6 opens a sample.")
        self.cursor_blink = False
        self._large = ""

    @property
    def sample(self) -> str:
        """The whole text to measure."""
        return self._large or self.text

    @property
    def is_large(self) -> bool:
        """Is the text too large to edit?"""
        return bool(self._large)

    def put(self, text: str) -> None:
        """Replaces the text, without saying that it changed."""
        text = text[:MOST_KEPT]
        is_large = len(text) > MOST_EDITED or any(len(line) > LONGEST_LINE for line in text.split("\n"))
        self._large = text if is_large else ""
        self.read_only = is_large
        shown = text
        if is_large:
            lines = [line[:200] for line in text.split("\n", _SHOWN_LINES)[:_SHOWN_LINES]]
            shown = "\n".join(lines)
        with self.prevent(TextArea.Changed):
            self.load_text(shown)

    def clear_sample(self) -> None:
        """Empties the workbench."""
        self.put("")
        self.post_message(self.Edited("", is_pasted=True))

    async def _on_key(self, event: events.Key) -> None:
        if self.is_large and (event.is_printable or event.key in ("enter", "backspace", "delete")):
            self.post_message(self.NotEditable())
        await super()._on_key(event)

    def _on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(self.Edited(self.sample, is_pasted=False))

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = clean(event.text)
        if len(text) > MOST_KEPT:
            self.post_message(self.CutOff(len(text)))
        is_small = len(text) + len(self.text) <= MOST_EDITED and all(
            len(line) <= LONGEST_LINE for line in text.split("\n")
        )
        if is_small and not self.is_large and self.text:
            self.insert(text)
        else:
            self.put(text)
            self.move_cursor(self.document.end)
            self.post_message(self.Edited(self.sample, is_pasted=True))
