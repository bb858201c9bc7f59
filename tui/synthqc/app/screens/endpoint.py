"""A form for an endpoint: name, address, model, and the variable that holds its key."""

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from synthqc.cleaning import one_line
from synthqc.errors import UsageError

from ..widgets.hints import Hints
from ..widgets.line import Line

FIELDS = {
    "name": ("name", "a word of your choice, such as desk"),
    "base_url": ("address", "such as http://localhost:11434/v1"),
    "model": ("model", "such as qwen3:8b; may stay empty, then choose one from the list"),
    "key_env": ("key in", "variable that holds the key, such as DESK_KEY; empty for none"),
}


class EndpointScreen(ModalScreen[Mapping[tuple[str, ...], str] | None]):
    """Four lines to type in; the answer is what the settings have to say, or nothing."""

    HELP = (
        "Here you name a server with a model. The key itself is never typed here: it stays in a variable of your "
        "shell, or in a file that you name as key_file in the settings file."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+s", "save", "save", id="endpoint.save"),
        Binding("escape", "dismiss", "leave it", key_display="esc", id="endpoint.close"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
    ]

    def __init__(self, taken: tuple[str, ...]) -> None:
        super().__init__()
        self._taken = taken

    def compose(self) -> ComposeResult:
        """A label and a line for each field."""
        with Vertical(id="dialog"):
            for name, (title, hint) in FIELDS.items():
                yield Static(f"{title}: {hint}", classes="label", markup=False)
                yield Line(id=name.replace("_", "-"))
            yield Static(id="wrong", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Gets ready to type."""
        self.query_one("#dialog").border_title = "Add an endpoint"
        self.query_one(Input).focus()

    def _typed(self, name: str) -> str:
        return one_line(self.query_one(f"#{name.replace('_', '-')}", Input).value)

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        if event.input.id == "key-env":
            self.action_save()
        else:
            self.focus_next()

    def action_above(self) -> None:
        """Goes to the line above."""
        self.focus_previous()

    def action_below(self) -> None:
        """Goes to the line below."""
        self.focus_next()

    def action_save(self) -> None:
        """Checks what was typed, and closes if it can be used."""
        from synthqc.assistant.endpoint import endpoint_of

        name = self._typed("name")
        try:
            if not name or name in self._taken:
                raise UsageError(f"the name {name!r} is taken" if name else "the endpoint needs a name")
            endpoint_of(self._typed("base_url"), self._typed("model") or "any")
        except UsageError as error:
            self.query_one("#wrong", Static).update(f"! {error}")
            return
        values = {one: self._typed(one) for one in ("base_url", "model", "key_env")}
        changes: dict[tuple[str, ...], str] = {
            ("endpoints", name, one): typed for one, typed in values.items() if typed
        }
        self.dismiss(changes | {("endpoint",): name})
