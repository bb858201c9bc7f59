"""Review on the screen."""

import pytest

from synthqc.course.loading import load_course
from synthqc.learner.events import CardReviewed, SectionReached

TERMS = load_course().lesson("L1").terms
CARDS = 2 * len(TERMS)
READ = SectionReached("L1", "end", is_last=True)


def grades_of(one) -> list[tuple[str, int]]:
    facts = [event.fact for event in one.app.store.events()]
    return [(fact.card, fact.grade) for fact in facts if isinstance(fact, CardReviewed)]


async def test_without_cards_the_review_says_what_makes_them(learner) -> None:
    async with learner() as one:
        await one.presses("r")
        await one.sees("No cards yet.")
        await one.presses("escape")
        await one.sees("Begin:")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_card_is_turned_and_graded_and_the_grade_is_stored(learner, size) -> None:
    async with learner(size) as one:
        one.app.record(READ)
        await one.presses("r")
        await one.sees(f"{CARDS} cards to go")
        assert TERMS[0].term in one.screen
        assert "1 again" not in one.screen
        await one.presses("space")
        await one.sees("1 again, 1 min")
        await one.sees("4 easy")
        await one.presses("4")
        await one.sees(f"{CARDS - 1} cards to go")
        assert grades_of(one) == [(f"term/L1/{TERMS[0].id}", 4)]


async def test_a_slip_is_undone(learner) -> None:
    async with learner() as one:
        one.app.record(READ)
        await one.presses("r")
        await one.sees(f"{CARDS} cards to go")
        front = one.app.screen._card.front
        await one.presses("space", "4")
        await one.sees(f"{CARDS - 1} cards to go")
        await one.presses("u")
        await one.sees(f"{CARDS} cards to go")
        assert one.app.screen._card.front == front


async def test_a_round_ends_with_when_the_next_is_due_and_home_counts_what_is(learner) -> None:
    async with learner() as one:
        one.app.record(READ)
        await one.presses("r")
        await one.sees(f"{CARDS} cards to go")
        await one.presses("escape")
        await one.sees(f"{CARDS} to review")
        await one.presses("r")
        for left in range(CARDS, 0, -1):
            await one.sees(f"{left} card")
            await one.presses("space", "4")
        await one.sees(f"{CARDS} cards reviewed. The next one is due in")
        await one.presses("escape")
        await one.sees(lambda screen: "Quality Control" in screen and "to review" not in screen)


async def test_a_grade_needs_a_turned_card(learner) -> None:
    async with learner() as one:
        one.app.record(READ)
        await one.presses("r")
        await one.sees(f"{CARDS} cards to go")
        await one.presses("4")
        await one.presses("space")
        await one.sees("1 again")
        assert grades_of(one) == []
