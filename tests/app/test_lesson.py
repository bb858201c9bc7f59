"""A lesson on the screen."""

import pytest


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_section_fits_its_column(learner, size) -> None:
    async with learner(size) as one:
        await one.presses("enter")
        for number in range(1, 9):
            await one.sees(f"{number} of 8")
            assert max(map(len, one.screen.splitlines())) <= size[0]
            await one.presses("n")


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
