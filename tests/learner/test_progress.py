from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from synthqc.learner.events import (
    Event,
    ExchangeHeld,
    Fact,
    LabCompleted,
    OptionChosen,
    PlaceLeft,
    SampleTaken,
    SectionReached,
    SittingFinished,
    SittingStarted,
    ToolDropped,
    ToolSet,
)
from synthqc.learner.progress import progress_of

FACTS: list[Fact] = [
    SectionReached("L1", "one"),
    PlaceLeft("lesson", "L1"),
    SectionReached("L1", "two", is_last=True),
    SittingStarted("s1", "L1", 7, ("L1Q1", "L1Q2")),
    OptionChosen("s1", "L1Q1", "a", is_right=False, misconception="free-lunch"),
    OptionChosen("s1", "L1Q2", "b", is_right=True),
    SittingFinished("s1", "L1", 1, 2),
    SittingStarted("s2", "L1", 8, ("L1Q1",)),
    OptionChosen("s2", "L1Q1", "a", is_right=False, misconception="free-lunch"),
    SampleTaken("lab-1", "pasted text", "some text"),
    ExchangeHeld("lab-1", "offline tutor", {"text": "hello"}),
    LabCompleted("lab-1"),
    ToolSet("lab-1", "budget", {}),
    ToolSet("lab-1", "topics", {"k": 4}),
    ToolSet("lab-1", "budget", {"cents": 2.5}),
    ToolDropped("lab-1", "topics"),
    ToolDropped("lab-2", "topics"),
    PlaceLeft("lab", "L1"),
]
START = datetime(2026, 1, 5, tzinfo=UTC)
EVENTS = [
    Event(f"{number:03}", "ada", "tiny", START + timedelta(minutes=number // 3), fact)
    for number, fact in enumerate(FACTS)
]


def test_the_events_of_a_session_tell_where_the_learner_is() -> None:
    progress = progress_of(EVENTS)
    assert progress.sections == {"L1": {"one", "two"}}
    assert progress.read == {"L1"}
    assert progress.place == PlaceLeft("lab", "L1")
    assert progress.samples["lab-1"].text == "some text"
    assert progress.exchanges == {"lab-1": [{"text": "hello"}]}
    assert progress.tools == {"lab-1": {"budget": {"cents": 2.5}}}
    assert progress.completed == {"lab-1"}
    assert progress.misconceptions == {"free-lunch": 2}


def test_an_open_sitting_is_found_and_the_best_is_a_full_one() -> None:
    progress = progress_of(EVENTS)
    still_open = progress.open_sitting("L1")
    best = progress.best("L1")
    assert still_open is not None
    assert best is not None
    assert (still_open.id, still_open.answers) == ("s2", {"L1Q1": "a"})
    assert (best.id, best.right, best.of) == ("s1", 1, 2)
    assert progress.open_sitting("L2") is None


def test_the_first_answer_to_a_question_counts() -> None:
    second = Event("999", "ada", "tiny", START + timedelta(days=1), OptionChosen("s1", "L1Q1", "b", is_right=True))
    assert progress_of([*EVENTS, second]).sittings["s1"].answers["L1Q1"] == "a"


@given(st.permutations([*EVENTS, *EVENTS[3:7]]))
def test_neither_order_nor_repeats_of_events_change_the_progress(events: list[Event]) -> None:
    assert progress_of(events) == progress_of(EVENTS)
