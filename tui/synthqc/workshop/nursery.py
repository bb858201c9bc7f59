"""The process that sessions are forked from: it has loaded everything once, and has no thread and no network.

It gets a terminal and a request over a socket, forks, and says how each session ended. When the server is gone, it
ends; its sessions end by the hang-up of their terminals.
"""

import contextlib
import fcntl
import gc
import json
import os
import select
import signal
import socket
import sys
import termios
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from synthqc.course.loading import Course
from synthqc.errors import SynthQCError

from .directory import Workshop, open_workshop
from .session import play_session, preloaded_course

LARGEST_MESSAGE = 65_536
"""Bytes; a request is a few hundred."""


class Request(TypedDict, total=False):
    """What the server asks for: a session on the terminal that comes with it, or a signal to one."""

    session: int
    """Number of the session."""
    learner: str
    """Id of the learner of a new session."""
    environment: dict[str, str]
    """Environment of a new session."""
    signal: int
    """Signal for a session that is there."""


class Report(TypedDict, total=False):
    """What the server is told: it can begin, it cannot, or how a session ended."""

    ready: int
    """Process id of the nursery."""
    trouble: str
    """Why no session can be started, in one sentence."""
    session: int
    """Number of a session that began or ended."""
    pid: int
    """Its process id, when it began."""
    code: int
    """Its exit code when it ended, or minus the signal that ended it."""


def main() -> None:
    """Serves requests on the socket whose descriptor is the first argument, for the workshop in the second."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    try:
        workshop = open_workshop(Path(sys.argv[2]))
        course = preloaded_course(workshop)
    except SynthQCError as error:
        _tell(channel, {"trouble": str(error)})
        sys.exit(error.exit_code)
    # Shared memory stays shared while nobody writes to it, and the collector would write to every object.
    gc.collect()
    gc.freeze()
    _tell(channel, {"ready": os.getpid()})
    _Nursery(channel, workshop, course).run()


def _tell(channel: socket.socket, report: Report) -> None:
    # A server that is gone is noticed where it is read from.
    with contextlib.suppress(OSError):
        channel.send(json.dumps(report).encode())


class _Nursery:
    def __init__(self, channel: socket.socket, workshop: Workshop, course: Course) -> None:
        self._channel = channel
        self._workshop = workshop
        self._course = course
        self._sessions: dict[int, int] = {}

    def run(self) -> None:
        woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        # ctrl+c where the server runs reaches this process too; the server decides what ends.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True:
            ready, _, _ = select.select([self._channel.fileno(), woken], [], [])
            if woken in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(woken, 4096)
                self._reap()
            if self._channel.fileno() in ready and not self._take():
                return

    def _take(self) -> bool:
        """Takes a request; False when the server is gone."""
        try:
            data, handles, _, _ = socket.recv_fds(self._channel, LARGEST_MESSAGE, 1)
        except OSError:
            return False
        if not data:
            return False
        request: Request = json.loads(data)
        if handles:
            self._start(request, handles[0])
        elif (pid := next((p for p, n in self._sessions.items() if n == request["session"]), 0)) > 0:
            os.kill(pid, request["signal"])
        return True

    def _start(self, request: Request, terminal: int) -> None:
        try:
            pid = os.fork()
        except OSError:
            _tell(self._channel, {"session": request["session"], "code": -signal.SIGKILL})
            os.close(terminal)
            return
        if pid == 0:
            code = 1
            try:
                self._channel.close()
                _take_terminal(terminal)
                code = play_session(self._workshop, self._course, request["learner"], _of(request))
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                # Everything is stored when it happens; nothing of the nursery may run on here.
                os._exit(code)
        os.close(terminal)
        self._sessions[pid] = request["session"]
        _tell(self._channel, {"session": request["session"], "pid": pid})

    def _reap(self) -> None:
        for pid in tuple(self._sessions):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                number = self._sessions.pop(pid)
                _tell(self._channel, {"session": number, "code": os.waitstatus_to_exitcode(status)})


def _of(request: Request) -> Mapping[str, str]:
    return request["environment"]


def _take_terminal(terminal: int) -> None:
    """Makes the terminal this process's own: its input, its output, and where its hang-up comes from."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    # Nobody could wake a session that was stopped.
    for number in (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
        signal.signal(number, signal.SIG_IGN)
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for handle in (0, 1, 2):
        os.dup2(terminal, handle)
    os.closerange(3, 1024)
    sys.stdin = open(0, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115 - the terminal itself
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc]
