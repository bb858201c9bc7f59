"""`synthqc config`, `locate`, `completion`: what is set, where things lie, what a shell completes."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from synthqc.cli.main import run


@pytest.fixture
def home(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setenv("SYNTHQC_HOME", str(tmp_path))
    for name in ("SYNTHQC_CONFIG", "NO_COLOR", "SYNTHQC_THEME", "SYNTHQC_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_every_setting_is_shown_with_its_origin(home: Path, capsys) -> None:
    (home / "config.yaml").write_text(
        "theme: light\nendpoints:\n  local: {base_url: http://localhost:1/v1, model: m}\n"
    )
    assert run(["config", "show"]) == 0
    rows = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert rows["theme"].split() == ["theme", "light", f"{home}/config.yaml:1"]
    assert rows["motion"].split() == ["motion", "none", "default"]
    assert "base_url http://localhost:1/v1, model m, window 4096" in rows["endpoints.local"]


def test_settings_as_json(home: Path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("SYNTHQC_THEME", "ansi")
    assert run(["config", "show", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["theme"] == {"value": "ansi", "from": "SYNTHQC_THEME"}


def test_a_mistake_in_the_file_is_a_sentence_and_exit_2(home: Path, capsys) -> None:
    (home / "config.yaml").write_text("them: light\n")
    assert run(["config", "show"]) == 2
    assert f"{home}/config.yaml:1:1: key 'them' is not known here; did you mean 'theme'?" in capsys.readouterr().err


def test_the_schema_takes_what_the_reader_takes(home: Path, capsys) -> None:
    assert run(["config", "schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    good = yaml.safe_load("theme: light\nkeys: {lesson.next: n}\nendpoints: {a: {base_url: x}}")
    jsonschema.validate(good, schema)
    for bad in ({"them": "light"}, {"theme": "dim"}, {"endpoints": {"a": {}}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, schema)


def test_places_are_printed_all_or_one(home: Path, capsys) -> None:
    assert run(["config", "path"]) == 0
    assert run(["locate", "progress"]) == 0
    assert run(["locate"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [f"{home}/config.yaml", f"{home}/progress.sqlite3"]
    assert f"notebooks  {home}/notebooks  (not there yet)" in lines


@pytest.mark.parametrize("shell", ["zsh", "fish", "bash"])
def test_a_shell_gets_its_script(shell: str, capsys) -> None:
    assert run(["completion", shell]) == 0
    assert "_SYNTHQC_COMPLETE" in capsys.readouterr().out


def test_a_shell_completes_a_command() -> None:
    environment = {"_SYNTHQC_COMPLETE": "bash_complete", "COMP_WORDS": "synthqc conf", "COMP_CWORD": "1"}
    done = subprocess.run([sys.executable, "-m", "synthqc"], capture_output=True, text=True, check=True,
                          env=environment | {"PYTHONPATH": str(Path(__file__).parents[2] / "tui")})  # fmt: skip
    assert done.stdout.split() == ["plain,config"]
