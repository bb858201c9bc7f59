"""The terminal as the application uses it: safe input, short output, a hang-up that ends the program."""

import os
import select
import shutil
import sys
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from synthqc.cleaning import clean

from .changes import Changes
from .clipboard import clipboard_sequence
from .lettering import Lettering, as_it_is, lettering_for
from .pastes import PasteCutter, Pasted

if TYPE_CHECKING:
    from textual.app import App

_READ = 65_536
_AT_ONCE = 8 * _READ
_QUIET = 0.1
"""Seconds without input after which a lone escape is a key."""
_LOST = 2.0
"""Seconds without input after which a paste without an end is over."""


class Output:
    """A file that writes only what changed on the screen, and nothing more once the terminal is gone."""

    def __init__(self, file: IO[str], lettering: Lettering = as_it_is) -> None:
        """Writes to a terminal.

        Args:
            file: The terminal.
            lettering: Writes with other signs what the terminal cannot show.
        """
        self._file = file
        self._changes = Changes(lettering)
        self._size = (0, 0)
        self._is_gone = False

    def write(self, text: str) -> None:
        """Writes a part of a frame."""
        columns, lines = shutil.get_terminal_size()
        if (columns, lines) != self._size:
            # A terminal rearranges its lines when it is resized, in its own way.
            self._size = (columns, lines)
            self._changes.forget()
        self._put(self._changes.feed(text).encode("utf-8", errors="replace"))

    def _put(self, data: bytes) -> None:
        while data and not self._is_gone:
            try:
                data = data[os.write(self._file.fileno(), data) :]
            except OSError:
                self._is_gone = True

    def pass_through(self, sequence: str) -> None:
        """Writes a sequence of our own making that the fence would hold back, such as one for the clipboard."""
        self._put(sequence.encode("ascii"))

    def flush(self) -> None:
        """Nothing is held back."""

    def fileno(self) -> int:
        """The descriptor of the terminal."""
        return self._file.fileno()


class SafeDriver(LinuxDriver):
    """Textual's driver with its own reading of input and writing of frames.

    Textual 8.2 takes what follows an escape in a paste for keys, dies of a byte that is not UTF-8, and spins when the
    terminal is gone.
    """

    def __init__(self, app: "App[Any]", **options: Any) -> None:
        super().__init__(app, **options)
        self._output = Output(sys.__stderr__ or sys.stderr, lettering_for(os.environ))
        self._file = self._output  # type: ignore[assignment]  # the writer needs the methods that it has
        self._wake_read, self._wake_write = os.pipe()

    def copy(self, text: str) -> bool:
        """Sends a text to the clipboard of the terminal; False where it is too long for that."""
        sequence = clipboard_sequence(text, os.environ)
        if sequence:
            self._output.pass_through(sequence)
        return bool(sequence)

    def disable_input(self) -> None:
        """Stops reading at once."""
        # Textual waits up to a tenth of a second for its thread; a byte in this pipe ends the wait.
        os.write(self._wake_write, b"x")
        super().disable_input()

    def run_input_thread(self) -> None:
        """Reads the terminal until the program ends or the terminal is gone."""
        parser = XTermParser(self._debug)
        cutter = PasteCutter()
        while not self.exit_event.is_set():
            wait = _LOST if cutter.is_open and not cutter.may_be_a_key else _QUIET
            ready, _, _ = select.select([self.fileno, self._wake_read], [], [], wait)
            if self._wake_read in ready:
                os.read(self._wake_read, 16)
            if self.fileno in ready:
                data = self._read()
                if data is None:
                    self._app.call_later(self._app.exit)
                    return
                self._dispatch(cutter.feed(data), parser)
            elif cutter.is_open:
                self._dispatch(cutter.end(), parser)
            for message in parser.tick():
                self.process_message(message)

    def _read(self) -> bytes | None:
        """All that has arrived; nothing where the terminal is gone."""
        data = b""
        while len(data) < _AT_ONCE:
            try:
                piece = os.read(self.fileno, _READ)
            except OSError:
                return None
            if not piece:
                return None
            data += piece
            if not select.select([self.fileno], [], [], 0)[0]:
                break
        return data

    def _dispatch(self, parts: Iterable[str | Pasted], parser: XTermParser) -> None:
        for part in parts:
            if isinstance(part, Pasted):
                self.process_message(events.Paste(clean(part.text)))
            else:
                for message in parser.feed(part):
                    self.process_message(message)
