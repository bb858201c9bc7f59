"""A workshop on the disk, as `init` makes it and `purge` leaves it."""

import io
import re
import sqlite3
from pathlib import Path

import pytest

from synthqc.cli.main import run
from synthqc.errors import UsageError
from synthqc.workshop.directory import held, init, open_workshop


def test_init_writes_all_that_a_host_needs_and_serve_can_read_it(tmp_path: Path, capsys) -> None:
    assert run(["workshop", "init", str(tmp_path / "spring"), "--title", 'Data "quality": 1']) == 0
    workshop = open_workshop(tmp_path / "spring")
    assert workshop.settings.title == 'Data "quality": 1'
    assert re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}", workshop.settings.join_code)
    assert workshop.settings.join_code in capsys.readouterr().out
    guide = (tmp_path / "spring" / "README.md").read_text()
    for words in ("synthqc workshop serve", "ssh -p 2222", workshop.settings.join_code, "What is kept where", "purge"):
        assert words in guide


def test_only_the_host_may_read_it(tmp_path: Path) -> None:
    init(tmp_path / "spring")
    for path in ((tmp_path / "spring"), *(tmp_path / "spring").rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_every_setting_that_init_explains_can_be_switched_on(tmp_path: Path) -> None:
    init(tmp_path / "spring")
    file = tmp_path / "spring" / "workshop.yaml"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], *(re.sub(r"^# (?=[a-z ]+\w*:)", "", line) for line in lines[1:])]))
    settings = open_workshop(tmp_path / "spring").settings
    assert settings.closes == "2026-03-01 17:00"
    assert settings.limits.idle_minutes == 45


def test_init_never_writes_into_a_directory_that_holds_something(tmp_path: Path, capsys) -> None:
    (tmp_path / "mine").write_text("x")
    assert run(["workshop", "init", str(tmp_path)]) == 2
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("prot: 2222", "workshop.yaml:3:1: key 'prot' is not known here; did you mean 'port'?"),
        ("port: 70000", "workshop.yaml:3:7: is 70000, needs 0 to 65535"),
        ("opens: tomorrow", "workshop.yaml:3:8: is 'tomorrow', needs a time such as 2026-03-01 09:00"),
        ("limits: {sessions: 0}", "workshop.yaml:3:20: is 0, needs 1 to 500"),
    ],
)
def test_a_wrong_setting_is_named_with_its_place(tmp_path: Path, capsys, line: str, words: str) -> None:
    (tmp_path / "workshop.yaml").write_text(f'title: T\njoin_code: "abcdef"\n{line}\n')
    assert run(["workshop", "serve", str(tmp_path)]) == 2
    assert words in capsys.readouterr().err


def test_a_directory_without_a_workshop_says_how_to_make_one(tmp_path: Path, capsys) -> None:
    assert run(["workshop", "serve", str(tmp_path)]) == 2
    assert "synthqc workshop init" in capsys.readouterr().err


def test_purge_deletes_what_learners_left_and_nothing_else(tmp_path: Path, capsys) -> None:
    workshop = init(tmp_path / "spring")
    (workshop.learners / "ada" / "notebooks").mkdir(parents=True)
    (workshop.learners / "ada" / "learner.json").write_text("{}")
    workshop.host_key.write_text("key")
    sqlite3.connect(workshop.store).close()
    workshop.store.with_name("progress.damaged-1.sqlite3").write_text("x")
    workshop.store.with_name("progress.sqlite3-wal").write_text("x")
    assert run(["workshop", "purge", str(workshop.directory), "--yes"]) == 0
    left = {path.name for path in workshop.directory.rglob("*")}
    assert left == {"workshop.yaml", "README.md", "host_key", "learners", ".lock"}


def test_purge_asks_first(tmp_path: Path, monkeypatch, capsys) -> None:
    workshop = init(tmp_path / "spring")
    (workshop.learners / "ada").mkdir()
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert run(["workshop", "purge", str(workshop.directory)]) == 130
    assert (workshop.learners / "ada").exists()


def test_a_workshop_that_is_served_is_neither_purged_nor_served_twice(tmp_path: Path) -> None:
    workshop = init(tmp_path / "spring")
    with held(workshop), pytest.raises(UsageError, match="being served"), held(workshop):
        pass
