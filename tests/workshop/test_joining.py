"""At the door: names, join code, PIN, and waiting after wrong ones."""

import json
from datetime import UTC, datetime

import pytest
from visitor import CODE

from synthqc.workshop.joining import Joining, is_pin_right, join, learner_of, reduced
from synthqc.workshop.tries import Tries

NOW = datetime(2026, 3, 1, 12, 0)


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("ada", "ada"),
        ("Ada Lovelace", "ada-lovelace"),
        ("José", "jose"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\x1b[31mb", "a-31mb"),
        (".", ""),
        ("李", ""),
        ("x" * 99, "x" * 32),
        ("-rf", "rf"),
        ("ⅷ²", "viii2"),
    ],
)
def test_a_name_is_reduced_to_letters_digits_and_hyphens(typed: str, id_: str) -> None:
    assert reduced(typed) == id_


def talk(workshop, name: str, *answers: tuple[str, ...], tries: Tries | None = None) -> tuple[Joining, list[str]]:
    joining = Joining(workshop, name, tries or Tries(3), "somewhere")
    heard = []
    for one in answers:
        ask = joining.ask(NOW)
        heard.append(" ".join((ask.words, *ask.prompts)))
        joining.take(one)
    return joining, heard


def test_a_new_learner_gives_the_code_and_chooses_a_pin(make) -> None:
    workshop = make()
    joining, heard = talk(workshop, "Ada", (CODE,), ("2468", "2468"))
    assert joining.learner.id == "ada"
    assert "Join code" in heard[0]
    assert "New PIN" in heard[1]
    assert learner_of(workshop, "ada").name == "Ada"


def test_the_pin_is_kept_as_a_hash_alone(make) -> None:
    workshop = make()
    join(workshop, "ada", "correct horse", datetime.now(UTC))
    kept = (workshop.learners / "ada" / "learner.json").read_text()
    assert "correct" not in kept
    assert set(json.loads(kept)) == {"name", "joined", "pin"}
    assert is_pin_right(workshop, "ada", "correct horse")
    assert not is_pin_right(workshop, "ada", "correct hors")


def test_a_name_that_is_taken_asks_for_its_pin_and_the_join_code_is_none(make) -> None:
    workshop = make()
    join(workshop, "ada", "2468", datetime.now(UTC))
    joining, heard = talk(workshop, "ADA", (CODE,))
    assert "PIN of ada" in heard[0]
    assert joining.learner is None
    assert joining.is_over
    assert talk(workshop, "ada", ("2468",))[0].learner.id == "ada"


def test_of_two_who_take_a_name_at_once_one_gets_it(make) -> None:
    workshop = make()
    first, _ = talk(workshop, "ada", (CODE,))
    second, _ = talk(workshop, "Ada", (CODE,))
    first.ask(NOW)
    second.ask(NOW)
    first.take(("1111", "1111"))
    second.take(("2222", "2222"))
    assert first.learner.id == "ada"
    assert second.learner is None
    assert is_pin_right(workshop, "ada", "1111")
    assert [path.name for path in (workshop.learners / "ada").iterdir()] == ["learner.json"]


@pytest.mark.parametrize(
    ("answers", "words"), [(("2468", "2469"), "not the same"), (("12", "12"), "2 characters; it needs 4 to 64")]
)
def test_a_pin_that_cannot_be_is_asked_for_again(make, answers: tuple[str, str], words: str) -> None:
    joining, heard = talk(make(), "ada", (CODE,), answers, ("2468", "2468"))
    assert words in heard[2]
    assert joining.learner is not None


def test_wrong_pins_have_to_wait_each_time_twice_as_long(make) -> None:
    workshop = make()
    join(workshop, "ada", "2468", datetime.now(UTC))
    time = [0.0]
    tries = Tries(3, lambda: time[0])
    for _ in range(3):
        talk(workshop, "ada", ("0000",), tries=tries)
    joining, heard = talk(workshop, "ada", ("2468",), tries=tries)
    assert "try again in 5 seconds" in heard[0]
    assert joining.learner is None, "the right PIN has to wait as well"
    time[0] = 5.1
    talk(workshop, "ada", ("0000",), tries=tries)
    assert "try again in 10 seconds" in talk(workshop, "ada", ("2468",), tries=tries)[1][0]
    time[0] = 20
    assert talk(workshop, "ada", ("2468",), tries=tries)[0].learner is not None
    assert tries.seconds_to_wait("ada") == 0


def test_the_wait_has_an_end() -> None:
    tries = Tries(1, lambda: 0.0)
    for _ in range(50):
        tries.note("ada")
    assert tries.seconds_to_wait("ada") == 120


def test_wrong_join_codes_wait_by_where_they_come_from(make) -> None:
    workshop = make()
    tries = Tries(2, lambda: 0.0)
    for name in ("a", "b"):
        talk(workshop, name, ("wrong",), tries=tries)
    assert "Too many wrong answers" in talk(workshop, "c", (CODE,), tries=tries)[1][0]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('opens: "2026-03-01 13:00"', "opens at 2026-03-01 13:00"),
        ('closes: "2026-03-01 11:00"', "closed at 2026-03-01 11:00"),
    ],
)
def test_outside_its_hours_nobody_joins_and_everybody_reads_when(make, settings: str, words: str) -> None:
    joining, heard = talk(make(settings), "ada", (CODE,))
    assert words in heard[0]
    assert joining.is_over
    assert joining.learner is None


def test_a_full_workshop_says_so_to_new_names_and_lets_old_ones_in(make) -> None:
    workshop = make(limits="  learners: 1")
    join(workshop, "ada", "2468", datetime.now(UTC))
    assert "All 1 places" in talk(workshop, "bob", (CODE,))[1][0]
    assert talk(workshop, "ada", ("2468",))[0].learner is not None


def test_a_name_without_letters_is_refused_with_a_hint(make) -> None:
    joining, heard = talk(make(), "李", (CODE,))
    assert "ada@HOST" in heard[0]
    assert joining.learner is None
