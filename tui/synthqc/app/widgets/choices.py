"""A list to choose from, with its keys named for the hints."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList


class Choices(OptionList):
    """An option list that takes plain text, moves by j and k too, and says that Enter chooses."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "choose", key_display="enter", id="list.select"),
        Binding("j", "cursor_down", "move", show=False, id="list.down"),
        Binding("k", "cursor_up", "move", show=False, id="list.up"),
        Binding("up", "cursor_up", "move", key_display="↑↓", id="list.up"),
        Binding("down", "cursor_down", "move", key_display="↑↓", id="list.down"),
    ]
