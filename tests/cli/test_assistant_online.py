"""`synthqc assistant chat` with a model behind an address."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Loopback, refused, said

from synthqc.cli.main import run

REPLY = "You saw one template. Which case is it, and what do its users see?"


@pytest.fixture
def server() -> Iterator[Loopback]:
    """The endpoint, in a thread of its own: the command has an event loop of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    running = Loopback()
    asyncio.run_coroutine_threadsafe(running.__aenter__(), loop).result(5)
    yield running
    asyncio.run_coroutine_threadsafe(running.__aexit__(), loop).result(5)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


@pytest.fixture(autouse=True)
def _no_key(monkeypatch) -> None:
    for name in ("SYNTHQC_API_KEY", "OPENAI_API_KEY", "SYNTHQC_OFFLINE"):
        monkeypatch.delenv(name, raising=False)


def script(folder: Path, *messages: str) -> str:
    file = folder / "turns.json"
    file.write_text(json.dumps(messages or ["The replies have collapsed onto one template."]))
    return str(file)


def chat(server_url: str, file: str, *more: str) -> int:
    return run(
        ["assistant", "chat", "--lab", "lab-1", "--script", file, "--base-url", server_url, "--model", "tiny", *more]
    )


def test_the_models_words_are_printed_as_events(server, tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("SYNTHQC_API_KEY", "sk-0123456789abcdef")
    server.answer(said(REPLY, step=9))
    assert chat(server.url, script(tmp_path)) == 0
    out, err = capsys.readouterr()
    events = [json.loads(line) for line in out.splitlines()]
    assert [one["event"] for one in events][:3] == ["opening", "begun", "text"]
    assert "".join(one["delta"] for one in events if one["event"] == "text") == REPLY
    assert events[-1]["voice"] == f"tiny at 127.0.0.1:{server.port}"
    assert events[-1]["usage"]["requests"] == 1
    assert "the key is sk-...cdef" in err
    assert server.requests[0].headers["authorization"] == "Bearer sk-0123456789abcdef"
    assert "0123456789" not in out + err


def test_an_endpoint_that_never_answered_is_exit_code_3_after_the_tutors_replies(server, tmp_path, capsys) -> None:
    server.answer(refused(401, "no"))
    assert chat(server.url, script(tmp_path)) == 3
    out, err = capsys.readouterr()
    assert json.loads(out.splitlines()[-1])["status"].startswith("exchange 1 of 3")
    assert f"synthqc: 127.0.0.1:{server.port} refuses the key (401)" in err


def test_an_endpoint_that_answered_once_is_exit_code_0(server, tmp_path) -> None:
    server.answer(said(REPLY), refused(401))
    assert chat(server.url, script(tmp_path, "The replies have collapsed.", "One skeleton covers most lines.")) == 0


def test_openais_key_is_not_sent_to_another_host(server, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-0123456789abcdef")
    server.answer(said(REPLY))
    assert chat(server.url, script(tmp_path)) == 0
    assert "0123456789" not in repr(server.requests)


def test_the_network_can_be_forbidden(server, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("SYNTHQC_OFFLINE", "1")
    assert chat(server.url, script(tmp_path)) == 0
    assert server.requests == []
    assert "SYNTHQC_OFFLINE is set and forbids the network" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--base-url", "http://localhost/v1"], "go together"),
        (["--model", "m"], "go together"),
        (["--base-url", "localhost", "--model", "m"], "needs http or https and a host"),
        (["--base-url", "http://example.org/v1", "--model", "m"], "plain http would show your words"),
        (["--base-url", "http://localhost/v1", "--model", "m", "--window", "9"], "allowed is 2,048"),
    ],
)
def test_what_cannot_be_used_is_told_before_anything_is_sent(arguments, words, tmp_path, capsys) -> None:
    assert run(["assistant", "chat", "--lab", "lab-1", "--script", script(tmp_path), *arguments]) == 2
    assert words in capsys.readouterr().err
