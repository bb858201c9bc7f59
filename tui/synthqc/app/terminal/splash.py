"""The first thing on the screen: a title, drawn with the standard library alone while the rest is being imported."""

import contextlib
import os
import sys
import termios
from collections.abc import Iterator

TITLE = "synthqc"

_before: list[object] = []
"""How the terminal was set before the title was shown; empty while it is not shown."""


def has_terminal() -> bool:
    """Is there a terminal that can move its cursor?"""
    return sys.stdin.isatty() and sys.stderr.isatty() and (os.environ.get("TERM") or "dumb") != "dumb"


def show() -> None:
    """Takes the terminal and shows the title. What is typed now is not echoed and reaches the application."""
    if _before:
        return
    handle = sys.stdin.fileno()
    _before.extend(termios.tcgetattr(handle))
    quiet = termios.tcgetattr(handle)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    # Textual reads Enter as a carriage return; a terminal that makes a newline of it would spoil keys typed now.
    quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
    termios.tcsetattr(handle, termios.TCSANOW, quiet)
    columns, lines = os.get_terminal_size(sys.stderr.fileno())
    column = max(1, (columns - len(TITLE)) // 2 + 1)
    _put(f"\x1b[?1049h\x1b[?25l\x1b[2J\x1b[{max(1, lines // 2)};{column}H{TITLE}")


@contextlib.contextmanager
def shown() -> Iterator[None]:
    """Shows the title while the application starts, and gives the terminal back as it was when all is over."""
    show()
    try:
        yield
    except BaseException:
        # Only the application leaves the alternate screen itself, once it has begun.
        _put("\x1b[?1049l\x1b[?25h")
        raise
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, _before)  # type: ignore[arg-type]  # as it was read
        _before.clear()


def _put(text: str) -> None:
    with contextlib.suppress(OSError):
        os.write(sys.stderr.fileno(), text.encode())
