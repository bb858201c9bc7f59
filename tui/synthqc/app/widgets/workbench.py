"""The workbench of a lab: a text, and what the mini-tools measure of it while it changes."""

from collections.abc import Mapping
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, WorkerState

from synthqc.errors import SynthQCError
from synthqc.tools.reading import Argument, Reading
from synthqc.tools.sample import Sample
from synthqc.tools.tool import Stopped, Watch

from ..host import host
from .choices import Choices
from .sample_box import MOST_KEPT, SampleBox

PAUSE = 0.04
"""Seconds without a key after which the text is measured."""

KEEP_PAUSE = 0.3
"""Seconds without a key after which the text is stored."""

Outcome = Reading | str
"""What a tool gave: a reading, or in one sentence why there is none."""


class Readings(Choices):
    """One entry per tool."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "lines behind it", key_display="enter"),
        Binding("s", "send_reading", "send to tutor"),
    ]

    class Sent(Message):
        """The learner wants to talk about a reading."""

        def __init__(self, tool: str) -> None:
            super().__init__()
            self.tool = tool

    def action_send_reading(self) -> None:
        """Sends the reading under the cursor to the assistant."""
        if self.highlighted is not None and (tool := self.get_option_at_index(self.highlighted).id):
            self.post_message(self.Sent(tool))


class Workbench(Vertical):
    """Text above, readings below. The newest text wins: a run on an older text stops at its next step."""

    class TextKept(Message):
        """The text has settled and should be stored."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Opened(Message):
        """The learner wants to see what is behind a reading."""

        def __init__(self, tool: str, outcome: Outcome) -> None:
            super().__init__()
            self.tool = tool
            self.outcome = outcome

    class Measured(Message):
        """A tool has finished, or made a step."""

        def __init__(
            self, version: int, tool: str, outcome: Outcome | None, done: int = 0, of: int = 0, *, is_last: bool = False
        ) -> None:
            super().__init__()
            self.version = version
            self.tool = tool
            self.outcome = outcome
            self.done = done
            self.of = of
            self.is_last = is_last

    def __init__(self, tools: tuple[str, ...], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._tools = tools
        self._box = SampleBox(id="sample")
        self._source = "pasted text"
        self._field = ""
        self._version = 0
        self._measuring = 0
        self._is_stopped = False
        self._to_open = ""
        self._outcomes: dict[str, Outcome] = {}
        self._settings: dict[str, dict[str, Argument]] = {}
        self._pause: Timer | None = None
        self._keep: Timer | None = None

    def compose(self) -> ComposeResult:
        """Basis, text, readings."""
        yield Static(id="basis", markup=False)
        yield self._box
        yield Readings(id="readings", markup=False)

    def on_mount(self) -> None:
        """Says what to do with an empty workbench."""
        self._show()

    @property
    def text(self) -> str:
        """The text to measure."""
        return self._box.sample

    @property
    def readings(self) -> dict[str, Reading] | None:
        """The readings of the present text, or None while they are being taken."""
        if self._measuring or self._pause is not None or self._is_stopped:
            return None
        return {name: outcome for name, outcome in self._outcomes.items() if isinstance(outcome, Reading)}

    def put(self, text: str, name: str = "pasted text", field: str = "") -> None:
        """Puts another text on the workbench and measures it.

        Args:
            text: The text, cleaned.
            name: Where it comes from.
            field: Field of a JSON row that holds the text.
        """
        self._source, self._field = name, field
        self._box.put(text)
        self._changed()

    def set_argument(self, tool: str, name: str, value: Argument) -> None:
        """Sets a parameter of a tool, measures again and opens the new reading."""
        self._to_open = tool
        self._settings.setdefault(tool, {})[name] = value
        self._changed()

    def measure_or_stop(self) -> None:
        """Stops a run that is on; else measures again."""
        if self._measuring:
            self._is_stopped = True
            self._version += 1
            self._show()
        else:
            self._changed()

    @on(SampleBox.Edited)
    def _take_edit(self, event: SampleBox.Edited) -> None:
        event.stop()
        if event.is_pasted:
            self._source, self._field = "pasted text", ""
        self._changed()
        if self._keep is not None:
            self._keep.stop()
        if event.is_pasted:
            self.post_message(self.TextKept(event.text))
        else:
            self._keep = self.set_timer(KEEP_PAUSE, lambda: self.post_message(self.TextKept(self.text)))

    @on(SampleBox.CutOff)
    def _say_cut_off(self, event: SampleBox.CutOff) -> None:
        event.stop()
        self.notify(
            f"{event.characters:,} characters were pasted; the first {MOST_KEPT:,} are kept. "
            "For a whole file use: synthqc measure FILE",
            severity="warning",
            markup=False,
            timeout=10,
        )

    def _changed(self) -> None:
        self._version += 1
        self._is_stopped = False
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._start)

    def _start(self) -> None:
        self._pause = None
        if self._measuring:
            # The run that is on sees that its text is old and ends; the end starts the next.
            return
        if not self.text.strip():
            self._outcomes = {}
            self._show()
            return
        self._measuring = self._version
        self._show()
        settings = {tool: dict(self._settings.get(tool, {})) for tool in self._tools}
        self._measure(self._version, self.text, self._source, self._field, settings)

    @work(thread=True, group="measure", exit_on_error=False)
    def _measure(
        self, version: int, text: str, name: str, field: str, settings: Mapping[str, Mapping[str, Argument]]
    ) -> None:
        from synthqc.tools.sample import SampleError, sample_of_text

        current = ""

        def watch(done: int, of: int, /) -> None:
            if version != self._version:
                raise Stopped
            self.post_message(self.Measured(version, current, None, done, of))

        try:
            sample = sample_of_text(text, name, field=field)
            for tool in self._tools:
                current = tool
                watch(0, 0)
                self.post_message(self.Measured(version, tool, _outcome(tool, sample, settings[tool], watch)))
        except Stopped:
            pass
        except SampleError as error:
            for tool in self._tools:
                self.post_message(self.Measured(version, tool, str(error)))
        finally:
            self.post_message(self.Measured(version, "", None, is_last=True))

    @on(Worker.StateChanged)
    def _report_failure(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            host(self).report(event.worker.error)

    @on(Measured)
    def _take(self, event: Measured) -> None:
        event.stop()
        if event.is_last:
            self._measuring = 0
            if event.version != self._version and not self._is_stopped and self._pause is None:
                self._start()
                return
        elif event.version != self._version:
            return
        elif event.outcome is not None:
            self._outcomes[event.tool] = event.outcome
            if event.tool == self._to_open:
                self._to_open = ""
                self.post_message(self.Opened(event.tool, event.outcome))
        self._show(f"{event.tool} {event.done} of {event.of}" if event.of else "")

    def _show(self, step: str = "") -> None:
        self.query_one("#basis", Static).update(self._basis(step), layout=False)
        listing = self.query_one(Readings)
        highlighted = listing.highlighted
        listing.clear_options()
        listing.add_options([Option(entry_of(tool, outcome), id=tool) for tool, outcome in self._ordered()])
        if listing.option_count:
            listing.highlighted = min(highlighted or 0, listing.option_count - 1)

    def _ordered(self) -> list[tuple[str, Outcome]]:
        return [(tool, self._outcomes[tool]) for tool in self._tools if tool in self._outcomes]

    def _basis(self, step: str) -> str:
        if not self.text.strip():
            return "Workbench: nothing to measure yet"
        if self._is_stopped:
            return "Stopped; these are numbers of an older text. F5 measures."
        if self._measuring:
            return f"Measuring {step or '…'} · F5 stops"
        readings = self.readings or {}
        if not readings:
            return self._source
        basis = next(iter(readings.values())).basis
        part = ", shown in part" if self._box.is_large else ""
        return f"{self._source}, {counted(basis.records, 'line')}, {counted(basis.tokens, 'word')}{part}"

    @on(OptionList.OptionSelected, "#readings")
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.post_message(self.Opened(event.option_id, self._outcomes[event.option_id]))


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 line`, `120 lines`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _outcome(tool: str, sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Outcome:
    from synthqc.tools.catalogue import run_tool

    try:
        return run_tool(tool, sample, arguments, watch)
    except SynthQCError as error:
        return f"no reading: {error}"


def entry_of(tool: str, outcome: Outcome) -> Table:
    """A reading in three rows: its headline, a second number, and human writing to hold the headline against."""
    from synthqc.tools.catalogue import TOOLS

    entry = Table.grid(padding=(0, 1, 0, 0))
    entry.add_column(width=16, style="bold", no_wrap=True)
    title = TOOLS[tool].title
    if isinstance(outcome, str):
        entry.add_column()
        entry.add_row(title, outcome)
        return entry
    entry.add_column(width=6, justify="right", no_wrap=True)
    entry.add_column()
    headline, *others = outcome.quantities
    entry.add_row(title, Text(headline.shown(), style="bold"), headline.label)
    if others:
        entry.add_row("", others[0].shown(), others[0].label)
    if outcome.reference is not None:
        entry.add_row("", f"{outcome.reference.value:.3f}", "human text of the same length")
    return entry
