"""The server's side of the nursery: starts it, asks it for sessions, hears how they end, starts it anew if it dies."""

import asyncio
import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from synthqc.errors import UsageError

from .directory import Workshop
from .nursery import LARGEST_MESSAGE, Report, Request

_SOURCE = Path(__file__).resolve().parents[2]
"""Where this package lies: an isolated interpreter looks nowhere else for it."""

SECONDS_TO_LOAD = 60.0
_CODE = (
    # The folder goes again once the package is found in it: nothing else may hide a module of Python.
    "import sys; sys.path.insert(0, {source!r}); import synthqc; del sys.path[0]; "
    "from synthqc.workshop.{module} import main; main()"
)


def isolated(module: str, *arguments: str) -> list[str]:
    """The command that runs `main` of a module of this room, deaf to the environment and to the current directory."""
    return [sys.executable, "-I", "-c", _CODE.format(source=str(_SOURCE), module=module), *arguments]


class Nursery:
    """Sessions by number; `on_report` hears of each that began or ended."""

    def __init__(self, workshop: Workshop, on_report: Callable[[Report], None]) -> None:
        self._workshop = workshop
        self._on_report = on_report
        self._channel: socket.socket | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._ready: asyncio.Future[Report] | None = None

    @property
    def pid(self) -> int:
        """Process id of the nursery; 0 before it was started."""
        return self._process.pid if self._process is not None else 0

    async def start(self) -> None:
        """Starts the process and waits until it has loaded everything.

        Raises:
            UsageError: The course cannot be played, or the process does not begin.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(0)
        self._process = await asyncio.create_subprocess_exec(
            *isolated("nursery", str(theirs.fileno()), str(self._workshop.directory)),
            stdin=asyncio.subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
            # Matrices are multiplied without threads: a process with threads must not fork.
            env={"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "HOME": str(self._workshop.directory)},
            start_new_session=True,
        )
        theirs.close()
        self._channel = ours
        loop = asyncio.get_running_loop()
        self._ready = loop.create_future()
        loop.add_reader(ours, self._hear)
        try:
            report = await asyncio.wait_for(asyncio.shield(self._ready), SECONDS_TO_LOAD)
        except TimeoutError:
            report = {"trouble": f"the course was not loaded within {SECONDS_TO_LOAD:.0f} seconds"}
        if "trouble" in report:
            await self.stop()
            raise UsageError(report["trouble"])

    def _hear(self) -> None:
        assert self._channel is not None
        try:
            data = self._channel.recv(LARGEST_MESSAGE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lose()
            return
        report: Report = json.loads(data)
        if self._ready is not None and not self._ready.done():
            self._ready.set_result(report)
        else:
            self._on_report(report)

    def _lose(self) -> None:
        if self._channel is not None:
            asyncio.get_running_loop().remove_reader(self._channel)
            self._channel.close()
            self._channel = None
        if self._ready is not None and not self._ready.done():
            self._ready.set_result({"trouble": "the process that sessions come from ended before it began"})

    async def ask(self, request: Request, terminal: int) -> None:
        """Asks for a session on a terminal; starts the nursery anew where it has died.

        Raises:
            UsageError: It cannot be started.
            OSError: It does not listen.
        """
        if self._channel is None:
            await self.start()
        assert self._channel is not None
        socket.send_fds(self._channel, [json.dumps(request).encode()], [terminal])

    def signal(self, session: int, number: int) -> None:
        """Sends a signal to a session, if it is still there."""
        if self._channel is not None:
            request: Request = {"session": session, "signal": number}
            self._channel.send(json.dumps(request).encode())

    async def stop(self) -> None:
        """Ends the nursery; sessions end by the hang-up of their terminals, not by this."""
        self._lose()
        if self._process is not None:
            await self._process.wait()


def close_quietly(handle: int) -> None:
    """Closes a descriptor that may be closed already."""
    try:
        os.close(handle)
    except OSError:
        return
