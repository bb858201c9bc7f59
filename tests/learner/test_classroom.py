"""How a class stands, from the events of its learners."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from synthqc.assistant.record import open_topics_of
from synthqc.course.loading import load_course
from synthqc.learner.classroom import answers_of, classroom_of
from synthqc.learner.events import (
    Event,
    ExchangeHeld,
    LabCompleted,
    OptionChosen,
    PlaceLeft,
    SectionReached,
    SittingFinished,
    SittingStarted,
)
from synthqc.learner.roll import idle_words, room_as_csv, room_as_json, room_as_table

COURSE = load_course()
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
EXCHANGE = {
    "text": "the replies are built from one template", "paste": "", "moves": [], "reply": "", "case": "", "asked": "",
    "choices": [], "cited": [], "is_bare": False, "variants": [],
}  # fmt: skip


def events_of(name: str, *facts, start: datetime = START) -> list[Event]:
    return [
        Event(f"{name}-{number:04}", name, COURSE.module.id, start + timedelta(minutes=number), fact)
        for number, fact in enumerate(facts)
    ]


def room_at(minutes: int, **learners):
    return classroom_of(COURSE, learners, START + timedelta(minutes=minutes), open_topics_of)


def chosen(number: int, *, right: bool = False, sitting: str = "s") -> OptionChosen:
    question = COURSE.quiz("L1").questions[number]
    option = next(one for one in question.options if one.right is right)
    return OptionChosen(sitting, question.id, option.id, is_right=right, misconception=option.misconception)


def held(*topics: str, counted: bool = True) -> ExchangeHeld:
    analysis = {"act": "claim", "topics": list(topics), "expectations": [], "misconceptions": [], "counted": counted}
    return ExchangeHeld("lab-1", "offline tutor", {**EXCHANGE, "analysis": analysis})


def test_a_pupil_is_where_they_went_last_with_idle_time_and_scores() -> None:
    ada = events_of(
        "ada",
        SectionReached("L1", "x", is_last=True),
        SittingStarted("s", "L1", 1, ()),
        SittingFinished("s", "L1", 3, 4),
        PlaceLeft("quiz", "L1"),
    )
    [pupil] = room_at(10, ada=ada).pupils
    assert (pupil.where, pupil.idle, pupil.done) == ("quiz 1: 3 of 4 right", timedelta(minutes=7), 2)
    assert (pupil.scores["L1"], pupil.scores["L2"]) == ((3, 4), None)


def test_a_clock_that_runs_ahead_gives_no_negative_idle_time() -> None:
    [pupil] = room_at(-60, ada=events_of("ada", PlaceLeft("quiz", "L1"))).pupils
    assert pupil.idle == timedelta()


def test_events_of_another_course_are_left_out() -> None:
    strange = [Event("x", "ben", "another", START, PlaceLeft("quiz", "L1"))]
    assert [one.name for one in room_at(1, ben=strange, ada=events_of("ada", PlaceLeft("quiz", "L1"))).pupils] == [
        "ada"
    ]


@pytest.mark.parametrize(
    ("facts", "stuck"),
    [
        ([chosen(0)], ()),
        ([chosen(0), chosen(0, sitting="t")], ("L1Q1 wrong 2 times",)),
        ([chosen(0), chosen(0, sitting="t"), chosen(0, right=True, sitting="u")], ()),
        ([chosen(0), chosen(1)], ()),
    ],
    ids=["once", "twice", "right since", "two questions"],
)
def test_the_same_question_wrong_twice_is_stuck(facts, stuck) -> None:
    assert room_at(5, ada=events_of("ada", *facts)).pupils[0].stuck == stuck


@pytest.mark.parametrize(
    ("facts", "minutes", "stuck"),
    [
        ([], 9, ()),
        ([], 12, ("lab 1: nothing that counts for 12 min",)),
        ([held(counted=False)], 12, ("lab 1: nothing that counts for 12 min",)),
        ([held()], 10, ()),
        ([LabCompleted("lab-1")], 12, ()),
        ([], 45, ()),
        ([PlaceLeft("lesson", "L2")], 12, ()),
    ],
    ids=["just begun", "long", "did not count", "counted", "completed", "away", "gone elsewhere"],
)
def test_a_lab_open_for_long_without_an_exchange_that_counts_is_stuck(facts, minutes, stuck) -> None:
    events = events_of("ada", PlaceLeft("lab", "L1"), *facts)
    assert room_at(minutes, ada=events).pupils[0].stuck == stuck


def test_the_hardest_question_shows_first_answers_and_the_wrong_options() -> None:
    begun = SittingStarted("s", "L1", 1, ())
    room = room_at(
        9,
        ada=events_of("ada", begun, chosen(0), chosen(0, right=True, sitting="t")),
        ben=events_of("ben", begun, chosen(0), chosen(1, right=True)),
        eve=events_of("eve", begun, chosen(0, right=True), chosen(1), chosen(2, right=True)),
    )
    assert [(one.question, one.wrong, one.answered) for one in room.hardest] == [("L1Q1", 2, 3), ("L1Q2", 1, 2)]
    wrong = next(one for one in COURSE.quiz("L1").questions[0].options if not one.right)
    assert room.hardest[0].chosen == ((" ".join(wrong.text.split()), 2),)
    assert [one.learners for one in room.ideas] == [2, 1]


def test_open_topics_count_those_who_began_the_lab() -> None:
    topics = COURSE.lab("L1").topics
    first = next(iter(topics))
    room = room_at(
        9, ada=events_of("ada", held(*topics)), ben=events_of("ben", held(first)), eve=events_of("eve", chosen(0))
    )
    assert [(one.topic, one.open_for, one.begun) for one in room.open_topics] == [
        (topic.name, 1, 2) for id_, topic in topics.items() if id_ != first
    ]


def test_answers_of_one_learner_are_in_order_with_the_option_in_words() -> None:
    answers = answers_of(COURSE, events_of("ada", chosen(1), chosen(0, right=True)))
    assert [(one.question.id, one.is_right) for one in answers] == [("L1Q2", False), ("L1Q1", True)]
    assert all(one.option for one in answers)


def test_the_forms_tell_the_same_and_the_table_fits_80_columns() -> None:
    room = room_at(
        12,
        **{"a learner with quite a long name": events_of("ada", PlaceLeft("lab", "L1"), held("x", counted=False))},
        ben=events_of("ben", chosen(0), chosen(0, sitting="t")),
    )
    table = room_as_table(room)
    assert max(map(len, table.splitlines())) <= 80
    assert "a learner wit…" in table
    assert "! L1Q1 wrong 2 times" in table
    rows = list(csv.DictReader(io.StringIO(room_as_csv(room))))
    assert [row["stuck"] for row in rows] == ["lab 1: nothing that counts for 12 min", "L1Q1 wrong 2 times"]
    told = json.loads(room_as_json(room))
    assert [one["idle"] for one in told["pupils"]] == [660, 660]


def test_a_name_like_a_formula_does_nothing_in_a_spreadsheet() -> None:
    room = room_at(1, **{"=cmd|' /C calc'!A0": events_of("ada", chosen(0))})
    assert room_as_csv(room).splitlines()[1].startswith("'=cmd")


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "now"), (3, "3 min"), (99, "99 min"), (100, "1 h"), (2880, "2 d")], ids=str
)
def test_idle_time_in_words(minutes: int, words: str) -> None:
    assert idle_words(timedelta(minutes=minutes)) == words
