"""The glossary: the key terms of all lessons."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from synthqc.course.marks import with_marks
from synthqc.course.model import Term

from ..host import host
from ..widgets.choices import Choices
from ..widgets.hints import Hints


class TermsScreen(ModalScreen[None]):
    """Key terms in alphabetical order; enter opens the section that first speaks of one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,t", "dismiss", "close", key_display="esc", id="terms.close")
    ]

    def __init__(self, term: str = "") -> None:
        """Opens the glossary.

        Args:
            term: Id of the term to begin at; the first where it is empty.
        """
        super().__init__()
        self._start = term
        self._terms: list[tuple[Term, str]] = []

    def compose(self) -> ComposeResult:
        """One entry per term."""
        yield Choices(id="dialog", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Shows them."""
        course = host(self).course
        terms = [(term, entry.id) for entry in course.module.lessons for term in course.lesson(entry.id).terms]
        self._terms = sorted(terms, key=lambda pair: pair[0].term.lower())
        listing = self.query_one(Choices)
        listing.border_title = "Key terms"
        for term, lesson in self._terms:
            heading = (term.term, "bold"), (f"  lesson {lesson.removeprefix('L')}", "italic")
            definition = with_marks(" ".join(term.definition.split()), course.claims)
            listing.add_option(Option(Text.assemble(*heading, "\n", definition, "\n")))
        ids = [term.id for term, _ in self._terms]
        if ids:
            listing.highlighted = ids.index(self._start) if self._start in ids else 0
        listing.focus()

    @on(OptionList.OptionSelected)
    def _open_section(self, event: OptionList.OptionSelected) -> None:
        from .lesson import LessonScreen

        term, lesson_id = self._terms[event.option_index]
        sections = host(self).course.lesson(lesson_id).sections
        says = [
            section.id
            for section in sections
            for block in section.blocks
            if term.term.lower() in (block.text or (block.callout.text if block.callout else "")).lower()
        ]
        app = self.app
        self.dismiss()
        app.push_screen(LessonScreen(lesson_id, says[0] if says else sections[0].id, is_visit=True))
