"""Search and glossary, from any screen, and the way to what they find."""

import shutil
from pathlib import Path

import pytest

from synthqc.course.loading import load_course

TINY = Path(__file__).parents[1] / "course" / "tiny"


async def test_a_word_is_found_and_opened_and_left_again(learner) -> None:
    async with learner() as one:
        await one.presses("slash")
        await one.sees("Type a word")
        await one.types("birthdays")
        await one.sees("1 found")
        await one.sees("lesson 3: Meaning at scale")
        await one.presses("enter")
        await one.sees("Think of birthdays")
        await one.sees("6 of 8")
        await one.presses("escape")
        await one.sees("Begin:")


async def test_a_term_and_a_source_are_opened_from_the_list(learner) -> None:
    async with learner() as one:
        await one.presses("slash")
        await one.types("kappa")
        await one.sees("key term: Cohen's kappa")
        await one.presses("down", "enter")
        await one.sees("Key terms")
        await one.sees("Agreement of two raters beyond chance")
        await one.presses("escape")
        await one.presses("slash")
        await one.types("scale ai 0.7")
        await one.sees("source C65")
        await one.presses("enter")
        await one.sees("What was found:")


async def test_a_word_that_is_nowhere_says_so(learner) -> None:
    async with learner() as one:
        await one.presses("slash")
        await one.types("zebra")
        await one.sees("Nothing has all of these words")
        await one.presses("enter", "down")
        await one.presses("escape")
        await one.sees("Begin:")


async def test_a_term_leads_to_the_section_that_explains_it(learner) -> None:
    async with learner() as one:
        await one.presses("t")
        await one.sees("Active learning  lesson 4")
        await one.presses("enter")
        await one.sees("Labels that teach most")
        await one.presses("escape")
        await one.sees("Begin:")


@pytest.mark.parametrize("part", ["quiz", "lab"])
async def test_the_glossary_and_the_search_open_from_a_quiz_and_a_lab(learner, part: str) -> None:
    async with learner() as one:
        one.app.go(part, "L1")
        await one.sees("question 1 of 4" if part == "quiz" else "exchange 0 of 3")
        if part == "lab":
            # Letters belong to the message until it is left.
            await one.presses("tab", "t")
            assert "Key terms" not in one.screen
            await one.presses("backspace", "escape")
        await one.presses("t")
        await one.sees("Key terms")
        await one.presses("escape", "slash")
        await one.sees("Type a word")
        await one.presses("escape")
        await one.sees("question 1 of 4" if part == "quiz" else "exchange 0 of 3")


async def test_a_watched_course_is_read_anew_when_it_is_saved(learner, tmp_path: Path) -> None:
    directory = Path(shutil.copytree(TINY, tmp_path / "course"))
    async with learner(course=load_course(directory), is_watched=True) as one:
        await one.presses("enter")
        await one.sees("One and one is two")
        file = directory / "lessons" / "L1.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("One and one is two", "Two and two is four"), encoding="utf-8")
        await one.sees("Two and two is four")
        file.write_text(text.replace("lesson: L1", "lesson: ["), encoding="utf-8")
        await one.sees("Not read anew. lessons/L1.yaml:3")
        assert "Two and two is four" in one.screen
        file.write_text(text, encoding="utf-8")
        await one.sees("One and one is two")
