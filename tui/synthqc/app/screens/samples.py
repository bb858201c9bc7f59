"""The bundled samples of a lab, to put on the workbench."""

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

from ..host import host
from ..widgets.choices import Choices
from ..widgets.hints import Hints


class SamplesScreen(ModalScreen[str]):
    """A list of samples; the answer is the id of the chosen one, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f6", "cancel", "close", key_display="esc", id="samples.close")
    ]

    def __init__(self, samples: tuple[str, ...]) -> None:
        super().__init__()
        self._samples = samples

    def compose(self) -> ComposeResult:
        """The list in a box."""
        with Vertical(id="dialog"):
            yield Choices(id="samples", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Lists the samples with what they are."""
        self.query_one("#dialog").border_title = "Samples"
        listing = self.query_one(Choices)
        for sample in self._samples:
            entry = host(self).course.sample(sample)
            about = Padding(Text(" ".join(entry.about.split())), (0, 0, 0, 2))
            listing.add_option(Option(Group(Text(entry.title, style="bold"), about), id=sample))
        listing.highlighted = 0
        listing.focus()

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id or "")

    def action_cancel(self) -> None:
        """Closes without a choice."""
        self.dismiss("")
