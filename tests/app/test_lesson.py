"""A lesson on the screen."""

import re

import pytest

from synthqc.app.widgets.prose import Prose
from synthqc.course.marks import with_marks


@pytest.mark.parametrize("lesson", ["L1", "L2", "L3", "L4"])
@pytest.mark.parametrize("columns", [80, 60])
async def test_no_word_of_a_lesson_is_cut_or_lost(learner, lesson: str, columns: int) -> None:
    async with learner((columns, 24)) as one:
        course = one.app.course
        sections = course.lesson(lesson).sections
        one.app.go("lesson", lesson)
        for number, section in enumerate(sections, start=1):
            await one.sees(f"{number} of {len(sections)}")
            prose = one.app.screen.query_one(Prose)
            assert section.title in prose.text
            shown = set(words_of(prose.text))
            for block in section.blocks:
                text = (
                    block.text
                    or (block.callout and block.callout.text)
                    or (block.figure and block.figure.caption)
                    or ""
                )
                lost = set(words_of(with_marks(text, course.claims))) - shown
                assert not lost, f"{section.id}: {lost}"
            await one.presses("n")


def words_of(text: str) -> list[str]:
    """Words without Markdown's signs; hyphens part words, for a line may end at one."""
    return re.findall(r"[^\W_]+", re.sub(r"[*`|]", " ", text))


async def test_unsupported_claims_are_marked_and_supported_ones_are_silent(learner) -> None:
    async with learner((80, 40)) as one:
        await one.presses("enter")
        await one.sees("[xC01]")
        assert "C02" not in one.screen
        assert "[~C04]" in one.screen
        await one.presses("s")
        await one.sees("What was found:")
        await one.presses("escape")
        await one.sees("A copy of a copy")


async def test_the_figure_runs_and_changes_by_key(learner) -> None:
    async with learner((80, 50)) as one:
        await one.presses("enter")
        await one.sees("1 of 8")
        await one.presses("n", "n", "n")
        await one.sees("words kept", seconds=20)
        assert "protocol replace" in one.screen
        assert "odd text" in one.screen
        first = next(line for line in one.screen.splitlines() if "● words kept" in line)
        await one.presses("r")
        await one.sees("seed 1")
        await one.sees(lambda text: "● words kept" in text and first not in text, seconds=20)
        await one.presses("v")
        await one.sees("protocol accumulate")


async def test_the_outline_is_a_drawer_on_a_narrow_screen(learner) -> None:
    async with learner() as one:
        await one.presses("enter")
        await one.sees("1 of 8")
        assert "Ask something that knows" not in one.screen
        await one.presses("o")
        await one.sees("Ask something that knows")
        await one.presses("down", "down", "enter")
        await one.sees("3 of 8")
        await one.presses("o", "escape")
        await one.sees("What the experiment showed")


async def test_the_outline_stands_beside_the_text_on_a_wide_screen(learner) -> None:
    async with learner((120, 40)) as one:
        await one.presses("enter")
        await one.sees("Ask something that knows")
        assert "● A copy of a copy" in one.screen
        assert "o outline" not in one.screen


async def test_the_last_section_leads_to_the_quiz(learner) -> None:
    async with learner() as one:
        await one.presses("enter")
        await one.sees("1 of 8")
        await one.presses(*["n"] * 7)
        await one.sees("8 of 8")
        await one.presses("end")
        await one.sees("enter: the quiz of this lesson")
        await one.presses("enter")
        await one.sees("question 1 of 4")


async def test_space_turns_pages_and_then_sections(learner) -> None:
    async with learner() as one:
        await one.presses("enter")
        await one.sees("1 of 8")
        await one.presses("space", "space", "space")
        await one.sees("2 of 8")


async def test_a_figure_without_chance_offers_no_other_seed(learner) -> None:
    async with learner((80, 50)) as one:
        one.app.go("lesson", "L4")
        await one.sees("1 of 8")
        await one.presses("n", "n")
        await one.sees("agreement 0.9", seconds=20)
        assert "r run again" not in one.screen
        assert "v vary" in one.screen
        assert "commoner class" in one.screen
        await one.presses("v")
        await one.sees("agreement 0.95", seconds=20)


async def test_a_figure_steps_through_the_values_of_its_author(learner) -> None:
    async with learner((80, 60)) as one:
        one.app.go("lesson", "L3")
        await one.sees("1 of 8")
        await one.presses("n", "n")
        await one.sees("n 2   (v other n)", seconds=20)
        assert "Alice in Wonderland" in one.screen
        await one.presses("v")
        await one.sees("n 3   (v other n)", seconds=20)
        await one.presses("v")
        await one.sees("n 1   (v other n)", seconds=20)
