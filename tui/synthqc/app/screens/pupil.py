"""One learner of a class: where they stand, their answers, and their notebook."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import ClassVar

from rich.console import RenderableType
from rich.markdown import Markdown
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from synthqc.learner.classroom import Pupil, answers_of
from synthqc.learner.coursebook import coursebook_as_markdown
from synthqc.learner.events import Event
from synthqc.learner.roll import idle_words

from ..host import host
from ..widgets.hints import Hints
from ..widgets.prose import Prose


class PupilScreen(ModalScreen[None]):
    """What a learner did up to now; their answers first, newest on top."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "view", "answers / notebook", id="pupil.view"),
        Binding("escape,q,enter", "dismiss", "class", key_display="esc", id="pupil.close"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
    ]

    def __init__(self, pupil: Pupil, events: Sequence[Event]) -> None:
        super().__init__()
        self._pupil = pupil
        self._events = events
        self._has_notebook = False

    def compose(self) -> ComposeResult:
        """One column of text."""
        yield Prose(id="dialog")
        yield Hints()

    def on_mount(self) -> None:
        """Shows the answers."""
        self._show()
        self.query_one(Prose).focus()

    def _show(self) -> None:
        prose = self.query_one(Prose)
        prose.border_title = f"{self._pupil.name}: {'notebook' if self._has_notebook else 'answers'}"
        make = self._notebook if self._has_notebook else self._answers
        prose.show(lambda _width: list(make()))

    def action_view(self) -> None:
        """Shows the notebook, or the answers again."""
        self._has_notebook = not self._has_notebook
        self._show()

    def _answers(self) -> Iterator[RenderableType]:
        one = self._pupil
        yield Text(f"{one.where}   {one.done} of {one.of} parts done   idle: {idle_words(one.idle)}")
        yield from (Text(f"! {words}") for words in one.stuck)
        titles = {host(self).course.lab(e.id).id: e for e in host(self).course.module.lessons if e.lab}
        for lab, topics in one.open_topics.items():
            if topics and lab in titles:
                yield Text(f"Open in lab {titles[lab].id.removeprefix('L')}: {', '.join(topics)}")
        answers = answers_of(host(self).course, self._events)
        if not answers:
            yield Text("\nNo answers yet.")
        for answer in reversed(answers):
            sign, word = ("✓", "right") if answer.is_right else ("✗", "wrong")
            when = f"{answer.at.astimezone():%Y-%m-%d %H:%M}"
            stem = " ".join(answer.question.stem.split())
            yield Text(f"\n{sign} {answer.question.id} {word}  {when}", style="bold")
            yield Text(stem)
            yield Text(f"→ {answer.option}")

    def _notebook(self) -> Iterator[RenderableType]:
        # Links of a notebook are text here: what a learner wrote opens nothing.
        text = coursebook_as_markdown(host(self).course, self._events, datetime.now(UTC))
        yield Markdown(text, hyperlinks=False)
