"""Help: what the focused part is for, and the keys of the screen beneath."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen

from ..widgets.hints import Hints
from ..widgets.prose import Prose


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a key does on a screen now."""

    words: str
    """What it does."""
    keys: str
    """Its keys as shown, with commas between."""
    id: str
    """Name of the action in the settings; empty where its keys are fixed."""
    action: str
    """Textual's action."""
    node: DOMNode
    """Whose action it is."""
    is_enabled: bool
    """Can it be done now?"""


def commands_of(screen: Screen[object]) -> list[Command]:
    """What can be done on a screen, each once, from the bindings that hold there."""
    found: dict[tuple[str, str], Command] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not binding.description or not (binding.show or _is_ours(active)):
            continue
        key = binding.key_display or screen.app.get_key_display(binding)
        same = found.get((binding.description, binding.id or ""))
        if same is None:
            command = Command(
                binding.description, key, binding.id or "", binding.action, active.node, bool(active.enabled)
            )
        elif key not in same.keys.split(", "):
            command = replace(same, keys=f"{same.keys}, {key}")
        else:
            continue
        found[binding.description, binding.id or ""] = command
    return list(found.values())


class KeysScreen(ModalScreen[None]):
    """What the focused part is for, every key that works on the screen, and the names by which keys are set."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,enter,question_mark", "dismiss", "close", key_display="esc", id="help.close")
    ]

    def __init__(self, beneath: Screen[object]) -> None:
        super().__init__()
        self._beneath = beneath

    def compose(self) -> ComposeResult:
        """Words, then a table of keys."""
        yield Prose(id="dialog")
        yield Hints()

    def on_mount(self) -> None:
        """Collects words and keys."""
        shown = list(self._shown())
        dialog = self.query_one(Prose)
        dialog.border_title = "Help"
        dialog.show(lambda _width: shown)
        dialog.focus()

    def _shown(self) -> Iterator[RenderableType]:
        for text in dict.fromkeys(one.HELP for one in (self._beneath.focused, self._beneath) if one and one.HELP):
            yield Padding(Text(text), (0, 0, 1, 0))
        table = Table(box=None, pad_edge=False, title="Keys on this screen", title_justify="left")
        table.add_column("key", style="bold", no_wrap=True)
        table.add_column("what it does")
        table.add_column("name in the settings", no_wrap=True)
        for one in commands_of(self._beneath):
            table.add_row(Text(one.keys), Text(one.words), Text(one.id))
        table.add_row("ctrl+c twice", "quit from anywhere", "")
        yield table


def _is_ours(active: ActiveBinding) -> bool:
    """Does a class of ours declare the key? Textual's own, such as forty editing keys of a text field, go unlisted."""
    declared = (
        binding
        for kind in type(active.node).__mro__
        if kind.__module__.startswith("synthqc")
        for binding in kind.__dict__.get("BINDINGS", ())
    )
    return any(isinstance(binding, Binding) and binding.action == active.binding.action for binding in declared)
