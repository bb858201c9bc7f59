"""The tools that are not on the workbench yet, to add one."""

from collections.abc import Collection
from typing import ClassVar

from rich.console import Group
from rich.padding import Padding
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from synthqc.tools.catalogue import TOOLS
from synthqc.tools.tool import Tool

from ..widgets.choices import Choices
from ..widgets.hints import Hints

_READS = {
    "text": "any text",
    "rows": "needs JSON rows",
    "nothing": "needs no text",
    "either": "needs no text, or JSON rows",
}


class ToolsScreen(ModalScreen[str]):
    """A list of tools; the answer is the name of the chosen one, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,a", "cancel", "close", key_display="esc", id="tools.close")
    ]

    def __init__(self, present: Collection[str]) -> None:
        super().__init__()
        self._tools = [tool for tool in TOOLS.values() if tool.name not in present]

    def compose(self) -> ComposeResult:
        """The list in a box."""
        with Vertical(id="dialog"):
            yield Choices(id="tools", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Lists the tools with what they tell."""
        self.query_one("#dialog").border_title = "Add a tool"
        listing = self.query_one(Choices)
        listing.add_options([Option(_entry(tool), id=tool.name) for tool in self._tools])
        listing.highlighted = 0 if self._tools else None
        listing.focus()

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id or "")

    def action_cancel(self) -> None:
        """Closes without a choice."""
        self.dismiss("")


def _entry(tool: Tool) -> Group:
    slow = ", runs when asked" if tool.needs_sample and not tool.live else ""
    return Group(
        Text.assemble((tool.title, "bold"), f"  {_READS[tool.reads]}{slow}"), Padding(Text(tool.help), (0, 0, 0, 2))
    )
