"""`synthqc assistant` for scripts: JSON in, JSON out."""

import io
import json
from pathlib import Path

import pytest

from synthqc.cli.main import run
from synthqc.learner.events import ExchangeHeld
from synthqc.learner.places import learner_name
from synthqc.learner.store import Store


def analysed(monkeypatch, capsys, text: str) -> list[dict]:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert run(["assistant", "analyse", "--lab", "lab-1"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_line_is_analysed_as_a_first_message(monkeypatch, capsys) -> None:
    found = analysed(monkeypatch, capsys, '"The replies have collapsed."\n"ok"\n\n"The replies have collapsed."\n')
    assert [one["act"] for one in found] == ["claim", "ack", "claim"]
    assert found[0] == found[2]
    assert set(found[0]) == {"act", "topics", "expectations", "misconceptions", "counted", "moves"}
    assert found[0]["expectations"] == ["A.collapse"]
    assert found[0]["topics"] == ["failure_mode"]
    assert found[0]["counted"] is True
    assert found[1]["counted"] is False


@pytest.mark.parametrize("line", ["not json", "{}", "3", "[" * 5_000])
def test_a_line_that_is_no_string_is_refused(line: str, monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line))
    assert run(["assistant", "analyse", "--lab", "lab-1"]) == 2
    assert "standard input, line 1: is" in capsys.readouterr().err


def test_a_dialogue_is_played_and_its_events_printed(tmp_path: Path, capsys) -> None:
    script = tmp_path / "turns.json"
    replies = "\n".join(f"Dear customer {number}, your parcel {number * 7} is on its way." for number in range(12))
    turns = [
        "Case A, our support chatbot repeats itself.",
        {"text": f"Here:\n{replies}"},
        "The replies have collapsed.",
    ]
    script.write_text(json.dumps(turns))
    assert run(["assistant", "chat", "--lab", "lab-1", "--script", str(script)]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert events[0]["event"] == "opening"
    done = [event for event in events if event["event"] == "done"]
    assert [event["exchanges"] for event in done] == [1, 2, 3]
    assert [event["completed"] for event in done] == [False, False, True]
    tools = [event["reading"]["tool"] for event in events if event["event"] == "tool"]
    assert tools == ["templates", "distinct-n", "near-duplicates", "lexical-richness"]
    assert "".join(event["delta"] for event in events if event["event"] == "text").startswith("So we look at")


@pytest.mark.parametrize("content", ["{}", "[1]", "nonsense", '[{"txt": "a"}]'])
def test_a_script_that_is_no_list_of_messages_is_refused(tmp_path: Path, content: str, capsys) -> None:
    script = tmp_path / "turns.json"
    script.write_text(content)
    assert run(["assistant", "chat", "--lab", "lab-1", "--script", str(script)]) == 2
    assert str(script) in capsys.readouterr().err


def test_an_unknown_lab_is_refused_with_those_there_are(capsys) -> None:
    assert run(["assistant", "analyse", "--lab", "lab-9"]) == 2
    assert "there is no lab 'lab-9'; there are: lab-1" in capsys.readouterr().err


def test_what_no_rule_matched_is_printed_for_the_authors(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("SYNTHQC_HOME", str(tmp_path))
    assert run(["assistant", "unmatched", "--lab", "lab-1"]) == 2
    assert "there is no progress yet" in capsys.readouterr().err

    def held(text: str, act: str, *expectations: str) -> ExchangeHeld:
        analysis = {"act": act, "expectations": list(expectations), "misconceptions": []}
        return ExchangeHeld("lab-1", "tutor", {"text": text, "analysis": analysis})

    store = Store(tmp_path / "progress.sqlite3", learner=learner_name(), course="quality-control")
    store.record(held("The replies went stale somehow.", "claim"))
    store.record(held("They collapsed.", "claim", "A.collapse"))
    store.record(held("ok", "ack"))
    store.close()
    assert run(["assistant", "unmatched", "--lab", "lab-1"]) == 0
    assert capsys.readouterr().out == '"The replies went stale somehow."\n'


def grounded(tmp_path: Path, monkeypatch, facts: object, replies: str) -> int:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(facts))
    monkeypatch.setattr("sys.stdin", io.StringIO(replies))
    return run(["assistant", "ground", "--facts", str(file)])


READING = {
    "tool": "distinct-n",
    "arguments": {"n": 2},
    "quantities": [{"name": "distinct_n", "label": "Distinct-2", "value": 0.2116, "unit": "share"}],
    "basis": {"records": 1000, "tokens": 20304, "characters": 104000},
}


def test_the_numbers_of_each_reply_are_traced(tmp_path: Path, monkeypatch, capsys) -> None:
    facts = {"readings": [READING], "lesson": {"concern_below": 0.3}, "learner": ["I read 30 of them."]}
    replies = '"Below 0.3, so worry."\n"It is 0.21, you read 30."\n"Distinct-2 is 0.45."\n'
    assert grounded(tmp_path, monkeypatch, facts, replies) == 0
    first, second, third = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert first == [{"text": "0.3", "span": [6, 9], "source": "lesson"}]
    assert [one["source"] for one in second] == ["tool", "learner"]
    assert third[-1] == {"text": "0.45", "span": [14, 18], "source": "unbacked"}


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"numbers": []}, "has 'numbers'; allowed are readings, lesson, learner"),
        ({"lesson": {"a": "0.3"}}, 'lesson.a: is "0.3", needs a number'),
        ({"lesson": {"a": float("nan")}}, "lesson.a: is NaN, needs a number"),
        ({"learner": "I"}, 'learner: is "I", needs a list'),
        ({"readings": [{**READING, "tool": "odd"}]}, "readings[0] is of 'odd'"),
        ({"readings": [{"tool": "distinct-n"}]}, "readings[0]: lacks 'arguments'"),
        ({"readings": [{**READING, "colour": 1}]}, "readings[0]: has 'colour'"),
        ([], "is [], needs an object"),
    ],
)
def test_facts_of_another_form_are_refused(facts: object, wanted: str, tmp_path: Path, monkeypatch, capsys) -> None:
    assert grounded(tmp_path, monkeypatch, facts, "") == 2
    assert wanted in capsys.readouterr().err
