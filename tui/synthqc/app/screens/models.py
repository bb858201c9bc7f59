"""The models that an endpoint offers, to choose from; or a name to type."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from synthqc.cleaning import one_line
from synthqc.errors import SynthQCError
from synthqc.settings.resolving import Resolved

from ..widgets.choices import Choices
from ..widgets.hints import Hints
from ..widgets.line import Line


class ModelsScreen(ModalScreen[str | None]):
    """A line to type in, and the models of the endpoint; the answer is a name, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "leave it", key_display="esc", id="models.close"),
    ]

    def __init__(self, found: Resolved) -> None:
        super().__init__()
        self._found = found
        self._models: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Name, what is known, models."""
        with Vertical(id="dialog"):
            yield Line(placeholder="name of a model", id="name")
            yield Static("Asking the endpoint for its models …", id="state", markup=False)
            yield Choices(id="models", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Asks for the list."""
        self.query_one("#dialog").border_title = "Model"
        self.query_one(Input).focus()
        self._ask()

    @work(exit_on_error=False)
    async def _ask(self) -> None:
        from synthqc.assistant.probing import models_of
        from synthqc.settings.voice import listing_endpoint

        try:
            self._models = await models_of(listing_endpoint(self._found))
            state = f"{len(self._models)} offered; type to narrow, ↓ goes to the list, enter takes what is typed."
        except SynthQCError as error:
            state = f"No list: {error}. Type a name; enter takes it."
        self.query_one("#state", Static).update(state)
        self._narrow()

    @on(Input.Changed)
    def _narrow(self) -> None:
        typed = self.query_one(Input).value.strip().lower()
        listing = self.query_one(Choices)
        listing.clear_options()
        shown = [model for model in self._models if typed in model.lower()]
        listing.add_options([Option(model) for model in shown])
        listing.highlighted = 0 if shown else None

    def action_above(self) -> None:
        """Stays: there is nothing above the name."""

    def action_below(self) -> None:
        """Goes from the name to the list."""
        if self.query_one(Choices).option_count:
            self.query_one(Choices).focus()

    @on(Input.Submitted)
    def _take_typed(self, event: Input.Submitted) -> None:
        if name := one_line(event.value):
            self.dismiss(name)

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(str(event.option.prompt))
