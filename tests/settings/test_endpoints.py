"""Which endpoint the settings mean, and which key may go where."""

from pathlib import Path

import pytest

from synthqc.assistant.tutor import Tutor
from synthqc.course.loading import load_course
from synthqc.errors import UsageError
from synthqc.settings.endpoints import host_to_ask_about
from synthqc.settings.resolving import Resolved, resolved
from synthqc.settings.voice import assistant_of, wanted_endpoint

OPENAI = {"OPENAI_API_KEY": "sk-abcdefghijklmnop1234", "SYNTHQC_MODEL": "gpt"}
LOCAL = "endpoints:\n  local: {base_url: 'http://localhost:9/v1', model: qwen3}\n"


@pytest.fixture
def found(tmp_path: Path):
    def made(text: str = "", **environment: str) -> Resolved:
        (tmp_path / "config.yaml").write_text(f"assistant: online\n{text}")
        return resolved({"SYNTHQC_HOME": str(tmp_path), **environment})

    return made


def refusal(found: Resolved) -> str:
    with pytest.raises(UsageError) as raised:
        wanted_endpoint(found)
    return str(raised.value)


def test_the_only_endpoint_is_meant_and_needs_no_key(found) -> None:
    endpoint, target = wanted_endpoint(found(LOCAL))
    assert (endpoint.base_url, endpoint.model, target.name) == ("http://localhost:9/v1", "qwen3", "local")
    assert not endpoint.key


def test_the_environment_goes_before_the_file(found) -> None:
    endpoint, _ = wanted_endpoint(
        found(LOCAL, SYNTHQC_BASE_URL="http://127.0.0.1:8/v1", SYNTHQC_MODEL="m", SYNTHQC_API_KEY="secret-of-mine")
    )
    assert (endpoint.host, endpoint.model, endpoint.key.reveal()) == ("127.0.0.1:8", "m", "secret-of-mine")


def test_one_of_several_has_to_be_named(found) -> None:
    two = LOCAL + "  other: {base_url: 'http://localhost:7/v1', model: m}\n"
    assert "has the endpoints local, other; set `endpoint` to one of them" in refusal(found(two))
    assert wanted_endpoint(found(f"endpoint: other\n{two}"))[0].host == "localhost:7"


@pytest.mark.parametrize(
    ("text", "environment", "said"),
    [
        ("", {}, "no endpoint is set"),
        ("endpoints: {a: {base_url: 'http://localhost:9/v1'}}", {}, "no model is set for localhost:9"),
        ("endpoints: {a: {base_url: 'http://x.org/v1', model: m}}", {}, "plain http"),
        ("endpoints: {a: {base_url: 'https://x.org/v1', model: m, key_env: KEY}}", {}, "takes its key from KEY, which is not set"),
        ("endpoints: {a: {base_url: 'https://x.org/v1', model: m, key_env: OPENAI_API_KEY}}", OPENAI, "OPENAI_API_KEY goes to api.openai.com alone"),
        ("", OPENAI, "you have not agreed yet that OpenAI's variables are used for api.openai.com"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_a_sentence(found, text: str, environment: dict[str, str], said: str) -> None:
    assert said in refusal(found(text, **environment))


def test_openais_key_is_used_after_the_learner_agreed_and_for_openai_alone(found) -> None:
    agreed = "openai_hosts: {api.openai.com: true, proxy.example: true}\n"
    assert host_to_ask_about(found("", **OPENAI)) == "api.openai.com"
    assert host_to_ask_about(found(agreed, **OPENAI)) == ""
    endpoint, _ = wanted_endpoint(found(agreed, **OPENAI))
    assert (endpoint.host, endpoint.key.shown) == ("api.openai.com", "sk-...1234")
    elsewhere = {**OPENAI, "OPENAI_BASE_URL": "https://proxy.example/v1"}
    endpoint, _ = wanted_endpoint(found(agreed, **elsewhere))
    assert (endpoint.host, endpoint.key.reveal()) == ("proxy.example", "")
    assert host_to_ask_about(found("", **elsewhere)) == "proxy.example"


def test_a_refusal_is_kept_and_nobody_is_asked_offline(found) -> None:
    refused = found("openai_hosts: {api.openai.com: false}\n", **OPENAI)
    assert host_to_ask_about(refused) == ""
    assert "no endpoint is set" in refusal(refused)
    assert host_to_ask_about(found("", **OPENAI, SYNTHQC_OFFLINE="1")) == ""


def test_a_key_file_has_to_be_private(found, tmp_path: Path) -> None:
    text = "endpoints: {a: {base_url: 'https://x.org/v1', model: m, key_file: my.key}}"
    key = tmp_path / "my.key"
    assert "my.key cannot be read: No such file" in refusal(found(text))
    key.write_text("abc-secret-def-9876\n")
    key.chmod(0o644)
    assert "can be read by others (mode 0644); chmod 600" in refusal(found(text))
    key.chmod(0o600)
    endpoint, _ = wanted_endpoint(found(text))
    assert endpoint.key.shown == "...9876"


def test_where_a_model_cannot_be_had_the_tutor_answers_and_says_why(found) -> None:
    course = load_course()
    tutor = Tutor(lambda: course.concepts, course.lesson_of)
    chosen = assistant_of(found(""), tutor)
    assert chosen.assistant is tutor
    assert chosen.reason.startswith("The offline tutor answers: no endpoint is set")
    assert assistant_of(found(LOCAL), tutor).assistant.voice == "qwen3 at localhost:9"
    assert assistant_of(found(LOCAL, SYNTHQC_OFFLINE="1"), tutor).assistant is tutor
