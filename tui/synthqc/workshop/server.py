"""The SSH server of a workshop: one connection, one learner, one session; no shell and nothing else."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime

import asyncssh

from synthqc.cleaning import clean
from synthqc.errors import UsageError
from synthqc.learner.store import Store

from .directory import Workshop, held
from .door import Door
from .joining import Learner
from .nursery import Report
from .starting import Nursery
from .tries import Tries
from .visit import SECONDS_TO_SAVE, Visit

KEEP_ALIVE_SECONDS, KEEP_ALIVE_TIMES = 15, 3
LOGIN_SECONDS = 180
LOOK_SECONDS = 2.0
"""Seconds between two looks at who is idle."""


def narrate(words: str) -> None:
    """Tells the host what happens, on standard error."""
    print(f"{datetime.now():%H:%M:%S} {clean(words)}", file=sys.stderr, flush=True)


class Server:
    """A workshop that is open."""

    def __init__(
        self,
        workshop: Workshop,
        *,
        say: Callable[[str], None] = narrate,
        now: Callable[[], datetime] = datetime.now,
        clock: Callable[[], float] = time.monotonic,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self.workshop = workshop
        """What is served."""
        self.say = say
        """Tells the host."""
        self.now = now
        """The time by this machine's clock."""
        self.clock = clock
        """Seconds, for intervals."""
        self.tries = Tries(workshop.settings.limits.tries, clock)
        """Wrong answers at the door."""
        self.nursery = Nursery(workshop, self._hear)
        """Where sessions come from."""
        self.sessions: dict[int, Visit] = {}
        """Sessions by number."""
        self.connections: set[asyncssh.SSHServerConnection] = set()
        """Connections, joined or not."""
        self._look_seconds = look_seconds
        self._number = 0
        self._acceptor: asyncssh.SSHAcceptor | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port it listens at."""
        assert self._acceptor is not None
        return int(self._acceptor.get_port())

    async def open(self) -> str:
        """Opens the workshop.

        Returns:
            The fingerprint of the host key.

        Raises:
            UsageError: The store, the course, the host key or the port cannot be used.
        """
        _look_at_store(self.workshop)
        key = _host_key(self.workshop)
        await self.nursery.start()
        settings = self.workshop.settings
        try:
            self._acceptor = await asyncssh.create_server(
                lambda: Door(self),
                settings.address,
                settings.port,
                server_host_keys=[key],
                encoding=None,
                line_editor=False,
                agent_forwarding=False,
                x11_forwarding=False,
                allow_scp=False,
                login_timeout=LOGIN_SECONDS,
                keepalive_interval=KEEP_ALIVE_SECONDS,
                keepalive_count_max=KEEP_ALIVE_TIMES,
                server_version="synthqc",
            )
        except OSError as error:
            await self.nursery.stop()
            raise UsageError(
                f"port {settings.port} at {settings.address} cannot be used: {error.strerror or error}; "
                "`port` in workshop.yaml sets another"
            ) from error
        self._watch = asyncio.create_task(self._look_round())
        return str(key.get_fingerprint())

    async def close(self) -> None:
        """Tells everybody, lets sessions save and end, and closes."""
        if self._watch is not None:
            self._watch.cancel()
        if self._acceptor is not None:
            self._acceptor.close()
        for session in tuple(self.sessions.values()):
            session.end("The workshop was closed. Everything is saved.")
        end = self.clock() + SECONDS_TO_SAVE
        while self.sessions and self.clock() < end:
            await asyncio.sleep(0.02)
        for connection in tuple(self.connections):
            connection.close()
        await self.nursery.stop()

    def reason_full(self, learner: Learner) -> str:
        """Why this learner cannot have a session now, in one sentence; empty where one is free."""
        limits = self.workshop.settings.limits
        if len(self.sessions) >= limits.sessions:
            return f"All {limits.sessions} sessions of this workshop are in use. Try again in a few minutes."
        own = sum(one.learner.id == learner.id for one in self.sessions.values())
        if own >= limits.sessions_per_learner:
            return f"{learner.name} has {own} sessions open, which is the most. Quit one of them (ctrl+q) first."
        return ""

    def number(self) -> int:
        """A number that no session has had."""
        self._number += 1
        return self._number

    def tell_count(self, learner: Learner, what: str) -> None:
        """Says who came or went, and how many are here."""
        self.say(f"{learner.name} ({learner.id}) {what}; {len(self.sessions)} sessions")

    def _hear(self, report: Report) -> None:
        session = self.sessions.get(report.get("session", -1))
        if session is not None:
            session.hear(report)

    async def _look_round(self) -> None:
        seconds = self.workshop.settings.limits.idle_minutes * 60
        while True:
            await asyncio.sleep(self._look_seconds)
            for session in tuple(self.sessions.values()):
                if self.clock() - session.last_key > seconds:
                    session.end(
                        f"No key for {_minutes(seconds)}: this session ended. It is saved; connect again to go on."
                    )


def _minutes(seconds: int) -> str:
    return f"{seconds // 60} minute{'' if seconds == 60 else 's'}"


def _look_at_store(workshop: Workshop) -> None:
    """Makes the store, or sets a damaged one aside before anybody writes to it."""
    store = Store(workshop.store, learner="", course="")
    trouble, notice = store.trouble, store.notice
    store.close()
    if trouble:
        raise UsageError(trouble)
    if notice:
        narrate(notice)


def _host_key(workshop: Workshop) -> asyncssh.SSHKey:
    try:
        if not workshop.host_key.exists():
            key = asyncssh.generate_private_key("ssh-ed25519", comment="synthqc workshop")
            workshop.host_key.touch(mode=0o600)
            key.write_private_key(str(workshop.host_key))
        return asyncssh.read_private_key(str(workshop.host_key))
    except (OSError, ValueError) as error:
        raise UsageError(f"{workshop.host_key} cannot be used: {error}; delete it to have a new one made") from error


def serve(workshop: Workshop) -> None:
    """Serves a workshop until it is interrupted.

    Raises:
        UsageError: It is served already, or something in it cannot be used.
    """
    with held(workshop):
        asyncio.run(_served(workshop))


async def _served(workshop: Workshop) -> None:
    server = Server(workshop)
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, done.set)
    fingerprint = await server.open()
    settings = workshop.settings
    narrate(f"{settings.title} is open. Learners type: ssh -p {server.port} NAME@HOST")
    narrate(f"Join code {settings.join_code}; host key {fingerprint}; ctrl+c ends the workshop.")
    if os.geteuid() == 0:
        narrate("This runs as root, which it need not: as another user, there is a second fence around each session.")
    await done.wait()
    narrate(f"Closing; {len(server.sessions)} sessions end.")
    await server.close()
