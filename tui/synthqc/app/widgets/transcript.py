"""The conversation of a lab: each message is rendered once per width; only a growing last one is rendered again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from synthqc.assistant.protocol import CheckedClaim

from .prose import Prose, strips_of, theme_style

_MARK = Style(underline=True)
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
    is_markdown: bool = False
    """Is it a model's reply, in Markdown?"""
    is_note: bool = False
    """Is it said beside the conversation, by the program?"""
    unbacked: Sequence[CheckedClaim] = ()
    """Numbers in the text that nothing backs, in order."""


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
        """Adds a piece to the last message; notes that came meanwhile stay below it."""
        number = max(n for n, one in enumerate(self._messages) if not one.is_note)
        self._messages[number].text += delta
        del self._rendered[number:]
        self._render_strips()
        self.scroll_end(animate=False, immediate=True)

    def mark(self, claims: Sequence[CheckedClaim]) -> None:
        """Marks numbers of the last reply that nothing backs."""
        number = max((n for n, one in enumerate(self._messages) if one.is_markdown), default=-1)
        if claims and number >= 0:
            self._messages[number].unbacked = claims
            del self._rendered[number:]
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
            marked = [one.text for one in message.unbacked]
            marks = (re.compile("|".join(re.escape(f"{one}?") for one in marked)), _MARK) if marked else None
            self._rendered.append(strips_of(self.app.console, self._parts(message), width, marks))
        self._lay([strip for strips in self._rendered for strip in strips])
        self.refresh()

    def _parts(self, message: Message) -> list[RenderableType]:
        colour = "secondary" if message.is_learner else "primary"
        if message.is_note:
            return [Padding(Text(message.text, style="italic"), (0, 0, 1, 2))]
        if message.is_markdown:
            return self._reply(message)
        lines = message.text.split("\n")
        if len(lines) > LONGEST_SHOWN:
            lines = [*lines[:LONGEST_SHOWN], f"… {len(lines) - LONGEST_SHOWN} more lines"]
        return [
            Text(message.speaker, style=theme_style(self.app, colour, bold=True)),
            Padding(Text("\n".join(lines)), (0, 0, 1, 2)),
        ]

    def _reply(self, message: Message) -> list[RenderableType]:
        from rich.markdown import Markdown

        text = message.text
        for claim in reversed(message.unbacked):
            text = f"{text[: claim.end]}?{text[claim.end :]}"
        parts: list[RenderableType] = [
            Text(message.speaker, style=theme_style(self.app, "primary", bold=True)),
            Padding(Markdown(text, hyperlinks=False, code_theme="ansi_dark"), (0, 0, 1, 2)),
        ]
        if message.unbacked:
            told = "; ".join(f"{one.text} ({one.note})" if one.note else one.text for one in message.unbacked)
            parts.append(Padding(Text(f"? not from a tool: {told}"), (0, 0, 1, 2)))
        return parts
