"""`synthqc check`: the author's check of a course."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from synthqc.course.checking import Checked, ToolOutline, check_course
from synthqc.course.dangling import Finding
from synthqc.course.lab import Concepts, Lab
from synthqc.course.loading import find_course, load_course
from synthqc.course.model import Lesson
from synthqc.errors import SynthQCError, UsageError
from synthqc.tools.catalogue import TOOLS
from synthqc.tools.sample import Sample, sample_of_text
from synthqc.tools.tool import Tool, arguments_for

PLURALS = {"quiz": "quizzes"}


@click.command(short_help="Check a course: every problem with its place.")
@click.argument("directory", type=click.Path(path_type=Path), metavar="[DIR]", required=False)
@click.option("--play", "is_played", is_flag=True, help="Also answer every quiz by its key and talk through every lab.")
def command(directory: Path | None, *, is_played: bool) -> int:
    """Check a course: print every problem with its place; without DIR, the course that comes with synthqc.

    Example: synthqc check my-course --play
    """
    place = find_course(directory) if directory is None or directory.is_dir() else _refuse(directory)
    found = checked(place)
    problems = list(found.problems)
    if is_played and not problems:
        from synthqc.cli.rehearsal import rehearse

        problems += rehearse(load_course(place))
    for problem in problems:
        click.echo(str(problem))
    read = ", ".join(_counted(number, noun) for noun, number in found.counts.items())
    verdict = _counted(len(problems), "problem") if problems else "no problems"
    played = " and played to the end" if is_played and not problems else ""
    click.echo(f"{read}: {verdict}{played}", err=bool(problems))
    return 1 if problems else 0


def checked(directory: Path) -> Checked:
    """Checks a course with all that the program knows of it."""
    from synthqc.assistant.labcheck import check_lab, check_phrases

    def lab_check(lab: Lab, concepts: Concepts, lesson: Lesson) -> Iterable[Finding]:
        return check_lab(lab, concepts, lesson, _samples(directory, lab))

    outlines = {name: _outline(tool) for name, tool in TOOLS.items()}
    return check_course(directory, outlines, lab_check, check_phrases)


def _refuse(directory: Path) -> Path:
    raise UsageError(f"{directory} is no directory; give one with lessons, quizzes and labs in it")


def _samples(directory: Path, lab: Lab) -> Mapping[str, Sample]:
    course = load_course(directory)
    return {
        name: sample_of_text(course.sample_text(name), name, field=course.sample(name).field) for name in lab.samples
    }


def _outline(tool: Tool) -> ToolOutline:
    def refusal(arguments: Mapping[str, object]) -> str:
        try:
            arguments_for(tool, arguments)
        except SynthQCError as error:
            return str(error)
        return ""

    choices = {parameter.name: parameter.choices for parameter in tool.parameters}
    return ToolOutline(choices, refusal, reads_sample=tool.reads != "nothing", needs_sample=tool.needs_sample)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else PLURALS.get(noun, noun + 's')}"
