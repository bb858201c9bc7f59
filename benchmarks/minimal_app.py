"""The floor: a Textual application with a header, a line of text and a footer."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class Minimal(App[None]):
    """As little as a Textual application can be."""

    def compose(self) -> ComposeResult:
        """Three widgets."""
        yield Header()
        yield Static("ready when you are")
        yield Footer()


if __name__ == "__main__":
    Minimal().run()
