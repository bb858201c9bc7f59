"""A streamed reply put together by hand: servers differ in everything but the name of the protocol."""

import codecs
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

_LINE_END = re.compile(rb"\r\n|\r|\n")
_FIELD = re.compile(rb"\A(?:data|event|id|retry)?:")
MOST_BYTES = 4_000_000
"""Bytes of one answer; a reply of 8,000 characters in pieces of one has a twentieth of it."""


class BrokenStream(Exception):
    """The answer is none that the protocol knows; the message says what it is, as in `sent ...`."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A function that the model calls."""

    id: str
    """Id by which its result is sent back; made up where the server gave none."""
    name: str
    """Name of the function, as the model gave it."""
    arguments: str
    """Its arguments, JSON as the model wrote it."""


async def values_in(pieces: AsyncIterator[bytes]) -> AsyncGenerator[dict[str, Any], None]:
    """The JSON objects of an answer: of a stream of events, of rows, or the one object of an answer that is no stream.

    The end mark `[DONE]` comes as `{}`.

    Raises:
        BrokenStream: A web page, something that is no JSON, or more than `MOST_BYTES`.
    """
    waiting: list[str] = []
    other: list[str] = []
    has_events = False
    event = ""
    async for line in _lines_in(pieces):
        if not _FIELD.match(line):
            if line.strip():
                other.append(line.decode("utf-8", "replace"))
            elif waiting:
                yield _value("\n".join(waiting), event)
                waiting.clear()
            if not line.strip():
                event = ""
            continue
        name, _, rest = line.decode("utf-8", "replace").partition(":")
        rest = rest.removeprefix(" ")
        if name == "event":
            event = rest.strip()
        elif name == "data" and rest.strip():
            has_events = True
            waiting.append(rest)
            # An event may have several lines, and some servers leave out the empty line between two events.
            if (value := _json(waiting[0] if len(waiting) == 1 else "\n".join(waiting))) is not None:
                waiting.clear()
                yield _as_error(value) if event == "error" else value
    if waiting:
        yield _value("\n".join(waiting), event)
    if not has_events and other:
        for value in _values_of("\n".join(other), other):
            yield value


def _value(text: str, event: str) -> dict[str, Any]:
    value = _json(text)
    if value is None:
        if event == "error":
            return {"error": text}
        raise BrokenStream("sent a piece that is no JSON")
    return _as_error(value) if event == "error" else value


def _as_error(value: dict[str, Any]) -> dict[str, Any]:
    return value if value.get("error") else {"error": value}


def _json(text: str) -> dict[str, Any] | None:
    if text.strip().startswith("[DONE]"):
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else {"error": value}


def _values_of(text: str, lines: list[str]) -> list[dict[str, Any]]:
    start = text.lstrip()[:200].lower()
    if start.startswith("<") or "<html" in start:
        raise BrokenStream("sent a web page instead of a reply; does its address end in /v1?")
    if (whole := _json(text)) is not None:
        return [whole]
    values = [_json(line) for line in lines]
    if any(value is None for value in values):
        raise BrokenStream("sent something that is no JSON")
    return [value for value in values if value is not None]


async def _lines_in(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    rest = b""
    size = 0
    async for piece in pieces:
        size += len(piece)
        if size > MOST_BYTES:
            raise BrokenStream("sent far more than a reply")
        rest += piece
        # A line end may itself be cut in two.
        whole = rest[:-1] if rest.endswith(b"\r") else rest
        *lines, tail = _LINE_END.split(whole)
        rest = tail + rest[len(whole) :]
        for line in lines:
            yield line.removeprefix(codecs.BOM_UTF8)
    for line in _LINE_END.split(rest):
        yield line.removeprefix(codecs.BOM_UTF8)


@dataclass(slots=True)
class _Call:
    index: object
    id: str
    name: str
    arguments: str


class Assembly:
    """One reply in the making: text as it comes, calls, how it ended, what it cost."""

    def __init__(self) -> None:
        self.finish = ""
        """Why it ended, as the server says; empty so far."""
        self.is_done = False
        """Has the server said that nothing more comes?"""
        self.has_reasoned = False
        """Has the model thought aloud? That is not shown."""
        self.refusal = ""
        """What the model said instead of a reply."""
        self.error: object = None
        """What the server reported as an error; None where it did not."""
        self.usage: tuple[int, int] | None = None
        """Tokens sent and received, where the server counts."""
        self._calls: list[_Call] = []

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        """The calls, in order; those without a name are none."""
        return tuple(
            ToolCall(call.id or f"call_{number}", call.name, call.arguments)
            for number, call in enumerate(self._calls)
            if call.name
        )

    @property
    def is_whole(self) -> bool:
        """Did it come to its end?"""
        return self.error is None and (bool(self.finish) or self.is_done)

    def take(self, value: Mapping[str, Any]) -> str:
        """Adds a piece, whatever it lacks, and gives the text that it brings."""
        if not value:
            self.is_done = True
            return ""
        if value.get("error"):
            self.error = value["error"]
            return ""
        if value.get("object") == "error" or ("choices" not in value and _is_text(value.get("detail"))):
            self.error = value
            return ""
        self._take_usage(value.get("usage"))
        text = ""
        for choice in _objects(value.get("choices"))[:1]:
            if _is_text(choice.get("finish_reason")):
                self.finish = choice["finish_reason"]
            # An answer that is no stream has a message in place of a delta, an old server plain text.
            for name in ("delta", "message"):
                if isinstance(choice.get(name), Mapping):
                    text += self._take_delta(choice[name])
                    self.is_done = self.is_done or name == "message"
            if _is_text(choice.get("text")):
                text += choice["text"]
        return text

    def _take_delta(self, delta: Mapping[str, Any]) -> str:
        for one in _objects(delta.get("tool_calls")):
            self._take_call(one)
        if isinstance(delta.get("function_call"), Mapping):
            self._take_call({"index": 0, "function": delta["function_call"]})
        if _is_text(delta.get("refusal")):
            self.refusal += delta["refusal"]
        if any(_is_text(delta.get(name)) for name in ("reasoning_content", "reasoning", "thinking")):
            self.has_reasoned = True
        content = delta.get("content")
        if isinstance(content, list):
            content = "".join(part["text"] for part in _objects(content) if _is_text(part.get("text")))
        return content if isinstance(content, str) else ""

    def _take_call(self, given: Mapping[str, Any]) -> None:
        function = given.get("function")
        function = function if isinstance(function, Mapping) else given
        name = function.get("name") if _is_text(function.get("name")) else ""
        id_ = given.get("id") if _is_text(given.get("id")) else ""
        call = self._call(given.get("index"), str(id_), str(name))
        call.id = call.id or str(id_)
        call.name = call.name or str(name)
        arguments = function.get("arguments")
        if isinstance(arguments, str):
            call.arguments += arguments
        elif arguments is not None:
            call.arguments += json.dumps(arguments)

    def _call(self, index: object, id_: str, name: str) -> _Call:
        """The call that a piece goes on with, or a new one."""
        same = [call for call in self._calls if call.index == index] if index is not None else self._calls[-1:]
        if index is None and id_:
            same = [call for call in self._calls if call.id == id_] or ([] if name else same)
        if same:
            last = same[-1]
            is_other_id = bool(id_ and last.id and id_ != last.id)
            # Without an index or an id, a name is what begins a call; repeated beside an index, it is only repeated.
            if not (name and (is_other_id or (index is None and last.name and not id_))):
                return last
        self._calls.append(_Call(index, id_, "", ""))
        return self._calls[-1]

    def _take_usage(self, usage: object) -> None:
        if isinstance(usage, Mapping):
            counts = [usage.get("prompt_tokens"), usage.get("completion_tokens")]
            sent, received = (count if type(count) is int and count >= 0 else 0 for count in counts)
            if sent or received:
                self.usage = (sent, received)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _objects(values: object) -> list[Mapping[str, Any]]:
    return [one for one in values if isinstance(one, Mapping)] if isinstance(values, list) else []
