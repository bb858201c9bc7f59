"""`synthqc report` on the command line."""

import csv
import io
import json

import pytest

from synthqc.cli.main import run
from synthqc.course.loading import load_course
from synthqc.course.quiz import MODULE_TEST
from synthqc.learner.events import SittingFinished, SittingStarted
from synthqc.learner.places import learner_name, store_path
from synthqc.learner.store import Store


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SYNTHQC_HOME", str(tmp_path))
    return tmp_path


def take_test(home, right: int) -> None:
    store = Store(store_path(home), learner=learner_name(), course=load_course().module.id)
    store.record(SittingStarted(f"s{right}", MODULE_TEST, 1, ()))
    store.record(SittingFinished(f"s{right}", MODULE_TEST, right, 15))
    store.close()


def test_a_new_learner_has_done_nothing(home, capsys) -> None:
    assert run(["report"]) == 0
    out = capsys.readouterr().out
    assert "module test  not taken" in out
    assert "0 of 13 done" in out


@pytest.mark.parametrize(("right", "code"), [(11, 1), (12, 0)])
def test_a_pass_can_be_required(home, capsys, right: int, code: int) -> None:
    take_test(home, right)
    assert run(["report", "--require-pass"]) == code
    assert f"{right} of 15 right" in capsys.readouterr().out


def test_the_forms_tell_the_same(home, capsys) -> None:
    take_test(home, 13)
    run(["report", "--format", "json"])
    record = json.loads(capsys.readouterr().out)
    assert record["passed"]
    run(["report", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[-1]["state"].startswith("13 of 15 right, passed")
    run(["report", "--format", "markdown"])
    assert f"Digest of the events (SHA-256): {record['digest']}" in capsys.readouterr().out
