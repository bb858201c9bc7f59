"""The list of readings on the workbench."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from .choices import Choices
from .entry import Entry


class Readings(Choices):
    """One entry per tool; only entries that have changed are drawn again."""

    HELP = (
        "These are the readings of the text above, one line a tool. Enter shows what is behind one or runs it, s "
        "sends it to the assistant, a adds another tool, x takes an added one away."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "look / run", key_display="enter", id="readings.select"),
        Binding("a,plus", "add_tool", "add a tool", key_display="a", id="readings.add-tool"),
        Binding("s", "send_reading", "send to tutor", id="readings.send-reading"),
        Binding("x,delete", "drop_tool", "take away", key_display="x", id="readings.drop-tool"),
    ]

    class Sent(Message):
        """The learner wants to talk about a reading."""

        def __init__(self, tool: str) -> None:
            super().__init__()
            self.tool = tool

    class AddTool(Message):
        """The learner wants to measure with another tool."""

    class DropTool(Message):
        """The learner wants a tool no longer that they have added."""

        def __init__(self, tool: str) -> None:
            super().__init__()
            self.tool = tool

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, markup=False)
        self._shown: dict[str, Entry] = {}
        self.added: frozenset[str] = frozenset()
        """The tools that can be taken away."""

    def show(self, entries: list[Entry]) -> list[Entry]:
        """Shows the entries; tools that were not there before come last, and those that are no longer there go.

        Returns:
            Those that are not as they were.
        """
        for tool in self._shown.keys() - {entry.tool for entry in entries}:
            del self._shown[tool]
            self.remove_option(tool)
        changed = [entry for entry in entries if self._shown.get(entry.tool) != entry]
        for entry in changed:
            before = self._shown.get(entry.tool)
            self._shown[entry.tool] = entry
            if before is None:
                self.add_option(Option(entry.shown(), id=entry.tool))
            elif before.rows != entry.rows:
                self.replace_option_prompt(entry.tool, entry.shown())
                if _shape(before) != _shape(entry):
                    self.refresh(layout=True)
                    if entry.tool == self.tool:
                        # It may have grown below the last line that is in view.
                        self.call_after_refresh(self.scroll_to_highlight)
        if self.highlighted is None and entries:
            self.highlighted = 0
        return changed

    @property
    def tool(self) -> str:
        """The tool under the cursor; empty where there is none."""
        return "" if self.highlighted is None else self.get_option_at_index(self.highlighted).id or ""

    @on(OptionList.OptionHighlighted)
    def _show_keys(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """The tools of the lab stay."""
        return action != "drop_tool" or self.tool in self.added

    def action_drop_tool(self) -> None:
        """Takes the tool under the cursor away."""
        self.post_message(self.DropTool(self.tool))

    def action_add_tool(self) -> None:
        """Asks for another tool."""
        self.post_message(self.AddTool())

    def action_send_reading(self) -> None:
        """Sends the reading under the cursor to the assistant."""
        if self.tool:
            self.post_message(self.Sent(self.tool))


def _shape(entry: Entry) -> tuple[list[str], int]:
    """What decides how many lines an entry takes: its words, and the width of the numbers beside them."""
    return [words for _, words in entry.rows], entry.number_width
