"""A connection at the door: who it is, by PIN, join code or key, and one session for whoever is in."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import asyncssh

from .joining import Ask, Joining, Learner, folder_of, learner_of, reduced
from .visit import Visit

if TYPE_CHECKING:
    from .server import Server

WRONG_PER_CONNECTION = 6
"""Wrong codes or PINs after which a connection is closed."""

Challenge = bool | tuple[str, str, str, list[tuple[str, bool]]]
"""What asyncssh takes: in or out, or a name, instructions, a language, and prompts with whether answers are shown."""


class Door(asyncssh.SSHServer):
    """One connection, until its learner is in; its methods are those of `asyncssh.SSHServer`."""

    def __init__(self, server: "Server") -> None:
        self._server = server
        self._connection: asyncssh.SSHServerConnection | None = None
        self._joining: Joining | None = None
        self._learner: Learner | None = None
        self._wrong = 0
        self._has_session = False

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Takes the connection, unless there are too many."""
        self._connection = conn
        limits = self._server.workshop.settings.limits
        # Whoever only connects and says nothing takes no more room than this.
        if len(self._server.connections) >= limits.sessions * 2 + 20:
            conn.abort()
            return
        self._server.connections.add(conn)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets the connection."""
        del exc
        if self._connection is not None:
            self._server.connections.discard(self._connection)

    def begin_auth(self, username: str) -> bool:
        """Looks whether the host has given this learner a key; everybody has to say who they are."""
        assert self._connection is not None
        learner = learner_of(self._server.workshop, reduced(username)) if reduced(username) else None
        if learner is not None and not self._server.workshop.settings.reason_closed(self._server.now()):
            keys = folder_of(self._server.workshop, learner.id) / "authorized_keys"
            if keys.is_file():
                try:
                    self._connection.set_authorized_keys(str(keys))
                    self._learner = learner
                except (OSError, ValueError) as error:
                    self._server.say(f"{keys} cannot be used: {error}")
        return True

    def kbdint_auth_supported(self) -> bool:
        """Code and PIN are asked for at prompts."""
        return True

    async def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Challenge:
        """Begins the talk at the door."""
        del lang, submethods
        assert self._connection is not None
        peer = self._connection.get_extra_info("peername")
        self._joining = Joining(self._server.workshop, username, self._server.tries, str(peer[0]) if peer else "")
        return _challenge(self._joining.ask(self._server.now()))

    async def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> Challenge:
        """Takes answers; lets in, asks on, or refuses."""
        del username
        joining = self._joining
        if joining is None:
            return False
        if not joining.is_over:
            # A hash of a PIN takes 50 ms on purpose; meanwhile the others go on typing.
            await asyncio.to_thread(joining.take, tuple(responses))
        if joining.learner is not None:
            self._learner = joining.learner
            return True
        if not joining.is_over:
            return _challenge(joining.ask(self._server.now()))
        self._wrong += 1
        if self._wrong >= WRONG_PER_CONNECTION and self._connection is not None:
            self._connection.disconnect(asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, "too many wrong answers")
        return False

    def session_requested(self) -> "Visit | bool":
        """Gives one session to whoever is in."""
        # With the key of a learner, no PIN was asked for; the name is that of `begin_auth`.
        if self._learner is None or self._has_session:
            return False
        self._has_session = True
        return Visit(self._server, self._learner)


def _challenge(ask: Ask) -> Challenge:
    return ("", ask.words, "", [(prompt, False) for prompt in ask.prompts])
