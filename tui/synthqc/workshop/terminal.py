"""A pseudo-terminal between an SSH channel and a session: bytes both ways, neither side held up by the other."""

import asyncio
import contextlib
import fcntl
import os
import struct
import termios
import tty
from collections.abc import Callable

_PIECE = 65_536
_MUCH = 262_144
"""Bytes on the way to a session from which on the client has to wait."""
COLUMNS, LINES = (1, 500), (1, 300)
"""Smallest and largest window: a client may claim any size, and a session draws all of it."""


class Terminal:
    """The server's end of a pseudo-terminal."""

    def __init__(
        self,
        columns: int,
        lines: int,
        *,
        is_raw: bool,
        write: Callable[[bytes], None],
        hold: Callable[[bool], None],
        ended: Callable[[], None],
    ) -> None:
        """Opens it.

        Args:
            columns: Width of the window.
            lines: Height of the window.
            is_raw: Is input passed on untouched, from the first key on?
            write: Takes what the session writes.
            hold: Told with True when the client should wait with its input, with False when it may go on.
            ended: Told once when no process has the terminal any more.
        """
        self._master, self.session_end = os.openpty()
        """`session_end` is the descriptor for the session; `let_go` closes it here."""
        os.set_blocking(self._master, False)
        if is_raw:
            tty.setraw(self.session_end)
        self._write, self._hold, self._ended = write, hold, ended
        self._waiting = bytearray()
        self._is_holding = False
        self._is_reading = False
        self._loop = asyncio.get_running_loop()
        self.resize(columns, lines)

    def let_go(self) -> None:
        """Closes the session's end here, once the session has it, and begins to read."""
        os.close(self.session_end)
        self.go_on()

    def resize(self, columns: int, lines: int) -> None:
        """Sets the size of the window; the session hears of it."""
        if self._master < 0:
            return
        columns, lines = (min(max(value, low), high) for value, (low, high) in ((columns, COLUMNS), (lines, LINES)))
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def feed(self, data: bytes) -> None:
        """Passes on what the client typed."""
        if self._master < 0:
            return
        was_empty = not self._waiting
        self._waiting += data
        if was_empty:
            self._loop.add_writer(self._master, self._pass_on)
            self._pass_on()
        if len(self._waiting) > _MUCH and not self._is_holding:
            self._is_holding = True
            self._hold(True)  # noqa: FBT003 - the one thing it is told

    def _pass_on(self) -> None:
        try:
            done = os.write(self._master, self._waiting[:_PIECE])
        except BlockingIOError:
            return
        except OSError:
            done = len(self._waiting)
        del self._waiting[:done]
        if not self._waiting:
            self._loop.remove_writer(self._master)
        if self._is_holding and len(self._waiting) < _MUCH // 2:
            self._is_holding = False
            self._hold(False)  # noqa: FBT003 - the one thing it is told

    def wait(self) -> None:
        """Stops reading: the client cannot take more now."""
        if self._is_reading:
            self._loop.remove_reader(self._master)
            self._is_reading = False

    def go_on(self) -> None:
        """Reads again."""
        if not self._is_reading and self._master >= 0:
            self._loop.add_reader(self._master, self._read)
            self._is_reading = True

    def _read(self) -> None:
        try:
            data = os.read(self._master, _PIECE)
        except BlockingIOError:
            return
        except OSError:
            # Linux says so when the last process has closed its end.
            data = b""
        if data:
            self._write(data)
        else:
            self.hang_up()
            self._ended()

    def hang_up(self) -> None:
        """Closes the terminal: whoever has it gets SIGHUP, saves and ends."""
        if self._master < 0:
            return
        self.wait()
        with contextlib.suppress(ValueError):
            self._loop.remove_writer(self._master)
        os.close(self._master)
        self._master = -1
        self._waiting.clear()
