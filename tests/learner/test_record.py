import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from synthqc.course.loading import load_course
from synthqc.course.quiz import MODULE_TEST
from synthqc.learner.events import Event, ExchangeHeld, LabCompleted, OptionChosen, SittingFinished, SittingStarted
from synthqc.learner.files import WritingError
from synthqc.learner.ideas import met_ideas
from synthqc.learner.record import digest_of, record_as_csv, record_as_markdown, record_of, write_record

COURSE = load_course()
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
NOW = START + timedelta(days=2)


def events_of(*facts) -> list[Event]:
    return [
        Event(f"{number:04}", "ada", COURSE.module.id, START + timedelta(minutes=number), fact)
        for number, fact in enumerate(facts)
    ]


def wrong_option(quiz: str, number: int):
    question = COURSE.quiz(quiz).questions[number]
    option = next(one for one in question.options if one.misconception)
    return question, option


def chosen_wrong(sitting: str, quiz: str, number: int) -> OptionChosen:
    question, option = wrong_option(quiz, number)
    return OptionChosen(sitting, question.id, option.id, is_right=False, misconception=option.misconception)


def exchange(act: str, *misconceptions: str) -> ExchangeHeld:
    return ExchangeHeld("lab-1", "offline tutor", {"analysis": {"act": act, "misconceptions": list(misconceptions)}})


def test_a_record_tells_parts_attempts_and_whether_the_test_was_passed() -> None:
    events = events_of(
        SittingStarted("q", "L1", 1, ()),
        SittingFinished("q", "L1", 3, 4),
        LabCompleted("lab-1"),
        SittingStarted("t", MODULE_TEST, 1, ()),
        SittingFinished("t", MODULE_TEST, 11, 15),
        SittingStarted("u", MODULE_TEST, 2, ()),
        SittingFinished("u", MODULE_TEST, 12, 15),
    )
    record = record_of(COURSE, events, NOW)
    assert record["passed"]
    assert [(one["right"], one["passed"]) for one in record["module_test"]] == [(11, False), (12, True)]
    text = record_as_markdown(record)
    assert "| quiz 1 | Why synthetic data goes wrong | 3 of 4 right, best of 1 |" in text
    assert "completed 2026-03-01" in text
    assert "11 of 15 right, not passed, 12 pass" in text
    assert "no certificate" in text
    rows = list(csv.reader(io.StringIO(record_as_csv(record))))
    assert rows[0] == ["part", "title", "state", "done"]
    assert len(rows) == 1 + 12 + 2
    assert not record_of(COURSE, events[:5], NOW)["passed"]


def test_the_digest_depends_on_the_events_alone() -> None:
    events = events_of(LabCompleted("lab-1"), LabCompleted("lab-2"))
    assert digest_of(events) == digest_of(reversed(events))
    assert digest_of(events) != digest_of(events[:1])


def test_a_record_is_written_as_markdown_and_json(tmp_path: Path) -> None:
    record = record_of(COURSE, events_of(LabCompleted("lab-1")), NOW)
    path = write_record(record, tmp_path / "new")
    assert path.name == "record-2026-03-03-090000.md"
    assert json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) == record


def test_a_record_that_cannot_be_written_says_where(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WritingError, match=r"file.record-.*cannot be written"):
        write_record(record_of(COURSE, [], NOW), tmp_path / "file")


def test_ideas_are_tallied_over_quizzes_test_and_labs_most_frequent_first() -> None:
    ideas = met_ideas(
        COURSE,
        events_of(
            SittingStarted("q", "L1", 1, ()),
            chosen_wrong("q", "L1", 0),
            SittingStarted("r", "L1", 2, ()),
            chosen_wrong("r", "L1", 0),
            exchange("claim", "bigger_model"),
            SittingStarted("t", MODULE_TEST, 2, ()),
            chosen_wrong("t", MODULE_TEST, 5),
        ),
    )
    question, option = wrong_option("L1", 0)
    assert (ideas[0].times, ideas[0].where) == (2, ("quiz 1",))
    assert ideas[0].against.startswith(option.feedback.strip())
    assert (ideas[0].lesson, ideas[0].section) == ("L1", question.reread)
    assert [one.where for one in ideas[1:]] == [("module test",), ("lab 1",)]
    assert ideas[2].idea == COURSE.lab("L1").misconceptions["bigger_model"].idea.strip()


def test_an_idea_that_was_denied_is_not_met() -> None:
    assert met_ideas(COURSE, events_of(exchange("claim", "bigger_model"), exchange("deny"))) == ()


def test_ideas_that_a_newer_course_has_no_more_are_left_out() -> None:
    gone = OptionChosen("q", "L1Q1", "gone", is_right=False, misconception="long-gone")
    events = events_of(SittingStarted("q", "L1", 1, ()), gone, exchange("claim", "long_gone"))
    assert met_ideas(COURSE, events) == ()
