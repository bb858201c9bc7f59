"""An endpoint on this machine that answers as it is told: in order, byte by byte, with pauses, or by breaking off."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

END = b"data: [DONE]\n\n"
CUT = "cut"
"""A piece that closes the connection without a proper end."""


def event(value: Any) -> bytes:
    return f"data: {json.dumps(value)}\n\n".encode()


def chunk(delta: Any, finish: str | None = None, **more: Any) -> bytes:
    return event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **more})


def said(text: str, *, step: int = 0) -> list[bytes]:
    """A whole, ordinary stream, in pieces of `step` characters."""
    step = step or max(1, len(text))
    parts = [text[start : start + step] for start in range(0, len(text), step)]
    return [
        chunk({"role": "assistant", "content": ""}),
        *(chunk({"content": part}) for part in parts),
        chunk({}, "stop"),
        END,
    ]


@dataclass
class Answer:
    """One answer: pieces are bytes to send, seconds to wait, or `CUT`."""

    pieces: Sequence[bytes | float | str] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/event-stream"})


def refused(status: int, message: str = "", **headers: str) -> Answer:
    body = json.dumps({"error": {"message": message or f"status {status}", "type": "error"}}).encode()
    return Answer([body], status, {"Content-Type": "application/json", **headers})


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class Loopback:
    """The server; the last answer is repeated."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.requests: list[Request] = []
        self.was_closed = asyncio.Event()
        """Has a client closed the connection while an answer was under way?"""
        self._server: asyncio.Server | None = None

    def answer(self, *answers: Answer | Sequence[bytes | float | str]) -> None:
        self.answers = [one if isinstance(one, Answer) else Answer(one) for one in answers]

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [request.body for request in self.requests]

    async def __aenter__(self) -> "Loopback":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        # Connections that a test left open end with it.
        self._server.close_clients() if hasattr(self._server, "close_clients") else None

    @property
    def port(self) -> int:
        assert self._server is not None
        return self._server.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            self.was_closed.set()
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        start = await reader.readexactly(1)
        if start == b"\x16":
            # The first byte of TLS, which this port does not speak.
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return False
        head = start + await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines) if name}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        answer = self.answers[min(len(self.requests), len(self.answers) - 1)]
        self.requests.append(Request(first.split()[1], headers, json.loads(body or b"{}")))
        shown = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
        writer.write(f"HTTP/1.1 {answer.status} X\r\n{shown}Transfer-Encoding: chunked\r\n\r\n".encode())
        gone = asyncio.ensure_future(reader.read(1))
        try:
            for piece in answer.pieces:
                if piece == CUT:
                    return False
                if isinstance(piece, (int, float)):
                    done, _ = await asyncio.wait([gone], timeout=piece)
                    if done:
                        raise ConnectionError
                    continue
                assert isinstance(piece, bytes)
                writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                await writer.drain()
            writer.write(b"0\r\n\r\n")
            await writer.drain()
        finally:
            if not gone.done():
                gone.cancel()
        # One request a connection keeps this simple; clients must bear it.
        return False
