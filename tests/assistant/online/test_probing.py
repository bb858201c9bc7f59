"""One question to see whether an endpoint answers, and the list of its models."""

import json

import pytest
from loopback import Answer, Loopback, refused

from synthqc.assistant.endpoint import endpoint_of
from synthqc.assistant.failures import Failure
from synthqc.assistant.probing import models_of, seconds_to_answer

JSON = {"Content-Type": "application/json"}
READY = Answer([json.dumps({"choices": [{"index": 0, "message": {"role": "assistant", "content": "ready"}}]}).encode()], 200, JSON)  # fmt: skip


def at(server: Loopback):
    return endpoint_of(server.url, "qwen3")


async def test_one_bounded_request_is_made() -> None:
    async with Loopback() as server:
        server.answer(READY)
        assert 0 <= await seconds_to_answer(at(server)) < 20
        [body] = server.bodies
        assert body["max_tokens"] == 16


async def test_an_argument_that_is_not_taken_is_left_out_once() -> None:
    async with Loopback() as server:
        server.answer(refused(400, "max_tokens is not supported, use max_completion_tokens"), READY)
        await seconds_to_answer(at(server))
        assert [("max_tokens" in body) for body in server.bodies] == [True, False]


async def test_a_refusal_is_told() -> None:
    async with Loopback() as server:
        server.answer(refused(401, "bad key"))
        with pytest.raises(Failure, match="refuses the key"):
            await seconds_to_answer(at(server))
        assert len(server.bodies) == 1


async def test_models_are_listed_by_name() -> None:
    async with Loopback() as server:
        server.answer(
            Answer([json.dumps({"object": "list", "data": [{"id": "b"}, {"id": "a\x1b[2J"}]}).encode()], 200, JSON)
        )
        assert await models_of(at(server)) == ("a", "b")


async def test_a_server_without_a_list_is_a_failure() -> None:
    async with Loopback() as server:
        server.answer(refused(404))
        with pytest.raises(Failure):
            await models_of(at(server))
