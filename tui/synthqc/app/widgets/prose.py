"""A column of text that scrolls: rendered once per width, drawn line by line."""

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

WIDEST = 80
"""Columns of the text; longer lines tire the eye."""

Highlight = tuple[re.Pattern[str], Style]
"""What to find in the rendered text and how to show it."""


def strips_of(
    console: Console, parts: Sequence[RenderableType], width: int, highlight: Highlight | None = None
) -> list[Strip]:
    """Renders Rich renderables to lines of exactly `width` cells."""
    options = console.options.update(width=width, height=None, highlight=False)
    strips = []
    for part in parts:
        for line in console.render_lines(part, options, pad=True):
            segments = _highlighted(line, *highlight) if highlight else line
            strips.append(Strip(segments).adjust_cell_length(width))
    return strips


def _highlighted(line: list[Segment], pattern: re.Pattern[str], style: Style) -> list[Segment]:
    result: list[Segment] = []
    for segment in line:
        position = 0
        for found in pattern.finditer(segment.text):
            result.append(Segment(segment.text[position : found.start()], segment.style))
            result.append(Segment(found.group(), (segment.style or Style()) + style))
            position = found.end()
        result.append(Segment(segment.text[position:], segment.style))
    return result


def theme_style(app: App[Any], name: str, *, bold: bool = False) -> Style:
    """A Rich style in a colour of the current theme, such as `primary`; without colour where there is none."""
    if app.no_color:
        return Style(bold=bold)
    # Textual names the terminal's own colours ansi_blue and ansi_bright_blue, Rich leaves out the first word.
    colour = app.theme_variables.get(name)
    return Style(color=colour.removeprefix("ansi_") if colour else None, bold=bold)


class Prose(ScrollView, can_focus=True, inherit_bindings=False):
    """Scrollable text made of Rich renderables.

    A Markdown widget makes a widget of every paragraph, which costs 2 MiB and 46 ms per 2 KB; lines cost a hundredth.
    """

    DEFAULT_CSS = """
    Prose { height: 1fr; overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    """

    # Left and right belong to the screens: text here is never wider than its column.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "line(-1)", "scroll", show=False, id="text.up"),
        Binding("down,j", "line(1)", "scroll", show=False, id="text.down"),
        Binding("pageup", "page(-1)", "page", show=False, id="text.page-up"),
        Binding("pagedown", "page(1)", "page", show=False, id="text.page-down"),
        Binding("home", "line(-1000000)", "start", show=False, id="text.start"),
        Binding("end", "line(1000000)", "end", show=False, id="text.end"),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._make: Callable[[int], Sequence[RenderableType]] = lambda _width: ()
        self._highlight: Highlight | None = None
        self._strips: list[Strip] = []
        self._blank = Strip([])
        self._rendered_width = 0

    def show(self, make: Callable[[int], Sequence[RenderableType]], *, highlight: Highlight | None = None) -> None:
        """Shows new text from its start.

        Args:
            make: From the width in columns to what is shown; called again when the width changes.
            highlight: What to emphasise in the rendered text.
        """
        self._make = make
        self._highlight = highlight
        self.scroll_to(y=0, animate=False, immediate=True)
        self.redraw()

    def action_line(self, by: int) -> None:
        """Scrolls by lines, in this very frame."""
        # Textual's own actions wait for the next frame.
        self.scroll_to(y=min(max(self.scroll_offset.y + by, 0), self.max_scroll_y), animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        """Scrolls by pages; a line of the last one stays in view."""
        self.action_line(by * max(1, self.scrollable_content_region.height - 1))

    def redraw(self) -> None:
        """Renders the text again, where it has changed, and stays where the reader is."""
        self._rendered_width = 0
        self._render_strips()
        self.refresh()

    def on_resize(self) -> None:
        """Wraps the text to the new width."""
        self._render_strips()

    def notify_style_update(self) -> None:
        """Renders again in the colours of a new theme."""
        super().notify_style_update()
        self._rendered_width = 0
        self._render_strips()

    @property
    def text(self) -> str:
        """What is shown, line by line."""
        return "\n".join(strip.text.rstrip() for strip in self._strips)

    def _render_strips(self) -> None:
        width = min(WIDEST, self.scrollable_content_region.width)
        if width < 1 or not self.is_attached or width == self._rendered_width:
            return
        self._rendered_width = width
        self._lay(strips_of(self.app.console, self._make(width), width, self._highlight))

    def _lay(self, strips: list[Strip]) -> None:
        """Lays out rendered lines: styled and filled up once, so that scrolling only picks them."""
        style = self.rich_style
        width = self.scrollable_content_region.width
        self._strips = [strip.extend_cell_length(width).apply_style(style) for strip in strips]
        self._blank = Strip.blank(width, style)
        self.virtual_size = Size(width, len(strips))

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        number = self.scroll_offset.y + y
        return self._strips[number] if number < len(self._strips) else self._blank
