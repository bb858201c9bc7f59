"""The key terms of all lessons."""

import re
from collections.abc import Iterator
from typing import ClassVar

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from ..host import host
from ..widgets.hints import Hints
from ..widgets.marks import with_marks
from ..widgets.prose import Prose


class TermsScreen(ModalScreen[None]):
    """Key terms in alphabetical order."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,t", "dismiss", "close", key_display="esc")]

    def compose(self) -> ComposeResult:
        """One column of terms."""
        yield Prose(id="dialog")
        yield Hints()

    def on_mount(self) -> None:
        """Shows them."""
        prose = self.query_one(Prose)
        prose.border_title = "Key terms"
        prose.show(lambda _width: list(self._rendered()))
        prose.focus()

    def _rendered(self) -> Iterator[RenderableType]:
        course = host(self).course
        terms = [(term, entry) for entry in course.module.lessons for term in course.lesson(entry.id).terms]
        for term, entry in sorted(terms, key=lambda pair: pair[0].term.lower()):
            yield Text.assemble((term.term, "bold"), (f"  lesson {entry.id.removeprefix('L')}", "italic"))
            definition = with_marks(re.sub(r"\s+", " ", term.definition), course.claims)
            yield Padding(Text(definition), (0, 0, 1, 2))
