"""A class as it goes: who is where, who is stuck, what is hard; it looks again by itself."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from synthqc.assistant.record import open_topics_of
from synthqc.errors import SynthQCError
from synthqc.learner.classroom import Classroom, Pupil, classroom_of
from synthqc.learner.events import Event
from synthqc.learner.gathering import Gathering
from synthqc.learner.roll import pupil_head, pupil_line, summary_of

from ..host import host
from ..widgets.choices import Choices
from ..widgets.hints import Hints
from ..widgets.prose import Prose

PAUSE = 2.0
"""Seconds between two looks; one at thirty learners takes 15 ms where little is new."""


@dataclass(frozen=True, slots=True)
class _Order:
    words: str
    key: Callable[[Pupil], tuple[object, ...]]


_ORDERS = (
    _Order("by name", lambda one: (one.name,)),
    _Order("stuck first", lambda one: (one.is_away, not one.stuck, one.name)),
    _Order("longest idle first", lambda one: (-one.idle, one.name)),
    _Order("fewest parts done first", lambda one: (one.done, one.name)),
)


class ClassScreen(Screen[None]):
    """The learners, one a line; and behind a key what the whole class finds hard."""

    HELP = (
        "This is your class, read anew every two seconds. ! marks who is stuck: a question wrong twice, or a lab "
        "without an exchange that counts. Enter shows a learner's answers and notebook; v shows what is hard for all."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "view", "learners / what is hard", key_display="v", id="class.view"),
        Binding("o", "order", "order", id="class.order"),
        Binding("q", "app.quit", "quit", id="class.leave"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
    ]

    def __init__(self, place: Path | str, *, pause: float = PAUSE) -> None:
        """Shows a class.

        Args:
            place: A store, an exported file, a directory with them, or the address of a server.
            pause: Seconds between two looks.
        """
        super().__init__()
        self._gathering = Gathering(place)
        self._learners: Mapping[str, Sequence[Event]] = {}
        self._room: Classroom | None = None
        self._order = _ORDERS[0]
        self._shown: list[Pupil] = []
        self._pause = pause

    def compose(self) -> ComposeResult:
        """Summary, learners, what the marked one is stuck on; and the other view."""
        yield Static(id="heading", markup=False)
        yield Static(id="head", markup=False)
        yield Choices(id="pupils", markup=False)
        yield Static(id="stuck", markup=False)
        yield Prose(id="hard")
        yield Hints()

    def on_mount(self) -> None:
        """Looks for the first time, and from now on every few seconds."""
        self.query_one("#heading", Static).update("Looking …")
        self.query_one(Prose).display = False
        self.query_one(Choices).focus()
        self.set_interval(self._pause, self._look)
        self._look()

    def on_resize(self) -> None:
        """More or less of each line fits."""
        self.call_after_refresh(self._show)

    # Not exclusive: cutting a look off would leave its thread behind; the group has one at a time by this flag.
    _is_looking = False

    @work(group="class", exit_on_error=False)
    async def _look(self) -> None:
        if self._is_looking:
            return
        self._is_looking = True
        try:
            self._learners, room = await asyncio.to_thread(self._read)
        except SynthQCError as error:
            self._say(f"not read since {self._room.at.astimezone():%H:%M:%S}" if self._room else "not read")
            self.query_one("#stuck", Static).update(str(error))
        else:
            self._room = room
            self._show()
        finally:
            self._is_looking = False

    def _read(self) -> tuple[Mapping[str, Sequence[Event]], Classroom]:
        learners = self._gathering.look()
        return learners, classroom_of(host(self).course, learners, datetime.now(UTC), open_topics_of)

    def _say(self, words: str) -> None:
        self.query_one("#heading", Static).update(Content.assemble(("Class", "bold"), f"   {words}"), layout=False)

    def _show(self) -> None:
        room = self._room
        if room is None:
            return
        problems = len(self._gathering.problems)
        left_out = f", {problems} file{'' if problems == 1 else 's'} left out" if problems else ""
        self._say(f"{summary_of(room)}{left_out}   {room.at.astimezone():%H:%M:%S}")
        marked = self._marked.name if self._marked else ""
        self._shown = sorted(room.pupils, key=self._order.key)
        self.query_one("#head", Static).update("  " + pupil_head(room))
        listing = self.query_one(OptionList)
        # Less the mark and the bar at the right of a long list; the list itself has no width while it is hidden.
        columns = max(1, self.size.width - 4)
        lines = [Text(f"{'!' if one.stuck else ' '} {pupil_line(one, columns)}") for one in self._shown]
        if listing.option_count == len(lines):
            for number, line in enumerate(lines):
                listing.replace_option_prompt_at_index(number, line)
        else:
            listing.clear_options()
            listing.add_options(Option(line) for line in lines)
        names = [one.name for one in self._shown]
        if names:
            listing.highlighted = names.index(marked) if marked in names else 0
        self._show_stuck()
        prose = self.query_one(Prose)
        if prose.display:
            prose.redraw()

    @property
    def _marked(self) -> Pupil | None:
        number = self.query_one(OptionList).highlighted
        return self._shown[number] if number is not None and number < len(self._shown) else None

    @on(OptionList.OptionHighlighted)
    def _show_stuck(self) -> None:
        one = self._marked
        words = f"! {one.name}: {'; '.join(one.stuck)}" if one and one.stuck else f"Order: {self._order.words}"
        self.query_one("#stuck", Static).update(words)

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        from .pupil import PupilScreen

        if one := self._marked:
            self.app.push_screen(PupilScreen(one, self._learners[one.name]))

    def action_order(self) -> None:
        """Puts the learners in the next order."""
        self._order = _ORDERS[(_ORDERS.index(self._order) + 1) % len(_ORDERS)]
        self._show()

    def action_view(self) -> None:
        """Shows what is hard for the class, or the learners again."""
        prose, listing = self.query_one(Prose), self.query_one(OptionList)
        prose.display = not prose.display
        for name in ("#head", "#pupils", "#stuck"):
            self.query_one(name).display = not prose.display
        if prose.display:
            prose.show(lambda _width: list(self._hard()))
            prose.focus()
        else:
            listing.focus()

    def _hard(self) -> Iterator[RenderableType]:
        room = self._room
        if room is None or not (room.hardest or room.ideas or room.open_topics):
            yield Text("Nothing is hard so far: no wrong answer, no wrong idea, no topic of a lab left open.")
            return
        if room.hardest:
            yield Text("Hardest questions, by first answers", style="bold")
        for question in room.hardest:
            yield Text(f"\n{question.question}  {question.wrong} of {question.answered} wrong  {question.stem}")
            yield from (Text(f"   {n}x {text}") for text, n in question.chosen)
        if room.ideas:
            yield Text("\nWrong ideas, by how many learners met them", style="bold")
            yield from (Text(f"{one.learners:3}  “{one.idea}”") for one in room.ideas)
        if room.open_topics:
            yield Text("\nOpen in the labs, of those who began", style="bold")
            yield from (Text(f"{one.open_for} of {one.begun}  {one.lab}: {one.topic}") for one in room.open_topics)
