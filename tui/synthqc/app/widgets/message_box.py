"""Where the learner writes to the assistant."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from synthqc.cleaning import clean

FEWEST_LINES = 3
"""A paste of this many lines is data."""

LONGEST_LINE = 1_000
"""A paste with a line longer than this is data: a text field would wrap it anew at every key."""

NEW_LINE = ("ctrl+j", "shift+enter", "ctrl+enter")
"""Keys for a new line; not every terminal tells the last two from Enter."""

SCREEN_KEYS = (
    Binding("f6", "screen.samples", "samples", show=False, id="lab.samples"),
    Binding("f7", "screen.notebook", "notebook", show=False, id="lab.notebook"),
)
"""Keys of the lab that a text field would take for itself."""


class MessageBox(TextArea):
    """A few lines of text; Enter sends, ctrl+j starts a new line. Data pasted into it are handed on, not typed."""

    HELP = (
        "You are writing to the assistant. Enter sends, ctrl+j starts a new line, esc leaves the box. Lines of "
        "data that you paste go to the workbench with your next message."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "send", "send", key_display="enter", id="message.send"),
        Binding(",".join(NEW_LINE), "line", "new line", key_display="ctrl+j", id="message.line"),
        *SCREEN_KEYS,
    ]

    @dataclass
    class Sent(Message):
        """The learner sent a message."""

        text: str

    @dataclass
    class DataPasted(Message):
        """The learner pasted data."""

        text: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(
            id=id, compact=True, soft_wrap=True, placeholder="Write to the tutor, or paste lines to measure."
        )
        self.cursor_blink = False

    def action_send(self) -> None:
        """Sends what was written."""
        self.post_message(self.Sent(clean(self.text).strip()))

    def action_line(self) -> None:
        """Starts a new line."""
        self.insert("\n")

    async def _on_key(self, event: events.Key) -> None:
        # Here and not by a priority binding, which would overtake the letters typed before it.
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.action_send()
        elif event.key in NEW_LINE:
            event.stop()
            event.prevent_default()
            self.action_line()
        else:
            await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = clean(event.text)
        lines = text.strip("\n").split("\n")
        if len(lines) >= FEWEST_LINES or max(map(len, lines)) > LONGEST_LINE:
            self.post_message(self.DataPasted(text.strip("\n")))
        else:
            self.insert(text)
