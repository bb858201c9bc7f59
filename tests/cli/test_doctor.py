"""`synthqc doctor`: what it says of a sound and of a sick installation."""

from pathlib import Path

import pytest

from synthqc.cli.doctor import colours_of
from synthqc.cli.main import run
from synthqc.learner.events import LabCompleted
from synthqc.learner.store import Store


@pytest.fixture
def home(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setenv("SYNTHQC_HOME", str(tmp_path))
    monkeypatch.delenv("SYNTHQC_CONFIG", raising=False)
    return tmp_path


def test_a_sound_installation_is_well(home: Path, capsys) -> None:
    store = Store(home / "progress.sqlite3", learner="ada", course="c")
    store.record(LabCompleted("lab-1"))
    store.close()
    assert run(["doctor"]) == 0
    said = capsys.readouterr()
    assert "store        sound: 1 events of 1 learner" in said.out
    assert "textual 8" in said.out
    assert said.err == "All is well.\n"


def test_a_damaged_store_is_told_and_left_where_it_is(home: Path, capsys) -> None:
    (home / "progress.sqlite3").write_bytes(b"no database at all" * 100)
    assert run(["doctor"]) == 1
    assert "! store" in capsys.readouterr().out
    assert [one.name for one in home.iterdir()] == ["progress.sqlite3"]


def test_a_mistake_in_the_settings_is_told_with_its_place(home: Path, capsys) -> None:
    (home / "config.yaml").write_text("theme: dim\n")
    assert run(["doctor"]) == 2
    assert f"! settings     {home}/config.yaml:1:8: is 'dim', needs one of dark" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "none (NO_COLOR is set)"),
        ({"COLORTERM": "truecolor", "TERM": "xterm"}, "16 million (COLORTERM)"),
        ({"TERM": "tmux-256color"}, "256 (TERM)"),
        ({"TERM": "linux"}, "16"),
    ],
)
def test_colours_are_counted_from_what_the_terminal_says(environment: dict[str, str], words: str) -> None:
    assert colours_of(environment) == words


@pytest.fixture
def online(home: Path, monkeypatch):
    def wanted(address: str) -> None:
        monkeypatch.setenv("SYNTHQC_BASE_URL", address)
        monkeypatch.setenv("SYNTHQC_MODEL", "qwen3")
        monkeypatch.setenv("SYNTHQC_API_KEY", "sk-abcdefghijklmnop1234")

    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "SYNTHQC_OFFLINE", "SYNTHQC_ASSISTANT"):
        monkeypatch.delenv(name, raising=False)
    return wanted


def test_without_an_endpoint_none_is_missed(online, capsys) -> None:
    assert run(["doctor"]) == 0
    assert "endpoint     none is set, and none is needed" in capsys.readouterr().out


def test_the_endpoint_is_named_and_its_key_is_not(online, capsys) -> None:
    online("http://127.0.0.1:9/v1")
    assert run(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "qwen3 at 127.0.0.1:9 (SYNTHQC_BASE_URL), key sk-...1234, would be used with --assistant online" in said
    assert "abcdef" not in said


def test_an_endpoint_that_is_not_there_is_exit_3(online, capsys) -> None:
    online("http://127.0.0.1:9/v1")
    assert run(["doctor", "--endpoint"]) == 3
    assert "! answer       127.0.0.1:9 cannot be reached" in capsys.readouterr().out


def test_nothing_is_asked_where_the_network_is_forbidden(online, capsys, monkeypatch) -> None:
    online("http://127.0.0.1:9/v1")
    monkeypatch.setenv("SYNTHQC_OFFLINE", "1")
    assert run(["doctor", "--endpoint"]) == 2
    assert "SYNTHQC_OFFLINE forbids the network" in capsys.readouterr().out
