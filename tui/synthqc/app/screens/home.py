"""The course map: every part with its state, and the next step one Enter away."""

from datetime import UTC, datetime
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from synthqc.course.loading import Course
from synthqc.course.source import CourseError
from synthqc.learner.files import WritingError
from synthqc.learner.outline import Part, about, next_step, parts_of
from synthqc.learner.progress import Progress
from synthqc.learner.review import deck_of

from ..host import host
from ..widgets.choices import Choices
from ..widgets.hints import Hints

GLYPHS = {"done": "●", "begun": "◐", "open": "○"}
"""Signs of a part's state; a word always stands beside them."""


class HomeScreen(Screen[None]):
    """The course map."""

    HELP = (
        "This is the course map: every part with its state. Enter opens the marked part; the first line goes on "
        "where you left. Nothing is locked, and everything is saved as you go."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sources", "sources", id="home.sources"),
        Binding("r", "review", "review", id="home.review"),
        Binding("i", "ideas", "ideas to watch", id="home.ideas"),
        Binding("n", "notebook", "notebook of the course", show=False, id="home.notebook"),
        Binding("t", "app.terms", "terms", id="app.terms"),
        Binding("slash", "app.search", "search", key_display="/", id="app.search"),
        Binding("comma", "app.settings", "settings", key_display=",", id="app.settings"),
        Binding("q", "app.quit", "quit", id="app.quit"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
    ]

    def compose(self) -> ComposeResult:
        """Title, map, and what the selected part is about."""
        with Vertical(id="column"):
            yield Static(id="course-title", markup=False)
            yield Static(id="trouble", markup=False)
            yield Static(id="welcome", markup=False)
            yield Choices(id="map", markup=False)
            yield Static(id="about", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Puts the cursor on the next step."""
        self.query_one("#course-title", Static).update(host(self).course.module.title)

    def on_screen_resume(self) -> None:
        """Shows what has changed since the learner was last here."""
        self._parts: list[Part] = []
        app = host(self)
        progress = app.progress
        try:
            self._parts = list(parts_of(app.course, progress))
        except CourseError as error:
            self._say(str(error))
            return
        step = next_step(self._parts, progress)
        is_new = progress.place is None
        listing = self.query_one(OptionList)
        listing.clear_options()
        listing.add_option(Option(self._continue_line(step, is_new=is_new)))
        listing.add_option(None)
        listing.add_options([Option(_line(part)) for part in self._parts])
        self._parts.insert(0, step)
        listing.highlighted = 0
        listing.focus()
        done = sum(part.state == "done" for part in self._parts[1:])
        where = "the workshop's machine" if app.is_guest else "this machine only"
        welcome = (
            f"Read, take the quiz, use it in the lab. Enter begins.\nEverything is saved as you go, on {where}."
            if is_new
            else "\n".join([f"{done} of {len(self._parts) - 1} parts done", *_ideas(app.course, progress)])
        )
        self.query_one("#welcome", Static).update(welcome)
        self._say("\n".join(filter(None, (app.store.notice, app.store.trouble))))
        if progress.read or progress.sittings:
            self.call_after_refresh(self._count_due)

    def _say(self, trouble: str) -> None:
        line = self.query_one("#trouble", Static)
        line.display = bool(trouble)
        line.update(trouble)

    def _continue_line(self, step: Part, *, is_new: bool) -> Table:
        verb = "Begin" if is_new else "Continue"
        line = Table.grid()
        line.add_column(no_wrap=True, overflow="ellipsis")
        line.add_row(Text.assemble((f"▶ {verb}: {step.title}", "bold"), f"  {step.words}"))
        return line

    @on(OptionList.OptionHighlighted)
    def _show_about(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#about", Static).update(about(host(self).course, self._parts[event.option_index]))

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        part = self._parts[event.option_index]
        host(self).go(part.screen, part.lesson)

    @work(thread=True, group="due", exclusive=True, exit_on_error=False)
    def _count_due(self) -> None:
        # Terms stand in the lessons, which are not read for the first frame.
        app = host(self)
        number = len(deck_of(app.course, app.store.events(), datetime.now(UTC)).due)
        self.app.call_from_thread(self._show_due, number)

    def _show_due(self, number: int) -> None:
        self.query_one(Hints).remark(f"{number} to review" if number else "")

    def action_review(self) -> None:
        """Reviews key terms and missed questions that are due."""
        from .review import ReviewScreen

        self.app.push_screen(ReviewScreen())

    def action_notebook(self) -> None:
        """Shows what there is to take away from the course so far."""
        from synthqc.learner.coursebook import coursebook_as_markdown

        from .note import NoteScreen

        app = host(self)
        text = coursebook_as_markdown(app.course, app.store.events(), datetime.now(UTC))
        note = NoteScreen("Notebook of the course", text, can_write=True)
        self.app.push_screen(note, lambda is_wanted: self._write_notebook() if is_wanted else None)

    def _write_notebook(self) -> None:
        from synthqc.learner.coursebook import write_coursebook

        app = host(self)
        try:
            path = write_coursebook(app.course, app.store.events(), app.notebooks, datetime.now(UTC))
        except WritingError as error:
            self.notify(str(error), severity="error", markup=False, timeout=8)
        else:
            self.notify(f"Written to {path}", markup=False, timeout=8)

    def action_ideas(self) -> None:
        """Shows the wrong ideas met most often, and what speaks against them."""
        from .ideas import IdeasScreen

        self.app.push_screen(IdeasScreen())

    def action_sources(self) -> None:
        """Shows all claims of the course with their verdicts."""
        from .sources import SourcesScreen

        self.app.push_screen(SourcesScreen("Sources of the course", tuple(host(self).course.claims.claims)))


def _ideas(course: Course, progress: Progress) -> list[str]:
    """The wrong idea chosen most often so far, where there is one."""
    met = [
        (course.misconceptions[one].idea, times)
        for one, times in progress.misconceptions.most_common(1)
        if one in course.misconceptions
    ]
    return [f"An idea to watch, chosen {'once' if times == 1 else f'{times} times'}: “{idea}”" for idea, times in met]


def _line(part: Part) -> Table:
    """A part with its state, each in a column of its own."""
    line = Table.grid(padding=(0, 1, 0, 0), expand=True)
    line.add_column(width=1)
    line.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    line.add_column(width=18, no_wrap=True)
    line.add_row(GLYPHS[part.state], part.title, part.words)
    return line
