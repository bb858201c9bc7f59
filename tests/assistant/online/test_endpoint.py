"""Addresses, keys, and who is chosen to answer."""

import copy
import pickle
import traceback

import pytest
from talking import TUTOR

from synthqc.assistant.choosing import Wish, assistant_for, key_for
from synthqc.assistant.endpoint import endpoint_of, is_loopback
from synthqc.assistant.online import OnlineAssistant
from synthqc.assistant.redaction import Secret, redacted
from synthqc.errors import UsageError


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("http://localhost:11434/v1", "http://localhost:11434/v1"),
        (" http://127.0.0.1:8000/v1/ ", "http://127.0.0.1:8000/v1"),
        ("https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("https://models.example.org", "https://models.example.org"),
    ],
)
def test_an_address_is_taken_without_its_end(given: str, kept: str) -> None:
    assert endpoint_of(given, "m").base_url == kept


@pytest.mark.parametrize(
    "given",
    [
        "", "localhost:11434", "ftp://localhost/v1", "file:///etc/passwd", "http://", "http://localhost:0/v1",
        "http://localhost:99999/v1", "https://exämple.org/v1", "https://a b.org", "http://localhost\n.evil.org/v1",
        "https://good.org\\@evil.org/v1", "javascript:alert(1)", "http://[::1/v1",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_an_example(given: str) -> None:
    with pytest.raises(UsageError, match="such as http://localhost:11434/v1"):
        endpoint_of(given, "m")


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError, match="SYNTHQC_API_KEY") as caught:
        endpoint_of("https://user:hunter2@example.org/v1", "m")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("given", ["https://example.org/v1?key=abc", "https://example.org/v1#x"])
def test_a_query_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="goes on behind its path"):
        endpoint_of(given, "m")


@pytest.mark.parametrize(
    "host", ["example.org", "192.168.0.7", "localhost.evil.org", "127.0.0.1.evil.org", "2130706433"]
)
def test_plain_http_to_another_machine_has_to_be_allowed(host: str) -> None:
    with pytest.raises(UsageError, match="plain http would show your words to the network"):
        endpoint_of(f"http://{host}/v1", "m")
    assert not endpoint_of(f"http://{host}/v1", "m", may_be_plain=True).is_loopback
    assert endpoint_of(f"https://{host}/v1", "m").base_url


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "localhost.", "ollama.localhost", "127.0.0.1", "127.9.9.9", "::1"]
)
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("model", ["", " ", "a\nb", "m\x1b[31m", "x" * 201])
def test_a_model_needs_a_name(model: str) -> None:
    with pytest.raises(UsageError, match="needs a name such as"):
        endpoint_of("http://localhost/v1", model)


@pytest.mark.parametrize("key", ["sk-ab\ncd0123456789", "“sk-abcd0123456789”", "sk abcd 0123456789"])
def test_a_key_that_no_header_takes_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(UsageError, match="characters that no key has") as caught:
        endpoint_of("http://localhost/v1", "m", Secret(key))
    assert key not in str(caught.value)


@pytest.mark.parametrize("window", [0, 2047, 1_000_001])
def test_a_window_has_bounds(window: int) -> None:
    with pytest.raises(UsageError, match="allowed is 2,048 to 1,000,000"):
        endpoint_of("http://localhost/v1", "m", window=window)


KEY = "sk-proj-0123456789abcdef"


def test_a_key_shows_in_no_form_of_its_object() -> None:
    endpoint = endpoint_of("http://localhost/v1", "m", Secret(f" {KEY}\n"))
    assert endpoint.key.reveal() == KEY
    for form in (
        repr(endpoint),
        str(endpoint.key),
        f"{endpoint.key}",
        repr([endpoint.key]),
        repr(pickle.dumps(endpoint.key)),
    ):
        assert KEY not in form
    assert not copy.copy(Secret())
    assert endpoint.key.shown == "sk-...cdef"
    assert [Secret("short").shown, Secret().shown, Secret("0123456789abcdefgh").shown] == ["***", "none", "...efgh"]


def test_a_key_does_not_show_in_a_traceback_with_local_variables() -> None:
    key = Secret(KEY)
    try:
        raise ValueError(key)
    except ValueError as error:
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert "key" in shown
    assert "0123456789abcdef" not in shown


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Bearer abc123def", "[key]"),
        ('{"Authorization": "bearer eyJhbGciOi1"}', '{"Authorization": "[key]"}'),
        ("sk-proj-abc****wxyz was refused", "[key] was refused"),
        ("hf_0123456789", "[key]"),
        ("the key is my-own-words here", "the key is [key] here"),
        ("a bearer of good news, sk-8 and risk-averse", "a bearer of good news, sk-8 and risk-averse"),
        ("\x1b]0;x\x07Bearer 0123456789", "[key]"),
    ],
)
def test_keys_are_taken_out_of_texts(given: str, kept: str) -> None:
    assert redacted(given, Secret("my-own-words")) == kept


def test_a_word_that_a_local_server_takes_as_key_is_left_in_texts() -> None:
    assert redacted("ollama does not run", Secret("ollama")) == "ollama does not run"


def test_openais_key_goes_to_openai_alone() -> None:
    environment = {"OPENAI_API_KEY": KEY}
    assert key_for("https://api.openai.com/v1", environment) == Secret(KEY)
    for other in (
        "https://api.openai.com.evil.org/v1",
        "http://api.openai.com/v1",
        "https://evil.org/api.openai.com",
        "http://localhost/v1",
    ):
        assert not key_for(other, environment)
    assert key_for("http://localhost/v1", {"SYNTHQC_API_KEY": "mine", **environment}) == Secret("mine")


WISH = Wish(is_online=True, base_url="http://localhost:11434/v1", model="qwen3:8b")


def test_a_model_answers_where_one_is_wanted() -> None:
    chosen = assistant_for(WISH, TUTOR, {})
    assert isinstance(chosen.assistant, OnlineAssistant)
    assert chosen.assistant.voice == "qwen3:8b at localhost:11434"
    assert chosen.reason == "qwen3:8b at localhost:11434 words the replies (on this machine); the key is none."


def test_without_a_wish_the_tutor_answers() -> None:
    chosen = assistant_for(Wish(), TUTOR, {})
    assert chosen.assistant is TUTOR
    assert "no endpoint is set" in chosen.reason


@pytest.mark.parametrize(
    ("value", "forbids"), [("1", True), ("yes", True), ("0", False), ("", False), ("false", False)]
)
def test_one_variable_forbids_the_network(value: str, forbids: bool) -> None:
    chosen = assistant_for(WISH, TUTOR, {"SYNTHQC_OFFLINE": value})
    assert (chosen.assistant is TUTOR) is forbids
    assert ("SYNTHQC_OFFLINE is set" in chosen.reason) is forbids
