"""The settings of a tool: all its parameters, one of them chosen, and a line to type its value in."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from synthqc.cleaning import clean
from synthqc.errors import UsageError
from synthqc.tools.reading import Argument, argument_shown
from synthqc.tools.tool import Parameter, Tool, allowed_values, arguments_for

from ..host import host
from ..steps import stepped


class ValueInput(Input):
    """A line to type a value in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "take it", key_display="enter", id="value.submit"),
        Binding("escape", "cancel", "leave it", key_display="esc", id="value.close"),
    ]

    class Cancelled(Message):
        """The value stays as it is."""

    def action_cancel(self) -> None:
        """Leaves the value as it is."""
        self.post_message(self.Cancelled())


class Settings(Vertical):
    """One line or two with all parameters and their values, and a line about the chosen one."""

    DEFAULT_CSS = """
    Settings { height: auto; }
    Settings Static { height: auto; }
    Settings ValueInput { display: none; height: 1; border: none; padding: 0; }
    Settings.-typing ValueInput { display: block; }
    """

    @dataclass
    class ArgumentSet(Message):
        """The learner gave a parameter another value."""

        name: str
        value: Argument

    class Typed(Message):
        """The learner has finished typing a value."""

    def __init__(self, tool: Tool, arguments: dict[str, Argument], fields: tuple[str, ...]) -> None:
        super().__init__(id="settings")
        self._tool = tool
        self._arguments = arguments
        self._fields = fields
        self._number = 0

    def compose(self) -> ComposeResult:
        """The values, the line to type in, what is allowed."""
        yield Static(id="values", markup=False)
        yield ValueInput(compact=True, select_on_focus=True)
        yield Static(id="allowed", markup=False)

    def on_mount(self) -> None:
        """Shows the values."""
        self.display = bool(self._offered)
        self._show()

    @property
    def _offered(self) -> tuple[Parameter, ...]:
        """What a guest of this machine cannot set, such as the running of code, is not shown either."""
        return tuple(one for one in self._tool.parameters if not (one.for_people and host(self).is_guest))

    @property
    def chosen(self) -> Parameter | None:
        """The chosen parameter; none where the tool has none."""
        return self._offered[self._number] if self._offered else None

    def choose(self, by: int) -> None:
        """Chooses the next parameter or the one before."""
        if self._offered:
            self._number = (self._number + by) % len(self._offered)
            self._end_typing()
            self._show()

    def step(self, by: int) -> None:
        """Sets the chosen parameter to its next value."""
        if (one := self.chosen) is not None:
            self._set(one, stepped(one, self._arguments[one.name], by, self._fields))

    def reset(self) -> None:
        """Sets the chosen parameter to its default."""
        if (one := self.chosen) is not None:
            self._set(one, one.default)

    def type(self) -> None:
        """Opens the line to type a value in; what has only a few values goes to the next one."""
        one = self.chosen
        if one is None:
            return
        if one.kind in ("choice", "yes-no"):
            self.step(1)
            return
        box = self.query_one(ValueInput)
        value = self._arguments[one.name]
        box.value = argument_shown(value) if value != "" else ""
        self.add_class("-typing")
        box.focus()

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        one = self.chosen
        if one is None:
            return
        try:
            value = arguments_for(self._tool, {one.name: clean(event.value).strip()})[one.name]
        except UsageError as error:
            self.query_one("#allowed", Static).update(str(error))
            return
        self._set(one, value)
        self._end_typing()

    @on(ValueInput.Cancelled)
    def _leave(self, event: ValueInput.Cancelled) -> None:
        event.stop()
        self._end_typing()
        self._show()

    def _end_typing(self) -> None:
        if self.has_class("-typing"):
            self.remove_class("-typing")
            self.post_message(self.Typed())

    def _set(self, parameter: Parameter, value: Argument) -> None:
        if value != self._arguments[parameter.name]:
            self._arguments[parameter.name] = value
            self.post_message(self.ArgumentSet(parameter.name, value))
        self._show()

    def _show(self) -> None:
        one = self.chosen
        if one is None:
            return
        parts = []
        for parameter in self._offered:
            words = f"{parameter.name}={argument_shown(self._arguments[parameter.name])}"
            parts.append(Content.styled(f"[{words}]", "bold reverse") if parameter is one else Content(f" {words} "))
        self.query_one("#values", Static).update(Content(" ").join(parts))
        allowed = f"{one.help}; {allowed_values(one)}; default {argument_shown(one.default)}"
        self.query_one("#allowed", Static).update(f"{one.name}: {allowed}")
