"""One reply of a model in the making: what it was asked, what it has said, called and cost so far."""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from synthqc.cleaning import one_line
from synthqc.errors import SynthQCError
from synthqc.tools.reading import Reading
from synthqc.tools.sample import NO_SAMPLE, Sample, sample_of_text

from .arriving import Arriving
from .functions import called
from .prompting import as_json, result_of
from .protocol import Event, ToolRun, Usage
from .redaction import Secret
from .streams import Assembly, ToolCall

ROUNDS = 3
"""Rounds of calls in one reply."""

CALLS = 4
"""Calls in one round."""

LONGEST_REPLY = 8_000
"""Characters."""

_LONGEST_ERROR = 400
_MOST_CHARACTERS = 200_000
_MOST_LINES = 5_000


@dataclass(slots=True)
class Speech:
    """What a model has said of one reply."""

    key: Secret
    """The key in use, which never shows."""
    pieces: list[str] = field(default_factory=list)
    """What was shown of earlier requests."""
    arriving: Arriving = field(default_factory=Arriving)
    """The text that comes in answer to this request."""
    assembly: Assembly = field(default_factory=Assembly)
    """All that comes in answer to this request."""
    messages: list[dict[str, Any]] = field(default_factory=list)
    """Calls and results so far, as the next request repeats them."""
    readings: list[Reading] = field(default_factory=list)
    """What the model has measured."""
    usage: Usage = field(default_factory=Usage)
    """What the reply has cost."""

    @property
    def text(self) -> str:
        """All that was shown, as one text."""
        return "".join(self.pieces) + self.arriving.text

    @property
    def has_words(self) -> bool:
        """Has this answer anything to show, what is still held back included?"""
        return self.arriving.has_words

    @property
    def has_only_thought(self) -> bool:
        """Has the model thought, or run into its limit, without a word to show?"""
        has_thought = self.assembly.has_reasoned or self.arriving.is_thought or self.assembly.finish == "length"
        return has_thought and not self.has_words

    def begin(self) -> None:
        """A request is sent: what follows is its answer."""
        self.pieces.append(self.arriving.text)
        self.arriving = Arriving(self.key, LONGEST_REPLY - sum(map(len, self.pieces)))
        self.assembly = Assembly()

    def take(self, value: Mapping[str, Any]) -> str:
        """What is shown in addition, now that this piece of the answer has come."""
        piece = self.assembly.take(value)
        return self._joined(self.arriving.text, self.arriving.take(piece)) if piece else ""

    def end(self) -> str:
        """What was held back; this answer has ended."""
        return self._joined(self.arriving.text, self.arriving.end())

    def _joined(self, before: str, new: str) -> str:
        """A paragraph lies between what was said before a measurement and after it."""
        said = "".join(self.pieces)
        if not new or before or not said:
            return new
        self.pieces.append("\n\n")
        return f"\n\n{new}"

    async def run_calls(self, text: str, *, is_last: bool) -> AsyncGenerator[Event, None]:
        """Runs the calls of this answer and keeps their results for the next request.

        Args:
            text: The text to measure; may be empty.
            is_last: May the model call no more after this?
        """
        said, calls = self.arriving.text, self.assembly.calls[: 2 * CALLS]
        # Beside calls some servers refuse a missing text; an empty one they all take.
        self.messages.append({"role": "assistant", "content": said, "tool_calls": list(map(_call_as_json, calls))})
        for number, call in enumerate(calls):
            result = as_json({"error": f"not run: at most {CALLS} calls at a time"})
            if number < CALLS:
                outcome = await asyncio.to_thread(_outcome, call, text)
                if isinstance(outcome, Reading):
                    self.readings.append(outcome)
                    yield ToolRun(outcome, by_model=True)
                    result = result_of(outcome)
                else:
                    result = as_json({"error": outcome})
            if is_last:
                result = f"{result} (no further calls: reply now)"
            self.messages.append({"role": "tool", "tool_call_id": call.id, "content": result})


def _outcome(call: ToolCall, text: str) -> Reading | str:
    """The reading that a call asks for, or what is wrong with it, from which a model can mend it."""
    try:
        return called(call.name, call.arguments, _sample(text))
    except SynthQCError as error:
        return one_line(str(error), _LONGEST_ERROR)
    except Exception as error:  # noqa: BLE001 - a tool that fails on odd arguments must not cost the learner the reply
        return f"{one_line(call.name, 40)} failed: {type(error).__name__}"


def _call_as_json(call: ToolCall) -> dict[str, Any]:
    # Servers that read the arguments refuse what is no JSON, even where they wrote it themselves.
    try:
        arguments = call.arguments if isinstance(json.loads(call.arguments), dict) else "{}"
    except (ValueError, RecursionError):
        arguments = "{}"
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": arguments}}


def _sample(text: str) -> Sample:
    """The text to measure, as much of it as a lab measures."""
    lines = "\n".join(text[:_MOST_CHARACTERS].split("\n")[:_MOST_LINES])
    return sample_of_text(lines, "text on the workbench") if lines.strip() else NO_SAMPLE


def readings_by_name(measured: Iterable[Reading]) -> dict[str, Reading]:
    """Readings under their tools' names, a second one of a tool under a name of its own."""
    named: dict[str, Reading] = {}
    for reading in measured:
        name = reading.tool
        while name in named:
            name = f"{name}'"
        named[name] = reading
    return named
