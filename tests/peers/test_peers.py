"""The online assistant with servers by others; `make test-peers` sets them up and runs this."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing

import pytest
from peers import KEY, PYTHON, REPLY, litellm, llama
from talking import LAB, TUTOR, Talk

from synthqc.assistant.endpoint import endpoint_of
from synthqc.assistant.online import OnlineAssistant
from synthqc.assistant.protocol import Text
from synthqc.assistant.redaction import Secret
from synthqc.assistant.retrying import Patience
from synthqc.assistant.state import state_of
from synthqc.assistant.tutor import turn_of

pytestmark = [pytest.mark.peers, pytest.mark.skipif(not PYTHON.exists(), reason="make test-peers sets them up")]

LINES = "\n".join(f"Dear customer {number}, your parcel {number * 7} is on its way." for number in range(12))
MESSAGES = (
    "Case A, our support chatbot repeats itself to customers.",
    f"Here:\n{LINES}",
    "The replies have collapsed onto one template; I would measure Distinct-2 beside human text.",
    "Collect real conversations and mix them back into the training set.",
)


def talk_to(url: str, model: str, key: str = "") -> Talk:
    # A busy machine may take its time: what is tried here is the protocol.
    patience = Patience(read=120.0, total=300.0)
    talk = Talk(url)
    endpoint = endpoint_of(url, model, Secret(key))
    talk.assistant = OnlineAssistant(endpoint, TUTOR, patience=patience, sleep=talk._sleep)
    return talk


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with litellm(tmp_path_factory.mktemp("litellm")) as url:
        yield url


async def test_litellm_words_a_whole_lab(proxy: str) -> None:
    talk = talk_to(proxy, "mock", KEY)
    for message in MESSAGES:
        assert (await talk.say(message)).startswith(REPLY)
        assert talk.exchange.voice.startswith("mock at 127.0.0.1")
        assert talk.notices == talk.cuts == []
    assert state_of(talk.history, LAB).is_complete(LAB)


async def test_litellm_calls_a_tool(proxy: str) -> None:
    talk = talk_to(proxy, "calls", KEY)
    talk.workbench = LINES
    await talk.say()
    assert talk.tools == ["distinct-n"] * 3
    assert "called tools and said nothing" in talk.notices[0]


@pytest.mark.parametrize(
    ("model", "words", "requests"),
    [
        ("busy", "asks for fewer requests (429)", 3),
        ("broken", "had an error of its own (500)", 3),
        ("elsewhere", "(500)", 3),
        ("nobody", "does not know the model nobody", 1),
    ],
)
async def test_litellm_refuses(proxy: str, model: str, words: str, requests: int, offline_reply: str) -> None:
    talk = talk_to(proxy, model, KEY)
    assert await talk.say() == offline_reply
    assert words in talk.notices[0]
    assert talk.assistant.spending.total.requests == requests


async def test_litellm_refuses_a_wrong_key_and_it_appears_nowhere(proxy: str, offline_reply: str) -> None:
    talk = talk_to(proxy, "mock", "sk-wrong-9876543210")
    assert await talk.say() == offline_reply
    assert "9876543210" not in repr(talk.events)


async def test_llama_words_a_whole_lab(tmp_path) -> None:
    with llama(tmp_path) as (url, _):
        talk = talk_to(url, "tiny")
        for message in MESSAGES:
            await talk.say(message)
            assert talk.exchange.voice.startswith("tiny at 127.0.0.1")
            assert talk.notices == []
    assert state_of(talk.history, LAB).is_complete(LAB)


async def test_llama_with_a_window_smaller_than_said(tmp_path, offline_reply: str) -> None:
    with llama(tmp_path, window=512) as (url, _):
        talk = talk_to(url, "tiny")
        assert await talk.say() == offline_reply
        assert len(talk.notices) == 1


async def test_llama_is_stopped_and_goes_on(tmp_path) -> None:
    with llama(tmp_path) as (url, _):
        talk = talk_to(url, "tiny")
        async with aclosing(talk.assistant.reply(turn_of(MESSAGES[0], LAB), LAB, ())) as events:
            async for event in events:
                if isinstance(event, Text):
                    break
        async with asyncio.timeout(200):
            await talk.say(MESSAGES[0])
        assert talk.exchange.voice.startswith("tiny at 127.0.0.1")


async def test_llama_dies_in_the_middle_of_a_reply_and_the_lab_goes_on(tmp_path) -> None:
    with llama(tmp_path) as (url, process):
        talk = talk_to(url, "tiny")
        await talk.say(MESSAGES[0])
        async with aclosing(talk.assistant.reply(turn_of(MESSAGES[1], LAB), LAB, talk.history)) as events:
            async for event in events:
                talk.events.append(event)
                if isinstance(event, Text) and process.poll() is None:
                    process.kill()
                    process.wait()
        assert "(cut off)" in talk.shown
        for message in MESSAGES[1:]:
            await talk.say(message)
        assert talk.was_offline
    assert state_of(talk.history, LAB).is_complete(LAB)
