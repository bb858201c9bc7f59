"""A class on the screen."""

from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from synthqc.app.app import SynthQC
from synthqc.app.screens.classroom import ClassScreen
from synthqc.course.loading import load_course
from synthqc.learner.announcing import HOST, announcements, close_parts, say
from synthqc.learner.events import Announced, OptionChosen, PlaceLeft, SectionReached
from synthqc.learner.store import Store, utc_now

from .conftest import SIZES, Learner

COURSE = load_course()
WRONG = next(one for one in COURSE.quiz("L1").questions[0].options if not one.right)


def wrong(sitting: str) -> OptionChosen:
    return OptionChosen(sitting, "L1Q1", WRONG.id, is_right=False, misconception=WRONG.misconception)


def learns(directory: Path, learner: str, *facts, ago: int = 0) -> None:
    store = Store(
        directory / "progress.sqlite3",
        learner=learner,
        course=COURSE.module.id,
        now=lambda: utc_now() - timedelta(minutes=ago),
    )
    for fact in facts:
        assert store.record(fact)
    store.close()


@pytest.fixture
def instructor(tmp_path: Path):
    """Opens the class in `tmp_path / "class"` for an instructor with a store of their own."""

    @asynccontextmanager
    async def started(size: tuple[int, int] = (80, 24)):
        place = tmp_path / "class"
        store = Store(tmp_path / "own" / "progress.sqlite3", learner="me", course=COURSE.module.id)
        app = SynthQC(
            COURSE,
            store,
            notebooks=tmp_path / "own" / "notebooks",
            begins_with=lambda: ClassScreen(place, pause=0.05),
        )
        async with app.run_test(size=size, notifications=True) as pilot:
            one = Learner(app, pilot)
            await one.sees("learner ")
            yield one
        store.close()

    return started


@pytest.mark.parametrize("size", SIZES)
async def test_the_class_shows_who_is_where_and_who_is_stuck(instructor, tmp_path, size) -> None:
    learns(tmp_path / "class", "ada", wrong("s"), wrong("t"), PlaceLeft("quiz", "L1"))
    learns(tmp_path / "class", "ben", PlaceLeft("lesson", "L2"), ago=40)
    async with instructor(size) as one:
        await one.sees("2 learners, 1 active in the last half hour, 1 stuck")
        await one.sees("! ada")
        await one.sees("! ada: L1Q1 wrong 2 times")
        await one.sees("quiz 1: not taken")
        assert "40 min" in one.screen


async def test_it_looks_again_by_itself_and_the_cursor_stays_on_its_learner(instructor, tmp_path) -> None:
    learns(tmp_path / "class", "ben", PlaceLeft("lesson", "L1"))
    learns(tmp_path / "class", "eve", wrong("s"), wrong("t"), PlaceLeft("lesson", "L1"))
    async with instructor() as one:
        await one.presses("down")
        await one.sees("! eve: ")
        learns(tmp_path / "class", "ada", PlaceLeft("lesson", "L3"))
        await one.sees("3 learners")
        await one.sees("lesson 3: ")
        await one.sees("! eve: ")


async def test_the_order_puts_who_is_stuck_first(instructor, tmp_path) -> None:
    learns(tmp_path / "class", "ada", PlaceLeft("lesson", "L1"))
    learns(tmp_path / "class", "zoe", wrong("s"), wrong("t"))
    async with instructor() as one:
        await one.sees(lambda text: -1 < text.find("ada ") < text.find("zoe "))
        await one.presses("o")
        await one.sees(lambda text: -1 < text.find("zoe ") < text.find("ada "))


async def test_enter_shows_answers_and_notebook_of_a_learner(instructor, tmp_path) -> None:
    learns(tmp_path / "class", "ada", wrong("s"), SectionReached("L1", "x", is_last=True))
    async with instructor() as one:
        await one.presses("enter")
        await one.sees("ada: answers")
        await one.sees("✗ L1Q1 wrong")
        await one.presses("n")
        await one.sees("ada: notebook")
        await one.sees("record of what was done")
        await one.presses("escape")
        await one.sees("1 learner, ")


async def test_a_key_shows_what_is_hard_for_the_class(instructor, tmp_path) -> None:
    learns(tmp_path / "class", "ada", wrong("s"))
    async with instructor() as one:
        await one.presses("v")
        await one.sees("L1Q1  1 of 1 wrong")
        await one.sees("   1x " + WRONG.text[:30])
        await one.presses("v")
        await one.sees("ada ")


async def test_a_place_that_vanishes_is_said_and_the_screen_stays(instructor, tmp_path) -> None:
    learns(tmp_path / "class", "ada", PlaceLeft("lesson", "L1"))
    async with instructor() as one:
        for path in (tmp_path / "class").iterdir():
            path.unlink()
        await one.sees("not read since")
        await one.sees("nothing to")
        assert "ada" in one.screen


async def test_a_file_that_cannot_be_read_is_counted(instructor, tmp_path) -> None:
    learns(tmp_path / "class", "ada", PlaceLeft("lesson", "L1"))
    (tmp_path / "class" / "notes.jsonl").write_text("{}")
    async with instructor((100, 30)) as one:
        await one.sees("1 file left out")


async def test_a_line_of_the_instructor_appears_once_on_a_learners_screen(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("synthqc.app.app.LISTEN_PAUSE", 0.05)
    learns(tmp_path, "ada", PlaceLeft("lesson", "L1"))
    place = tmp_path / "progress.sqlite3"
    store, heard = Store(place, learner="ada", course=COURSE.module.id), announcements(place)
    app = SynthQC(COURSE, store, notebooks=tmp_path / "notebooks", announcements=heard)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        one = Learner(app, pilot)
        await one.sees("Continue:")
        say(tmp_path, "Break [until]\x1b[2J ten past")
        await one.sees("Break [until] ten past")
        await one.sees("From the instructor")
        say(tmp_path, "And on")
        await one.sees("And on")
        assert one.screen.count("Break") == 1
    heard.close()
    store.close()


async def test_an_old_line_is_not_shown_again(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("synthqc.app.app.LISTEN_PAUSE", 0.05)
    learns(tmp_path, HOST, Announced("old news"), ago=6)
    learns(tmp_path, "ada", PlaceLeft("lesson", "L1"))
    place = tmp_path / "progress.sqlite3"
    store, heard = Store(place, learner="ada", course=COURSE.module.id), announcements(place)
    app = SynthQC(COURSE, store, notebooks=tmp_path / "notebooks", announcements=heard)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        one = Learner(app, pilot)
        say(tmp_path, "new")
        await one.sees("From the instructor")
        assert "old news" not in one.screen
    heard.close()
    store.close()


async def test_a_closed_part_is_not_opened_until_the_instructor_opens_it(tmp_path) -> None:
    learns(tmp_path, "ada", PlaceLeft("quiz", "L1"))
    place = tmp_path / "progress.sqlite3"
    close_parts(COURSE, tmp_path, close=["quiz 1"], reopen=[])
    store, heard = Store(place, learner="ada", course=COURSE.module.id), announcements(place)
    app = SynthQC(COURSE, store, notebooks=tmp_path / "notebooks", announcements=heard)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        one = Learner(app, pilot)
        await one.sees("Continue: Quiz 1")
        await one.presses("enter")
        await one.sees("Quiz 1 is closed for now")
        assert "Continue: Quiz 1" in one.screen
        close_parts(COURSE, tmp_path, close=[], reopen=["quiz 1"])
        await one.presses("enter")
        await one.sees("1 of 4")
    heard.close()
    store.close()
