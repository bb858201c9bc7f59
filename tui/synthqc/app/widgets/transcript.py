"""The conversation of a lab: each message is rendered once per width; only a growing last one is rendered again."""

from dataclasses import dataclass

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text
from textual.strip import Strip

from .prose import Prose, strips_of, theme_style

LONGEST_SHOWN = 40
"""Lines of a learner's message that are shown; a longer one is data and stands on the workbench."""


@dataclass(slots=True)
class Message:
    """One message."""

    speaker: str
    """Who speaks, as the learner reads it."""
    text: str
    """Plain text."""
    is_learner: bool = False
    """Is it the learner who speaks?"""


class Transcript(Prose):
    """Messages, the newest at the bottom and in view."""

    HELP = "This is the conversation so far; arrows scroll it. F2 goes back to writing."

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._messages: list[Message] = []
        self._rendered: list[list[Strip]] = []

    def add(self, *messages: Message) -> None:
        """Adds messages and scrolls to them."""
        first = len(self._messages)
        self._messages += messages
        self._render_strips()
        if messages and len(self._rendered) > first:
            # A long reply is read from its start, so its first line goes to the top, not its last to the bottom.
            above = sum(len(strips) for strips in self._rendered[:first])
            self.call_after_refresh(self.scroll_to, y=above, animate=False)

    def grow(self, delta: str) -> None:
        """Adds a piece to the last message."""
        self._messages[-1].text += delta
        del self._rendered[len(self._messages) - 1 :]
        self._render_strips()
        self.scroll_end(animate=False, immediate=True)

    def _render_strips(self) -> None:
        width = min(80, self.scrollable_content_region.width)
        if width < 1 or not self.is_attached:
            return
        if width != self._rendered_width:
            self._rendered_width = width
            self._rendered = []
        for message in self._messages[len(self._rendered) :]:
            self._rendered.append(strips_of(self.app.console, self._parts(message), width))
        self._lay([strip for strips in self._rendered for strip in strips])
        self.refresh()

    def _parts(self, message: Message) -> list[RenderableType]:
        colour = "secondary" if message.is_learner else "primary"
        lines = message.text.split("\n")
        if len(lines) > LONGEST_SHOWN:
            lines = [*lines[:LONGEST_SHOWN], f"… {len(lines) - LONGEST_SHOWN} more lines"]
        return [
            Text(message.speaker, style=theme_style(self.app, colour, bold=True)),
            Padding(Text("\n".join(lines)), (0, 0, 1, 2)),
        ]
