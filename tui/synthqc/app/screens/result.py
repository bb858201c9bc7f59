"""The result of the module test: score, each lesson's share, every question explained, what to reread."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import ClassVar

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from synthqc.course.quiz import MODULE_TEST, Question
from synthqc.errors import SynthQCError
from synthqc.learner.grading import verdict_for
from synthqc.learner.moduletest import by_lesson, is_passed, module_test_of, needed
from synthqc.learner.record import record_of, write_record

from ..host import host
from ..widgets.choices import Choices
from ..widgets.hints import Hints
from ..widgets.prose import Prose, theme_style


class ResultScreen(Screen[None]):
    """One finished attempt; the cursor is on the first question that was missed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "reread", "reread its section", id="result.reread"),
        Binding("r", "retake", "take it again", id="result.retake"),
        Binding("w", "write", "write a record", id="result.write"),
        Binding("tab", "app.focus_next", "list / explanation", key_display="tab", id="result.switch"),
        Binding("escape,q", "dismiss", "map", key_display="esc", id="result.leave"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
    ]

    def __init__(self, sitting: str) -> None:
        super().__init__()
        self._sitting_id = sitting

    def compose(self) -> ComposeResult:
        """Summary, questions, explanation."""
        yield Static(id="heading", markup=False)
        yield Static(id="stem", markup=False)
        yield Choices(id="questions", markup=False)
        yield Prose(id="verdict")
        yield Hints()

    def on_mount(self) -> None:
        """Shows the attempt."""
        app = host(self)
        record = app.progress.sittings[self._sitting_id]
        self._sitting = module_test_of(app.course.quiz(MODULE_TEST), record).sitting
        right, of = record.right, record.of
        is_good = is_passed(right, of)
        words = "passed" if is_good else "not passed"
        self.query_one("#heading", Static).update(
            Content.assemble(("Module test", "bold"), f"   {right} of {of} right, {words}"), layout=False
        )
        self.query_one("#stem", Static).update("\n".join(self._summary(right, of, is_good=is_good)))
        listing = self.query_one(OptionList)
        missed = {one.id for one in self._sitting.missed}
        wrong = [one.id in missed or one.id not in self._sitting.answers for one in self._sitting.questions]
        for number, question in enumerate(self._sitting.questions):
            listing.add_option(Option(_line(number + 1, question, is_right=not wrong[number])))
        listing.highlighted = wrong.index(True) if True in wrong else 0
        listing.focus()

    def _summary(self, right: int, of: int, *, is_good: bool) -> Iterator[str]:
        if is_good:
            yield f"Passed: {right} of {of}; {needed(of)} were needed."
        else:
            yield f"Not passed yet: {right} of {of}; {needed(of)} are needed. Reread, then try again."
        shares = by_lesson(self._sitting)
        yield "  ".join(
            f"Lesson {lesson.removeprefix('L')}: {good} of {all_}" for lesson, (good, all_) in shares.items()
        )
        attempts = [one for one in host(self).progress.sittings_of(MODULE_TEST) if one.is_finished]
        if len(attempts) > 1:
            yield f"Attempts: {', '.join(f'{one.right} of {one.of}' for one in attempts)}."

    @property
    def _question(self) -> Question:
        return self._sitting.questions[self.query_one(OptionList).highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        self.query_one(Prose).show(lambda _width: list(self._explanation(self._question)))

    @on(OptionList.OptionSelected)
    def _read(self) -> None:
        self.query_one(Prose).focus()

    def _explanation(self, question: Question) -> Iterator[RenderableType]:
        app = host(self)
        yield Text(question.stem.strip(), style="bold")
        given = self._sitting.answers.get(question.id)
        right = next(one for one in question.options if one.right)
        if given is None:
            yield Text("You gave no answer.", style=theme_style(app, "error", bold=True))
        else:
            verdict = verdict_for(question, given)
            sign, colour = ("✓", "success") if verdict.is_right else ("✗", "error")
            yield Text.assemble((f"{sign} You: ", theme_style(app, colour, bold=True)), verdict.chosen.text.strip())
            yield Text(verdict.chosen.feedback.strip())
            if wrong := app.course.misconceptions.get(verdict.chosen.misconception):
                yield Text.assemble(("The idea behind it: ", "italic"), (f"“{wrong.idea}”", "italic"))
        if given != right.id:
            yield Text.assemble(("✓ Right: ", "bold"), right.text.strip())
        yield Text(question.explanation.strip())
        if question.source_note:
            yield Text.assemble(("Source note: ", "bold"), question.source_note.strip())
        yield Text(f"g opens lesson {question.lesson.removeprefix('L')}, {self._section(question)}.", style="italic")

    def _section(self, question: Question) -> str:
        sections = host(self).course.lesson(question.lesson).sections
        return next((f"“{one.title}”" for one in sections if one.id == question.reread), "its first section")

    def action_reread(self) -> None:
        """Opens the section behind the question; esc comes back."""
        from .lesson import LessonScreen

        self.app.push_screen(LessonScreen(self._question.lesson, self._question.reread, is_visit=True))

    def action_write(self) -> None:
        """Writes the record of the course so far to files and says where."""
        app = host(self)
        record = record_of(app.course, app.store.events(), datetime.now(UTC))
        try:
            path = write_record(record, app.notebooks)
        except SynthQCError as error:
            self.notify(str(error), severity="error", markup=False, timeout=8)
        else:
            self.notify(f"Written to {path}", markup=False, timeout=8)

    def action_retake(self) -> None:
        """Opens the test again; a new attempt draws a new order."""
        from .moduletest import ModuleTestScreen

        self.app.switch_screen(ModuleTestScreen())


def _line(number: int, question: Question, *, is_right: bool) -> Table:
    line = Table.grid(padding=(0, 1, 0, 0), expand=True)
    line.add_column(width=4, justify="right")
    line.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    line.add_column(width=8, no_wrap=True)
    line.add_row(
        f"{'✓' if is_right else '✗'} {number}", " ".join(question.stem.split()), "right" if is_right else "missed"
    )
    return line
