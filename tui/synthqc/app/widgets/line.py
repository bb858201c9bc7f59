"""A line to type in, from which up and down go to what stands around it."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class Line(Input):
    """An input whose screen says what up and down do: `action_above` and `action_below`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.above", "move", key_display="↑↓", id="line.above"),
        Binding("down", "screen.below", "move", key_display="↑↓", id="line.below"),
        Binding("enter", "submit", "take it", key_display="enter", id="line.submit"),
    ]
