"""What is behind a reading: all its numbers, its basis, its caveats, and the lines it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from synthqc.tools.catalogue import TOOLS
from synthqc.tools.reading import Argument, Reading
from synthqc.tools.tool import Parameter, allowed_values

from ..widgets.hints import Hints
from ..widgets.prose import Prose


@dataclass(frozen=True, slots=True)
class ReadingAnswer:
    """What the learner wants done with the reading."""

    tool: str
    """The tool."""
    argument: tuple[str, Argument] | None = None
    """A parameter and its new value, to measure again."""
    is_sent: bool = False
    """Should it be sent to the assistant?"""


class ReadingScreen(ModalScreen[ReadingAnswer | None]):
    """One reading in full; left and right step its first parameter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "close", "close", key_display="esc"),
        Binding("s", "send", "send to tutor"),
        Binding("left", "step(-1)", "less", key_display="←"),
        Binding("right", "step(1)", "more", key_display="→"),
    ]

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self._reading = reading
        self._tool = TOOLS[reading.tool]

    def compose(self) -> ComposeResult:
        """One column of text."""
        yield Prose(id="dialog")
        yield Hints()

    def on_mount(self) -> None:
        """Shows the reading."""
        prose = self.query_one(Prose)
        prose.border_title = self._tool.title
        prose.show(lambda _width: list(self._rendered()))
        prose.focus()

    @property
    def _parameter(self) -> Parameter | None:
        return self._tool.parameters[0] if self._tool.parameters else None

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """A tool without parameters has nothing to step."""
        return action != "step" or self._parameter is not None

    def _rendered(self) -> Iterator[RenderableType]:
        reading = self._reading
        yield Text(self._tool.help)
        if self._parameter is not None:
            settings = ", ".join(f"{name} {value}" for name, value in reading.arguments.items())
            yield Text(f"measured with {settings}", style="italic")
            yield Text(f"← → change {self._parameter.name}: {allowed_values(self._parameter)}", style="italic")
        yield Text("")
        table = Table.grid(padding=(0, 2))
        table.add_column(justify="right", style="bold")
        table.add_column()
        for quantity in reading.quantities:
            table.add_row(quantity.shown(), quantity.label)
        if reading.reference is not None:
            table.add_row(
                f"{reading.reference.value:.3f}", f"{reading.quantities[0].label} of {reading.reference.label}"
            )
        yield table
        basis = reading.basis
        measured = f"Measured on {basis.records:,} lines, {basis.tokens:,} words. " if basis.records else ""
        yield Text(f"\n{measured}Rule: {basis.rule}.")
        if reading.seed is not None:
            yield Text(f"Seed {reading.seed}.")
        for caveat in reading.caveats:
            yield Text(f"Note: {caveat}.")
        yield Text("")
        yield from self._evidence()
        if reading.source:
            yield Text(f"Source: {reading.source}", style="italic")

    def _evidence(self) -> Iterator[RenderableType]:
        if not self._reading.evidence:
            yield Text("No line stands out.\n")
            return
        yield Text("The lines behind it", style="bold")
        for row in self._reading.evidence:
            places = ", ".join(map(str, row.lines))
            more = ", …" if len(row.lines) >= 20 else ""
            yield Text(f"{row.count:.3g} {row.unit}: {row.text[:300]}")
            yield Padding(Text(f"in line {places}{more}", style="italic"), (0, 0, 0, 4))
        yield Text("")

    def action_close(self) -> None:
        """Closes."""
        self.dismiss(None)

    def action_send(self) -> None:
        """Sends the reading to the assistant."""
        self.dismiss(ReadingAnswer(self._tool.name, is_sent=True))

    def action_step(self, by: int) -> None:
        """Measures again with the next value of the first parameter."""
        parameter = self._parameter
        if parameter is None:
            return
        value = stepped(parameter, self._reading.arguments[parameter.name], by)
        if value != self._reading.arguments[parameter.name]:
            self.dismiss(ReadingAnswer(self._tool.name, (parameter.name, value)))


def stepped(parameter: Parameter, value: Argument, by: int) -> Argument:
    """The next value of a parameter in its range: whole numbers by 1, numbers by 0.05, choices in turn."""
    if parameter.kind == "yes-no":
        return not value
    if parameter.kind in ("field", "text"):
        return value
    if parameter.kind == "choice":
        choices = parameter.choices
        return choices[(choices.index(str(value)) + by) % len(choices)]
    step = 1 if parameter.kind == "integer" else 0.05
    number = round(float(value) + by * step, 10)
    low = parameter.minimum if parameter.minimum is not None else number
    high = parameter.maximum if parameter.maximum is not None else number
    number = min(max(number, low), high)
    return int(number) if parameter.kind == "integer" else number
