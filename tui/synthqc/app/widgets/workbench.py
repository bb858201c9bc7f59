"""The workbench of a lab: a text, and what the mini-tools measure of it while it changes."""

import time
from collections.abc import Mapping, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import OptionList, Static
from textual.worker import Worker, WorkerState

from synthqc.errors import SynthQCError
from synthqc.tools.catalogue import TOOLS, run_tool
from synthqc.tools.reading import Argument, Reading
from synthqc.tools.sample import NO_SAMPLE, Sample, sample_of_text
from synthqc.tools.tool import Stopped

from ..host import host
from .entry import Entry, Outcome, State
from .readings import Readings
from .sample_box import MOST_KEPT, SampleBox
from .toolbox import Toolbox

PAUSE = 0.04
"""Seconds without a key after which the text is measured."""

KEEP_PAUSE = 0.3
"""Seconds without a key after which the text and the settings are stored."""

LONG = 0.2
"""Seconds after which a run is long, and says how far it is."""

STEP_PAUSE = 0.1
"""Seconds between two reports of a run."""


class Workbench(Vertical):
    """Text above, readings below.

    One tool runs at a time, in a thread. The newest text and setting win: an unwanted run stops at its next step.
    """

    class TextKept(Message):
        """The text has settled and should be stored."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class ToolKept(Message):
        """A tool was added or set, and that should be stored."""

        def __init__(self, tool: str, changes: dict[str, Argument]) -> None:
            super().__init__()
            self.tool = tool
            self.changes = changes

    class ToolDropped(Message):
        """A tool was taken away."""

        def __init__(self, tool: str) -> None:
            super().__init__()
            self.tool = tool

    class Opened(Message):
        """The learner wants to see what is behind a reading."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    class Moved(Message):
        """A tool stands otherwise than before."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    class Stepped(Message):
        """A run has made a step."""

        def __init__(self, run: int, done: int, of: int) -> None:
            super().__init__()
            self.run = run
            self.done = done
            self.of = of

    class Ended(Message):
        """A run has ended, with an outcome unless it was stopped."""

        def __init__(self, run: int, tool: str, outcome: Outcome | None) -> None:
            super().__init__()
            self.run = run
            self.tool = tool
            self.outcome = outcome

    def __init__(self, tools: tuple[str, ...], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._toolbox = Toolbox(tools)
        self._box = SampleBox(id="sample")
        self._source = "pasted text"
        self._field = ""
        self._text_version = 0
        self._sample: tuple[int, Sample] = (-1, NO_SAMPLE)
        self._outcomes: dict[str, Outcome] = {}
        self._unkept: set[str] = set()
        self._present: set[str] = set()
        self._due: list[str] = []
        self._tool_on = ""
        self._run = 0
        self._run_on = 0
        self._step = (0, 0)
        self._is_long = False
        self._is_stopped = False
        self._pause: Timer | None = None
        self._keep: Timer | None = None
        self._keep_tools: Timer | None = None
        self._patience: Timer | None = None

    def compose(self) -> ComposeResult:
        """Basis, text, readings."""
        yield Static(id="basis", markup=False)
        yield self._box
        yield Readings(id="readings")

    def on_mount(self) -> None:
        """Says what to do with an empty workbench."""
        self._show()

    def on_unmount(self) -> None:
        """Stops what is still running."""
        self._run += 1

    @property
    def text(self) -> str:
        """The text to measure."""
        return self._box.sample

    @property
    def tools(self) -> tuple[str, ...]:
        """The tools on the workbench, in their order."""
        return self._toolbox.names

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the rows on the workbench beside their text; none where the text has no rows."""
        rows = self._sample[1].rows[:50]
        return tuple(dict.fromkeys(field for row in rows for field in row))

    @property
    def readings(self) -> dict[str, Reading] | None:
        """The readings of the present text, or None while those that follow the text are being taken."""
        waiting = self.text.strip() and any(self._is_live(tool) and tool not in self._present for tool in self.tools)
        if waiting or self._pause is not None:
            return None
        outcomes = {tool: self._outcomes[tool] for tool in self.tools if tool in self._present}
        return {tool: outcome for tool, outcome in outcomes.items() if isinstance(outcome, Reading)}

    def arguments(self, tool: str) -> dict[str, Argument]:
        """What a tool is set to."""
        return self._toolbox.arguments(tool)

    @property
    def recipes(self) -> dict[str, str]:
        """By title of the tool, what readings of the present text have to save to do the same by command."""
        present = [(tool, self._outcomes[tool]) for tool in self.tools if tool in self._present]
        return {TOOLS[tool].title: one.recipe for tool, one in present if isinstance(one, Reading) and one.recipe}

    @property
    def unkept(self) -> dict[str, dict[str, Argument]]:
        """The tools that have been set in the last moment, with what they are set to that is not their default."""
        return {tool: self._toolbox.changes(tool) for tool in self.tools if tool in self._unkept}

    def bring_back(self, tools: Mapping[str, Mapping[str, object]]) -> None:
        """Adds and sets tools as they were when the learner left; before there is a text.

        Args:
            tools: What each was set to.
        """
        for tool, changes in tools.items():
            self._toolbox.bring_back(tool, changes)
        self._show()

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

    def add(self, tool: str) -> None:
        """Puts another tool on the workbench and runs it."""
        if self._toolbox.add(tool):
            self._keep_tool(tool)
            self.request(tool)
        readings = self.query_one(Readings)
        readings.focus()
        readings.highlighted = self.tools.index(tool)
        # Its place is known once the list has been laid out with it.
        readings.call_after_refresh(readings.scroll_to_highlight)

    @on(Readings.DropTool)
    def _drop(self, event: Readings.DropTool) -> None:
        event.stop()
        tool = event.tool
        if not self._toolbox.is_added(tool):
            return
        self._toolbox.drop(tool)
        self._unkept.discard(tool)
        self._present.discard(tool)
        self._outcomes.pop(tool, None)
        self._due = [one for one in self._due if one != tool]
        if tool == self._wanted:
            self._drop_run()
        self.post_message(self.ToolDropped(tool))
        self._go_on()

    def request(self, tool: str) -> None:
        """Runs a tool as the next one, where there is something for it to read."""
        if not self._can_run(tool):
            self.notify("There is no text to measure yet: type or paste one, or press F6.", markup=False)
        elif tool not in self._due and tool != self._wanted:
            self._due.insert(0, tool)
        self._go_on()

    def set_argument(self, tool: str, name: str, value: Argument) -> None:
        """Sets a parameter of a tool and measures with it as the next one."""
        self._toolbox.set(tool, name, value)
        self._keep_tool(tool)
        self._present.discard(tool)
        if tool == self._wanted:
            self._drop_run()
        if tool not in self._due:
            self._due.insert(0, tool)
        self._go_on()

    def _keep_tool(self, tool: str) -> None:
        """Has a tool stored once its settings stay as they are for a moment: an arrow key changes them many times."""
        self._unkept.add(tool)
        self._stopped(self._keep_tools)
        self._keep_tools = self.set_timer(KEEP_PAUSE, self._post_unkept)

    def _post_unkept(self) -> None:
        for tool, changes in self.unkept.items():
            self.post_message(self.ToolKept(tool, changes))
        self._unkept.clear()

    def measure_or_stop(self) -> None:
        """Stops what is running and waiting; else measures again."""
        if self._wanted or self._due or self._pause is not None:
            self._pause = self._stopped(self._pause)
            self._due.clear()
            self._drop_run()
            self._is_stopped = True
            self._show()
        else:
            asked = [tool for tool in self.tools if tool in self._outcomes and not self._is_live(tool)]
            self._changed(also=asked)

    @on(SampleBox.Edited)
    def _take_edit(self, event: SampleBox.Edited) -> None:
        event.stop()
        if event.is_pasted:
            self._source, self._field = "pasted text", ""
        self._changed()
        self._keep = self._stopped(self._keep)
        if event.is_pasted:
            self.post_message(self.TextKept(event.text))
        else:
            self._keep = self.set_timer(KEEP_PAUSE, lambda: self.post_message(self.TextKept(self.text)))

    @on(SampleBox.NotEditable)
    def _say_not_editable(self, event: SampleBox.NotEditable) -> None:
        event.stop()
        self.notify(
            "This text is too large to edit here; it is measured whole. Another paste takes its place, or F6 a sample.",
            markup=False,
        )

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

    @staticmethod
    def _stopped(timer: Timer | None) -> None:
        if timer is not None:
            timer.stop()

    @staticmethod
    def _is_live(tool: str) -> bool:
        return TOOLS[tool].live and TOOLS[tool].reads != "nothing"

    @property
    def _wanted(self) -> str:
        """The tool that is running, unless its run is no longer wanted and only its thread has not ended."""
        return self._tool_on if self._run_on == self._run else ""

    def _can_run(self, tool: str) -> bool:
        return not TOOLS[tool].needs_sample or bool(self.text.strip())

    def _changed(self, also: Sequence[str] = ()) -> None:
        """Another text: everything that reads it is old; what follows the text is measured after a pause."""
        self._text_version += 1
        self._is_stopped = False
        self._present = {tool for tool in self._present if TOOLS[tool].reads == "nothing"}
        if self._wanted and TOOLS[self._wanted].reads != "nothing":
            self._drop_run()
        self._due = [*(tool for tool in self.tools if self._is_live(tool)), *also]
        self._stopped(self._pause)
        self._pause = self.set_timer(PAUSE, self._measure_text)

    def _measure_text(self) -> None:
        self._pause = None
        if not self.text.strip():
            self._due = []
            self._outcomes = {tool: one for tool, one in self._outcomes.items() if tool in self._present}
        self._go_on()

    def _drop_run(self) -> None:
        """From now on the run that is on is not wanted; its thread may take a moment to see it."""
        self._run += 1
        self._step = (0, 0)

    def _go_on(self) -> None:
        """Starts the next tool, unless one is running."""
        if self._tool_on or self._pause is not None:
            self._show()
            return
        self._due = [tool for tool in self._due if self._can_run(tool)]
        if self._due:
            self._is_stopped = False
            self._tool_on = self._due.pop(0)
            self._run += 1
            self._run_on = self._run
            self._step = (0, 0)
            if self._patience is None:
                self._patience = self.set_timer(LONG, self._become_long)
            self._measure(self._run, self._tool_on, self._text_version, self.text, self._toolbox.changes(self._tool_on))
        else:
            self._patience = self._stopped(self._patience)
            self._is_long = False
        self._show()

    def _become_long(self) -> None:
        self._is_long = True
        self._show()

    @work(thread=True, group="measure", exit_on_error=False)
    def _measure(self, run: int, tool: str, version: int, text: str, settings: Mapping[str, Argument]) -> None:
        reported = time.monotonic() + LONG - STEP_PAUSE

        def watch(done: int, of: int, /) -> None:
            nonlocal reported
            if run != self._run:
                raise Stopped
            now = time.monotonic()
            if of and now - reported >= STEP_PAUSE:
                reported = now
                self.post_message(self.Stepped(run, done, of))

        outcome: Outcome | None = None
        arguments = dict(settings)
        try:
            outcome = run_tool(tool, self._sample_for(tool, version, text), arguments, watch)
        except Stopped:
            pass
        except SynthQCError as error:
            outcome = f"no reading: {error}"
        finally:
            self.post_message(self.Ended(run, tool, outcome))

    def _sample_for(self, tool: str, version: int, text: str) -> Sample:
        """The sample of a text, made once for all tools; only one of them runs at a time."""
        if TOOLS[tool].reads == "nothing" or not text.strip():
            return NO_SAMPLE
        if self._sample[0] != version:
            self._sample = (version, sample_of_text(text, self._source, field=self._field))
        return self._sample[1]

    @on(Worker.StateChanged)
    def _report_failure(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            host(self).report(event.worker.error)

    @on(Stepped)
    def _take_step(self, event: Stepped) -> None:
        event.stop()
        if event.run == self._run:
            self._step = (event.done, event.of)
            self._show()

    @on(Ended)
    def _take(self, event: Ended) -> None:
        event.stop()
        self._tool_on = ""
        self._step = (0, 0)
        if event.run == self._run and event.outcome is not None:
            self._outcomes[event.tool] = event.outcome
            self._present.add(event.tool)
        self._go_on()

    def entry(self, tool: str) -> Entry:
        """How a tool on the workbench stands."""
        done, of = self._step if tool == self._wanted else (0, 0)
        return Entry(tool, self._state(tool), self._outcomes.get(tool), self.arguments(tool), done, of)

    def _state(self, tool: str) -> State:
        if tool in self._present:
            return "present"
        if tool == self._wanted or tool in self._due:
            return "measuring"
        if not self._can_run(tool):
            return "empty"
        return "old" if tool in self._outcomes else "asks"

    def _show(self) -> None:
        self.query_one("#basis", Static).update(self._basis(), layout=False)
        readings = self.query_one(Readings)
        readings.added = frozenset(filter(self._toolbox.is_added, self.tools))
        for entry in readings.show([self.entry(tool) for tool in self.tools]):
            self.post_message(self.Moved(entry))

    def _basis(self) -> str:
        if self._is_long and self._wanted:
            done, of = self._step
            step = f", {done:,} of {of:,}" if of else ""
            more = f", {counted(len(self._due), 'more tool')} to go" if self._due else ""
            return f"Measuring {TOOLS[self._wanted].title}{step}{more} · F5 stops"
        if not self.text.strip():
            return "Workbench: nothing to measure yet"
        if self._is_stopped:
            return "Stopped: some numbers are missing or old. F5 measures"
        present = [self._outcomes[tool] for tool in self.tools if tool in self._present and self._is_live(tool)]
        basis = next((one.basis for one in present if isinstance(one, Reading)), None)
        if basis is None:
            return self._source
        part = ", shown in part" if self._box.is_large else ""
        return f"{self._source}, {counted(basis.records, 'line')}, {counted(basis.tokens, 'word')}{part}"

    @on(OptionList.OptionSelected, "#readings")
    def _open_or_run(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        tool = str(event.option_id)
        entry = self.entry(tool)
        if entry.state in ("asks", "old", "empty"):
            self.request(tool)
        elif entry.outcome is not None:
            self.post_message(self.Opened(entry))


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 line`, `120 lines`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
