"""The course map."""

import pytest


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_a_new_learner_is_welcomed_and_begins_with_enter(learner, size) -> None:
    async with learner(size) as one:
        assert "Quality Control for Synthetic Data" in one.screen
        assert "saved as you go" in one.screen
        for part in ("○ Lesson 1", "○ Quiz 1", "○ Lab 1", "not taken", "not begun"):
            assert part in one.screen
        for hint in ("enter choose", "q quit", "F1 help"):
            assert hint in one.screen.splitlines()[-1]
        await one.presses("enter")
        await one.sees("1 of 8")


async def test_the_map_shows_what_is_done_and_goes_on_where_the_learner_was(learner) -> None:
    async with learner() as one:
        await one.presses("enter")
        await one.sees("1 of 8")
        await one.presses("n", "n", "q")
        await one.sees("3 of 8 sections")
        assert "◐ Lesson 1" in one.screen
        assert "▶ Continue: Lesson 1" in one.screen
        assert "0 of 13 parts done" in one.screen
    async with learner() as again:
        await again.presses("enter")
        await again.sees("3 of 8")


async def test_a_read_lesson_is_done_and_the_quiz_comes_next(learner) -> None:
    async with learner() as one:
        await one.presses("enter")
        await one.sees("1 of 8")
        await one.presses(*["n"] * 7)
        await one.sees("8 of 8")
        await one.presses("q")
        await one.sees("● Lesson 1")
        assert "▶ Continue: Quiz 1" in one.screen
        assert "1 of 13 parts done" in one.screen


async def test_what_a_part_is_about_is_said_under_the_map(learner) -> None:
    async with learner() as one:
        await one.presses("down", "down")
        await one.sees("4 questions, each with feedback")
        await one.presses("j")
        await one.sees("Talk a case through")
        await one.presses("k")
        await one.sees("4 questions, each with feedback")


async def test_sources_and_terms_open_and_close(learner) -> None:
    async with learner() as one:
        await one.presses("s")
        await one.sees("Sources of the course")
        assert "C01  the source says otherwise" in one.screen.replace("xC01", "C01")
        await one.presses("v")
        await one.sees("· supported")
        await one.presses("escape")
        await one.presses("t")
        await one.sees("Active learning  lesson 4")
        await one.presses("escape")
        await one.sees("Begin:")


async def test_help_lists_the_keys_of_the_screen(learner) -> None:
    async with learner() as one:
        await one.presses("f1")
        await one.sees("Keys on this screen")
        for line in ("This is the course map", "sources", "terms"):
            assert line in one.screen
        await one.presses("end")
        await one.sees("ctrl+c twice")
        await one.presses("escape")
        await one.sees("Begin:")


async def test_the_theme_changes_by_key(learner) -> None:
    async with learner() as one:
        before = one.app.theme
        seen = set()
        for _ in range(5):
            await one.presses("ctrl+t")
            seen.add(one.app.theme)
            assert "Begin:" in one.screen
        assert len(seen) == 5
        assert one.app.theme == before
