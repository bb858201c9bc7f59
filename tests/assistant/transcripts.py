"""Dialogues as files: the learner's turns are written by hand, the tutor's replies are what it said.

Run: python tests/assistant/transcripts.py --write [NAME ...]. It plays the dialogues and writes the replies into them.
"""

import itertools
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from synthqc.assistant.protocol import Exchange
from synthqc.assistant.state import state_of
from synthqc.assistant.tutor import Tutor, readings_of, turn_of
from synthqc.course.loading import load_course
from synthqc.tools.sample import Sample, sample_of_text

DIALOGUES = Path(__file__).parents[1] / "dialogues"
_NAME = re.compile(r"lab-(\d+)-[a-z0-9-]+\.md")
_HEADER = re.compile(r"^ {4}(completes|workbench): (\S+)$", re.MULTILINE)
_TURN = re.compile(r"^## (Learner|Tutor)\n", re.MULTILINE)


@dataclass(frozen=True)
class Dialogue:
    """A dialogue as its file has it."""

    title: str
    """Its first line."""
    lab: str
    """Id of the lesson that the lab belongs to."""
    completes: bool
    """Does it complete the lab?"""
    workbench: str
    """Id of the sample on the workbench; empty for none."""
    messages: tuple[str, ...]
    """What the learner says."""


COURSE = load_course()
_SECONDS = itertools.count(step=30)
TUTOR = Tutor(lambda: COURSE.concepts, COURSE.lesson_of, clock=lambda: float(next(_SECONDS)))
"""One for all tests, since a lab takes a quarter of a second to prepare; a conversation is its history alone."""


def files() -> list[Path]:
    """The files of all dialogues."""
    return sorted(DIALOGUES.glob("*.md"))


def dialogue_in(file: Path) -> Dialogue:
    """Reads a dialogue.

    Raises:
        ValueError: The file does not follow the form; the error says where.
    """
    name = _NAME.fullmatch(file.name)
    head, *pieces = _TURN.split(file.read_text(encoding="utf-8"))
    header = dict(_HEADER.findall(head))
    if name is None or not head.startswith("# ") or header.keys() != {"completes", "workbench"}:
        raise ValueError(f"{file.name}: needs the name lab-N-NAME.md, a title, and the lines completes: and workbench:")
    if header["completes"] not in ("yes", "no"):
        raise ValueError(f"{file.name}: completes is {header['completes']!r}, allowed are yes and no")
    turns = zip(pieces[::2], pieces[1::2], strict=True)
    return Dialogue(
        title=head.partition("\n")[0].removeprefix("# "),
        lab=f"L{name.group(1)}",
        completes=header["completes"] == "yes",
        workbench="" if header["workbench"] == "none" else header["workbench"],
        messages=tuple(text.strip("\n") for speaker, text in turns if speaker == "Learner"),
    )


def sample_named(name: str) -> Sample:
    """A bundled sample as a lab opens it."""
    course = load_course()
    return sample_of_text(course.sample_text(name), name, field=course.sample(name).field)


def played(dialogue: Dialogue) -> tuple[str, bool]:
    """The dialogue as its file should be, and whether it completes the lab; half a minute passes between turns."""
    lab = COURSE.lab(dialogue.lab)
    readings = {}
    if dialogue.workbench:
        if dialogue.workbench not in lab.samples:
            raise ValueError(f"{lab.id} has no sample {dialogue.workbench!r}; it has {', '.join(lab.samples)}")
        readings = readings_of(sample_named(dialogue.workbench), lab)
    history: tuple[Exchange, ...] = ()
    parts = [
        f"# {dialogue.title}\n",
        f"    completes: {'yes' if dialogue.completes else 'no'}\n    workbench: {dialogue.workbench or 'none'}\n",
    ]
    for message in dialogue.messages:
        turn = turn_of(message, lab, readings)
        # As in the lab: what was pasted lies on the workbench from then on.
        readings = dict(turn.readings) if turn.paste else readings
        exchange = TUTOR.answer(turn, lab, history)
        history = (*history, exchange)
        parts += [f"## Learner\n\n{message}\n", f"## Tutor\n\n{exchange.reply}\n"]
    return "\n".join(parts), state_of(history, lab).is_complete(lab)


def write(chosen: Iterable[Path]) -> None:
    """Plays dialogues and writes what the tutor said into their files."""
    for file in chosen:
        dialogue = dialogue_in(file)
        text, completes = played(dialogue)
        file.write_text(text, encoding="utf-8")
        if completes != dialogue.completes:
            print(f"{file.name}: completes: {'yes' if dialogue.completes else 'no'} in the file, not so when played")


if __name__ == "__main__":
    if "--write" not in sys.argv:
        sys.exit(__doc__)
    names = [one for one in sys.argv[1:] if one != "--write"]
    write([DIALOGUES / f"{Path(name).stem}.md" for name in names] or files())
