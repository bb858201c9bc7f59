"""A question that is answered with yes or no, over another screen."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from ..widgets.hints import Hints
from ..widgets.prose import Prose


class AskScreen(ModalScreen[bool | None]):
    """A question with what it means; the answer is yes, no, or nothing for later."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", id="ask.yes"),
        Binding("n", "answer(False)", "no", id="ask.no"),
        Binding("escape,q", "dismiss", "later", key_display="esc", id="ask.later"),
    ]

    def __init__(self, question: str, meaning: str) -> None:
        super().__init__()
        self._question = question
        self._meaning = meaning

    def compose(self) -> ComposeResult:
        """One column of text."""
        yield Prose(id="dialog")
        yield Hints()

    def on_mount(self) -> None:
        """Shows the question."""
        prose = self.query_one(Prose)
        prose.border_title = "Question"
        prose.show(
            lambda _width: [
                Text(self._question, style="bold"),
                Text(""),
                Text(self._meaning),
                Text(""),
                Text("y yes   n no   esc later"),
            ]
        )
        prose.focus()

    def action_answer(self, answer: bool) -> None:
        """Gives the answer."""
        self.dismiss(answer)
