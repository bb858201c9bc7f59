"""Asking a model to word a reply: its requests, their further tries, the tools it calls, what it costs."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from .budget import Limits, Spending, shares_of, tokens_in, tokens_of
from .client import Client, connected
from .endpoint import SMALLEST_WINDOW, Endpoint
from .failures import Failure, stream_failure
from .prompting import functions_for, messages_for, system_message
from .protocol import Event, Text, Usage, Waiting
from .retrying import Patience, Quirks, learnt, pause_before
from .speech import LONGEST_REPLY, ROUNDS, Speech
from .task import Task

_TEMPERATURE = 0.3
_TO_THINK = 4
"""How many times as many tokens a model gets that thinks before it writes."""


class LimitReached(Failure):
    """What may be spent is spent."""


class _NothingCame(Failure):
    """The answer had neither text nor calls."""


class Asking:
    """Asks one endpoint, and remembers what it does not take and what it has cost."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        limits: Limits | None = None,
        patience: Patience | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Connects to nothing yet; see `OnlineAssistant` for the arguments."""
        self._endpoint = endpoint
        self._patience = patience or Patience()
        self._sleep = sleep
        self._chance = chance
        self._quirks = Quirks()
        self.spending = Spending(limits or Limits())
        """What was spent while the program runs."""

    async def worded(self, task: Task, speech: Speech) -> AsyncGenerator[Event, None]:
        """The reply as it comes, with the tools that the model calls; `speech` holds what was said.

        Raises:
            Failure: There is no reply, or not all of it.
        """
        self._keep_limits(task)
        async with connected(self._endpoint, self._patience) as client:
            for number in range(ROUNDS + 1):
                async with aclosing(self._answered(client, task, speech)) as events:
                    async for event in events:
                        yield event
                if number == ROUNDS or not speech.assembly.calls:
                    break
                calls = speech.run_calls(task.text_to_measure, is_last=number == ROUNDS - 1)
                async with aclosing(calls) as events:
                    async for event in events:
                        yield event
        if not speech.text.strip():
            raise Failure(f"{self._endpoint.host} called tools and said nothing")

    async def _answered(self, client: Client, task: Task, speech: Speech) -> AsyncGenerator[Event, None]:
        """The answer to one request, made again where that may help and none of it was shown."""
        tried = 0
        is_stream = True
        while True:
            self._keep_limits(task)
            speech.begin()
            body = self._body(task, speech, is_stream=is_stream)
            try:
                async with aclosing(self._heard(client, body, task, speech)) as events:
                    async for event in events:
                        yield event
                return
            except Failure as failure:
                if speech.arriving.text.strip():
                    raise
                if isinstance(failure, _NothingCame):
                    is_stream = self._after_nothing(failure, speech, is_stream=is_stream)
                    continue
                quirks = learnt(self._quirks, failure, body)
                if quirks is not None:
                    self._quirks = quirks
                    continue
                pause = pause_before(tried, failure, self._patience, self._chance)
                if pause is None or pause > client.seconds_left:
                    raise
                tried += 1
                reason = str(failure)
            yield Waiting(pause, reason)
            await self._sleep(pause)

    def _after_nothing(self, failure: Failure, speech: Speech, *, is_stream: bool) -> bool:
        """Is the next try a stream? A model that spent all on thinking gets more, any other is asked without a stream.

        Raises:
            Failure: Both were tried.
        """
        has_thought = speech.has_only_thought
        if has_thought and not self._quirks.is_thinking:
            self._quirks = replace(self._quirks, is_thinking=True)
            return is_stream
        if not is_stream or has_thought:
            raise failure
        return False

    async def _heard(
        self, client: Client, body: Mapping[str, Any], task: Task, speech: Speech
    ) -> AsyncGenerator[Event, None]:
        """The answer to one request, once."""
        has_answered = False
        try:
            values = client.values(body, lambda: bool(speech.assembly.finish))
            async with aclosing(_until_the_end(values, speech)) as pieces:
                async for value in pieces:
                    has_answered = True
                    if shown := speech.take(value):
                        yield Text(shown)
                    if speech.assembly.error is not None:
                        raise stream_failure(speech.assembly.error, self._endpoint)
                    if speech.arriving.is_full:
                        raise Failure(f"{self._endpoint.host} wrote more than {LONGEST_REPLY:,} characters")
            self._judge(speech)
        finally:
            self._note_cost(task, speech, body, has_answered=has_answered)
            # What was held back belongs to the reply, however it ended.
            rest = speech.end()
        if rest:
            yield Text(rest)

    def _judge(self, speech: Speech) -> None:
        """Raises where the answer is not a whole one."""
        host, answer = self._endpoint.host, speech.assembly
        if answer.calls:
            return
        if answer.finish == "content_filter":
            raise Failure(f"a content filter at {host} withheld the reply")
        if not speech.has_words:
            if answer.refusal:
                raise Failure(f"the model at {host} declined to answer")
            if speech.has_only_thought:
                raise _NothingCame(f"the model at {host} spent its whole reply on thinking")
            raise _NothingCame(f"{host} gave an empty reply")
        if answer.finish == "length":
            raise Failure("the reply reached its length limit")
        if not answer.is_whole:
            raise Failure(f"{host} broke off in the middle of the reply")

    def _body(self, task: Task, speech: Speech, *, is_stream: bool) -> dict[str, Any]:
        endpoint, quirks = self._endpoint, self._quirks
        window = max(SMALLEST_WINDOW // 2, endpoint.window // 2) if quirks.is_small else endpoint.window
        shares = shares_of(window, self.spending.limits.reply_tokens)
        system = system_message(task.plan.moves, task.turn, task.after, task.lab, shares)
        messages = messages_for(system, task.turn, task.history, shares, task.mark, has_system=not quirks.has_no_system)
        reply = shares.reply * _TO_THINK if quirks.is_thinking else shares.reply
        # OpenAI's newer models know the one name only, most other servers the other.
        first, second = ("max_completion_tokens", "max_tokens")
        if not endpoint.is_openai:
            first, second = second, first
        body: dict[str, Any] = {
            "model": endpoint.model,
            "messages": [*messages, *speech.messages],
            "stream": is_stream,
            "temperature": _TEMPERATURE,
            "tools": functions_for(task.lab, shares, has_text=bool(task.text_to_measure.strip())),
            first if first not in quirks.without else second: reply,
        }
        if endpoint.is_openai and is_stream:
            body["stream_options"] = {"include_usage": True}
        return {name: value for name, value in body.items() if name not in quirks.without and value != []}

    def _keep_limits(self, task: Task) -> None:
        if reason := self.spending.reason_to_stop(task.lab.id):
            raise LimitReached(reason)

    def _note_cost(self, task: Task, speech: Speech, body: Mapping[str, Any], *, has_answered: bool) -> None:
        usage = Usage(requests=1)
        if speech.assembly.usage is not None:
            usage = Usage(1, *speech.assembly.usage)
        elif has_answered:
            sent = tokens_of(body["messages"]) + tokens_in(json.dumps(body.get("tools", "")))
            usage = Usage(1, sent, tokens_in(speech.arriving.text), is_estimated=True)
        speech.usage += usage
        self.spending.add(task.lab.id, usage)


async def _until_the_end(
    values: AsyncGenerator[dict[str, Any], None], speech: Speech
) -> AsyncGenerator[dict[str, Any], None]:
    """The same, but what breaks off after the reply has ended has not broken off."""
    async with aclosing(values):
        try:
            async for value in values:
                yield value
        except Failure:
            if not speech.assembly.finish:
                raise
