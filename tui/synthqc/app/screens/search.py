"""Search: sections, key terms and claims of the whole course, and the way there."""

import textwrap
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from synthqc.course.searching import Hit, Place, places_of, search

from ..host import host
from ..widgets.choices import Choices
from ..widgets.hints import Hints

MOST = 40
"""Hits shown; a query with more needs another word."""


class SearchScreen(ModalScreen[None]):
    """A line to type in, and what was found below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "close", key_display="esc", id="search.close"),
        Binding("down", "to_hits", "hits", key_display="↓", id="search.to-hits"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._places: list[Place] = []
        self._hits: list[Hit] = []

    def compose(self) -> ComposeResult:
        """Query, count, hits."""
        with Vertical(id="dialog"):
            yield Input(placeholder="words to look for", id="query")
            yield Static("Type a word. Sections, key terms and sources are searched.", id="found", markup=False)
            yield Choices(id="hits", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Gets ready to search."""
        self.query_one("#dialog").border_title = "Search"
        self._places = list(places_of(host(self).course))
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self._hits = search(self._places, event.value)[:MOST]
        listing = self.query_one(Choices)
        listing.clear_options()
        listing.add_options([Option(_entry(hit)) for hit in self._hits])
        if self._hits:
            listing.highlighted = 0
        self.query_one("#found", Static).update(_count(len(self._hits), event.value))

    def action_to_hits(self) -> None:
        """Goes from the query to the hits."""
        if self._hits:
            self.query_one(Choices).focus()

    @on(Input.Submitted)
    def _open_first(self) -> None:
        highlighted = self.query_one(Choices).highlighted
        if self._hits and highlighted is not None:
            self._open(self._hits[highlighted].place)

    @on(OptionList.OptionSelected)
    def _open_chosen(self, event: OptionList.OptionSelected) -> None:
        self._open(self._hits[event.option_index].place)

    def _open(self, place: Place) -> None:
        app = self.app
        self.dismiss()
        if place.kind == "section":
            from .lesson import LessonScreen

            app.push_screen(LessonScreen(place.lesson, place.id, is_visit=True))
        elif place.kind == "term":
            from .terms import TermsScreen

            app.push_screen(TermsScreen(place.id))
        else:
            from .sources import SourcesScreen

            app.push_screen(SourcesScreen("Sources", (place.id,)))


def _entry(hit: Hit) -> Text:
    place = hit.place
    where = {"section": f"lesson {place.lesson.removeprefix('L')}", "term": "key term", "claim": f"source {place.id}"}
    return Text.assemble(
        (f"{where[place.kind]}: {textwrap.shorten(place.title, 56, placeholder=' …')}", "bold"), "\n", hit.excerpt
    )


def _count(number: int, query: str) -> str:
    if not query.strip():
        return "Type a word. Sections, key terms and sources are searched."
    if not number:
        return "Nothing has all of these words. Try fewer, or the beginning of one."
    more = ", add a word to narrow it" if number == MOST else ""
    return f"{number} found{more} · enter opens the marked one, ↓ goes to the list"
