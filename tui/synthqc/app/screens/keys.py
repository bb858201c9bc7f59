"""Help: the keys of the screen beneath."""

from typing import ClassVar

from rich.table import Table
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import ModalScreen, Screen

from ..widgets.hints import Hints
from ..widgets.prose import Prose


class KeysScreen(ModalScreen[None]):
    """Every key that works on a screen, and what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f1,enter", "dismiss", "close", key_display="esc")]

    def __init__(self, beneath: Screen[object]) -> None:
        super().__init__()
        self._beneath = beneath

    def compose(self) -> ComposeResult:
        """A table of keys."""
        yield Prose(id="dialog")
        yield Hints()

    def on_mount(self) -> None:
        """Collects the keys."""
        rows: dict[str, list[str]] = {}
        for active in self._beneath.active_bindings.values():
            if active.binding.description and (active.binding.show or _is_ours(active)):
                key = active.binding.key_display or self.app.get_key_display(active.binding)
                keys = rows.setdefault(active.binding.description, [])
                if key not in keys:
                    keys.append(key)
        table = Table(box=None, pad_edge=False, title="Keys on this screen", title_justify="left")
        table.add_column("key", style="bold", no_wrap=True)
        table.add_column("what it does")
        for description, keys in rows.items():
            table.add_row(", ".join(keys), description)
        table.add_row("ctrl+c twice", "quit from anywhere")
        dialog = self.query_one(Prose)
        dialog.border_title = "Help"
        dialog.show(lambda _width: [table])
        dialog.focus()


def _is_ours(active: ActiveBinding) -> bool:
    """Does a class of ours declare the key? Textual's own, such as forty editing keys of a text field, go unlisted."""
    declared = (
        binding
        for kind in type(active.node).__mro__
        if kind.__module__.startswith("synthqc")
        for binding in kind.__dict__.get("BINDINGS", ())
    )
    return any(isinstance(binding, Binding) and binding.action == active.binding.action for binding in declared)
