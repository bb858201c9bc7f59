"""Your three: the wrong ideas met most often, what speaks against each, and where to read."""

from collections.abc import Iterator
from typing import ClassVar

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from synthqc.learner.ideas import MetIdea, met_ideas

from ..host import host
from ..widgets.hints import Hints
from ..widgets.prose import Prose

SHOWN = 3
"""How many are shown: more is a list, not a help."""


class IdeasScreen(ModalScreen[None]):
    """The ideas to watch; their numbers open what to reread."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "reread(0)", "reread", key_display="1-3", id="ideas.reread-1"),
        Binding("2", "reread(1)", "reread", show=False, id="ideas.reread-2"),
        Binding("3", "reread(2)", "reread", show=False, id="ideas.reread-3"),
        Binding("escape,q", "dismiss", "close", key_display="esc", id="ideas.close"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
    ]

    def compose(self) -> ComposeResult:
        """One column of text."""
        yield Prose(id="dialog")
        yield Hints()

    def on_mount(self) -> None:
        """Shows the ideas."""
        app = host(self)
        self._ideas: tuple[MetIdea, ...] = met_ideas(app.course, app.store.events())[:SHOWN]
        prose = self.query_one(Prose)
        prose.border_title = "Ideas to watch"
        prose.show(lambda _width: list(self._rendered()))
        prose.focus()

    def _rendered(self) -> Iterator[RenderableType]:
        if not self._ideas:
            yield Text("None so far. Wrong ideas that you choose in a quiz or hold in a lab are listed here.")
        for number, one in enumerate(self._ideas, start=1):
            yield Text.assemble((f"{number}  “{one.idea}”", "bold"))
            met = "once" if one.times == 1 else f"{one.times} times"
            yield Padding(Text(f"Met {met}: {', '.join(one.where)}.", style="italic"), (0, 0, 0, 3))
            if one.tempting:
                yield Padding(Text(f"Why it tempts: {one.tempting}"), (0, 0, 0, 3))
            yield Padding(Text(f"Against it: {one.against}"), (0, 0, 0, 3))
            if one.ask:
                yield Padding(Text(f"Ask yourself: {one.ask}"), (0, 0, 0, 3))
            yield Padding(
                Text(f"Read ({number}): lesson {one.lesson.removeprefix('L')}{self._section(one)}"), (0, 0, 1, 3)
            )

    def _section(self, idea: MetIdea) -> str:
        sections = host(self).course.lesson(idea.lesson).sections
        return next((f", “{one.title}”" for one in sections if one.id == idea.section), "")

    def action_reread(self, number: int) -> None:
        """Opens the section to reread; esc comes back."""
        from .lesson import LessonScreen

        if number < len(self._ideas):
            idea = self._ideas[number]
            self.app.push_screen(LessonScreen(idea.lesson, idea.section, is_visit=True))
