"""Looking whether an endpoint answers, and which models it offers: one bounded request each."""

import time
from collections.abc import Mapping
from contextlib import aclosing
from typing import Any

from synthqc.cleaning import one_line

from .client import connected
from .endpoint import Endpoint
from .failures import Failure
from .retrying import Patience, Quirks, learnt

PATIENCE = Patience(total=20.0, pauses=())
"""Somebody waits for the answer."""

MOST_MODELS = 500


async def seconds_to_answer(endpoint: Endpoint, patience: Patience = PATIENCE) -> float:
    """Asks the model for one word; gives the seconds that it took.

    An argument that the server does not take is left out once.

    Raises:
        Failure: It does not answer.
    """
    body: Mapping[str, Any] = {
        "model": endpoint.model,
        "messages": [{"role": "user", "content": "Answer with one word: ready"}],
        "max_tokens": 16,
        "stream": False,
    }
    began = time.monotonic()
    async with connected(endpoint, patience) as client:
        try:
            await _heard(client.values(body))
        except Failure as failure:
            quirks = learnt(Quirks(), failure, body)
            if quirks is None or not quirks.without:
                raise
            await _heard(client.values({name: one for name, one in body.items() if name not in quirks.without}))
    return time.monotonic() - began


async def _heard(values: Any) -> None:
    async with aclosing(values) as answers:
        async for _ in answers:
            pass


async def models_of(endpoint: Endpoint, patience: Patience = PATIENCE) -> tuple[str, ...]:
    """The models that an endpoint offers, by name, cleaned; at most 500.

    Raises:
        Failure: It has no such list, or does not answer.
    """
    async with connected(endpoint, patience) as client:
        names = await client.models()
    return tuple(sorted({one_line(name) for name in names if name.strip()}))[:MOST_MODELS]
