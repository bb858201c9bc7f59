"""Each shape of a streamed reply that servers send, and what the learner sees of it."""

import json
from typing import Any

import pytest
from loopback import CUT, END, Answer, chunk, event, said
from talking import Talk

from synthqc.assistant.retrying import Patience

REPLY = "You saw one template. Which case is it, and what do its users see?"
WORKBENCH = "\n".join(f"Dear customer {number}, your parcel {number * 7} is on its way." for number in range(12))


def raw(text: str, step: int = 7) -> list[bytes]:
    """Bytes cut without regard to characters or lines."""
    data = text.encode()
    return [data[start : start + step] for start in range(0, len(data), step)]


def plain(text: str, **choice: Any) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}, **choice}]}).encode()


FINISH = chunk({}, "stop")
JSON = {"Content-Type": "application/json"}

WHOLE = {
    "as usual": said(REPLY),
    "one character a piece": said(REPLY, step=1),
    "characters cut between pieces": raw("".join(map(bytes.decode, said(REPLY)))),
    "one byte a piece": raw("".join(map(bytes.decode, said(REPLY))), 1),
    "carriage returns": [piece.replace(b"\n", b"\r\n") for piece in said(REPLY)],
    "carriage returns alone": [piece.replace(b"\n", b"\r") for piece in said(REPLY)],
    "comments and keep-alives": [b": ping\n\n", *said(REPLY)[:2], b": keep-alive\n\n\n", *said(REPLY)[2:]],
    "no space behind data": [piece.replace(b"data: ", b"data:") for piece in said(REPLY)],
    "no empty lines between events": [piece.replace(b"\n\n", b"\n") for piece in said(REPLY)],
    "an event of several lines": [
        b'data: {"choices": [{"delta":\ndata: {"content": ' + json.dumps(REPLY).encode() + b"}}]}\n\n",
        FINISH,
    ],
    "ids, names and retries": [b"id: 1\nevent: message\nretry: 5\n" + piece for piece in said(REPLY)],
    "a byte order mark": [b"\xef\xbb\xbf", *said(REPLY)],
    "no end mark": said(REPLY)[:-1],
    "no finish reason but an end mark": [chunk({"content": REPLY}), END],
    "an end mark without a line end": [*said(REPLY)[:-1], b"data: [DONE]"],
    "empty choices": [event({"choices": []}), *said(REPLY)],
    "choices null": [event({"choices": None}), *said(REPLY)],
    "usage alone at the end": [
        *said(REPLY)[:-1],
        event({"choices": [], "usage": {"prompt_tokens": 90, "completion_tokens": 17}}),
        END,
    ],
    "content null": [
        chunk({"role": "assistant", "content": None}),
        chunk({"content": REPLY}),
        chunk({"content": None}, "stop"),
        END,
    ],
    "finish reason in the last piece of text": [chunk({"content": REPLY}, "stop"), END],
    "finish reason eos": [chunk({"content": REPLY}, "eos"), END],
    "finish reason tool calls without one": [chunk({"content": REPLY}, "tool_calls"), END],
    "reasoning in a field": [chunk({"reasoning_content": "Hmm, 42."}), chunk({"reasoning": "42"}), *said(REPLY)],
    "reasoning in the text": said(f"<think>\nHmm, 42.\n</think>\n\n{REPLY}", step=3),
    "refusal null": [chunk({"content": REPLY, "refusal": None}, "stop"), END],
    "a second choice": [
        event({"choices": [{"delta": {"content": REPLY}, "finish_reason": "stop"}, {"delta": {"content": "other"}}]}),
        END,
    ],
    "content in parts": [chunk({"content": [{"type": "text", "text": REPLY}]}, "stop"), END],
    "text in place of a delta": [event({"choices": [{"text": REPLY, "finish_reason": "stop"}]}), END],
    "unknown fields": [
        chunk({"content": REPLY, "audio": {}, "annotations": []}, "stop", service_tier="x", obfuscation="zz"),
        END,
    ],
    "an answer that is no stream": Answer([plain(REPLY, finish_reason="stop")], headers=JSON),
    "an answer over several lines": Answer([json.dumps(json.loads(plain(REPLY)), indent=2).encode()], headers=JSON),
    "a stream that calls itself text": Answer(said(REPLY), headers={"Content-Type": "text/plain"}),
    "broken off after the end": [*said(REPLY)[:-1], CUT],
    "nonsense after the end": [*said(REPLY)[:-1], b"data: {nonsense\n\n"],
    "never closed": [*said(REPLY)[:-1], 30.0],
    "kept alive after the end": [*said(REPLY)[:-1], *[b": ping\n\n", 0.05] * 40],
    "leading empty lines": said(f"\n\n {REPLY}", step=2),
    "slow drip": [piece for one in said(REPLY, step=20) for piece in (one, 0.05)],
}


@pytest.mark.parametrize("shape", WHOLE, ids=str)
async def test_the_reply_is_read_as_the_model_meant_it(shape: str, server, talk) -> None:
    server.answer(WHOLE[shape])
    assert await talk.say() == REPLY
    assert talk.notices == talk.cuts == talk.waits == []
    assert talk.exchange.voice == f"tiny at 127.0.0.1:{server.port}"
    assert len(server.requests) == 1


async def test_umlauts_emoji_and_halves_of_pairs_arrive_whole(server, talk) -> None:
    text = "Häufig 中文 🙂 steht dasselbe. Which case is it, and what do its users see?"
    server.answer(raw("".join(map(bytes.decode, said(text))), 1))
    assert await talk.say() == text
    halves = [
        b'data: {"choices": [{"delta": {"content": "\\ud83d"}}]}\n\n',
        b'data: {"choices": [{"delta": {"content": "\\ude42 Which case is it, and what do its users see?"}}]}\n\n',
        FINISH,
        END,
    ]
    server.requests.clear()
    server.answer(halves)
    assert (
        await talk.say("Look at the share of one skeleton, it is high.")
        == "🙂 Which case is it, and what do its users see?"
    )


CUT_SHORT = {
    "finish reason length": ([chunk({"content": REPLY}, "length"), END], "length limit"),
    "finish reason missing and no end mark": ([chunk({"content": REPLY})], "broke off"),
    "content filter": ([chunk({"content": REPLY}), chunk({}, "content_filter"), END], "content filter"),
    "error in the stream": (
        [chunk({"content": REPLY}), event({"error": {"message": "out of memory"}})],
        "out of memory",
    ),
    "error as an event": ([chunk({"content": REPLY}), b'event: error\ndata: {"message": "gone"}\n\n'], "gone"),
    "error as text": ([chunk({"content": REPLY}), event({"error": "worker died"})], "worker died"),
    "broken JSON": ([chunk({"content": REPLY}), b'data: {"choices": [{"del\n\n', FINISH, END], "no JSON"),
    "cut in the middle of a piece": ([chunk({"content": REPLY}), b'data: {"choi', CUT], "broke the connection"),
    "cut between pieces": ([chunk({"content": REPLY}), CUT], "broke the connection"),
    "stalled": ([chunk({"content": REPLY}), 5.0], "silent for too long"),
}


@pytest.mark.parametrize("shape", CUT_SHORT, ids=str)
async def test_a_reply_that_breaks_off_stays_and_is_marked(shape: str, server, talk, offline_reply) -> None:
    pieces, reason = CUT_SHORT[shape]
    server.answer(pieces)
    shown = await talk.say()
    assert shown.startswith(f"{REPLY} (cut off)")
    assert reason in talk.cuts[0]
    assert talk.notices == talk.waits == []
    assert len(server.requests) == 1


async def test_a_reply_that_takes_too_long_in_all_stays_and_is_marked(server) -> None:
    talk = Talk(server.url, Patience(read=0.3, total=0.6))
    server.answer([piece for _ in range(40) for piece in (chunk({"content": "on and on "}), 0.1)])
    shown = await talk.say()
    assert shown.startswith("on and on on and on")
    assert "(cut off)" in shown
    assert talk.cuts == [f"127.0.0.1:{server.port} took more than 0.6 seconds in all"]


async def test_the_word_again_after_a_cut_reply_words_it_anew_and_counts_for_nothing(server, talk) -> None:
    server.answer([chunk({"content": "You saw"}), CUT], said(REPLY))
    shown = await talk.say()
    # The question that never came is asked by the tutor.
    assert shown.startswith("You saw (cut off)\n\n")
    assert shown.endswith("?")
    assert await talk.say("again") == REPLY
    assert [one.analysis.counted for one in talk.history] == [True, False]
    assert "collapsed onto one template" in server.bodies[1]["messages"][-1]["content"]


FAILED = {
    "nothing at all": ([], "empty reply"),
    "role only": ([chunk({"role": "assistant"}), FINISH, END], "empty reply"),
    "white space only": ([chunk({"content": "\n \n"}), FINISH, END], "empty reply"),
    "usage only": ([event({"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 0}}), END], "empty reply"),
    "a refusal": ([chunk({"refusal": "I cannot help with that."}), FINISH, END], "declined to answer"),
    "filtered from the start": ([chunk({}, "content_filter"), END], "content filter"),
    "thoughts only": ([chunk({"reasoning_content": "Hmm."}), chunk({}, "length"), END], "on thinking"),
    "an open thought": (said("<think>and so on"), "on thinking"),
    "a web page": (
        Answer([b"<!DOCTYPE html><html><body>It works!</body></html>"], headers={"Content-Type": "text/html"}),
        "web page",
    ),
    "something else": (Answer([b"OK"], headers={"Content-Type": "text/plain"}), "no JSON"),
    "an error as the whole answer": (
        Answer([b'{"error": {"message": "model is loading"}}'], headers=JSON),
        "model is loading",
    ),
    "a list": (Answer([b"[1, 2]"], headers=JSON), "reported an error"),
    "silence": ([5.0], "silent for too long"),
    "keep-alives for ever": ([piece for _ in range(40) for piece in (b": ping\n\n", 0.1)], "more than 3 seconds"),
    "a flood of one line": ([b"data: " + b"x" * 5_000_000], "far more than a reply"),
}


@pytest.mark.parametrize("shape", FAILED, ids=str)
async def test_without_a_reply_the_tutor_answers_and_says_why(shape: str, server, talk, offline_reply) -> None:
    pieces, reason = FAILED[shape]
    server.answer(pieces)
    shown = await talk.say()
    assert shown == offline_reply
    assert talk.was_offline
    assert [reason in notice for notice in talk.notices] == [True]
    assert talk.notices[0].endswith("The offline tutor answers this and the next 2 messages.")
    assert talk.exchange.analysis.counted


async def test_an_empty_stream_is_asked_for_once_more_in_one_piece(server, talk) -> None:
    server.answer([END], Answer([plain(REPLY)], headers=JSON))
    assert await talk.say() == REPLY
    assert [body["stream"] for body in server.bodies] == [True, False]


async def test_a_model_that_spent_all_on_thinking_is_given_more_from_then_on(server, talk) -> None:
    server.answer([chunk({"reasoning_content": "Hmm."}), chunk({}, "length"), END], said(REPLY))
    assert await talk.say() == REPLY
    first, second = (body["max_tokens"] for body in server.bodies)
    assert second == 4 * first


async def test_a_giant_reply_is_closed_at_its_limit(server, talk) -> None:
    server.answer([*(chunk({"content": "word " * 200}) for _ in range(400)), FINISH, END])
    shown = await talk.say()
    assert 7_990 <= len(shown.partition(" (cut off)")[0]) <= 8_000
    assert talk.cuts == [f"127.0.0.1:{server.port} wrote more than 8,000 characters"]


async def test_no_byte_that_a_terminal_obeys_reaches_the_learner(server, talk) -> None:
    nasty = "a\x1b]0;title\x07b\x1b[31mc\x9b2Jd\x1b]52;c;aGk=\x1b\\e\x00\u202ef. Which case is it, and what do its users see?"
    server.answer(said(nasty, step=1))
    assert await talk.say() == "abcde‹U+202E›f. Which case is it, and what do its users see?"


def call(
    index: Any = 0, *, ident: Any = "c1", name: Any = "distinct-n", arguments: Any = "{}", **more: Any
) -> dict[str, Any]:
    given = {
        "index": index,
        "id": ident,
        "type": "function",
        "function": {"name": name, "arguments": arguments},
        **more,
    }
    given["function"] = {key: value for key, value in given["function"].items() if value is not None}
    return {key: value for key, value in given.items() if value is not None}


def calls(*pieces: dict[str, Any], finish: str | None = "tool_calls", text: str | None = None) -> list[bytes]:
    return [
        *([chunk({"content": text})] if text else []),
        *(chunk({"tool_calls": [one]}) for one in pieces),
        chunk({}, finish),
        END,
    ]


ONE = {
    "whole": calls(call(arguments='{"n": 2}')),
    "arguments in pieces": calls(
        call(arguments=""), call(name=None, ident=None, arguments='{"n"'), call(name=None, ident=None, arguments=": 2}")
    ),
    "arguments as an object": calls(call(arguments={"n": 2})),
    "no arguments": calls(call(arguments="")),
    "arguments null": calls(call(arguments=None)),
    "no index": calls(call(None)),
    "no index, arguments in pieces": calls(
        call(None, arguments='{"n"'), call(None, ident=None, name=None, arguments=": 2}")
    ),
    "no id": calls(call(ident=None)),
    "empty id": calls(call(ident="")),
    "name in every piece": calls(call(arguments='{"n"'), call(arguments=": 2}")),
    "another id in every piece": calls(call(arguments='{"n"'), call(name=None, ident="c2", arguments=": 2}")),
    "finish reason stop": calls(call(), finish="stop"),
    "no finish reason": calls(call(), finish=None),
    "text beside": calls(call(), text="Let me measure."),
    "an old function call": [
        chunk({"function_call": {"name": "distinct-n", "arguments": "{}"}}),
        chunk({}, "function_call"),
        END,
    ],
    "in one piece with the end": [chunk({"tool_calls": [call()]}, "tool_calls"), END],
    "not streamed": Answer(
        [
            json.dumps(
                {"choices": [{"message": {"content": None, "tool_calls": [call(None)]}, "finish_reason": "tool_calls"}]}
            ).encode()
        ],
        headers=JSON,
    ),
}


@pytest.mark.parametrize("shape", ONE, ids=str)
async def test_a_call_is_run_whatever_its_form(shape: str, server, talk) -> None:
    talk.workbench = WORKBENCH
    server.answer(ONE[shape], said(REPLY))
    shown = await talk.say()
    assert shown.endswith(REPLY)
    assert talk.tools == ["distinct-n"]
    said_by_model, result = server.bodies[1]["messages"][-2:]
    assert said_by_model["role"] == "assistant"
    assert isinstance(said_by_model["content"], str)
    assert result["role"] == "tool"
    assert result["tool_call_id"] == said_by_model["tool_calls"][0]["id"] != ""
    assert json.loads(result["content"])["measured"]["distinct_n"]
    assert len(result["content"].encode()) <= 2_048


TWO = {
    "by index": calls(call(0), call(1, ident="c2", name="templates")),
    "one index, other ids": calls(call(0), call(0, ident="c2", name="templates")),
    "no index": calls(call(None), call(None, ident="c2", name="templates")),
    "neither index nor id": calls(call(None, ident=None), call(None, ident=None, name="templates")),
    "in one piece": [chunk({"tool_calls": [call(0), call(1, ident="c2", name="templates")]}, "tool_calls"), END],
    "arguments interleaved": calls(
        call(0, arguments=""),
        call(1, ident="c2", name="templates", arguments=""),
        call(0, ident=None, name=None, arguments="{}"),
        call(1, ident=None, name=None, arguments="{}"),
    ),
}


@pytest.mark.parametrize("shape", TWO, ids=str)
async def test_two_calls_stay_two(shape: str, server, talk) -> None:
    talk.workbench = WORKBENCH
    server.answer(TWO[shape], said(REPLY))
    await talk.say()
    assert talk.tools == ["distinct-n", "templates"]
    ids = [one["tool_call_id"] for one in server.bodies[1]["messages"][-2:]]
    assert len(set(ids)) == 2


WRONG = {
    "unknown tool": (call(name="rm-rf"), "there is no tool 'rm-rf'"),
    "bad JSON": (call(arguments='{"n": '), "allowed is a JSON object"),
    "a list": (call(arguments="[1]"), "allowed is a JSON object"),
    "out of range": (call(arguments='{"n": 99}'), "allowed is a whole number from 1 to 5"),
    "unknown argument": (call(arguments='{"path": "/etc/passwd"}'), "has no parameter 'path'"),
    "deep nesting": (call(arguments="[" * 50_000), "allowed is a JSON object"),
}


@pytest.mark.parametrize("shape", WRONG, ids=str)
async def test_a_wrong_call_gets_an_error_that_a_model_can_mend(shape: str, server, talk) -> None:
    piece, error = WRONG[shape]
    talk.workbench = WORKBENCH
    server.answer(calls(piece), said(REPLY))
    assert await talk.say() == REPLY
    assert talk.tools == []
    result = server.bodies[1]["messages"][-1]["content"]
    assert error in json.loads(result)["error"]
    assert len(result) < 600


async def test_no_text_to_measure_is_told_to_the_model(server, talk) -> None:
    server.answer(calls(call()), said(REPLY))
    assert await talk.say() == REPLY
    assert "error" in json.loads(server.bodies[1]["messages"][-1]["content"])


async def test_at_most_four_calls_of_a_round_are_run(server, talk) -> None:
    talk.workbench = WORKBENCH
    server.answer(calls(*(call(number, ident=f"c{number}") for number in range(30))), said(REPLY))
    assert await talk.say() == REPLY
    assert len(talk.tools) == 4
    assert "at most 4 calls" in server.bodies[1]["messages"][-1]["content"]


async def test_after_three_rounds_of_calls_the_tutor_answers(server, talk, offline_reply) -> None:
    talk.workbench = WORKBENCH
    server.answer(calls(call()))
    await talk.say()
    assert len(server.requests) == 4
    assert len(talk.tools) == 3
    assert "reply now" in server.bodies[3]["messages"][-1]["content"]
    assert talk.was_offline
    assert "called tools and said nothing" in talk.notices[0]


async def test_words_before_a_measurement_stand_in_a_paragraph_of_their_own(server, talk) -> None:
    talk.workbench = WORKBENCH
    server.answer(ONE["text beside"], said(REPLY, step=5))
    assert await talk.say() == f"Let me measure.\n\n{REPLY}"
