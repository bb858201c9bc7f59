"""The offline tutor: understands by rules, answers with authored text and measured numbers, needs no network."""

import json
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping

from synthqc.course.lab import Concepts, Lab
from synthqc.course.model import Lesson
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import TOOLS, run_tool
from synthqc.tools.reading import Reading
from synthqc.tools.sample import Sample, SampleError, sample_of_text

from .analysis import understand
from .knowledge import Knowledge, knowledge_of
from .paste import split_paste
from .policy import Plan, plan_for
from .protocol import Done, Event, Exchange, Notice, Text, ToolRun, Turn
from .state import state_of

HINT_PAUSE = 8.0
"""Seconds between two hints: long enough to think about the last one."""

_FOR_ANY_TEXT = ("templates", "near-duplicates", "distinct-n")
"""Tools for a text that none of the lab's own can measure."""

_HELP = {"hint", "prompt", "assert"}


class Tutor:
    """The voice that answers without a network."""

    voice = "offline tutor"

    def __init__(
        self,
        concepts: Callable[[], Concepts],
        lesson_of: Callable[[Lab], Lesson],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepares nothing yet; a lab's knowledge is prepared when it is first talked about.

        Args:
            concepts: Gives the concepts and phrases that all labs share.
            lesson_of: Gives the lesson of a lab. There is no way from here to a quiz.
            clock: Seconds, for the pause between hints.
        """
        self._concepts = concepts
        self._lesson_of = lesson_of
        self._clock = clock
        self._knowledge: dict[str, Knowledge] = {}
        self._hinted: dict[str, float] = {}

    def knowledge(self, lab: Lab) -> Knowledge:
        """What the tutor knows about a lab."""
        if lab.id not in self._knowledge:
            self._knowledge[lab.id] = knowledge_of(lab, self._concepts(), self._lesson_of(lab))
        return self._knowledge[lab.id]

    def lesson(self, lab: Lab) -> Lesson:
        """The lesson of a lab."""
        return self._lesson_of(lab)

    def prepare(self, lab: Lab) -> None:
        """Gets ready to talk about a lab; see `Assistant`."""
        self.knowledge(lab)

    def answer(self, turn: Turn, lab: Lab, history: tuple[Exchange, ...]) -> Exchange:
        """The whole reply at once."""
        return self.plan(turn, lab, history).exchange

    def plan(self, turn: Turn, lab: Lab, history: tuple[Exchange, ...]) -> Plan:
        """The whole reply and its moves."""
        knowledge = self.knowledge(lab)
        state = state_of(history, lab)
        understanding = understand(turn, state, knowledge)
        now = self._clock()
        may_hint = now - self._hinted.get(lab.id, -HINT_PAUSE) >= HINT_PAUSE
        plan = plan_for(turn, understanding, state, knowledge, may_hint=may_hint)
        if _HELP & set(plan.exchange.moves):
            self._hinted[lab.id] = now
        return plan

    async def reply(self, turn: Turn, lab: Lab, history: tuple[Exchange, ...]) -> AsyncIterator[Event]:
        """Answers one turn; see `Assistant`."""
        exchange = self.answer(turn, lab, history)
        for event in measurements(turn, exchange):
            yield event
        yield Text(exchange.reply)
        yield Done(exchange)


def measurements(turn: Turn, exchange: Exchange) -> Iterator[Event]:
    """What was measured for a reply before it was worded."""
    if "evidence" in exchange.moves:
        yield from map(ToolRun, turn.readings.values())
    if turn.paste and not turn.readings:
        yield Notice("No tool could measure this text.")


def turn_of(message: str, lab: Lab, readings: Mapping[str, Reading] | None = None, workbench: str = "") -> Turn:
    """The turn that a message is: its data split off and measured.

    Args:
        message: The message, cleaned.
        lab: The lab, for its tools.
        readings: Readings of the text on the workbench, used where the message brings no data of its own.
        workbench: That text.
    """
    text, paste = split_paste(message)
    return Turn(text, measured(paste, lab) if paste else dict(readings or {}), paste, workbench)


def measured(text: str, lab: Lab) -> dict[str, Reading]:
    """The readings of a text by the lab's tools, by name; none where the text cannot be read.

    Rows of which no field surely holds the text are read whole, as the lines that they are.
    """
    try:
        sample = sample_of_text(text, "pasted text")
    except SampleError:
        try:
            sample = sample_of_text("\n".join(map(_values, text.split("\n"))), "pasted text")
        except SampleError:
            return {}
    return readings_of(sample, lab) or _readings(sample, _FOR_ANY_TEXT)


def _values(line: str) -> str:
    """The text in a JSON row, all of it; any other line as it is."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return line
    return " ".join(value for value in row.values() if isinstance(value, str)) if isinstance(row, dict) else line


def readings_of(sample: Sample, lab: Lab) -> dict[str, Reading]:
    """The readings of a sample by the lab's tools, by name; tools without a value for it are left out."""
    return _readings(sample, lab.tools)


def _readings(sample: Sample, tools: Iterable[str]) -> dict[str, Reading]:
    readings: dict[str, Reading] = {}
    for name in tools:
        if name in TOOLS:
            try:
                readings[name] = run_tool(name, sample)
            except UndefinedReading:
                continue
    return readings
