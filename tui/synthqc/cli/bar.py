"""A line on standard error that says how far something is, where somebody is looking."""

import sys
import time
from collections.abc import Callable
from types import TracebackType

import click

_WIDTH = 30
_PATIENCE_SECONDS = 0.5
"""What takes less gets no line: it would only flash."""


class Bar:
    """Shows done and to do while it is open, and leaves nothing behind."""

    def __init__(
        self, name: str, *, is_watched: bool | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Says nothing yet.

        Args:
            name: What is going on.
            is_watched: Does somebody look? Where it is not given, a terminal is taken for somebody.
            clock: Seconds, rising.
        """
        self._name = name
        self._clock = clock
        self._since = clock()
        self._is_watched = sys.stderr.isatty() if is_watched is None else is_watched
        self._shown = ""

    def __enter__(self) -> "Bar":
        """Itself."""
        return self

    def __call__(self, done: int, of: int) -> None:
        """Shows how far it is.

        Args:
            done: Steps or bytes done.
            of: How many there are; 0 where nobody knows, then what is done counts as bytes.
        """
        if not self._is_watched or self._clock() - self._since < _PATIENCE_SECONDS:
            return
        if of:
            full = min(_WIDTH, _WIDTH * done // of)
            self._show(f"{self._name}  {'█' * full}{'·' * (_WIDTH - full)} {min(100, 100 * done // of):3} %")
        else:
            self._show(f"{self._name}  {done / 1e6:,.0f} MB")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Takes the line away."""
        if self._shown:
            click.echo(f"\r{' ' * len(self._shown)}\r", err=True, nl=False)

    def _show(self, line: str) -> None:
        if line != self._shown:
            click.echo(f"\r{line.ljust(len(self._shown))}", err=True, nl=False)
            self._shown = line
