"""The course map: every part with its state, and the next step one Enter away."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.table import Table
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from synthqc.course.loading import Course
from synthqc.course.model import LessonEntry
from synthqc.course.quiz import MODULE_TEST
from synthqc.course.source import CourseError
from synthqc.learner.moduletest import PASS_PERCENT, is_passed, needed
from synthqc.learner.progress import Progress

from ..host import host
from ..widgets.choices import Choices
from ..widgets.hints import Hints

GLYPHS = {"done": "●", "begun": "◐", "open": "○"}
"""Signs of a part's state; a word always stands beside them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the course on the map."""

    screen: str
    """`lesson`, `quiz`, `lab` or `test`."""
    lesson: str
    """Lesson id; for the module test its quiz id."""
    title: str
    """What the map calls it."""
    state: str
    """`done`, `begun` or `open`."""
    words: str
    """The state in words."""


def parts_of(course: Course, progress: Progress) -> Iterator[Part]:
    """The parts of the course in teaching order, each with its state."""
    for entry in course.module.lessons:
        yield _lesson(course, entry, progress)
        if course.has_quiz(entry.id):
            yield _quiz(entry, progress)
        if course.has_lab(entry.id):
            yield _lab(course, entry, progress)
    if course.has_module_test:
        yield _module_test(progress)


def _module_test(progress: Progress) -> Part:
    title = "Module test"
    begun = progress.open_sitting(MODULE_TEST)
    finished = [one for one in progress.sittings_of(MODULE_TEST) if one.is_finished]
    best = max(finished, key=lambda one: one.right, default=None)
    if begun is not None:
        words = f"{len(begun.given)} of {len(begun.questions)} answered"
        return Part("test", MODULE_TEST, title, "begun", words)
    if best is None:
        return Part("test", MODULE_TEST, title, "open", "not taken")
    if is_passed(best.right, best.of):
        return Part("test", MODULE_TEST, title, "done", f"{best.right} of {best.of}, passed")
    return Part("test", MODULE_TEST, title, "begun", f"{best.right} of {best.of}, {needed(best.of)} pass")


def _lesson(course: Course, entry: LessonEntry, progress: Progress) -> Part:
    title = f"Lesson {entry.id.removeprefix('L')}  {entry.title}"
    reached = progress.sections.get(entry.id, set())
    if entry.id in progress.read:
        return Part("lesson", entry.id, title, "done", "read")
    if reached:
        sections = [section.id for section in course.lesson(entry.id).sections]
        words = f"{len(reached & set(sections))} of {len(sections)} sections"
        return Part("lesson", entry.id, title, "begun", words)
    return Part("lesson", entry.id, title, "open", f"{entry.minutes} minutes")


def _quiz(entry: LessonEntry, progress: Progress) -> Part:
    title = f"Quiz {entry.id.removeprefix('L')}"
    begun = progress.open_sitting(entry.id)
    best = progress.best(entry.id)
    if begun is not None:
        return Part("quiz", entry.id, title, "begun", f"{len(begun.answers)} of {len(begun.questions)} answered")
    if best is not None:
        return Part("quiz", entry.id, title, "done", f"{best.right} of {best.of} right")
    return Part("quiz", entry.id, title, "open", "not taken")


def _lab(course: Course, entry: LessonEntry, progress: Progress) -> Part:
    title = f"Lab {entry.id.removeprefix('L')}  {entry.lab}"
    if not progress.exchanges and not progress.samples and not progress.completed:
        return Part("lab", entry.id, title, "open", "not begun")
    lab = course.lab(entry.id).id
    if lab in progress.completed:
        return Part("lab", entry.id, title, "done", "completed")
    if progress.exchanges.get(lab) or lab in progress.samples:
        return Part("lab", entry.id, title, "begun", "begun")
    return Part("lab", entry.id, title, "open", "not begun")


def next_step(parts: list[Part], progress: Progress) -> Part:
    """Where to go on: the place left last if it is not done, else the first part that is not; else the first."""
    place = progress.place
    for part in parts:
        if place and (part.screen, part.lesson) == (place.screen, place.item) and part.state != "done":
            return part
    return next((part for part in parts if part.state != "done"), parts[0])


class HomeScreen(Screen[None]):
    """The course map."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sources", "sources"),
        Binding("i", "ideas", "ideas to watch"),
        Binding("t", "app.terms", "terms"),
        Binding("slash", "app.search", "search", key_display="/"),
        Binding("q", "app.quit", "quit"),
        Binding("f1", "app.keys", "help", key_display="F1"),
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
        welcome = (
            "Read, take the quiz, use it in the lab. Enter begins, F1 shows the keys.\n"
            "Everything is saved as you go, on this machine only. Leave at any time."
            if is_new
            else "\n".join([f"{done} of {len(self._parts) - 1} parts done", *_ideas(app.course, progress)])
        )
        self.query_one("#welcome", Static).update(welcome)
        self._say("\n".join(filter(None, (app.store.notice, app.store.trouble))))

    def _say(self, trouble: str) -> None:
        line = self.query_one("#trouble", Static)
        line.display = bool(trouble)
        line.update(trouble)

    def _continue_line(self, step: Part, *, is_new: bool) -> Content:
        verb = "Begin" if is_new else "Continue"
        return Content.assemble((f"▶ {verb}: ", "bold"), (step.title, "bold"), f"  {step.words}")

    @on(OptionList.OptionHighlighted)
    def _show_about(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#about", Static).update(self._about(self._parts[event.option_index]))

    def _about(self, part: Part) -> str:
        course = host(self).course
        if part.screen == "lesson":
            return course.entry(part.lesson).question
        if part.screen == "quiz":
            number = len(course.quiz(part.lesson).questions)
            return f"{number} questions, each with feedback; those you miss can be tried again."
        if part.screen == "test":
            number = len(course.quiz(part.lesson).questions)
            return f"{number} questions on all lessons, no feedback until you hand in; {PASS_PERCENT} % pass."
        return "Talk a case through with the tutor while the tools measure what you paste."

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        part = self._parts[event.option_index]
        host(self).go(part.screen, part.lesson)

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
        (course.misconceptions[one], times)
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
