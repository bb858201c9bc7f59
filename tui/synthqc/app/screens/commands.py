"""All that can be done now, to choose from by typing a part of its name: the way for keys that a terminal keeps."""

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from ..widgets.choices import Choices
from ..widgets.hints import Hints
from ..widgets.line import Line
from .keys import Command, commands_of


class CommandsScreen(ModalScreen[Command | None]):
    """A line to type in and the commands of the screen beneath; the answer is the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f9", "dismiss", "close", key_display="esc", id="commands.close"),
    ]

    def __init__(self, beneath: Screen[object]) -> None:
        super().__init__()
        self._commands = [one for one in commands_of(beneath) if one.is_enabled and not _is_movement(one)]
        self._shown = self._commands

    def compose(self) -> ComposeResult:
        """Query and commands."""
        with Vertical(id="dialog"):
            yield Line(placeholder="a part of what you want to do", id="query")
            yield Choices(id="commands", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Shows all of them."""
        self.query_one("#dialog").border_title = "Commands"
        self.query_one(Choices).can_focus = False
        self._show()
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        words = event.value.lower().split()
        self._shown = [one for one in self._commands if all(word in one.words.lower() for word in words)]
        self._show()

    def _show(self) -> None:
        listing = self.query_one(Choices)
        listing.clear_options()
        listing.add_options([Option(_line(one)) for one in self._shown] or [Option("Nothing is called so here.")])
        listing.highlighted = 0 if self._shown else None

    def action_above(self) -> None:
        """Marks the command before, while one types."""
        self._move(-1)

    def action_below(self) -> None:
        """Marks the next command."""
        self._move(1)

    def _move(self, by: int) -> None:
        listing = self.query_one(Choices)
        if self._shown:
            listing.highlighted = ((listing.highlighted or 0) + by) % len(self._shown)

    @on(Input.Submitted)
    def _take_marked(self) -> None:
        marked = self.query_one(Choices).highlighted
        if marked is not None:
            self.dismiss(self._shown[marked])

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        if self._shown:
            self.dismiss(self._shown[event.option_index])


def _is_movement(command: Command) -> bool:
    """Does it move in a list or text? Nobody would look for that by name."""
    return command.id.startswith(("list.", "text.", "line."))


def _line(command: Command) -> Table:
    line = Table.grid(padding=(0, 2, 0, 0), expand=True)
    line.add_column(ratio=1)
    line.add_column(width=24, no_wrap=True)
    line.add_row(Text(command.words), Text(command.keys))
    return line
