"""The conversation of a lab: what was said, messages to start with, and the box to write in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual import message as messages
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from synthqc.assistant.protocol import CheckedClaim
from synthqc.cleaning import clean

from .choices import Choices
from .message_box import MessageBox
from .transcript import Message, Transcript

LEARNER = "you"

BATCH_SECONDS = 0.1
"""Seconds that pieces of an answer are gathered for, so that the text grows without flicker."""

KEEP_PAUSE = 0.3
"""Seconds without a key after which a half-typed message is stored."""


class Prompts(Choices):
    """Messages to start with; who types or pastes instead is already writing a message of their own."""

    def __init__(self, box: MessageBox, *, id: str | None = None, markup: bool = True) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, markup=markup)
        self._box = box

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Every letter belongs to the message, none is a key of the screen; a space does once there are words."""
        # Keys of one burst still come here while the focus is on its way to the box.
        is_word = key != "space" or bool(self._box.text)
        return character is not None and character.isprintable() and is_word

    async def _on_key(self, event: events.Key) -> None:
        if event.character is None or not self.check_consume_key(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        self._box.insert(event.character)
        self._box.focus()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._box.focus()
        self._box.post_message(event)


class Chat(Vertical):
    """Transcript above, message box below; data that are pasted wait to be sent with the next message."""

    @dataclass
    class Sent(messages.Message):
        """The learner sent a message, with or without data."""

        text: str
        data: str

    @dataclass
    class DataPasted(messages.Message):
        """The learner pasted data."""

        text: str

    @dataclass
    class Drafted(messages.Message):
        """A half-typed message has settled and should be stored."""

        text: str

    def __init__(self, prompts: tuple[str, ...], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._prompts = prompts
        self._box = MessageBox(id="message")
        self._data = ""
        self._draft: Timer | None = None
        self._growing = ""
        self._batch: Timer | None = None
        self._clock: Timer | None = None
        self._left = 0
        self._reason = ""

    def compose(self) -> ComposeResult:
        """Transcript, prompts, a note on waiting data, the box."""
        yield Transcript(id="transcript")
        yield Prompts(self._box, id="prompts", markup=False)
        yield Static(id="waiting", markup=False)
        yield self._box

    @property
    def draft(self) -> str:
        """What is half typed, cleaned."""
        return clean(self._box.text)

    def open(self, said: Iterable[Message], draft: str, *, is_new: bool) -> None:
        """Shows the conversation so far.

        Args:
            said: Messages, oldest first.
            draft: What was half typed.
            is_new: Has nothing been said yet, so that messages to start with help?
        """
        self.query_one(Transcript).add(*said)
        with self.prevent(TextArea.Changed):
            self._box.text = draft
            self._box.move_cursor(self._box.document.end)
        prompts = self.query_one("#prompts", Choices)
        prompts.display = is_new and not draft
        if prompts.display:
            prompts.add_options([Option(Content(prompt)) for prompt in self._prompts])
            prompts.highlighted = 0
        self.focus_box()

    def focus_box(self) -> None:
        """Ready to write, or to choose a message to start with."""
        prompts = self.query_one("#prompts")
        (prompts if prompts.display else self._box).focus()

    def say(self, text: str, lines: int = 0) -> None:
        """Shows what the learner said; data alone are named by their lines."""
        self.query_one("#prompts").display = False
        shown = text or f"({lines:,} lines of data)"
        self.query_one(Transcript).add(Message(LEARNER, shown, is_learner=True))

    def answer(self, speaker: str, text: str, *, is_model: bool = False) -> None:
        """Shows the beginning of an answer; a model's is Markdown."""
        self._say_waiting("")
        self.query_one(Transcript).add(Message(speaker, text, is_markdown=is_model))

    def go_on(self, text: str) -> None:
        """Shows more of the answer, a few times a second at most."""
        self._say_waiting("")
        self._growing += text
        if self._batch is None:
            self._batch = self.set_timer(BATCH_SECONDS, self._grow)

    def end_answer(self) -> None:
        """Shows what has not been shown yet; nothing more comes."""
        self._say_waiting("")
        self._grow()

    def note(self, text: str) -> None:
        """Says something beside the conversation."""
        self._grow()
        self.query_one(Transcript).add(Message("", text, is_note=True))

    def mark(self, claims: Sequence[CheckedClaim]) -> None:
        """Marks numbers of the answer that nothing backs."""
        self._grow()
        self.query_one(Transcript).mark(claims)

    def count_down(self, seconds: float, reason: str) -> None:
        """Says why the answer is late and counts the seconds until the next try."""
        self._say_waiting("")
        self._left = max(1, round(seconds))
        self._reason = reason
        self._clock = self.set_interval(1, self._tick)
        self._tick()

    def _tick(self) -> None:
        if self._left < 1:
            self._say_waiting("Asking again ...")
            return
        reason = f"{self._reason[:1].upper()}{self._reason[1:]}"
        self.query_one("#waiting", Static).update(f"{reason}. Next try in {self._left} s, esc stops.")
        self._left -= 1

    def _say_waiting(self, text: str) -> None:
        if self._clock is not None:
            self._clock.stop()
            self._clock = None
            self.query_one("#waiting", Static).update(text)

    def _grow(self) -> None:
        if self._batch is not None:
            self._batch.stop()
            self._batch = None
        if self._growing:
            text, self._growing = self._growing, ""
            self.query_one(Transcript).grow(text)

    def clear_box(self) -> None:
        """Empties the box after its message was answered and stored."""
        self._data = ""
        self.query_one("#waiting", Static).update("")
        self._box.text = ""
        self.post_message(self.Drafted(""))

    def take_data(self, text: str) -> None:
        """Keeps data for the next message, and says so."""
        self._data = text
        lines = text.count("\n") + 1
        note = f"+ {lines:,} line{'s' if lines != 1 else ''} of data, measured on the workbench. Enter sends."
        self.query_one("#waiting", Static).update(note)
        self.query_one("#prompts").display = False
        self._box.focus()
        self.post_message(self.DataPasted(text))

    @on(OptionList.OptionSelected, "#prompts")
    def _take_prompt(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._box.text = self._prompts[event.option_index]
        self._box.move_cursor(self._box.document.end)
        self.query_one("#prompts").display = False
        self._box.focus()

    @on(TextArea.Changed, "#message")
    def _keep_draft_soon(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._draft is not None:
            self._draft.stop()
        self._draft = self.set_timer(KEEP_PAUSE, lambda: self.post_message(self.Drafted(self.draft)))

    @on(MessageBox.DataPasted)
    def _take_pasted(self, event: MessageBox.DataPasted) -> None:
        event.stop()
        self.take_data(event.text)

    @on(MessageBox.Sent)
    def _send(self, event: MessageBox.Sent) -> None:
        event.stop()
        if event.text or self._data:
            self.post_message(self.Sent(event.text, self._data))
