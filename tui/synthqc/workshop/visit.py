"""A learner's session as the server sees it: between the SSH channel and the terminal of the process."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import TYPE_CHECKING

import asyncssh

from synthqc.errors import UsageError

from .directory import Workshop
from .environment import session_environment
from .joining import Learner, folder_of
from .nursery import Report
from .starting import close_quietly
from .terminal import Terminal

if TYPE_CHECKING:
    from .server import Server

_LEFT_BEHIND = "\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1006l\x1b[?2004l\x1b[<u\x1b[0m"
"""What a session that was killed can no longer undo: the second screen, a hidden cursor, reports of mouse and keys."""

SECONDS_TO_SAVE = 5.0
"""Seconds that a session has to save and end, before it is killed."""


class Visit(asyncssh.SSHServerSession[bytes]):
    """One learner's session, between the SSH channel and the terminal of the process."""

    def __init__(self, server: "Server", learner: Learner) -> None:
        self._server = server
        self.learner = learner
        """Who plays."""
        self.last_key = server.clock()
        """When the learner last typed, in seconds of the server's clock."""
        self._number = server.number()
        self._channel: asyncssh.SSHServerChannel[bytes] | None = None
        self._terminal: Terminal | None = None
        self._size: tuple[int, int] = (80, 24)
        self._term = ""
        self._has_terminal = False
        self._words = ""
        self.pid = 0
        """Process id of the session; 0 before it began."""
        self._code: int | None = None
        self._is_over = False
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, chan: "asyncssh.SSHServerChannel[bytes]") -> None:
        """Keeps the channel."""
        self._channel = chan

    def pty_requested(self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object) -> bool:
        """Notes the terminal that the client has."""
        del term_modes
        self._term, self._size, self._has_terminal = term_type, (term_size[0], term_size[1]), True
        return True

    def shell_requested(self) -> bool:
        """Takes what would be a shell elsewhere; it is the course here."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Refuses commands, and with them scp."""
        del command
        return False

    def subsystem_requested(self, subsystem: str) -> bool:
        """Refuses subsystems, and with them SFTP."""
        del subsystem
        return False

    def session_started(self) -> None:
        """Starts the session, or says why not."""
        reason = self._server.reason_full(self.learner)
        if not self._has_terminal:
            reason = "The course needs a terminal: connect with ssh -t, and without a command."
        if reason:
            self._say_and_leave(reason, 2)
            return
        self._server.sessions[self._number] = self
        task = asyncio.create_task(self._start())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _start(self) -> None:
        assert self._channel is not None
        folder = folder_of(self._server.workshop, self.learner.id)
        client = {name: value for name, value in self._channel.get_environment().items() if isinstance(value, str)}
        environment = session_environment(client, self._term, self.learner.id, folder)
        terminal = self._terminal = Terminal(
            *self._size,
            is_raw=environment["TERM"] != "dumb",
            write=self._write,
            hold=self._hold,
            ended=lambda: self._later(self._after_end()),
        )
        try:
            await self._server.nursery.ask(
                {"session": self._number, "learner": self.learner.id, "environment": environment}, terminal.session_end
            )
        except (OSError, UsageError) as error:
            self._server.say(f"no session for {self.learner.name}: {error}")
            close_quietly(terminal.session_end)
            terminal.hang_up()
            self._leave()
            self._say_and_leave("No session could be started here; ask the host of the workshop.", 1)
            return
        terminal.let_go()
        self._server.tell_count(self.learner, "came")

    def hear(self, report: Report) -> None:
        """Hears from the nursery that the session began or ended."""
        if "pid" in report:
            self.pid = report["pid"]
        if "code" in report:
            self._code = report["code"]
            self._later(self._after_end())

    def end(self, words: str) -> None:
        """Ends the session: it saves, leaves the screen, and the learner reads why."""
        if self._is_over or self._words:
            return
        self._words = words
        # The screen is left as by a learner; the words come after it, on the screen that was there before.
        self._server.nursery.signal(self._number, signal.SIGHUP)
        self._later(self._kill_if_there())

    async def _kill_if_there(self) -> None:
        await asyncio.sleep(SECONDS_TO_SAVE)
        if self._code is None:
            self._server.nursery.signal(self._number, signal.SIGKILL)

    async def _after_end(self) -> None:
        """Says why the session ended where it was not the learner, once both the terminal and the process are done."""
        if self._is_over:
            return
        for _ in range(50):
            if self._code is not None:
                break
            await asyncio.sleep(0.02)
        # What the session wrote last is still on its way through the terminal.
        await asyncio.sleep(0.02)
        self._leave()
        self._say_and_leave(self._words or _reason_ended(self._code, self._server.workshop), self._code or 0)

    def _leave(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        if self._terminal is not None:
            self._terminal.hang_up()
        if self._server.sessions.pop(self._number, None) is not None:
            self._server.tell_count(self.learner, "left")

    def _say_and_leave(self, words: str, code: int) -> None:
        channel = self._channel
        if channel is None or channel.is_closing():
            return
        if words:
            killed = _LEFT_BEHIND if self._code is not None and self._code < 0 else ""
            start = f"{killed}\r\x1b[K" if self._has_terminal else ""
            text = f"{start}{words}\r\n".encode()
            channel.write(text) if self._has_terminal else channel.write_stderr(text)
        channel.exit(code if 0 <= code < 256 else 1)

    def _write(self, data: bytes) -> None:
        if self._channel is not None and not self._channel.is_closing():
            self._channel.write(data)

    def _hold(self, is_held: bool) -> None:
        if self._channel is not None:
            if is_held:
                self._channel.pause_reading()
            else:
                self._channel.resume_reading()

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Passes on what the learner typed."""
        del datatype
        self.last_key = self._server.clock()
        if self._terminal is not None:
            self._terminal.feed(data)

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        """Passes on the size of the window."""
        del pixwidth, pixheight
        self._size = (width, height)
        if self._terminal is not None:
            self._terminal.resize(width, height)

    def eof_received(self) -> bool:
        """The client's input is over; the learner may still be reading."""
        return True

    def break_received(self, msec: int) -> bool:
        """Takes no break."""
        del msec
        return False

    def signal_received(self, signal: str) -> None:
        """Takes no signals from the client."""
        del signal

    def pause_writing(self) -> None:
        """Lets the session wait while the client takes no more."""
        if self._terminal is not None:
            self._terminal.wait()

    def resume_writing(self) -> None:
        """Lets the session go on."""
        if self._terminal is not None and not self._is_over:
            self._terminal.go_on()

    def connection_lost(self, exc: Exception | None) -> None:
        """Hangs up: the session keeps its drafts and ends."""
        del exc
        if not self._is_over and self._terminal is not None:
            self._leave()
            self._later(self._kill_if_there())


def _reason_ended(code: int | None, workshop: Workshop) -> str:
    if code == -signal.SIGXCPU:
        minutes = workshop.settings.limits.cpu_minutes
        return (
            f"This session had computed for {minutes} minutes, which is the most. Everything is saved; connect again."
        )
    if code is not None and code < 0 and code not in (-signal.SIGHUP, -signal.SIGTERM):
        return "The session was ended by the system. What you did is saved; connect again to go on."
    return ""
