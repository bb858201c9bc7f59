"""A quiz: one question at a time, each answer stored before it is judged on the screen."""

import uuid
from collections.abc import Iterator
from typing import ClassVar

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from synthqc.course.quiz import Question, Quiz
from synthqc.learner.events import OptionChosen, SittingFinished, SittingStarted
from synthqc.learner.grading import Verdict
from synthqc.learner.sitting import Sitting, sitting_of

from ..host import host
from ..widgets.choices import Choices
from ..widgets.hints import Hints
from ..widgets.prose import Prose, theme_style
from ..widgets.question import LETTERS, option_line


class QuizScreen(Screen[None]):
    """One sitting of a quiz."""

    HELP = (
        "This is a quiz. A letter or an arrow marks an option, Enter confirms it; an answer once confirmed stays. "
        "What you miss can be tried again at the end."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,n", "next", "next question", key_display="enter", id="quiz.next"),
        Binding("a", "point(0)", "point", key_display="a-d"),
        Binding("g", "reread", "reread the section", id="quiz.reread"),
        Binding("r", "retry", "retry the missed", id="quiz.retry"),
        Binding("l", "lab", "on to the lab", id="quiz.lab"),
        Binding("escape,q", "dismiss", "map", key_display="esc", id="quiz.leave"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
        *[Binding(LETTERS[number], f"point({number})", show=False) for number in range(1, len(LETTERS))],
    ]

    def __init__(self, lesson: str) -> None:
        super().__init__()
        self._lesson_id = lesson
        self._sitting: Sitting | None = None
        self._answered: tuple[Question, Verdict] | None = None
        self._is_saved = True

    def compose(self) -> ComposeResult:
        """Heading, question, options, and what is said of the answer."""
        yield Static(id="heading", markup=False)
        yield Static(id="stem", markup=False)
        yield Choices(id="options", markup=False)
        yield Prose(id="verdict")
        yield Hints()

    def on_mount(self) -> None:
        """Resumes an open sitting, or begins one."""
        record = host(self).progress.open_sitting(self._lesson_id)
        if record is not None:
            sitting = sitting_of(
                self._quiz, sitting=record.id, seed=record.seed, questions=record.questions, answers=record.answers
            )
            if not sitting.is_finished and sitting.questions:
                self._sitting = sitting
                self._ask()
                return
        self._begin(())

    @property
    def _quiz(self) -> Quiz:
        return host(self).course.quiz(self._lesson_id)

    @property
    def _current(self) -> Sitting:
        assert self._sitting is not None
        return self._sitting

    def _begin(self, questions: tuple[str, ...]) -> None:
        app = host(self)
        self._sitting = sitting_of(
            self._quiz, sitting=uuid.uuid4().hex, seed=app.chance.randrange(2**31), questions=questions
        )
        ids = tuple(one.id for one in self._current.questions)
        app.record(SittingStarted(self._current.id, self._lesson_id, self._current.seed, ids))
        self._ask()

    def _heading(self, remark: str) -> None:
        title = f"Quiz {self._lesson_id.removeprefix('L')}  {host(self).course.entry(self._lesson_id).title}"
        self.query_one("#heading", Static).update(Content.assemble((title, "bold"), f"   {remark}"), layout=False)

    def _ask(self) -> None:
        question = self._current.question
        if question is None:
            self._finish()
            return
        self._answered = None
        self._heading(f"question {self._current.position} of {len(self._current.questions)}")
        self.query_one("#stem", Static).update(question.stem)
        listing = self.query_one("#options", OptionList)
        listing.clear_options()
        for letter, option in zip(LETTERS, self._current.options(question), strict=False):
            listing.add_option(Option(option_line(letter, option.text), id=option.id))
        listing.display = True
        listing.disabled = False
        listing.highlighted = None
        listing.focus()
        self.query_one("#verdict", Prose).show(lambda _width: ())
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#options")
    def _grade(self, event: OptionList.OptionSelected) -> None:
        question = self._current.question
        if question is None or self._answered is not None or event.option_id is None:
            return
        self._sitting, verdict = self._current.answered(question, event.option_id)
        # Stored first: what the screen has confirmed must survive whatever comes next.
        self._is_saved = host(self).record(
            OptionChosen(
                self._current.id,
                question.id,
                event.option_id,
                is_right=verdict.is_right,
                misconception=verdict.chosen.misconception,
            )
        )
        self._answered = (question, verdict)
        self._show_verdict(question, verdict)

    def _show_verdict(self, question: Question, verdict: Verdict) -> None:
        listing = self.query_one("#options", OptionList)
        listing.clear_options()
        for letter, option in zip(LETTERS, self._current.options(question), strict=False):
            mark = "✓" if option.right else "✗" if option.id == verdict.chosen.id else " "
            listing.add_option(Option(option_line(f"{letter} {mark}", option.text, is_bold=mark != " ")))
        listing.disabled = True
        prose = self.query_one("#verdict", Prose)
        prose.show(lambda _width: list(self._rendered_verdict(question, verdict)))
        prose.focus()
        self.refresh_bindings()

    def _rendered_verdict(self, question: Question, verdict: Verdict) -> Iterator[RenderableType]:
        app = host(self)
        if verdict.is_right:
            yield Text("✓ Right.", style=theme_style(app, "success", bold=True))
        else:
            yield Text("✗ Not this one.", style=theme_style(app, "error", bold=True))
        if not self._is_saved:
            yield Text("This answer is not saved yet.", style=theme_style(app, "warning", bold=True))
        yield Text(verdict.chosen.feedback.strip())
        if verdict.chosen.misconception:
            idea = app.course.misconceptions[verdict.chosen.misconception].idea
            yield Text.assemble(("The idea behind it: ", "italic"), (f"“{idea}”", "italic"))
        yield Text("")
        yield Text(question.explanation.strip())
        if question.source_note:
            yield Padding(Text.assemble(("Source note: ", "bold"), question.source_note.strip()), (1, 0, 0, 0))

    def _finish(self) -> None:
        sitting = self._current
        app = host(self)
        if app.progress.sittings.get(sitting.id, None) is None or not app.progress.sittings[sitting.id].is_finished:
            app.record(SittingFinished(sitting.id, self._lesson_id, sitting.score, len(sitting.questions)))
        self._answered = None
        self._heading("done")
        self.query_one("#stem", Static).update(f"{sitting.score} of {len(sitting.questions)} right")
        self.query_one("#options", OptionList).display = False
        prose = self.query_one("#verdict", Prose)
        prose.show(lambda _width: list(self._rendered_result(sitting)))
        prose.focus()
        self.refresh_bindings()

    def _rendered_result(self, sitting: Sitting) -> Iterator[RenderableType]:
        course = host(self).course
        sections = {section.id: section.title for section in course.lesson(self._lesson_id).sections}
        if not sitting.missed:
            yield Text("All of them. Well done.")
        for question in sitting.missed:
            yield Text.assemble(("✗ ", "bold"), question.stem.strip())
            yield Padding(
                Text(f"Worth another look: {sections.get(question.reread, '')}", style="italic"), (0, 0, 1, 2)
            )
        if sitting.missed:
            yield Text("r tries these again.")
        if course.has_lab(self._lesson_id):
            yield Text(f"l goes on to the lab: {course.entry(self._lesson_id).lab}.")
        yield Text("esc goes back to the course map.")

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Which keys work depends on where the sitting stands."""
        if self._sitting is None:
            return action != "reread"
        is_asking = self._answered is None and not self._sitting.is_finished
        is_done = self._answered is None and self._sitting.is_finished
        if action == "point":
            return is_asking
        if action in ("next", "reread"):
            return self._answered is not None
        if action == "retry":
            return is_done and bool(self._sitting.missed)
        if action == "lab":
            return is_done and host(self).course.has_lab(self._lesson_id)
        return True

    def action_point(self, number: int) -> None:
        """Puts the cursor on an option."""
        listing = self.query_one("#options", OptionList)
        if number < listing.option_count:
            listing.highlighted = number

    def action_next(self) -> None:
        """Goes on after the verdict."""
        self._ask()

    def action_reread(self) -> None:
        """Opens the section behind the question; esc comes back."""
        from .lesson import LessonScreen

        if self._answered is not None:
            self.app.push_screen(LessonScreen(self._lesson_id, self._answered[0].reread, is_visit=True))

    def action_retry(self) -> None:
        """Asks the missed questions again, in a new sitting."""
        self._begin(tuple(one.id for one in self._current.missed))

    def action_lab(self) -> None:
        """Goes on to the lab."""
        host(self).go("lab", self._lesson_id)
