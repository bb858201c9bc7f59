"""What is behind a reading: all its numbers, its plots, its basis, its caveats, and the lines it rests on."""

from collections.abc import Iterator
from typing import ClassVar

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from synthqc.tools.catalogue import TOOLS
from synthqc.tools.reading import Reading, argument_shown

from ..host import host
from ..widgets.entry import Entry
from ..widgets.hints import Hints
from ..widgets.plots.panel import panels
from ..widgets.prose import Prose, theme_style
from ..widgets.settings import Settings
from ..widgets.workbench import Workbench

_PLACES = 12
"""Numbers of lines that are named behind a row; more take a second line of the screen and say no more."""


class ReadingScreen(ModalScreen[bool]):
    """One reading in full, and every setting of its tool; the answer is whether it should be sent to the assistant.

    Up and down scroll the text, tab chooses a setting, left and right change it: the workbench measures beneath, and
    new numbers take the place of the old ones.
    """

    HELP = (
        "This is one reading in full: its numbers with their size, what limits them, and the lines behind them. "
        "The settings of its tool stand above; a change measures again."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "choose(1)", "setting", key_display="tab", id="reading.setting"),
        Binding("shift+tab", "choose(-1)", "setting before", show=False, id="reading.setting-before"),
        Binding("left", "step(-1)", "change", key_display="←→", id="reading.less"),
        Binding("right", "step(1)", "change", key_display="←→", id="reading.more"),
        Binding("enter", "type", "type", key_display="enter", id="reading.type"),
        Binding("d", "reset", "default", id="reading.reset"),
        Binding("space", "page", "scroll", key_display="↑↓", id="reading.page"),
        Binding("f5", "measure", "measure / stop", key_display="F5", show=False, id="reading.measure"),
        Binding("s", "send", "send", id="reading.send"),
        Binding("escape,q", "close", "close", key_display="esc", id="reading.close"),
        Binding("f1,question_mark", "app.keys", "help", key_display="F1", show=False, id="app.help"),
    ]

    def __init__(self, entry: Entry, bench: Workbench) -> None:
        super().__init__()
        self._tool = TOOLS[entry.tool]
        self._entry = entry
        self._bench = bench

    def compose(self) -> ComposeResult:
        """Settings above, text below."""
        with Vertical(id="dialog"):
            yield Settings(self._tool, self._bench.arguments(self._tool.name), self._bench.fields)
            yield Prose(id="reading")
        yield Hints()

    def on_mount(self) -> None:
        """Shows the reading."""
        self.query_one("#dialog").border_title = self._tool.title
        self.query_one(Prose).show(lambda width: list(self._rendered(width)))
        self._show_text()
        self._show_state()

    def show(self, entry: Entry) -> None:
        """Shows how the tool stands now; the reader stays where they are in the text."""
        if entry.tool != self._tool.name:
            return
        is_other = entry.outcome != self._entry.outcome
        self._entry = entry
        self._show_state()
        if is_other:
            self.query_one(Prose).redraw()
            self.refresh_bindings()

    def _show_state(self) -> None:
        entry = self._entry
        state = {"measuring": f"{entry.step} · F5 stops", "old": "stopped: these numbers are older · F5 measures"}
        self.query_one("#dialog").border_subtitle = state.get(entry.state, "")

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """A tool without parameters has nothing to set, and one without a reading nothing to talk about."""
        if action in ("choose", "step", "type", "reset"):
            return bool(self._tool.parameters)
        return action != "send" or isinstance(self._entry.outcome, Reading)

    def _rendered(self, width: int) -> Iterator[RenderableType]:
        yield Text(self._tool.help)
        reading = self._entry.outcome
        if not isinstance(reading, Reading):
            yield Text(f"\n{reading or ''}")
            return
        if reading.arguments:
            settings = ", ".join(f"{name} {argument_shown(value)}" for name, value in reading.arguments.items())
            yield Text(f"measured with {settings}", style="italic")
        yield Text("")
        yield _numbers(reading)
        yield Text("")
        yield from self._plots(reading, width)
        basis = reading.basis
        measured = f"Measured on {basis.records:,} lines, {basis.tokens:,} words. " if basis.records else ""
        yield Text(f"{measured}Rule: {basis.rule}." if basis.rule else measured)
        if reading.seed is not None:
            yield Text(f"Seed {reading.seed}.")
        for caveat in reading.caveats:
            yield Text(f"Note: {caveat}.")
        yield Text("")
        yield from _evidence(reading)
        if reading.recipe:
            yield Text("To do the same by command, save this to a file", style="bold")
            yield Padding(Text(reading.recipe.rstrip()), (0, 0, 1, 2))
        if reading.source:
            yield Text(f"Source: {reading.source}", style="italic")

    def _plots(self, reading: Reading, width: int) -> Iterator[RenderableType]:
        app = host(self)
        colours = [theme_style(app, name) for name in ("primary", "accent", "success")]
        if plots := panels(reading.series, width, colours, app.glyphs):
            yield from plots
            yield Text("")

    @on(Settings.ArgumentSet)
    def _measure_with(self, event: Settings.ArgumentSet) -> None:
        event.stop()
        self._bench.set_argument(self._tool.name, event.name, event.value)

    @on(Settings.Typed)
    def _show_text(self) -> None:
        self.query_one(Prose).focus()

    def action_choose(self, by: int) -> None:
        """Chooses another setting."""
        self.query_one(Settings).choose(by)

    def action_step(self, by: int) -> None:
        """Changes the chosen setting."""
        self.query_one(Settings).step(by)

    def action_type(self) -> None:
        """Lets the learner type the value of the chosen setting."""
        self.query_one(Settings).type()

    def action_reset(self) -> None:
        """Gives the chosen setting its default."""
        self.query_one(Settings).reset()

    def action_page(self) -> None:
        """A page down."""
        self.query_one(Prose).action_page(1)

    def action_measure(self) -> None:
        """Measures again, or stops measuring."""
        self._bench.measure_or_stop()

    def action_send(self) -> None:
        """Sends the reading to the assistant."""
        self.dismiss(result=True)

    def action_close(self) -> None:
        """Closes."""
        self.dismiss(result=False)


def _numbers(reading: Reading) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="bold")
    table.add_column()
    table.add_column(style="italic")
    for place, quantity in enumerate(reading.quantities):
        table.add_row(quantity.shown(), quantity.label, quantity.scale)
        if place == 0 and reading.reference is not None:
            table.add_row(f"{reading.reference.value:.3f}", f"  of {reading.reference.label}", quantity.scale)
    return table


def _evidence(reading: Reading) -> Iterator[RenderableType]:
    if not reading.evidence:
        return
    yield Text("The lines behind it", style="bold")
    for row in reading.evidence:
        yield Text(f"{row.shown}: {row.text[:300]}")
        if row.lines:
            places = ", ".join(map(str, row.lines[:_PLACES]))
            more = ", …" if len(row.lines) > _PLACES else ""
            word = "line" if len(row.lines) == 1 else "lines"
            yield Padding(Text(f"in {word} {places}{more}", style="italic"), (0, 0, 0, 4))
    yield Text("")
