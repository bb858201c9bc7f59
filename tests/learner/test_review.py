from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthqc.course.loading import load_course
from synthqc.course.quiz import MODULE_TEST
from synthqc.learner.events import CardReviewed, Event, OptionChosen, ReviewUndone, SectionReached
from synthqc.learner.review import GRADES, NEW_A_DAY, deck_of, due_after, end_in_words, in_words

COURSE = load_course()
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
READ = SectionReached("L1", "end", is_last=True)
READ_TOO = SectionReached("L2", "end", is_last=True)
QUESTION = COURSE.quiz("L1").questions[0]
MISSED = OptionChosen("s", QUESTION.id, "x", is_right=False)


def events_of(*facts) -> list[Event]:
    return [
        Event(f"{number:04}", "ada", "c", START + timedelta(minutes=number), fact) for number, fact in enumerate(facts)
    ]


def reviewed(card: str, grade: int, at: datetime) -> CardReviewed:
    return CardReviewed(card, grade, due_after((), at)[grade].isoformat())


def test_a_new_learner_has_no_cards_and_is_told_what_makes_them() -> None:
    deck = deck_of(COURSE, [], START)
    assert (deck.due, deck.next_due) == ((), None)
    assert "Read a lesson to its end" in end_in_words(deck, 0, START)


def test_a_lesson_read_gives_its_terms_both_ways() -> None:
    deck = deck_of(COURSE, events_of(READ), START)
    term, *others = COURSE.lesson("L1").terms
    assert len(deck.due) == 2 * (1 + len(others))
    assert [one.id for one in deck.due[:2]] == [f"term/L1/{term.id}", f"name/L1/{term.id}"]
    assert deck.due[1].back == term.term
    assert "[C" not in "".join(one.back + one.front for one in deck.due)
    assert all(one.lesson == "L1" for one in deck.due)


def test_a_section_alone_gives_no_cards() -> None:
    assert deck_of(COURSE, events_of(SectionReached("L1", "first")), START).due == ()


def test_a_missed_question_is_a_card_with_its_answer_and_section() -> None:
    [card] = deck_of(COURSE, events_of(MISSED), START).due
    right = next(option for option in QUESTION.options if option.right)
    assert card.front == QUESTION.stem.strip()
    assert card.back.startswith(right.text.strip())
    assert (card.lesson, card.section) == ("L1", QUESTION.reread)


def test_a_missed_question_of_the_module_test_leads_to_its_lesson() -> None:
    question = COURSE.quiz(MODULE_TEST).questions[-1]
    [card] = deck_of(COURSE, events_of(OptionChosen("s", question.id, "x", is_right=False)), START).due
    assert card.lesson == question.lesson


def test_a_known_card_comes_back_when_it_is_due_and_not_before() -> None:
    card = deck_of(COURSE, events_of(MISSED), START).due[0].id
    events = events_of(MISSED, reviewed(card, 4, START + timedelta(minutes=1)))
    due = datetime.fromisoformat(events[1].fact.due)
    assert due - START > timedelta(days=2)
    assert deck_of(COURSE, events, due - timedelta(hours=1)).due == ()
    assert deck_of(COURSE, events, due - timedelta(hours=1)).next_due == due
    assert [one.id for one in deck_of(COURSE, events, due).due] == [card]


def test_a_card_not_known_comes_again_in_the_same_round() -> None:
    card = deck_of(COURSE, events_of(MISSED), START).due[0].id
    events = events_of(MISSED, reviewed(card, 1, START + timedelta(minutes=1)))
    assert [one.id for one in deck_of(COURSE, events, START + timedelta(minutes=1)).due] == [card]


def test_a_grade_that_was_undone_does_not_count() -> None:
    card = deck_of(COURSE, events_of(MISSED), START).due[0].id
    deck = deck_of(
        COURSE, events_of(MISSED, reviewed(card, 4, START), ReviewUndone(card)), START + timedelta(minutes=3)
    )
    assert [one.id for one in deck.due] == [card]
    assert deck.history == {}


def test_an_undo_without_a_grade_does_nothing() -> None:
    assert deck_of(COURSE, events_of(ReviewUndone("term/L1/gone")), START).history == {}


def test_ten_new_cards_a_day_and_more_tomorrow() -> None:
    first = [one.id for one in deck_of(COURSE, events_of(READ, READ_TOO), START).due]
    assert len(first) == NEW_A_DAY
    events = events_of(READ, READ_TOO, *[reviewed(one, 4, START) for one in first])
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    today = deck_of(COURSE, events, START + timedelta(hours=1))
    assert (today.due, today.next_due) == ((), midnight)
    later = deck_of(COURSE, events, midnight).due
    assert later
    assert not {one.id for one in later} & set(first)


def test_cards_of_a_question_that_is_gone_are_left_out() -> None:
    gone = OptionChosen("s", "gone", "x", is_right=False)
    assert deck_of(COURSE, events_of(gone, CardReviewed("question/L1/gone", 3, "2026-03-01")), START).due == ()


@given(st.lists(st.sampled_from(sorted(GRADES)), max_size=8))
@settings(max_examples=30, deadline=None)
def test_better_grades_never_come_back_sooner_and_the_days_are_always_the_same(grades: list[int]) -> None:
    graded = [(START + timedelta(days=number), grade) for number, grade in enumerate(grades)]
    now = START + timedelta(days=len(grades) + 1)
    due = due_after(graded, now)
    assert now < due[1] <= due[2] <= due[3] <= due[4]
    assert due_after(graded, now) == due


@pytest.mark.parametrize(
    ("pause", "words"),
    [
        (timedelta(seconds=5), "1 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=5), "5 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=12), "12 days"),
        (timedelta(days=90), "3 months"),
        (timedelta(days=1000), "3 years"),
    ],
)
def test_a_pause_is_said_in_words(pause: timedelta, words: str) -> None:
    assert in_words(pause) == words
