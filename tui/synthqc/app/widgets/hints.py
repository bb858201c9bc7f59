"""The line at the bottom that shows the keys of the screen."""

from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static


class Hints(Horizontal):
    """The keys that work now, from the bindings themselves, and a short remark at the right.

    Textual's Footer keeps every key it ever showed in memory; this is one line that changes only when its text does.
    """

    DEFAULT_CSS = """
    Hints { dock: bottom; height: 1; }
    Hints #hint-keys { width: 1fr; height: 1; }
    Hints #hint-remark { width: auto; height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self._remark = ""

    def compose(self) -> ComposeResult:
        """Keys at the left, the remark at the right."""
        yield Static(id="hint-keys", markup=False)
        yield Static(id="hint-remark", markup=False)

    def on_mount(self) -> None:
        """Follows the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._show)
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        """More or fewer keys fit."""
        self._show()

    def remark(self, text: str) -> None:
        """Shows a short remark at the right, such as where something was saved."""
        self._remark = text
        self.query_one("#hint-remark", Static).update(text)
        self._show()

    def _ordered(self) -> list[ActiveBinding]:
        """Keys of the focused widget first, then those of the screen in the order in which it declares them."""
        declared = {
            action: number
            for number, action in enumerate(
                binding.action for bindings in self.screen._bindings.key_to_bindings.values() for binding in bindings
            )
        }
        return sorted(self.screen.active_bindings.values(), key=lambda one: declared.get(one.binding.action, -1))

    def _show(self, _screen: object = None) -> None:
        parts: list[Content] = []
        moving: Content | None = None
        seen: set[str] = set()
        for active in self._ordered():
            binding = active.binding
            if not binding.show or not active.enabled or binding.description in seen:
                continue
            seen.add(binding.description)
            key = binding.key_display or self.app.get_key_display(binding)
            parts.append(Content.assemble((key, "bold"), " ", binding.description))
            if key == "↑↓":
                moving = parts[-1]
        remark = Content(self._remark).cell_length
        room = self.size.width - 2 - (remark + 2 if remark else 0)
        line = Content("  ").join(parts)
        while line.cell_length > room and len(parts) > 3:
            # Arrows are tried unasked, so they go first. The last two, how to leave and how to get help, stay; help
            # lists the rest.
            parts.remove(moving) if moving in parts else parts.pop(-3)
            line = Content("  ").join(parts)
        if line.plain != self._shown:
            self._shown = line.plain
            self.query_one("#hint-keys", Static).update(line, layout=False)
