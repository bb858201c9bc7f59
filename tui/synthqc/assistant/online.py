"""The online assistant: decided by the tutor, worded by a model; where the model fails, the tutor speaks."""

import asyncio
import random
import re
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace

from synthqc.course.lab import Lab

from .asking import Asking, LimitReached
from .budget import Limits, Spending
from .endpoint import Endpoint
from .failures import Failure
from .lapses import lines_after
from .protocol import Begun, Checked, CheckedClaim, Cut, Done, Event, Exchange, Notice, Text, Turn, Usage
from .retrying import Patience
from .speech import Speech, readings_by_name
from .state import state_of
from .task import Task
from .tutor import Tutor, measurements

CUT_OFF = "(cut off)"
"""Mark of a reply that ended too early."""

RESTS = 2
"""Turns that the tutor answers after a failure, beside the one that failed, before the endpoint is tried again."""

Check = Callable[[str], Sequence[CheckedClaim]]
"""Gives the numbers that a reply claims, and what they rest on."""

Grounding = Callable[[Turn, Lab, tuple[Exchange, ...]], Check]
"""Prepares the check of one turn's reply, whose readings hold those that the model asked for as well."""

_AGAIN = re.compile(r"\W*(?:again|(?:please )?(?:try|say it) again)\W*", re.IGNORECASE)


class OnlineAssistant:
    """The voice of a model behind an endpoint. What counts, what is covered and when a lab ends stays the tutor's."""

    def __init__(
        self,
        endpoint: Endpoint,
        tutor: Tutor,
        *,
        limits: Limits | None = None,
        patience: Patience | None = None,
        grounding: Grounding | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Connects to nothing yet.

        Args:
            endpoint: Where the model answers.
            tutor: Decides every reply, and speaks where the model cannot.
            limits: What may be spent.
            patience: How long the endpoint is waited for.
            grounding: Checks the numbers of a reply; without it none is marked.
            sleep: Waits so many seconds before a further try.
            chance: A number from 0 to 1, for the length of pauses.
        """
        self._endpoint = endpoint
        self._tutor = tutor
        self._asking = Asking(endpoint, limits=limits, patience=patience, sleep=sleep, chance=chance)
        self._grounding = grounding
        self._rests = 0
        self._is_refused = False
        self._told: set[str] = set()
        self.voice = endpoint.voice
        """Who worded the last reply, or will word the first."""
        self.failure = ""
        """Why the last reply asked for did not come, or not all of it, in one clause; empty where it did."""

    @property
    def is_refused(self) -> bool:
        """Is the endpoint not asked any more, until a setting changes?"""
        return self._is_refused

    @property
    def spending(self) -> Spending:
        """What was spent while the program runs."""
        return self._asking.spending

    def prepare(self, lab: Lab) -> None:
        """Gets ready to talk about a lab; see `Assistant`."""
        self._tutor.prepare(lab)

    async def reply(self, turn: Turn, lab: Lab, history: tuple[Exchange, ...]) -> AsyncGenerator[Event, None]:
        """Answers one turn; see `Assistant`."""
        task = self._task(turn, lab, history)
        exchange = task.plan.exchange
        if not self._may_ask():
            for event in (*measurements(turn, exchange), *self._spoken_by_tutor(exchange)):
                yield event
            return
        self.voice = self._endpoint.voice
        yield Begun(replace(exchange, voice=self.voice))
        for event in measurements(turn, exchange):
            yield event
        speech = Speech(self._endpoint.key)
        failure: Failure | None = None
        try:
            async with aclosing(self._asking.worded(task, speech)) as events:
                async for event in events:
                    yield event
        except Failure as error:
            failure = error
        self.failure = str(failure or "")
        if failure is not None and not speech.text.strip():
            for event in self._given_up(failure, exchange, speech.usage):
                yield event
            return
        added = list(self._added(task, speech.text, failure))
        if failure is not None:
            yield Cut(str(failure))
        for text in added:
            yield Text(text)
        said = "".join([speech.text, *added]).strip()
        claims = self._checked(task, said, speech)
        if claims:
            yield Checked(claims)
        unbacked = tuple(claim.text for claim in claims if claim.source == "unbacked")
        yield Done(replace(exchange, reply=said, voice=self.voice, unbacked=unbacked), speech.usage)

    def _task(self, turn: Turn, lab: Lab, history: tuple[Exchange, ...]) -> Task:
        plan, so_far = self._tutor.plan(turn, lab, history), history
        if history and CUT_OFF in history[-1].reply and _AGAIN.fullmatch(turn.text):
            # What was cut off is worded anew; the word itself is no message about the case.
            cut, history = history[-1], history[:-1]
            turn = replace(turn, text=cut.text, paste=cut.paste)
            again = self._tutor.plan(turn, lab, history)
            kept = plan.exchange
            plan = replace(again, exchange=replace(again.exchange, text=kept.text, paste="", analysis=kept.analysis))
        before, after = state_of(history, lab), state_of((*so_far, plan.exchange), lab)
        return Task(turn, lab, history, plan, before, after, secrets.token_hex(4))

    def _may_ask(self) -> bool:
        """Is it the model's turn?"""
        if self._rests:
            self._rests -= 1
            return False
        return not self._is_refused

    def _spoken_by_tutor(self, exchange: Exchange, usage: Usage | None = None) -> Iterator[Event]:
        self.voice = self._tutor.voice
        yield Text(exchange.reply)
        yield Done(exchange, usage or Usage())

    def _given_up(self, failure: Failure, exchange: Exchange, usage: Usage) -> Iterator[Event]:
        """The tutor speaks; the reason is told once."""
        reason = str(failure)
        if not reason.startswith(self._endpoint.host):
            reason = f"{reason[:1].upper()}{reason[1:]}"
        if isinstance(failure, LimitReached):
            if reason not in self._told:
                self._told.add(reason)
                yield Notice(f"{reason}. The offline tutor goes on.")
        elif failure.is_lasting:
            self._is_refused = True
            yield Notice(f"{reason}. The offline tutor answers until the settings change.")
        else:
            self._rests = RESTS
            yield Notice(f"{reason}. The offline tutor answers this and the next {RESTS} messages.")
        yield from self._spoken_by_tutor(exchange, usage)

    def _added(self, task: Task, said: str, failure: Failure | None) -> Iterator[str]:
        if failure is not None:
            yield f" {CUT_OFF}"
        knowledge = self._tutor.knowledge(task.lab)
        for line in lines_after(said, task.plan, task.before, task.after, knowledge):
            yield f"\n\n{line}"

    def _checked(self, task: Task, said: str, speech: Speech) -> tuple[CheckedClaim, ...]:
        if self._grounding is None:
            return ()
        readings = readings_by_name([*task.turn.readings.values(), *speech.readings])
        return tuple(self._grounding(replace(task.turn, readings=readings), task.lab, task.history)(said))
