"""From a directory to a course: the outline at once, everything else when it is asked for."""

import functools
from collections.abc import Mapping
from pathlib import Path

from synthqc.cleaning import clean
from synthqc.errors import UsageError

from .claims import Claims
from .lab import Concepts, Lab
from .model import Lesson, LessonEntry, Misconception, Misconceptions, Module, SampleEntry, Samples
from .quiz import MODULE_TEST, Quiz
from .source import CourseError, Problem, T, read

FOLDERS = ("lessons", "quizzes", "labs")
"""What makes a directory a course."""

_PACKAGE = Path(__file__).parents[1]


def find_course(directory: Path | None = None) -> Path:
    """The directory of a course.

    Args:
        directory: A course, or nothing for the one that comes with the program.

    Raises:
        UsageError: The directory is no course.
    """
    if directory is None:
        shipped = _PACKAGE / "shipped"
        directory = shipped if shipped.is_dir() else _PACKAGE.parents[1]
    missing = [name for name in FOLDERS if not (directory / name).is_dir()]
    if missing:
        raise UsageError(f"{directory} is no course: it has no folder {', '.join(missing)}")
    return directory


class Course:
    """A course that is read as far as it is used; each part is read once."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        """Where it lies."""

    @functools.cached_property
    def module(self) -> Module:
        """The outline."""
        return self._read("lessons/module.yaml", Module)

    @functools.cached_property
    def claims(self) -> Claims:
        """Claims and references."""
        return self._read("lessons/claims.yaml", Claims)

    @functools.cached_property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """The ideas behind wrong options, by id."""
        listed = self._read("quizzes/misconceptions.yaml", Misconceptions).misconceptions
        return {one.id: one for one in listed}

    @functools.cached_property
    def concepts(self) -> Concepts:
        """What all labs share."""
        return self._read("labs/concepts.yaml", Concepts)

    @functools.cached_property
    def samples(self) -> Samples:
        """The bundled samples."""
        return self._read("labs/samples/samples.yaml", Samples)

    def entry(self, lesson: str) -> LessonEntry:
        """The outline's line for a lesson.

        Raises:
            KeyError: The course has no such lesson.
        """
        for entry in self.module.lessons:
            if entry.id == lesson:
                return entry
        raise KeyError(lesson)

    @functools.cache  # noqa: B019 - a program plays one course for as long as it runs
    def lesson(self, lesson: str) -> Lesson:
        """The body of a lesson."""
        return self._read(f"lessons/{lesson}.yaml", Lesson)

    def has_quiz(self, lesson: str) -> bool:
        """Does the lesson have a quiz?"""
        return (self.directory / "quizzes" / f"{lesson}.yaml").exists()

    @functools.cache  # noqa: B019 - as above
    def quiz(self, lesson: str) -> Quiz:
        """The quiz of a lesson."""
        return self._read(f"quizzes/{lesson}.yaml", Quiz)

    @property
    def has_module_test(self) -> bool:
        """Does the course end with a test on all of it?"""
        return self.has_quiz(MODULE_TEST)

    def has_lab(self, lesson: str) -> bool:
        """Does the lesson have a lab?"""
        return (self.directory / "labs" / f"{lesson}.yaml").exists()

    @functools.cache  # noqa: B019 - as above
    def lab(self, lesson: str) -> Lab:
        """The lab of a lesson."""
        return self._read(f"labs/{lesson}.yaml", Lab)

    def lab_with_id(self, lab: str) -> tuple[str, Lab]:
        """The lab of that id, such as `lab-1`, and its lesson.

        Raises:
            UsageError: The course has no such lab.
        """
        labs = {self.lab(one.id).id: one.id for one in self.module.lessons if self.has_lab(one.id)}
        if lab not in labs:
            raise UsageError(f"there is no lab '{lab}'; there are: {', '.join(labs) or 'none'}")
        return labs[lab], self.lab(labs[lab])

    def lesson_of(self, lab: Lab) -> Lesson:
        """The lesson that a lab belongs to."""
        return self.lesson(self.lab_with_id(lab.id)[0])

    def sample(self, sample: str) -> SampleEntry:
        """What is known of a bundled sample.

        Raises:
            KeyError: The course has no such sample.
        """
        for entry in self.samples.samples:
            if entry.id == sample:
                return entry
        raise KeyError(sample)

    def sample_text(self, sample: str) -> str:
        """The text of a bundled sample, cleaned.

        Raises:
            KeyError: The course has no such sample.
            CourseError: Its file cannot be read.
        """
        file = f"labs/samples/{self.sample(sample).file}"
        try:
            return clean((self.directory / file).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CourseError((Problem(file, 0, 0, f"cannot be read: {error}"),)) from error

    def _read(self, file: str, kind: type[T]) -> T:
        return read(self.directory / file, kind, root=self.directory).value


def last_saved(directory: Path) -> float:
    """When a file of the course was last saved, in seconds since 1970; 0 where it has none."""
    times = []
    for folder in FOLDERS:
        for file in (directory / folder).rglob("*"):
            try:
                times.append(file.stat().st_mtime)
            except OSError:
                # An editor that saves by renaming removes the file for a moment.
                continue
    return max(times, default=0.0)


def load_course(directory: Path | None = None) -> Course:
    """Opens a course; its outline is read now, the rest when it is asked for.

    Raises:
        UsageError: The directory is no course.
        CourseError: The outline is not as it should be.
    """
    course = Course(find_course(directory))
    _ = course.module
    return course
