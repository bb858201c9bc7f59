"""A learner with an SSH client, and a terminal emulator that shows what the learner would see."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import asyncssh
import pyte
from pseudo_terminal import UNSUPPORTED

CODE, PIN = "abcd-efgh", "2468"


class _Answering(asyncssh.SSHClient):
    """Answers the prompts at the door and keeps what was asked."""

    def __init__(self, answers: Mapping[str, str], asked: list[str]) -> None:
        self._answers = answers
        self._asked = asked
        self._times = 0

    def kbdint_auth_requested(self) -> str | None:
        self._times += 1
        # Like a person, it does not try the same answers again.
        return "" if self._times == 1 else None

    def kbdint_challenge_received(self, name: str, instructions: str, lang: str, prompts: Sequence[tuple[str, bool]]):
        self._asked.extend(filter(None, (instructions, *(prompt.strip() for prompt, _ in prompts))))
        return [next((a for q, a in self._answers.items() if q in prompt), "") for prompt, _ in prompts]


class Visitor:
    """One connection with one session."""

    def __init__(self, connection: asyncssh.SSHClientConnection, asked: list[str]) -> None:
        self.connection = connection
        self.asked = asked
        self.raw = b""
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.process: asyncssh.SSHClientProcess[bytes] | None = None

    async def __aenter__(self) -> "Visitor":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.abort()
        await self.connection.wait_closed()

    async def play(
        self, *, term: str = "xterm-256color", size: tuple[int, int] = (80, 24), env: Mapping[str, str] | None = None
    ) -> "Visitor":
        """Begins a session."""
        self.screen.resize(size[1], size[0])
        self.process = await self.connection.create_process(
            term_type=term, term_size=size, env=env, encoding=None, stderr=asyncssh.STDOUT
        )
        return self

    def press(self, keys: str | bytes) -> None:
        self.process.stdin.write(keys.encode() if isinstance(keys, str) else keys)

    async def quiet(self, timeout: float = 20) -> None:
        """Reads what comes, until nothing has come for two seconds after the first piece."""
        self.take(await asyncio.wait_for(self.process.stdout.read(65536), timeout))
        while True:
            try:
                self.take(await asyncio.wait_for(self.process.stdout.read(65536), 2))
            except TimeoutError:
                return

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    async def wait_for(self, wanted: str | Callable[[str], object], timeout: float = 20) -> None:
        end = time.monotonic() + timeout
        while not (wanted in self.text if isinstance(wanted, str) else wanted(self.text)):
            try:
                data = await asyncio.wait_for(self.process.stdout.read(65536), max(0.01, end - time.monotonic()))
            except TimeoutError:
                data = b""
            if not data:
                raise AssertionError(f"waited for {wanted!r}, the screen is\n{self.text}")
            self.take(data)

    def take(self, data: bytes) -> None:
        """Shows on the emulated screen what has come."""
        self.raw += data
        self._stream.feed(UNSUPPORTED.sub(b"", data))

    async def rest(self, timeout: float = 20) -> str:
        """Everything until the session has ended."""
        async with asyncio.timeout(timeout):
            while data := await self.process.stdout.read(65536):
                self.take(data)
            await self.process.wait_closed()
        return self.text


async def knock(
    port: int, name: str, *, code: str = CODE, pin: str = PIN, again: str | None = None, **options
) -> Visitor:
    """Connects and answers what is asked.

    Raises:
        asyncssh.PermissionDenied: The door stays closed; `asked` of the error holds what was said.
    """
    asked: list[str] = []
    answers = {"Join code": code, "New PIN": pin, "again": pin if again is None else again, "PIN of": pin}
    try:
        connection = await asyncssh.connect(
            "127.0.0.1",
            port,
            username=name,
            known_hosts=None,
            client_factory=lambda: _Answering(answers, asked),
            **{"agent_path": None, "client_keys": None, "config": None, **options},
        )
    except asyncssh.Error as error:
        error.asked = asked
        raise
    return Visitor(connection, asked)
