"""The settings file: what it may say, what is said of mistakes, and how a value changes without losing the rest."""

import stat
from pathlib import Path

import pytest

from synthqc.settings.file import SettingsError, change_settings, config_path, read_settings
from synthqc.settings.settings import EndpointSettings, Settings

WRITTEN = """\
# my settings
theme: light   # the room is bright

endpoints:
  # under the desk
  local:
    base_url: http://localhost:11434/v1
    model: "qwen3:8b"
assistant: offline
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "config.yaml"


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n\n"], ids=["missing", "empty", "comments"])
def test_a_file_that_says_nothing_leaves_the_defaults(path: Path, text: str | None) -> None:
    if text is not None:
        written(path, text)
    assert read_settings(path).value == Settings()


def test_what_is_written_is_read(path: Path) -> None:
    settings = read_settings(written(path, WRITTEN)).value
    assert settings.theme == "light"
    assert settings.endpoints == {"local": EndpointSettings("http://localhost:11434/v1", model="qwen3:8b")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("them: dark", ":1:1: key 'them' is not known here; did you mean 'theme'?"),
        ("\ntheme: dim", ":2:8: is 'dim', needs one of dark, light, high-contrast, ansi, mono"),
        ("endpoint: lokal\nendpoints:\n  local: {base_url: http://localhost/v1}", ":1:11: is 'lokal', needs one of `endpoints`: local"),
        ("endpoints:\n  local: {base_url: x, window: 9}", ":2:32: is 9, needs 2048 to 1000000 tokens"),
        ("endpoints:\n  a: {base_url: x, key_env: A, key_file: b}", ":2:6: has key_env and key_file, needs one of them"),
        ("endpoints:\n  a: {base_url: x, api_key: sk-1}", ":2:20: key 'api_key' is not known here; allowed are base_url, model"),
        ("keys:\n  lesson.nxt: n", ":2:15: 'lesson.nxt' is no action; did you mean 'lesson.next'?"),
        ("theme: [", "is not YAML"),
    ],
    ids=["key", "value", "endpoint", "window", "two keys", "plain key", "action", "YAML"],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_what_is_allowed(path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings(written(path, text), lambda: ("lesson.next", "lesson.previous"))
    assert f"{path}{said}" in str(raised.value) if said.startswith(":") else said in str(raised.value)
    assert raised.value.exit_code == 2


def test_a_change_keeps_comments_order_and_the_rest(path: Path) -> None:
    change_settings(written(path, WRITTEN), {("theme",): "ansi", ("endpoints", "local", "model"): "yes"})
    assert path.read_text() == WRITTEN.replace("light ", "ansi  ").replace("qwen3:8b", "yes")
    assert read_settings(path).value.endpoints["local"].model == "yes"


def test_a_change_makes_the_file_readable_by_its_owner_alone(path: Path) -> None:
    change_settings(path, {("theme",): "mono", ("keys", "lesson.next"): "n,ctrl+n", ("openai_hosts", "a.b:8"): False})
    settings = read_settings(path).value
    assert settings.theme == "mono"
    assert settings.keys == {"lesson.next": "n,ctrl+n"}
    assert settings.openai_hosts == {"a.b:8": False}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["config.yaml"]


def test_taking_a_value_away_brings_back_the_default(path: Path) -> None:
    change_settings(written(path, WRITTEN), {("theme",): None})
    assert read_settings(path).value.theme == "dark"
    assert "under the desk" in path.read_text()


def test_a_file_of_comments_keeps_them(path: Path) -> None:
    change_settings(written(path, "# mine\n"), {("theme",): "light"})
    assert path.read_text() == "# mine\ntheme: light\n"


def test_a_link_into_another_folder_stays_a_link(path: Path, tmp_path: Path) -> None:
    real = written(tmp_path / "dotfiles" / "synthqc.yaml", WRITTEN)
    path.parent.mkdir()
    path.symlink_to(real)
    change_settings(path, {("theme",): "dark"})
    assert path.is_symlink()
    assert "theme: dark" in real.read_text()


def test_a_broken_file_is_not_written_over(path: Path) -> None:
    written(path, "them: dark\n")
    with pytest.raises(SettingsError, match="did you mean"):
        change_settings(path, {("theme",): "light"})
    assert path.read_text() == "them: dark\n"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"SYNTHQC_CONFIG": "/a/b.yaml", "SYNTHQC_HOME": "/h"}, "/a/b.yaml"),
        ({"SYNTHQC_HOME": "/h"}, "/h/config.yaml"),
    ],
)
def test_the_environment_names_another_file(environment: dict[str, str], expected: str) -> None:
    assert config_path(environment) == Path(expected)
