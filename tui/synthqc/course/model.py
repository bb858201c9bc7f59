"""What a learner reads: a module of lessons, each a row of sections built from blocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class LessonEntry:
    """One line of the module's outline: enough to draw the course map without opening the lesson."""

    id: str
    """Lesson id, such as `L1`; names the files `lessons/L1.yaml`, `quizzes/L1.yaml` and `labs/L1.yaml`."""
    title: str
    """Title of the lesson."""
    question: str
    """The core question that the lesson answers, one sentence."""
    minutes: int
    """Reading time in minutes, rounded up."""
    lab: str = ""
    """Title of the lab; empty where the lesson has none."""


@dataclass(frozen=True, slots=True)
class Module:
    """`lessons/module.yaml`: what the course is and which lessons it has, in order."""

    format: Literal[1]
    """Version of the course format; this program reads 1."""
    id: str
    """Course id, kebab-case; a learner's progress is kept under it."""
    title: str
    """Title of the course."""
    summary: str
    """Two sentences: what the course teaches and for whom."""
    authors: str
    """Who wrote it."""
    licence: str
    """Licence of the course text."""
    lessons: tuple[LessonEntry, ...]
    """The lessons in teaching order."""


@dataclass(frozen=True, slots=True)
class Callout:
    """A boxed remark that stands out of the running text."""

    title: str
    """What kind of remark it is, such as `Insight`."""
    text: str
    """Text with claim marks."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A live figure: a mini-tool run on a sample, drawn, and run again with other parameters."""

    id: str
    """Figure id, unique in the lesson."""
    title: str
    """What the figure shows."""
    tool: str
    """Name of the mini-tool that computes it."""
    arguments: Mapping[str, str | int | float | bool]
    """Arguments of the first run; what is left out takes the tool's default."""
    vary: str
    """The parameter that one key steps through, such as `protocol`."""
    caption: str
    """How to read it and what to look for, with claim marks."""
    sample: str = ""
    """Id of the sample in `labs/samples/samples.yaml`; left out where the tool reads none."""
    values: tuple[str | int | float | bool, ...] = ()
    """The values that the key steps through; left out where the parameter has choices of its own."""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a section: exactly one of its fields is given."""

    text: str | None = None
    """Paragraphs, lists and tables in Markdown; `[C08]` marks what claim C08 supports."""
    callout: Callout | None = None
    """A boxed remark."""
    figure: Figure | None = None
    """A live figure."""


@dataclass(frozen=True, slots=True)
class Section:
    """One screenful or two of a lesson."""

    id: str
    """Section id, kebab-case, unique in the lesson and stable: progress is keyed by it."""
    title: str
    """Heading."""
    blocks: tuple[Block, ...]
    """What it consists of, in order."""


@dataclass(frozen=True, slots=True)
class Term:
    """A key term and what it means here."""

    id: str
    """Term id, kebab-case, unique in the course."""
    term: str
    """The term as written."""
    definition: str
    """One or two sentences, with claim marks."""


@dataclass(frozen=True, slots=True)
class Own:
    """Figures or names in a lesson that need no source."""

    text: str
    """They themselves, as the lesson writes them, such as `14 % 5,000`."""
    reason: str
    """Why they need none, such as that they are computed in the text."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """`lessons/L1.yaml`: the body of a lesson; its title stands in the module's outline."""

    lesson: str
    """Lesson id, the same as in the outline and in the file's name."""
    sections: tuple[Section, ...]
    """Sections in reading order."""
    terms: tuple[Term, ...]
    """Key terms of the lesson."""
    sources: tuple[str, ...] = field(default=())
    """Ids of references worth reading beyond those behind the claims."""
    own: tuple[Own, ...] = field(default=())
    """What is stated on the course's own account."""


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong idea that an option of a question stands for; one list for the whole course."""

    id: str
    """Id, kebab-case, unique in the course."""
    idea: str
    """The idea as its holder would say it."""
    tempting: str
    """Why one comes to think so, in one sentence."""


@dataclass(frozen=True, slots=True)
class Misconceptions:
    """`quizzes/misconceptions.yaml`."""

    misconceptions: tuple[Misconception, ...]
    """All of them."""


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """A sample that a lab or a figure offers."""

    id: str
    """Id, kebab-case, unique in the course."""
    title: str
    """What the learner sees in a list."""
    file: str
    """File name in `labs/samples/`."""
    about: str
    """Where the text comes from and what it is good for; shown with the sample."""
    field: str = ""
    """Field of a JSONL row that holds the text; empty for plain text, one record a line."""


@dataclass(frozen=True, slots=True)
class Samples:
    """`labs/samples/samples.yaml`: the bundled texts."""

    reference: str
    """Id of the sample of human writing that length-matched references are drawn from."""
    samples: tuple[SampleEntry, ...]
    """All samples of the course."""
