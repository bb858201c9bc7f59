"""A lab: the conversation at the left, the workbench at the right; on a narrow screen one at a time."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static, TextArea
from textual.worker import Worker, WorkerState

from synthqc.assistant.paste import split_paste
from synthqc.assistant.protocol import Exchange, Turn
from synthqc.assistant.record import exchange_as_json, exchange_from_json
from synthqc.assistant.state import state_of, status_line
from synthqc.assistant.tutor import Tutor, measured
from synthqc.cleaning import clean
from synthqc.course.lab import Lab
from synthqc.learner.events import ExchangeHeld, LabCompleted, SampleTaken, ToolDropped, ToolSet
from synthqc.learner.files import WritingError
from synthqc.learner.notebook import Notebook, notebook_as_markdown, write_notebook
from synthqc.tools.catalogue import TOOLS
from synthqc.tools.reading import Reading

from ..host import host
from ..widgets.answer import Answer
from ..widgets.chat import LEARNER, Chat
from ..widgets.hints import Hints
from ..widgets.readings import Readings
from ..widgets.transcript import Message, Transcript
from ..widgets.workbench import Workbench
from .note import NoteScreen
from .reading import ReadingScreen
from .samples import SamplesScreen
from .tools import ToolsScreen


class LabScreen(Screen[None]):
    """One lab, resumed where it was left."""

    HELP = (
        "This is a lab: you talk a case over with the assistant at the left, and tools measure your text at the "
        "right. On a narrow screen F2 and F3 change between the two. Where a terminal keeps an F-key for itself: "
        "esc, then : and the name of what you want."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "chat", "chat", key_display="F2", id="lab.chat"),
        Binding("f3", "bench", "workbench", key_display="F3", id="lab.bench"),
        Binding("f4", "scenario", "scenario", key_display="F4", id="lab.scenario"),
        Binding("f5", "measure", "measure / stop", key_display="F5", id="lab.measure"),
        Binding("f6", "samples", "samples", key_display="F6", id="lab.samples"),
        Binding("f7", "notebook", "notebook", key_display="F7", id="lab.notebook"),
        Binding(
            "f8", "write_notebook", "write notebook to a file", key_display="F8", show=False, id="lab.write-notebook"
        ),
        Binding("escape", "back", "back", key_display="esc", id="lab.back"),
        Binding("q", "leave", "map", show=False, id="lab.leave"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
    ]

    def __init__(self, lesson: str, lab: Lab) -> None:
        super().__init__()
        self._lesson_id = lesson
        self._lab = lab
        self._history: tuple[Exchange, ...] = ()
        self._is_answering = False
        self._chat = Chat(lab.prompts, id="chat")
        self._bench = Workbench(lab.tools, id="workbench")

    def compose(self) -> ComposeResult:
        """Heading, chat, workbench."""
        yield Static(id="heading", markup=False)
        with Horizontal():
            yield self._chat
            yield self._bench
        yield Hints()

    @property
    def _title(self) -> str:
        return f"Lab {self._lesson_id.removeprefix('L')}  {host(self).course.entry(self._lesson_id).lab}"

    def on_mount(self) -> None:
        """Brings back the conversation, the text on the workbench, and what was half typed."""
        app, lab = host(self), self._lab
        progress = app.progress
        stored = [exchange_from_json(one) for one in progress.exchanges.get(lab.id, ())]
        self._history = tuple(one for one in stored if one is not None)
        self._bench.bring_back(progress.tools.get(lab.id, {}))
        sample = progress.samples.get(lab.id)
        text = app.store.draft(f"{lab.id}/text") or (sample.text if sample else "")
        if text:
            self._put_sample(text, sample.name if sample and sample.text == text else "pasted text")
        self._chat.open(self._said(), app.store.draft(f"{lab.id}/message"), is_new=not self._history)
        self._show_status()
        self._prepare()

    def _said(self) -> Iterator[Message]:
        # Whoever answers now: the opening is the tutor's, and each reply was its own voice's.
        yield Message(Tutor.voice, self._lab.opening.strip())
        for exchange in self._history:
            spoken = exchange.text or f"({exchange.paste.count(chr(10)) + 1:,} lines of data)"
            yield Message(LEARNER, spoken, is_learner=True)
            yield Message(exchange.voice or Tutor.voice, exchange.reply, is_markdown=bool(exchange.voice))

    def _put_sample(self, text: str, name: str) -> None:
        samples = {entry.title: entry for entry in host(self).course.samples.samples}
        field = samples[name].field if name in samples else ""
        self._bench.put(text, name, field)

    @work(thread=True, exit_on_error=False)
    def _prepare(self) -> None:
        host(self).assistant.prepare(self._lab)

    def _show_status(self) -> None:
        status = status_line(state_of(self._history, self._lab), self._lab)
        title = self._title if self.has_class("-wide") else self._title.partition("  ")[0]
        # Where words go is said as long as they go somewhere.
        voice = host(self).assistant.voice
        where = "" if voice == Tutor.voice else f" · {voice}"
        heading = Content.assemble((title, "bold"), f"{where}   {status}")
        self.query_one("#heading", Static).update(heading, layout=False)

    def on_resize(self) -> None:
        """A wide screen has room for the title."""
        self._show_status()

    @on(Chat.Drafted)
    def _keep_draft(self, event: Chat.Drafted) -> None:
        host(self).store.keep_draft(f"{self._lab.id}/message", event.text)

    @on(Workbench.TextKept)
    def _keep_text(self, event: Workbench.TextKept) -> None:
        host(self).store.keep_draft(f"{self._lab.id}/text", event.text)

    @on(Workbench.ToolKept)
    def _store_tool(self, event: Workbench.ToolKept) -> None:
        host(self).record(ToolSet(self._lab.id, event.tool, event.changes))

    @on(Workbench.ToolDropped)
    def _forget_tool(self, event: Workbench.ToolDropped) -> None:
        host(self).record(ToolDropped(self._lab.id, event.tool))

    def on_unmount(self) -> None:
        """Stores what was typed and set in the last moment."""
        for tool, changes in self._bench.unkept.items():
            host(self).record(ToolSet(self._lab.id, tool, changes))
        store = host(self).store
        store.keep_draft(f"{self._lab.id}/message", self._chat.draft)
        store.keep_draft(f"{self._lab.id}/text", self._bench.text)

    @on(Chat.DataPasted)
    def _measure_data(self, event: Chat.DataPasted) -> None:
        self._take_sample("pasted text", event.text)

    def on_paste(self, event: events.Paste) -> None:
        """Data pasted while no text field has the focus go with the next message."""
        event.stop()
        text = clean(event.text).strip("\n")
        if text.strip():
            self._chat.take_data(text)

    def _take_sample(self, name: str, text: str) -> None:
        app, lab = host(self), self._lab
        app.record(SampleTaken(lab.id, name, text))
        app.store.keep_draft(f"{lab.id}/text", text)
        self._put_sample(text, name)

    @on(Chat.Sent)
    def _send(self, event: Chat.Sent) -> None:
        if self._is_answering:
            self.notify("The answer to your last message is on its way.", markup=False, timeout=3)
        else:
            speech, paste = (event.text, event.data) if event.data else split_paste(event.text)
            self._say(speech, paste)

    def _say(self, speech: str, paste: str) -> None:
        self._is_answering = True
        self._chat.say(speech, paste.count("\n") + 1)
        self._answer(speech, paste)

    @work(group="answer", exit_on_error=False)
    async def _answer(self, speech: str, paste: str) -> None:
        app, lab = host(self), self._lab
        answer = Answer(self._chat, lambda: app.assistant.voice)
        try:
            turn = Turn(speech, await self._readings(paste), paste, self._bench.text)
            async for event in app.assistant.reply(turn, lab, self._history):
                exchange = answer.take(event)
                if exchange is not None:
                    self._finish(exchange)
        except asyncio.CancelledError:
            # A screen that is gone shows nothing, yet what was said is stored.
            stopped = answer.stop() if self.is_attached else None
            if stopped is not None:
                self._finish(stopped)
            raise
        finally:
            self._is_answering = False

    @on(Worker.StateChanged)
    def _report_failure(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            host(self).report(event.worker.error)

    async def _readings(self, paste: str) -> dict[str, Reading]:
        bench = self._bench
        if bench.readings is not None and paste in ("", bench.text):
            return bench.readings
        return await asyncio.to_thread(measured, paste or bench.text, self._lab)

    def _finish(self, exchange: Exchange) -> None:
        app, lab = host(self), self._lab
        was_complete = state_of(self._history, lab).is_complete(lab)
        self._history = (*self._history, exchange)
        app.record(ExchangeHeld(lab.id, app.assistant.voice, exchange_as_json(exchange)))
        if not was_complete and state_of(self._history, lab).is_complete(lab):
            app.record(LabCompleted(lab.id))
        self._chat.clear_box()
        self._show_status()

    @on(Readings.Sent)
    def _send_reading(self, event: Readings.Sent) -> None:
        self._talk_about(event.tool)

    def _talk_about(self, tool: str) -> None:
        self.action_chat()
        if not self._is_answering:
            self._say(f"Look at the {TOOLS[tool].title} reading.", "")

    @on(Workbench.Opened)
    def _open_reading(self, event: Workbench.Opened) -> None:
        tool = event.entry.tool
        reading = ReadingScreen(event.entry, self._bench)
        self.app.push_screen(reading, lambda is_sent: self._talk_about(tool) if is_sent else None)

    @on(Workbench.Moved)
    def _show_reading(self, event: Workbench.Moved) -> None:
        if isinstance(self.app.screen, ReadingScreen):
            self.app.screen.show(event.entry)

    @on(Readings.AddTool)
    def _offer_tools(self) -> None:
        self.app.push_screen(ToolsScreen(self._bench.tools), self._add_tool)

    def _add_tool(self, tool: str | None) -> None:
        if tool:
            self._bench.add(tool)

    def action_chat(self) -> None:
        """Shows the conversation, ready to write."""
        self.remove_class("-bench")
        self._chat.focus_box()

    def action_bench(self) -> None:
        """Shows the workbench; once more, goes from its text to its readings and back."""
        is_there = self.has_class("-bench") or self.has_class("-wide")
        self.add_class("-bench")
        on_text = self.focused is self.query_one("#sample")
        readings = self.query_one(Readings)
        (readings if is_there and on_text and readings.option_count else self.query_one("#sample")).focus()

    def action_measure(self) -> None:
        """Measures again, or stops measuring."""
        self._bench.measure_or_stop()

    def action_scenario(self) -> None:
        """Shows the scenario."""
        self.app.push_screen(NoteScreen(self._title, self._lab.scenario.strip(), claims=self._lab.claims))

    def action_samples(self) -> None:
        """Offers the bundled samples."""
        self.app.push_screen(SamplesScreen(self._lab.samples), self._take_chosen)

    def _take_chosen(self, sample: str | None) -> None:
        if sample:
            course = host(self).course
            self._take_sample(course.sample(sample).title, course.sample_text(sample))
            self.add_class("-bench")
            self.query_one(Readings).focus()

    @property
    def _notebook(self) -> Notebook:
        sample = host(self).progress.samples.get(self._lab.id)
        exchanges = [exchange_as_json(one) for one in self._history]
        return Notebook(self._title, self._lab, exchanges, sample.name if sample else "", self._bench.recipes)

    def action_notebook(self) -> None:
        """Shows what there is to take away so far."""
        note = NoteScreen("Notebook", notebook_as_markdown(self._notebook), can_write=True)
        self.app.push_screen(note, lambda is_wanted: self.action_write_notebook() if is_wanted else None)

    def action_write_notebook(self) -> None:
        """Writes the notebook to a file and says where."""
        try:
            path = write_notebook(self._notebook, host(self).notebooks, datetime.now(UTC))
        except WritingError as error:
            self.notify(str(error), severity="error", markup=False, timeout=8)
        else:
            self.notify(f"Written to {path}", markup=False, timeout=8)

    def action_back(self) -> None:
        """Stops a reply; else from a text field to the conversation, and from there to the map."""
        if self._is_answering:
            self.workers.cancel_group(self, "answer")
        elif isinstance(self.focused, TextArea):
            self.query_one(Transcript if not self.has_class("-bench") else Readings).focus()
        elif self.has_class("-bench") and not self.has_class("-wide"):
            self.action_chat()
        else:
            self.dismiss()

    def action_leave(self) -> None:
        """Goes to the map."""
        self.dismiss()
