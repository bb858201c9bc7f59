"""Review: one card at a time, turned over and graded."""

from datetime import UTC, datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from synthqc.learner.events import CardReviewed, ReviewUndone
from synthqc.learner.review import GRADES, Card, deck_of, due_after, end_in_words, grades_in_words

from ..host import host
from ..widgets.hints import Hints


class ReviewScreen(Screen[None]):
    """The cards that are due, until none is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "turn", "turn the card", key_display="space", id="review.turn"),
        *[
            Binding(str(grade), f"grade({grade})", word, show=False, id=f"review.grade-{grade}")
            for grade, word in GRADES.items()
        ],
        Binding("u", "undo", "undo", id="review.undo"),
        Binding("g", "reread", "reread", id="review.reread"),
        Binding("escape,q", "dismiss", "map", key_display="esc", id="review.close"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._card: Card | None = None
        self._is_turned = False
        self._done: list[str] = []

    def compose(self) -> ComposeResult:
        """Heading, the card, the grades."""
        yield Static(id="heading", markup=False)
        with VerticalScroll(id="card"):
            yield Static(id="front", markup=False)
            yield Static(id="back", markup=False)
        yield Static(id="grades", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Shows the first card."""
        self.query_one("#card").focus()
        self._show_next()

    def _show_next(self) -> None:
        now = datetime.now(UTC)
        self._deck = deck_of(host(self).course, host(self).store.events(), now)
        self._card = self._deck.due[0] if self._deck.due else None
        self._is_turned = False
        left = len(self._deck.due)
        remark = f"{left} card{'s' if left != 1 else ''} to go" if left else "done"
        self.query_one("#heading", Static).update(Content.assemble(("Review", "bold"), f"   {remark}"), layout=False)
        front = self._card.front if self._card else end_in_words(self._deck, len(self._done), now)
        self.query_one("#front", Static).update(front)
        self.query_one("#back", Static).update("")
        self.query_one("#grades", Static).update("Say it to yourself, then press space." if self._card else "")
        self.refresh_bindings()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """A card is turned before it is graded."""
        if action == "turn":
            return self._card is not None and not self._is_turned
        if action in ("grade", "reread"):
            return self._is_turned
        if action == "undo":
            return bool(self._done)
        return True

    def action_turn(self) -> None:
        """Shows the back and what each grade would mean."""
        if self._card is None:
            return
        self._is_turned = True
        self.query_one("#back", Static).update(self._card.back)
        words = grades_in_words(self._deck.history.get(self._card.id, ()), datetime.now(UTC))
        lines = ["   ".join(words[:2]), "   ".join(words[2:])]
        self.query_one("#grades", Static).update("\n".join(lines))
        self.refresh_bindings()

    def action_grade(self, grade: int) -> None:
        """Stores the grade and goes on."""
        if self._card is None:
            return
        due = due_after(self._deck.history.get(self._card.id, ()), datetime.now(UTC))[grade]
        host(self).record(CardReviewed(self._card.id, grade, due.isoformat()))
        self._done.append(self._card.id)
        self._show_next()

    def action_undo(self) -> None:
        """Takes the last grade back; its card comes again."""
        host(self).record(ReviewUndone(self._done.pop()))
        self._show_next()

    def action_reread(self) -> None:
        """Opens the lesson behind the card; esc comes back."""
        from .lesson import LessonScreen

        if self._card is not None:
            self.app.push_screen(LessonScreen(self._card.lesson, self._card.section, is_visit=True))
