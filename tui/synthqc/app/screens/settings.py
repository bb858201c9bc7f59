"""The settings: a line each, changed in place and written at once."""

from collections.abc import Mapping
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from synthqc.settings.endpoints import target_of
from synthqc.settings.file import SettingsError
from synthqc.settings.rows import REACHING_OUT, Row, rows_of

from ..host import host
from ..widgets.choices import Choices
from ..widgets.hints import Hints
from .endpoint import EndpointScreen
from .keymap import KeymapScreen
from .models import ModelsScreen


class SettingsList(Choices):
    """A list whose lines change by left and right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "screen.change(1)", "change", key_display="←→", id="settings.next"),
        Binding("left", "screen.change(-1)", "change", key_display="←→", id="settings.previous"),
    ]


class SettingsScreen(Screen[None]):
    """What can be set, what it is set to, and where that comes from."""

    HELP = (
        "These are the settings. Left and right change the marked one, and it holds at once and next time. What a flag "
        "or a variable of the shell sets can only be changed there."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add_endpoint", "add an endpoint", id="settings.add-endpoint"),
        Binding("escape,q,comma", "dismiss", "back", key_display="esc", id="settings.close"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def compose(self) -> ComposeResult:
        """Heading, settings, what the marked one does."""
        yield Static(id="heading", markup=False)
        with Vertical(id="column"):
            yield SettingsList(id="settings", markup=False)
            yield Static(id="about", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Lists the settings."""
        self._show()
        listing = self.query_one(Choices)
        listing.highlighted = 0
        listing.focus()

    def _show(self) -> None:
        found = host(self).resolved
        is_guest = host(self).is_guest
        self._rows = [row for row in rows_of(found) if not (is_guest and row.name in REACHING_OUT)]
        place = "" if is_guest else f"   {found.path}"
        self.query_one("#heading", Static).update(Content.assemble(("Settings", "bold"), place), layout=False)
        listing = self.query_one(Choices)
        at = listing.highlighted
        listing.clear_options()
        listing.add_options([Option(_line(row), id=row.name) for row in self._rows])
        listing.highlighted = at
        self._show_about()

    @on(OptionList.OptionHighlighted)
    def _show_about(self) -> None:
        row = self._marked
        fixed = f"\n{row.origin} holds it: change it there." if row.is_fixed else ""
        self.query_one("#about", Static).update(f"{row.about}{fixed}")

    @property
    def _marked(self) -> Row:
        return self._rows[self.query_one(Choices).highlighted or 0]

    def action_change(self, by: int) -> None:
        """Takes the next value of the marked setting."""
        row = self._marked
        if row.is_fixed:
            self.notify(f"{row.origin} holds it: change it there.", markup=False, timeout=4)
        elif row.choices:
            self._set({(row.name,): row.next(by)})

    @on(OptionList.OptionSelected, "#settings")
    def _open(self) -> None:
        row = self._marked
        if row.name == "keys":
            self.app.push_screen(KeymapScreen(), lambda _: self._show())
        elif row.is_fixed or (row.choices and row.name != "endpoint"):
            self.action_change(1)
        elif row.name == "endpoint":
            if len(row.choices) > 1:
                self.action_change(1)
            else:
                self.action_add_endpoint()
        else:
            self.app.push_screen(ModelsScreen(host(self).resolved), self._take_model)

    def _take_model(self, model: str | None) -> None:
        if not model:
            return
        found = host(self).resolved
        target = target_of(found)
        is_named = target is not None and target.name in found.settings.endpoints
        self._set({("endpoints", target.name, "model") if is_named and target else ("model",): model})

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A guest adds no endpoint."""
        return not (action == "add_endpoint" and host(self).is_guest) and super().check_action(action, parameters)

    def action_add_endpoint(self) -> None:
        """Asks for an endpoint and uses it."""
        self.app.push_screen(EndpointScreen(tuple(host(self).resolved.settings.endpoints)), self._take_endpoint)

    def _take_endpoint(self, changes: Mapping[tuple[str, ...], str] | None) -> None:
        if changes:
            self._set(changes)

    def _set(self, changes: Mapping[tuple[str, ...], str]) -> None:
        app = host(self)
        try:
            app.change_settings(changes)
        except SettingsError as error:
            self.notify(str(error), severity="error", markup=False, timeout=10)
            return
        self._show()
        app.ask_about_openai()


def _line(row: Row) -> Table:
    line = Table.grid(padding=(0, 2, 0, 0), expand=True)
    line.add_column(width=12, no_wrap=True)
    line.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    line.add_column(width=18, no_wrap=True, overflow="ellipsis")
    value = f"‹ {row.value} ›" if len(row.choices) > 1 and not row.is_fixed else f"  {row.value}"
    line.add_row(Text(row.title), Text(value), Text(row.origin))
    return line
