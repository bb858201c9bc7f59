"""Every dialogue on file is still what the tutor says, and one that a teacher would want."""

import itertools
from collections import Counter
from pathlib import Path

import pytest
from transcripts import dialogue_in, files, played

LONGEST_REPLY = 90
END = ("That completes the lab", "The lab is complete", "Done")


def replies_in(file: Path) -> list[str]:
    """What the tutor says in a dialogue on file, reply by reply."""
    turns = file.read_text(encoding="utf-8").split("\n## ")
    return [turn.removeprefix("Tutor\n").strip() for turn in turns if turn.startswith("Tutor\n")]


def has_summary(reply: str) -> bool:
    return any(paragraph.startswith(END) for paragraph in reply.split("\n\n"))


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_a_dialogue_is_played_as_written(file: Path) -> None:
    dialogue = dialogue_in(file)
    text, completes = played(dialogue)
    assert completes == dialogue.completes
    assert text == file.read_text(encoding="utf-8"), "run: python tests/assistant/transcripts.py --write"


def test_eight_ways_of_talking_are_on_file_for_each_lab() -> None:
    assert Counter(file.stem[:5] for file in files()) == dict.fromkeys(("lab-1", "lab-2", "lab-3", "lab-4"), 8)


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_no_reply_is_long_or_said_twice_in_a_row_or_asks_two_things(file: Path) -> None:
    for before, reply in itertools.pairwise(["", *replies_in(file)]):
        assert reply != before
        assert has_summary(reply) or len(reply.split()) <= LONGEST_REPLY, reply
        asking = [paragraph for paragraph in reply.split("\n\n") if paragraph.endswith("?")]
        assert len(asking) <= 1, reply


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_the_summary_comes_once_where_the_lab_is_completed_and_never_elsewhere(file: Path) -> None:
    assert sum(map(has_summary, replies_in(file))) == dialogue_in(file).completes


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("lab-1-terse", ["0.617 (120 lines", "Distinct-2: 0.102"]),
        ("lab-1-numbers", ["0.600 (40 lines", "Distinct-2: 0.174"]),
        ("lab-1-hostile", ["0.467 (30 lines", "Distinct-2: 0.039"]),
        ("lab-2-terse", ["share kept: 0.520 (400 lines", "Distinct-2: 0.188"]),
        ("lab-2-corrected", ["share with a copy or near copy: 0.188 (400 lines"]),
        ("lab-2-numbers", ["share with a copy or near copy: 0.000 (27 lines"]),
        ("lab-3-terse", ["Distinct-2: 0.212 (1,000 lines", "0.412 (1,000 lines", "clusters of 3 lines and more: 106"]),
        ("lab-3-numbers", ["Distinct-2: 0.622 (14 lines", "share in the largest template: 1.000"]),
        ("lab-3-hostile", ["Distinct-2: 0.212 (1,000 lines"]),
    ],
)
def test_the_summary_has_the_numbers_of_the_tools(name: str, numbers: list[str]) -> None:
    file = next(file for file in files() if file.stem == name)
    summary = next(filter(has_summary, replies_in(file)))
    assert all(number in summary for number in numbers)


def test_a_file_without_its_header_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "lab-1-odd.md"
    file.write_text("# Odd\n\n    completes: perhaps\n    workbench: none\n", encoding="utf-8")
    with pytest.raises(ValueError, match="allowed are yes and no"):
        dialogue_in(file)
    file.write_text("# Odd\n\n## Learner\n\nHello\n", encoding="utf-8")
    with pytest.raises(ValueError, match="needs the name"):
        dialogue_in(file)
