"""The module test: no tutor, no feedback, answers that change until it is handed in."""

import uuid
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from synthqc.course.quiz import MODULE_TEST, Question, Quiz
from synthqc.learner.events import AnswerGiven, QuestionFlagged, QuestionReached, SittingStarted
from synthqc.learner.moduletest import PASS_PERCENT, ModuleTest, drawn_order, is_passed, module_test_of, needed
from synthqc.learner.progress import SittingRecord

from ..host import host
from ..widgets.choices import Choices
from ..widgets.hints import Hints
from ..widgets.question import LETTERS, option_line
from .overview import HAND_IN, OverviewScreen


class ModuleTestScreen(Screen[None]):
    """One attempt, resumed where it was left; before the first question it says what is ahead."""

    HELP = (
        "This is the module test. Answers can be changed until you hand in, and nothing is said about them before "
        "that. f flags a question to come back to; o shows all of them."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "overview", "overview, hand in", id="test.overview"),
        Binding("f", "flag", "flag", id="test.flag"),
        Binding("n,right", "step(1)", "next", key_display="n", id="test.next"),
        Binding("p,left", "step(-1)", "previous", key_display="p", id="test.previous"),
        Binding("a", "point(0)", "point", key_display="a-d"),
        Binding("enter,space", "begin", "begin", key_display="enter", id="test.begin"),
        Binding("r", "result", "last result", id="test.result"),
        Binding("escape,q", "dismiss", "map", key_display="esc", id="test.leave"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
        *[Binding(LETTERS[number], f"point({number})", show=False) for number in range(1, len(LETTERS))],
    ]

    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._test: ModuleTest | None = None
        self._number = 0

    def compose(self) -> ComposeResult:
        """Heading, question, options."""
        yield Static(id="heading", markup=False)
        yield Static(id="stem", markup=False)
        yield Choices(id="options", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Resumes an open attempt at the question that was on the screen, or says what is ahead."""
        record = host(self).progress.open_sitting(MODULE_TEST)
        test = module_test_of(self._quiz, record) if record else None
        if record and test and test.questions:
            self._test = test
            ids = [one.id for one in test.questions]
            self._show(ids.index(record.reached) if record.reached in ids else 0)
        else:
            self._introduce()

    @property
    def _quiz(self) -> Quiz:
        return host(self).course.quiz(MODULE_TEST)

    @property
    def _current(self) -> ModuleTest:
        assert self._test is not None
        return self._test

    @property
    def _question(self) -> Question:
        return self._current.questions[self._number]

    @property
    def _attempts(self) -> list[SittingRecord]:
        return [one for one in host(self).progress.sittings_of(MODULE_TEST) if one.is_finished]

    def _introduce(self) -> None:
        of = len(self._quiz.questions)
        self._head("not begun")
        lines = [
            f"{of} questions on all lessons; {needed(of)} right answers ({PASS_PERCENT} %) pass.",
            "",
            "No feedback and no tutor until you hand in; until then answers can change.",
            "Each is saved at once: leave at any time, come back to the same question.",
        ]
        if self._attempts:
            lines += ["", "Attempts so far:"]
            lines += [f"{n}. {result_words(one)}" for n, one in enumerate(self._attempts, start=1)]
        lines += ["", "Enter begins."]
        self.query_one("#stem", Static).update("\n".join(lines))
        self.query_one("#options", OptionList).display = False
        self.set_focus(None)
        self.refresh_bindings()

    def _head(self, remark: str) -> None:
        self.query_one("#heading", Static).update(
            Content.assemble(("Module test", "bold"), f"   {remark}"), layout=False
        )

    def action_begin(self) -> None:
        """Begins a new attempt."""
        app = host(self)
        order = drawn_order(self._quiz, app.chance)
        record = SittingRecord(uuid.uuid4().hex, MODULE_TEST, app.chance.randrange(2**31), order)
        app.record(SittingStarted(record.id, record.quiz, record.seed, record.questions))
        self._test = module_test_of(self._quiz, record)
        self._show(0)

    def _show(self, number: int) -> None:
        self._number = number
        question, test = self._question, self._current
        host(self).record(QuestionReached(test.sitting.id, question.id))
        self.query_one("#stem", Static).update(question.stem)
        self._list_options()
        self.refresh_bindings()

    def _list_options(self) -> None:
        test, question = self._current, self._question
        done = len(test.questions) - len(test.unanswered)
        flag = " · ⚑ flagged" if question.id in test.flagged else ""
        self._head(f"question {self._number + 1} of {len(test.questions)} · {done} answered{flag}")
        given = test.sitting.answers.get(question.id)
        listing = self.query_one("#options", OptionList)
        listing.clear_options()
        options = test.sitting.options(question)
        for letter, option in zip(LETTERS, options, strict=False):
            mark = f"{letter} ●" if option.id == given else f"{letter}  "
            listing.add_option(Option(option_line(mark, option.text, is_bold=option.id == given), id=option.id))
        listing.display = True
        listing.highlighted = next((n for n, one in enumerate(options) if one.id == given), None)
        listing.focus()

    @on(OptionList.OptionSelected, "#options")
    def _take_answer(self, event: OptionList.OptionSelected) -> None:
        if self._test is None or event.option_id is None:
            return
        # Stored first: what the screen shows as given must survive whatever comes next.
        host(self).record(AnswerGiven(self._test.sitting.id, self._question.id, event.option_id))
        self._test = self._test.answered(self._question, event.option_id)
        if self._number + 1 < len(self._test.questions):
            self._show(self._number + 1)
        else:
            self._list_options()
            self.action_overview()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Before the first question only beginning makes sense."""
        if action == "begin":
            return self._test is None
        if action == "result":
            return self._test is None and bool(self._attempts)
        if action in ("point", "flag", "overview"):
            return self._test is not None
        if action == "step":
            by = int(str(_parameters[0])) if _parameters else 0
            return self._test is not None and 0 <= self._number + by < len(self._test.questions)
        return True

    def action_point(self, number: int) -> None:
        """Puts the cursor on an option."""
        listing = self.query_one("#options", OptionList)
        if number < listing.option_count:
            listing.highlighted = number

    def action_step(self, by: int) -> None:
        """Goes to the next or the previous question."""
        self._show(self._number + by)

    def action_flag(self) -> None:
        """Flags the question to come back to, or takes the flag away."""
        question = self._question
        self._test = self._current.flag_turned(question)
        is_flagged = question.id in self._test.flagged
        host(self).record(QuestionFlagged(self._test.sitting.id, question.id, is_flagged))
        self._list_options()

    def action_overview(self) -> None:
        """Shows what is answered, open and flagged; from there the test is handed in."""
        self.app.push_screen(OverviewScreen(self._current, self._number), self._go_on)

    def _go_on(self, chosen: int | None) -> None:
        if chosen == HAND_IN:
            self._hand_in()
        elif chosen is not None:
            self._show(chosen)

    def _hand_in(self) -> None:
        for fact in self._current.handed_in():
            host(self).record(fact)
        self._open_result(self._current.sitting.id)

    def action_result(self) -> None:
        """Shows the result of the last attempt."""
        self._open_result(self._attempts[-1].id)

    def _open_result(self, sitting: str) -> None:
        from .result import ResultScreen

        self.app.switch_screen(ResultScreen(sitting))


def result_words(record: SittingRecord) -> str:
    """A finished attempt in words, such as `13 of 15 right, passed`."""
    verdict = "passed" if is_passed(record.right, record.of) else f"not passed, {needed(record.of)} pass"
    return f"{record.right} of {record.of} right, {verdict}"
