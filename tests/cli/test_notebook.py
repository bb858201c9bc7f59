"""`synthqc notebook` on the command line."""

import json

import pytest

from synthqc.cli.main import run
from synthqc.course.loading import load_course
from synthqc.learner.events import ExchangeHeld
from synthqc.learner.places import learner_name, store_path
from synthqc.learner.store import Store

EXCHANGE = {
    "text": "common forms crowd out rare ones",
    "paste": "",
    "reply": "From that I take the point.",
    "case": "A",
    "moves": ["credit", "summary"],
    "cited": ["Distinct-2: 0.2 (20 lines, 300 words; distinct-n, n 2)"],
    "analysis": {"act": "claim", "topics": ["failure_mode"], "expectations": ["A.collapse"], "misconceptions": []},
}


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SYNTHQC_HOME", str(tmp_path))
    store = Store(store_path(tmp_path), learner=learner_name(), course=load_course().module.id)
    store.record(ExchangeHeld("lab-1", "offline tutor", EXCHANGE))
    store.close()
    return tmp_path


def test_the_notebook_of_a_lab_tells_what_was_measured_concluded_and_what_stays_open(home, capsys) -> None:
    assert run(["notebook", "lab-1"]) == 0
    out = capsys.readouterr().out
    lab = load_course().lab("L1")
    assert "## Measured" in out
    assert "- Distinct-2: 0.2 (20 lines, 300 words; distinct-n, n 2)" in out
    assert f"- {lab.expectations['A.collapse'].gist}" in out
    assert "## Open\n\n- scenario" in out
    assert lab.closing.plan["A"].strip() in out
    assert "> common forms crowd out rare ones" in out


def test_the_notebook_of_the_course_has_the_record_and_each_lab(home, capsys) -> None:
    assert run(["notebook"]) == 0
    out = capsys.readouterr().out
    assert "| lab 1 | Diagnosing failure modes | 1 exchange |" in out
    assert "### Concluded" in out
    assert run(["notebook", "--format", "json"]) == 0
    book = json.loads(capsys.readouterr().out)
    assert [one["lab"] for one in book["labs"]] == ["lab-1"]


def test_a_notebook_is_written_to_a_file(home, capsys) -> None:
    file = home / "here" / "lab-1.json"
    assert run(["notebook", "lab-1", "--format", "json", "--output", str(file)]) == 0
    assert f"Written to {file}" in capsys.readouterr().err
    assert json.loads(file.read_text(encoding="utf-8"))["lab"] == "lab-1"


def test_a_lab_that_is_not_there_is_named_with_those_that_are(home, capsys) -> None:
    assert run(["notebook", "lab-9"]) == 2
    assert "there is no lab 'lab-9'; there are: lab-1" in capsys.readouterr().err
