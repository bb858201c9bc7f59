"""The module test at a glance: what is answered, open and flagged; from here it is handed in."""

from typing import ClassVar

from rich.table import Table
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from synthqc.learner.moduletest import ModuleTest

from ..widgets.choices import Choices
from ..widgets.hints import Hints

HAND_IN = -1
"""The answer that hands the test in; any other is the index of a question to go to."""


class OverviewScreen(ModalScreen[int | None]):
    """All questions of a test with their state."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hand_in", "hand in", id="overview.hand-in"),
        Binding("escape,q,o", "close", "back", key_display="esc", id="overview.close"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
    ]

    def __init__(self, test: ModuleTest, number: int) -> None:
        super().__init__()
        self._test = test
        self._number = number
        self._is_asked = False

    def compose(self) -> ComposeResult:
        """What is said before handing in, above the list, so that a long list never hides it."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = "Overview"
            yield Static(id="said", markup=False)
            yield Choices(id="questions", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Lists the questions, the one on the screen under the cursor."""
        listing = self.query_one(OptionList)
        for number, question in enumerate(self._test.questions):
            listing.add_option(Option(self._line(number, question.stem)))
        listing.highlighted = self._number
        listing.focus()
        done = len(self._test.questions) - len(self._test.unanswered)
        self._say(f"{done} of {len(self._test.questions)} answered. Enter goes to a question, h hands the test in.")

    def _line(self, number: int, stem: str) -> Table:
        question = self._test.questions[number]
        line = Table.grid(padding=(0, 1, 0, 0), expand=True)
        line.add_column(width=2, justify="right")
        line.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        line.add_column(width=18, no_wrap=True)
        state = "● answered" if question.id in self._test.sitting.answers else "○ open"
        flag = " ⚑ flag" if question.id in self._test.flagged else ""
        line.add_row(str(number + 1), " ".join(stem.split()), state + flag)
        return line

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(words)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_hand_in(self) -> None:
        """Hands the test in; where something is open or flagged it asks once."""
        missing = []
        if self._test.unanswered:
            missing.append(f"without an answer: {_numbers(self._test.unanswered)}")
        if self._test.marked:
            missing.append(f"flagged: {_numbers(self._test.marked)}")
        if missing and not self._is_asked:
            self._is_asked = True
            self._say(f"Still {'; '.join(missing)}. Press h once more to hand in all the same, or esc to go back.")
        else:
            self.dismiss(HAND_IN)

    def action_close(self) -> None:
        """Goes back to the question."""
        self.dismiss(None)


def _numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
