"""The course in plain mode: what is read, what is stored, and going on in another face."""

import io
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from synthqc.assistant.tutor import Tutor
from synthqc.course.loading import load_course
from synthqc.course.quiz import MODULE_TEST
from synthqc.learner.announcing import announcements, close_parts
from synthqc.learner.progress import Progress
from synthqc.learner.store import Store
from synthqc.plain.course import play_course
from synthqc.plain.prose import spoken
from synthqc.plain.session import Session
from synthqc.plain.talk import WIDTH, Talk

COURSE = load_course()
TUTOR = Tutor(lambda: COURSE.concepts, COURSE.lesson_of)


@pytest.fixture
def plays(tmp_path: Path) -> Callable[..., str]:
    """Plays lines of input on one store, and gives what was said."""

    def played(*lines: str, encoding: str = "utf-8") -> str:
        store = Store(tmp_path / "progress.sqlite3", learner="ada", course=COURSE.module.id)
        raw = io.BytesIO()
        sink = io.TextIOWrapper(raw, encoding=encoding, newline="")
        talk = Talk(io.StringIO("".join(f"{line}\n" for line in lines)), sink)
        now = datetime(2026, 3, 1, 9, tzinfo=UTC)
        heard = announcements(tmp_path / "progress.sqlite3")
        notebooks = tmp_path / "notebooks"
        play_course(Session(COURSE, store, talk, TUTOR, notebooks, random.Random(7), lambda: now, heard))
        heard.close()
        store.close()
        sink.flush()
        return raw.getvalue().decode(encoding)

    return played


@pytest.fixture
def progress(tmp_path: Path) -> Callable[[], Progress]:
    def told() -> Progress:
        from synthqc.learner.progress import progress_of

        store = Store(tmp_path / "progress.sqlite3", learner="ada", course=COURSE.module.id)
        try:
            return progress_of(store.events())
        finally:
            store.close()

    return told


def test_the_course_opens_with_its_parts_and_the_next_step(plays) -> None:
    out = plays("q")
    assert "1. Lesson 1  Why synthetic data goes wrong: not begun, 9 minutes" in out
    assert "3. Lab 1  Diagnosing failure modes: not begun\n" in out
    assert "13. Module test: not taken" in out
    assert "Saved. You go on at: Lesson 1" in out


def test_a_part_that_the_instructor_closed_is_not_opened(plays, tmp_path) -> None:
    plays("q")
    close_parts(COURSE, tmp_path, close=["quiz 1"], reopen=[])
    assert "Quiz 1 is closed for now; the instructor opens it." in plays("2", "q")
    close_parts(COURSE, tmp_path, close=[], reopen=["quiz 1"])
    assert "is closed" not in plays("2", "q")


def test_no_line_is_longer_than_a_terminal_and_nothing_moves_the_cursor(plays) -> None:
    lines = [""] * 40
    out = plays("1", *lines)
    assert max(map(len, out.splitlines())) <= WIDTH + 2
    assert "\x1b" not in out
    assert "\r" not in out


def test_a_lesson_is_read_section_by_section_to_its_end(plays, progress) -> None:
    sections = COURSE.lesson("L1").sections
    out = plays("1", *[""] * len(sections), "q")
    for number, section in enumerate(sections, start=1):
        assert f"Section {number} of {len(sections)}: {section.title}" in out
    assert "1. Lesson 1  Why synthetic data goes wrong: done, read" in out
    assert progress().read == {"L1"}


def test_sources_terms_and_outline_are_told_on_demand(plays) -> None:
    section = next(
        n
        for n, one in enumerate(COURSE.lesson("L1").sections, start=1)
        if any("[C" in (b.text or "") for b in one.blocks)
    )
    out = plays("1", str(section), "s", "t", "o", "b", "q")
    assert "The source text:" in out
    assert "What was found:" in out
    assert f"{COURSE.lesson('L1').terms[0].term}:" in out.replace("\n  ", " ")


def test_a_quiz_is_answered_by_number_and_resumed_where_it_was_left(plays, progress) -> None:
    first = plays("2", "1", "b", "q")
    assert "Question 2 of 4" in first
    assert ("Right." in first) != ("Not this one." in first)
    out = plays("2", "1", "1", "1", "", "q")
    assert "Question 1 of 4" not in out
    assert "Done: " in out
    record = progress().best("L1")
    assert record is not None
    assert len(record.answers) == 4


def test_every_option_can_be_chosen(plays, progress) -> None:
    plays("2", "2", "q")
    [record] = progress().sittings_of("L1")
    assert len(record.answers) == 1


def test_missed_questions_are_tried_again(plays, progress) -> None:
    out = plays("2", "1", "1", "1", "1", "r", "q")
    assert out.count("Question 1 of ") == 2
    assert len(progress().sittings_of("L1")) == 2


def test_a_lab_is_talked_through_to_its_completion(plays, progress, tmp_path) -> None:
    out = plays(
        "3",
        "s",
        "1",
        "m",
        "We look at case A: every reply of the chatbot follows the same template.",
        "That is distribution collapse, common forms crowd out rare ones.",
        "The largest template covers most of the replies, and Distinct-2 is far below human text of the same length.",
        "Keep real dialogues in the training data in every round, and measure the set again.",
        "w",
        "b",
        "q",
    )
    assert "Where you are: exchange 1 of 3" in out
    assert "Where you are: completed" in out
    assert "share in the largest template" in out
    assert "lab-1" in progress().completed
    assert len(progress().exchanges["lab-1"]) == 4
    [notebook] = (tmp_path / "notebooks").glob("lab-1-*.md")
    assert "crowd out rare ones" in notebook.read_text(encoding="utf-8")


def test_a_text_of_the_learners_own_ends_with_a_point(plays, progress) -> None:
    out = plays("3", "t", "Dear Ann, it ships today.", "Dear Bob, it ships today.", ".", "m", "q")
    assert "On the workbench: pasted text, 2 lines." in out
    assert progress().samples["lab-1"].text == "Dear Ann, it ships today.\nDear Bob, it ships today."


def test_the_module_test_goes_on_in_the_middle_and_is_handed_in(plays, progress) -> None:
    plays("13", "", "1", "1", "f", "q")
    out = plays("13", "o", "g", "15", "1", "x", "x", "1", "", "w", "b", "q")
    assert "Question 3 of 15, flagged" in out
    assert "2 of 15 answered." in out
    assert "Result: " in out
    assert "not passed, 12 pass" in out
    assert "Written to" in out
    [record] = progress().sittings_of(MODULE_TEST)
    assert record.is_finished
    assert record.of == 15
    assert len(record.answers) == 3


def test_help_and_what_is_not_allowed_are_told_in_words(plays) -> None:
    out = plays("h", "99", "", "xyz", "h", "b", "q")
    assert "A number opens that part" in out
    assert "“99” is not one of: 1-13, Enter, r, i, g, f, h, q." in out.replace("\n", " ")
    assert "“xyz” is not one of" in out


def test_the_end_of_the_input_says_where_one_goes_on(plays) -> None:
    out = plays("2", "1")
    assert "End of input." in out
    assert "You go on at: Quiz 1: begun, 1 of 4 answered." in out


def test_a_terminal_without_unicode_gets_ascii(plays) -> None:
    out = plays("2", "1", "1", "1", "1", "", "g", "q", encoding="ascii")
    assert out.isascii()
    assert '"' in out


def test_words_are_found_and_their_sections_read(plays) -> None:
    out = plays("f", "kappa", "1", "b", "q")
    assert "places have “kappa”" in out
    assert "Section " in out
    assert "Nothing has “qqqq”" in plays("f", "qqqq", "q")


def test_ideas_to_watch_are_told(plays) -> None:
    assert "None so far." in plays("i", "q")
    out = plays("2", "1", "1", "1", "1", "", "i", "q")
    assert "Met once: quiz 1." in out.replace("\n   ", " ")


def test_markdown_is_told_without_its_signs() -> None:
    text = "A **bold** word and `code` [C08].\n\n| what | how |\n|---|---|\n| one | two |\n\n- an item\n- another"
    lines = list(spoken(text, COURSE.claims))
    assert lines[0].startswith("A bold word and code")
    assert "C08" in lines[0] or COURSE.claims.claims["C08"].verdict == "supported"
    assert lines[1:] == ["what: one; how: two", "- an item", "- another"]


def test_an_underscore_inside_a_name_is_no_emphasis() -> None:
    assert list(spoken("use top_share and low_end here", COURSE.claims)) == ["use top_share and low_end here"]


def test_cards_are_reviewed_and_a_slip_is_undone(plays) -> None:
    sections = len(COURSE.lesson("L1").sections)
    out = plays("1", *[""] * sections, "r", "", "4", "u", "", "4", "b", "q")
    cards = 2 * len(COURSE.lesson("L1").terms)
    assert out.count(f"{cards} to go.") == 2
    assert "4 easy, " in out
    assert "1 again, 1 min" in out
