"""Each status and each way of not reaching an endpoint, and what the learner is told."""

import asyncio
import socket

import pytest
from loopback import END, Answer, chunk, refused, said
from talking import KEY, Talk

from synthqc.assistant.protocol import Done, Text
from synthqc.assistant.retrying import Patience

REPLY = "You saw one template. Which case is it, and what do its users see?"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "does not take the request (400)"),
        (401, "refuses the key (401)"),
        (402, "has no credit left (402)"),
        (403, "does not let this key use the model (403)"),
        (404, "does not know the model tiny, or its address lacks /v1 (404)"),
        (405, "refuses the request (405)"),
        (413, "finds the request too long (413)"),
        (418, "refuses the request (418)"),
        (422, "does not take the request (422)"),
        (301, "sends on to another address (301), which is not followed"),
        (307, "sends on to another address (307), which is not followed"),
    ],
)
async def test_a_refusal_is_told_in_plain_words(status: int, words: str, server, talk, offline_reply) -> None:
    server.answer(refused(status, Location=f"{server.url}/elsewhere"))
    assert await talk.say() == offline_reply
    assert words in talk.notices[0]
    assert talk.waits == []
    assert {request.path for request in server.requests} == {"/v1/chat/completions"}


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504, 529])
async def test_what_may_pass_is_tried_twice_more_with_a_countdown(status: int, server, talk, offline_reply) -> None:
    server.answer(refused(status))
    assert await talk.say() == offline_reply
    assert len(server.requests) == 3
    assert [wait.seconds for wait in talk.waits] == talk.slept == [0.5, 2.0]
    assert all(f"({status})" in wait.reason for wait in talk.waits)
    assert len(talk.notices) == 1


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504])
async def test_what_has_passed_is_forgotten(status: int, server, talk) -> None:
    server.answer(refused(status), said(REPLY))
    assert await talk.say() == REPLY
    assert talk.notices == []
    assert talk.assistant.failure == ""


async def test_the_pause_that_a_server_asks_for_is_kept(server, talk) -> None:
    server.answer(refused(429, **{"Retry-After": "7"}), refused(503, **{"retry-after-ms": "1500"}), said(REPLY))
    await talk.say()
    # The whole reply may take three seconds here, so that seven are not waited for.
    assert talk.slept == []
    patient = Talk(server.url, Patience(read=0.3, total=60.0))
    server.requests.clear()
    assert await patient.say() == REPLY
    assert patient.slept == [7.0, 1.5]


@pytest.mark.parametrize("asked", ["3600", "11"])
async def test_a_long_pause_is_not_waited_for(asked: str, server, offline_reply) -> None:
    talk = Talk(server.url, Patience(total=60.0))
    server.answer(refused(429, **{"Retry-After": asked}))
    assert await talk.say() == offline_reply
    assert talk.slept == []
    assert len(server.requests) == 1


@pytest.mark.parametrize("asked", ["Wed, 21 Oct 2037 07:28:00 GMT", "soon", "-3", "nan"])
async def test_a_pause_that_is_no_number_is_the_usual_one(asked: str, server, talk) -> None:
    server.answer(refused(429, **{"Retry-After": asked}), said(REPLY))
    assert await talk.say() == REPLY
    assert talk.slept == [0.5]


@pytest.mark.parametrize(
    ("message", "gone", "now"),
    [
        ("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "max_tokens", "max_completion_tokens"),
        ("Unsupported value: 'temperature' does not support 0.3 with this model.", "temperature", "max_tokens"),
        ("registry.ollama.ai/library/tiny does not support tools", "tools", "max_tokens"),
        ('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set', "tools", "max_tokens"),
        ("Unrecognized request argument supplied: functions", "tools", "max_tokens"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [400, 422])
async def test_an_argument_that_is_named_is_left_out_from_then_on(
    status: int, message: str, gone: str, now: str, server, talk
) -> None:
    talk.workbench = "one line\nanother line\na third line"
    server.answer(refused(status, message), said(REPLY))
    assert await talk.say() == REPLY
    assert gone in server.bodies[0]
    assert gone not in server.bodies[1]
    assert now in server.bodies[1]
    assert talk.notices == talk.waits == []
    await talk.say("A skeleton with one filler shows it as well, in most of the lines.")
    assert gone not in server.bodies[2]
    assert len(server.bodies) == 3


async def test_a_server_of_which_tools_are_too_much_answers_500(server, talk) -> None:
    talk.workbench = "one line\nanother line\na third line"
    server.answer(refused(500, "tools param requires --jinja flag"), said(REPLY))
    assert await talk.say() == REPLY
    assert "tools" not in server.bodies[1]


async def test_one_argument_after_the_other_is_left_out_each_once(server, talk) -> None:
    server.answer(
        refused(400, "max_tokens is not supported"),
        refused(400, "max_completion_tokens is not supported"),
        refused(400, "temperature is not supported"),
        said(REPLY),
    )
    assert await talk.say() == REPLY
    assert set(server.bodies[-1]) == {"model", "messages", "stream"}


async def test_an_objection_without_a_name_is_met_with_the_least_once(server, talk, offline_reply) -> None:
    server.answer(refused(400, "bad request"))
    assert await talk.say() == offline_reply
    assert [set(body) >= {"temperature"} for body in server.bodies] == [True, False]


async def test_a_request_that_is_too_long_is_halved(server, talk) -> None:
    server.answer(refused(400, "This model's maximum context length is 2048 tokens."), said(REPLY))
    assert await talk.say("The replies have collapsed onto one template. " + "They repeat themselves. " * 200)
    first, second = (len(str(body["messages"])) for body in server.bodies)
    assert second < 0.7 * first


async def test_a_model_without_system_messages_reads_them_in_front_of_the_first(server, talk) -> None:
    server.answer(refused(400, "System role not supported"), said(REPLY))
    assert await talk.say() == REPLY
    assert [one["role"] for one in server.bodies[1]["messages"]] == ["user"]
    assert "You are the tutor" in server.bodies[1]["messages"][0]["content"]


async def test_after_a_failure_two_more_turns_are_the_tutors_and_then_the_endpoint_is_tried(server, talk) -> None:
    server.answer([END], [END], said(REPLY))
    voices, notices = [], []
    for message in (
        "The replies have collapsed onto one template.",
        "One skeleton covers most of the lines.",
        "I would look at the share of the largest skeleton.",
        "Rare topics have vanished from the replies of the bot.",
    ):
        await talk.say(message)
        voices.append(talk.exchange.voice)
        notices += talk.notices
    assert voices == ["", "", "", f"tiny at 127.0.0.1:{server.port}"]
    assert len(notices) == 1
    assert [one.analysis.counted for one in talk.history] == [True] * 4


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_refusal_that_lasts_is_told_once_and_nothing_more_is_sent(status: int, server, talk) -> None:
    server.answer(refused(status), said(REPLY))
    await talk.say()
    assert talk.notices[0].endswith("The offline tutor answers until the settings change.")
    for number in range(4):
        await talk.say(f"The skeleton number {number} covers many of the replies.")
        assert talk.notices == []
    assert len(server.requests) == 1
    assert talk.assistant.is_refused


@pytest.mark.parametrize(
    "said_by_server", ["Invalid model name passed in model=tiny.", "The model `tiny` does not exist"]
)
async def test_a_model_that_a_server_does_not_know_is_not_asked_for_again(said_by_server: str, server, talk) -> None:
    server.answer(refused(400, said_by_server))
    await talk.say()
    assert "does not know the model tiny" in talk.notices[0]
    assert len(server.requests) == 1
    assert talk.assistant.is_refused


async def test_an_endless_refusal_is_read_no_further_than_needed(server, talk, offline_reply) -> None:
    server.answer(
        Answer([b'{"error": {"message": "', *[b"x" * 65_536] * 2_000], 418, {"Content-Type": "application/json"})
    )
    assert await talk.say() == offline_reply
    assert "refuses the request (418)" in talk.notices[0]
    assert len(talk.notices[0]) < 400
    await asyncio.wait_for(server.was_closed.wait(), 2)


async def test_a_gateways_web_page_is_not_repeated(server, talk) -> None:
    server.answer(Answer([b"<html><body><h1>502 Bad Gateway</h1></body></html>"], 502, {"Content-Type": "text/html"}))
    await talk.say()
    assert talk.notices[0].startswith(f"127.0.0.1:{server.port} does not reach its model (502). The offline tutor")


async def test_an_account_without_credit_is_not_asked_again(server, talk) -> None:
    server.answer(refused(429, "You exceeded your current quota, please check your plan and billing details."))
    await talk.say()
    assert "no credit left" in talk.notices[0]
    assert len(server.requests) == 1
    assert talk.assistant.is_refused


def closed_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


async def test_a_server_that_does_not_run(offline_reply) -> None:
    port = closed_port()
    talk = Talk(f"http://127.0.0.1:{port}/v1")
    assert await talk.say() == offline_reply
    assert f"127.0.0.1:{port} cannot be reached (is its server running?)" in talk.notices[0]
    assert len(talk.waits) == 2


async def test_a_host_that_does_not_exist(offline_reply) -> None:
    talk = Talk("https://no-such-host.invalid/v1", Patience(connect=2.0, total=20.0))
    assert await talk.say() == offline_reply
    assert "no-such-host.invalid cannot be reached: there is no such host, or no network" in talk.notices[0]


async def test_https_to_a_port_that_speaks_none(server, offline_reply) -> None:
    talk = Talk(server.url.replace("http:", "https:"))
    assert await talk.say() == offline_reply
    assert "it speaks no https" in talk.notices[0]


async def test_a_server_that_accepts_and_says_nothing(offline_reply) -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        talk = Talk(f"http://127.0.0.1:{mute.getsockname()[1]}/v1")
        assert await talk.say() == offline_reply
    assert "silent for too long" in talk.notices[0]


async def test_a_server_that_hangs_up(server, talk, offline_reply) -> None:
    server.answer(["cut"])
    assert await talk.say() == offline_reply
    assert "broke the connection" in talk.notices[0]
    assert len(talk.waits) == 2


async def test_a_server_that_dies_in_the_middle_does_not_stop_the_lab(talk, server) -> None:
    server.answer(said(REPLY), [chunk({"content": "Now the"}), "cut"], ["cut"])
    for message in (
        "Case A, our support chatbot repeats itself to customers.",
        "The replies have collapsed onto one template.",
        "Distinct-2 of the replies would show it, beside human text of the same length.",
        "Collect real conversations and mix them back into the training set.",
    ):
        await talk.say(message)
    assert any("summary" in one.moves for one in talk.history)


async def test_a_proxy_is_not_used_for_this_machine(server, talk, monkeypatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    server.answer(said(REPLY))
    assert await talk.say() == REPLY


ECHOES = {
    "the header": f"invalid Authorization: Bearer {KEY}",
    "the key": f"Incorrect API key provided: {KEY}.",
    "a masked key": "Incorrect API key provided: sk-proj-abc****wxyz.",
    "another key": "we tried sk-other0123456789 as well",
}


@pytest.mark.parametrize("echo", ECHOES, ids=str)
@pytest.mark.parametrize("status", [400, 401, 403, 409, 422, 429, 500, 0])
async def test_a_key_that_a_server_repeats_appears_nowhere(echo: str, status: int, server, talk) -> None:
    message = ECHOES[echo]
    if status:
        server.answer(refused(status, message))
    else:
        server.answer([chunk({"content": f"Look: {message} Which"}), b'data: {"error": "%s"}\n\n' % message.encode()])
    await talk.say()
    told = repr(talk.events) + repr(talk.assistant.failure) + repr(vars(talk.assistant))
    assert KEY not in told
    assert "sk-" not in told
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


async def test_a_key_in_pieces_appears_nowhere(server, talk) -> None:
    server.answer(said(f"Your key is {KEY}, is it not?", step=1))
    await talk.say()
    assert KEY not in talk.shown
    assert KEY[:6] not in "".join(one.delta for one in talk.of(Text)[:14])
    assert talk.shown.startswith("Your key is [key], is it not?")


async def test_nothing_of_openais_environment_goes_to_another_host(server, talk, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-secret")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret0123456789")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    server.answer(said(REPLY))
    assert await talk.say() == REPLY
    assert "secret" not in repr(server.requests)


async def test_the_reply_costs_what_the_server_counts_or_an_estimate(server, talk) -> None:
    usage = {"prompt_tokens": 900, "completion_tokens": 17}
    server.answer(
        [
            *said(REPLY)[:-1],
            b'data: {"choices": [], "usage": {"prompt_tokens": 900, "completion_tokens": 17}}\n\n',
            END,
        ],
        said(REPLY),
    )
    await talk.say()
    cost = talk.of(Done)[0].usage
    assert (cost.requests, cost.sent_tokens, cost.received_tokens) == (1, *usage.values())
    assert not cost.is_estimated
    await talk.say("One skeleton covers most of the lines.")
    cost = talk.of(Done)[0].usage
    assert cost.is_estimated
    assert cost.sent_tokens > 300
    assert cost.received_tokens > 10
    assert talk.assistant.spending.total.requests == 2
