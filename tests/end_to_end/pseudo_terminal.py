"""A program in a real pseudo-terminal, and a terminal emulator that shows what a person would see."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte

UNSUPPORTED = re.compile(rb"\x1b\[[<>=?][0-9;]*[uq]|\x1b\[\?[0-9;]*\$p")
"""Queries of the keyboard protocol and of modes, which pyte would print."""


class PseudoTerminal:
    """A program that believes it sits at a terminal."""

    def __init__(
        self, command: Sequence[str], *, columns: int = 80, lines: int = 24, env: Mapping[str, str] | None = None
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._held = b""
        self.raw = b""
        """Every byte that the program has written."""
        self.exit_code: int | None = None
        """Exit code, or minus the signal that ended it; None while it runs."""
        size = struct.pack("HHHH", lines, columns, 0, 0)
        self.pid, self._master = pty.fork()
        if self.pid == 0:  # the child
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            try:
                os.execvpe(command[0], list(command), dict(env if env is not None else os.environ))
            finally:
                os._exit(127)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def __enter__(self) -> "PseudoTerminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, keys: str | bytes) -> None:
        """Presses keys; reads meanwhile, so that neither side waits for the other."""
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            readable, writable, _ = select.select([self._master], [self._master], [], 5)
            if readable:
                self._read()
            if writable:
                data = data[os.write(self._master, data[:1024]) :]

    def seconds_to_output(self, keys: str) -> float:
        """Presses keys and says how long the program took to write anything."""
        start = time.perf_counter()
        os.write(self._master, keys.encode())
        if not select.select([self._master], [], [], 5)[0]:
            raise AssertionError(f"nothing was written after {keys!r}, the screen is\n{self.screen_text()}")
        seconds = time.perf_counter() - start
        self._read()
        return seconds

    def paste(self, text: str) -> None:
        """Pastes as terminals do, between markers."""
        self.send(b"\x1b[200~" + text.encode("utf-8", "surrogatepass") + b"\x1b[201~")

    def wait_for(self, wanted: str | Callable[["PseudoTerminal"], object], timeout: float = 15) -> None:
        """Waits until a text stands on the screen, or a condition holds."""
        end = time.monotonic() + timeout
        while not (wanted in self.screen_text() if isinstance(wanted, str) else wanted(self)):
            left = end - time.monotonic()
            if left <= 0 or not self._read(min(left, 0.1)):
                if wanted in self.screen_text() if isinstance(wanted, str) else wanted(self):
                    return
                if self.exit_code is not None or left <= 0:
                    raise AssertionError(
                        f"waited for {wanted!r}, exit code {self.exit_code}, the screen is\n{self.screen_text()}"
                    )

    def settle(self, seconds: float = 0.2) -> None:
        """Reads until nothing has come for a while; a program that writes without end fails the test."""
        last = len(self.raw)
        end = time.monotonic() + seconds
        latest = end + 20
        while time.monotonic() < end and self._read(max(0.0, end - time.monotonic())):
            if len(self.raw) != last:
                last, end = len(self.raw), time.monotonic() + seconds
            assert time.monotonic() < latest, "the program writes without end"

    def wait_for_exit(self, timeout: float = 10) -> int:
        """Waits until the program has ended, and gives its exit code."""
        end = time.monotonic() + timeout
        while self.exit_code is None and time.monotonic() < end:
            self._read(0.05)
            self._reap()
        if self.exit_code is None:
            raise AssertionError(f"still running after {timeout} s, the screen is\n{self.screen_text()}")
        return self.exit_code

    def screen_text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def resize(self, columns: int, lines: int) -> None:
        """Makes the window larger or smaller."""
        self.screen.resize(lines, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to the program."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Closes the terminal under the program."""
        os.close(self._master)
        self._master = -1

    def close(self) -> None:
        """Ends the program if it still runs, and gives everything back."""
        if self.exit_code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                self._note(os.waitpid(self.pid, 0)[1])
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def _read(self, timeout: float = 0) -> bool:
        """Reads what is there; false where the program has closed its side."""
        if self._master < 0:
            time.sleep(timeout)
            return True
        if not select.select([self._master], [], [], timeout)[0]:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:
            self._reap()
            return False
        self.raw += data
        data = self._held + data
        # An escape sequence cut in two is fed when its rest has come.
        cut = data.rfind(b"\x1b")
        complete = cut < 0 or len(data) - cut > 32 or re.match(rb"\x1b(?:\[[0-9;:?<>=$ ]*[@-~]|[^\[])", data[cut:])
        self._held = b"" if complete else data[cut:]
        self._stream.feed(UNSUPPORTED.sub(b"", data if complete else data[:cut]))
        return bool(data)

    def _reap(self) -> None:
        if self.exit_code is None:
            with contextlib.suppress(ChildProcessError):
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    self._note(status)

    def _note(self, status: int) -> None:
        self.exit_code = os.waitstatus_to_exitcode(status)
