"""Requests to an endpoint: one at a time, each with its own time, nothing hidden from whoever asks."""

import asyncio
import importlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any

from .endpoint import Endpoint
from .failures import Failure, Refused, failure_of
from .retrying import Patience
from .streams import BrokenStream, values_in

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_LONGEST_REFUSAL = 16_384
"""Bytes; the sentence that matters stands at the beginning."""

_NO_KEY = "none"
"""What servers without keys are sent: the client does not go without."""


@asynccontextmanager
async def connected(endpoint: Endpoint, patience: Patience) -> AsyncIterator["Client"]:
    """A client of the endpoint, made off the event loop: the first import of its package takes a second.

    Raises:
        Failure: The client cannot be made.
    """
    try:
        client = await asyncio.to_thread(_client, endpoint, patience)
    except Exception as error:  # noqa: BLE001 - of the package's own errors none is documented for this
        raise failure_of(error, endpoint) from None
    try:
        yield Client(client, endpoint, patience)
    finally:
        await client.close()


def _client(endpoint: Endpoint, patience: Patience) -> "AsyncOpenAI":
    openai = importlib.import_module("openai")
    client: AsyncOpenAI = openai.AsyncOpenAI(
        base_url=endpoint.base_url,
        api_key=endpoint.key.reveal() or _NO_KEY,
        max_retries=0,
        timeout=openai.Timeout(connect=patience.connect, read=patience.read, write=patience.write, pool=5.0),
        # A redirect would carry the learner's words to the next host; a proxy has no business on this machine.
        http_client=openai.DefaultAsyncHttpxClient(
            follow_redirects=False, trust_env=not endpoint.is_loopback, event_hooks={"response": [_refuse]}
        ),
    )
    # Taken from the environment by the package, and nobody else's business than OpenAI's.
    if not endpoint.is_openai:
        client.organization = None
        client.project = None
    return client


async def _refuse(response: Any) -> None:
    """Reads the beginning of a refusal: the package would read all of it, however long it is."""
    if response.is_success:
        return
    body = b""
    async with aclosing(response.aiter_bytes()) as pieces:
        async for piece in pieces:
            body += piece
            if len(body) > _LONGEST_REFUSAL:
                break
    raise Refused(response.status_code, response.headers, body[:_LONGEST_REFUSAL].decode("utf-8", "replace"))


class _Silence(Exception):
    """Nothing more came after the end of a reply."""


class Client:
    """Made by `connected`."""

    def __init__(self, client: "AsyncOpenAI", endpoint: Endpoint, patience: Patience) -> None:
        self._client = client
        self._endpoint = endpoint
        self._patience = patience
        self._ends_at = asyncio.get_running_loop().time() + patience.total

    @property
    def seconds_left(self) -> float:
        """Seconds that remain for the whole reply."""
        return self._ends_at - asyncio.get_running_loop().time()

    async def values(
        self, body: Mapping[str, Any], has_ended: Callable[[], bool] | None = None
    ) -> AsyncGenerator[dict[str, Any], None]:
        """The JSON objects of the answer to a request, as they arrive; closing it closes the connection.

        Args:
            body: The request.
            has_ended: Has the reply ended, so that what follows is a count at most? Without it, never.

        Raises:
            Failure: The endpoint cannot be reached, refuses, or breaks off.
        """
        request = self._client.chat.completions.with_streaming_response.create(**body)
        try:
            response = await self._in_time(request.__aenter__())
            try:
                async with aclosing(values_in(response.http_response.aiter_bytes())) as values:
                    while True:
                        try:
                            is_over = has_ended is not None and has_ended()
                            value = await self._in_time(anext(values), self._patience.end if is_over else None)
                        except StopAsyncIteration:
                            return
                        yield value
                        if not value:
                            return
            finally:
                await request.__aexit__(None, None, None)
        except _Silence:
            return
        except BrokenStream as error:
            raise Failure(f"{self._endpoint.host} {error}") from None
        except Exception as error:  # noqa: BLE001 - besides its own errors the package lets those of four others through
            # Without its cause: that one holds the request with the key.
            raise failure_of(error, self._endpoint) from None

    async def models(self) -> tuple[str, ...]:
        """The models that the endpoint lists, as it names them.

        Raises:
            Failure: The endpoint cannot be reached, refuses, or lists none.
        """
        try:
            page = await self._in_time(self._client.models.list())
            return tuple(str(one.id) for one in page.data)
        except Exception as error:  # noqa: BLE001 - as in `values`
            raise failure_of(error, self._endpoint) from None

    async def _in_time(self, step: Any, most: float | None = None) -> Any:
        """The outcome of a step.

        Raises:
            _Silence: It took more than `most` seconds.
            Failure: The time for the whole reply is over.
        """
        left = max(0.001, self.seconds_left)
        try:
            return await asyncio.wait_for(step, left if most is None else min(left, most))
        except TimeoutError:
            if most is not None:
                raise _Silence from None
            raise Failure(f"{self._endpoint.host} took more than {self._patience.total:g} seconds in all") from None
