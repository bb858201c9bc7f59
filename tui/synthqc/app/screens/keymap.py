"""Every action with its keys, to give it others."""

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from synthqc.settings.file import SettingsError

from ..actions import Action, actions
from ..host import host
from ..widgets.choices import Choices
from ..widgets.hints import Hints


class KeymapScreen(Screen[None]):
    """A line for each action: its name, its keys, what it does."""

    HELP = "Enter gives the marked action another key, d the keys that it comes with. It holds at once and next time."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "reset", "default", id="keymap.reset"),
        Binding("escape,q", "dismiss", "back", key_display="esc", id="keymap.close"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
    ]

    def __init__(self) -> None:
        super().__init__()
        merged: dict[str, Action] = {}
        for one in actions():
            before = merged.get(one.id)
            keys = dict.fromkeys([*(before.keys.split(",") if before else []), *one.keys.split(",")])
            merged[one.id] = Action(one.id, ",".join(keys), before.words if before else one.words, one.where)
        self._actions = sorted(merged.values(), key=lambda one: one.id)

    def compose(self) -> ComposeResult:
        """Heading and list."""
        yield Static("Keys: enter gives the marked action another one", id="heading", markup=False)
        yield Choices(id="actions", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Lists the actions."""
        self._show()
        listing = self.query_one(Choices)
        listing.highlighted = 0
        listing.focus()

    def _show(self) -> None:
        listing = self.query_one(Choices)
        at = listing.highlighted
        keys = host(self).resolved.settings.keys
        listing.clear_options()
        listing.add_options([Option(_line(one, keys.get(one.id, ""))) for one in self._actions])
        listing.highlighted = at

    @property
    def _marked(self) -> Action:
        return self._actions[self.query_one(Choices).highlighted or 0]

    @on(OptionList.OptionSelected)
    def _ask(self) -> None:
        action = self._marked
        self.app.push_screen(PressScreen(action), lambda key: self._set(action, key) if key else None)

    def action_reset(self) -> None:
        """Takes back the keys that the marked action comes with."""
        if self._marked.id in host(self).resolved.settings.keys:
            self._set(self._marked, None)

    def _set(self, action: Action, key: str | None) -> None:
        try:
            host(self).change_settings({("keys", action.id): key})
        except SettingsError as error:
            self.notify(str(error), severity="error", markup=False, timeout=10)
            return
        self._show()
        room = action.id.partition(".")[0]
        others = [one.id for one in self._actions if key and one.id != action.id and key in self._keys_of(one)]
        near = [one for one in others if one.partition(".")[0] in (room, "app", "list", "text")]
        if near:
            self.notify(f"{key} is also the key of {', '.join(near)}.", severity="warning", markup=False, timeout=6)

    def _keys_of(self, action: Action) -> list[str]:
        return host(self).resolved.settings.keys.get(action.id, action.keys).split(",")


class PressScreen(ModalScreen[str | None]):
    """Waits for one key; the answer is its name, or nothing."""

    def __init__(self, action: Action) -> None:
        super().__init__()
        self._action = action

    def compose(self) -> ComposeResult:
        """What to do."""
        words = f"Press the new key for {self._action.id} ({self._action.words}); esc leaves it as it is."
        yield Static(words, id="press", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Takes the key, whatever it is."""
        event.stop()
        event.prevent_default()
        character = event.character if event.is_printable else None
        # In the settings a comma stands between keys, a plus between a key and its modifiers.
        key = character if character and character not in ",+ " else event.key
        self.dismiss(None if event.key == "escape" else key)


def _line(action: Action, keys: str) -> Table:
    line = Table.grid(padding=(0, 2, 0, 0), expand=True)
    # Shares instead of columns, so that on a narrow screen each says enough.
    for share in (4, 4, 3):
        line.add_column(ratio=share, no_wrap=True, overflow="ellipsis")
    shown = f"{keys} (set)" if keys else action.keys
    line.add_row(Text(action.id), Text(action.words), Text(shown.replace(",", ", ")))
    return line
