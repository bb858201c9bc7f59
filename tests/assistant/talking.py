"""A conversation with the online assistant of lab 1, as its learner sees it."""

import itertools
from contextlib import aclosing
from typing import Any

from synthqc.assistant.endpoint import endpoint_of
from synthqc.assistant.online import OnlineAssistant
from synthqc.assistant.protocol import Cut, Done, Event, Exchange, Notice, Text, ToolRun, Waiting
from synthqc.assistant.redaction import Secret
from synthqc.assistant.retrying import Patience
from synthqc.assistant.tutor import Tutor, turn_of
from synthqc.course.loading import load_course

COURSE = load_course()
LAB = COURSE.lab("L1")
KEY = "local-key-5f3a9c77"
TUTOR = Tutor(lambda: COURSE.concepts, COURSE.lesson_of, clock=itertools.count(step=30).__next__)
QUICK = Patience(connect=1.0, read=0.3, end=0.2, write=1.0, total=3.0)


class Talk:
    """A conversation in lab 1, and what the learner sees of the last reply."""

    def __init__(self, base_url: str, patience: Patience = QUICK, model: str = "tiny", **options: Any) -> None:
        self.slept: list[float] = []
        self.assistant = OnlineAssistant(
            endpoint_of(base_url, model, Secret(KEY)),
            TUTOR,
            patience=patience,
            sleep=self._sleep,
            chance=lambda: 0.5,
            **options,
        )
        self.history: tuple[Exchange, ...] = ()
        self.workbench = ""
        self.events: list[Event] = []

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def say(self, message: str = "The replies have collapsed onto one template.") -> str:
        """Sends a message and gives the reply as the learner reads it."""
        turn = turn_of(message, LAB, workbench=self.workbench)
        self.events = []
        async with aclosing(self.assistant.reply(turn, LAB, self.history)) as events:
            async for one in events:
                self.events.append(one)
        assert isinstance(self.events[-1], Done), "the last event of every reply is Done"
        assert self.events[-1].exchange.reply == self.shown.strip()
        self.history = (*self.history, self.exchange)
        return self.shown

    def of(self, kind: type) -> list[Any]:
        return [one for one in self.events if isinstance(one, kind)]

    @property
    def shown(self) -> str:
        return "".join(one.delta for one in self.of(Text))

    @property
    def exchange(self) -> Exchange:
        return self.of(Done)[0].exchange

    @property
    def notices(self) -> list[str]:
        return [one.text for one in self.of(Notice)]

    @property
    def cuts(self) -> list[str]:
        return [one.reason for one in self.of(Cut)]

    @property
    def waits(self) -> list[Waiting]:
        return self.of(Waiting)

    @property
    def tools(self) -> list[str]:
        return [one.reading.tool for one in self.of(ToolRun) if one.by_model]

    @property
    def was_offline(self) -> bool:
        """Did the tutor speak?"""
        return self.exchange.voice == "" and self.assistant.voice == TUTOR.voice
