"""The parts of a course in teaching order, each with its state: what the course map shows on every face."""

from collections.abc import Iterator
from dataclasses import dataclass

from synthqc.course.loading import Course
from synthqc.course.model import LessonEntry
from synthqc.course.quiz import MODULE_TEST

from .moduletest import PASS_PERCENT, is_passed, needed
from .progress import Progress


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the course on the map."""

    screen: str
    """`lesson`, `quiz`, `lab` or `test`."""
    lesson: str
    """Lesson id; for the module test its quiz id."""
    title: str
    """What the map calls it."""
    state: str
    """`done`, `begun` or `open`."""
    words: str
    """The state in words."""


def parts_of(course: Course, progress: Progress) -> Iterator[Part]:
    """The parts of the course in teaching order, each with its state."""
    for entry in course.module.lessons:
        yield _lesson(course, entry, progress)
        if course.has_quiz(entry.id):
            yield _quiz(entry, progress)
        if course.has_lab(entry.id):
            yield _lab(course, entry, progress)
    if course.has_module_test:
        yield _module_test(progress)


def _module_test(progress: Progress) -> Part:
    title = "Module test"
    begun = progress.open_sitting(MODULE_TEST)
    finished = [one for one in progress.sittings_of(MODULE_TEST) if one.is_finished]
    best = max(finished, key=lambda one: one.right, default=None)
    if begun is not None:
        words = f"{len(begun.given)} of {len(begun.questions)} answered"
        return Part("test", MODULE_TEST, title, "begun", words)
    if best is None:
        return Part("test", MODULE_TEST, title, "open", "not taken")
    if is_passed(best.right, best.of):
        return Part("test", MODULE_TEST, title, "done", f"{best.right} of {best.of}, passed")
    return Part("test", MODULE_TEST, title, "begun", f"{best.right} of {best.of}, {needed(best.of)} pass")


def _lesson(course: Course, entry: LessonEntry, progress: Progress) -> Part:
    title = f"Lesson {entry.id.removeprefix('L')}  {entry.title}"
    reached = progress.sections.get(entry.id, set())
    if entry.id in progress.read:
        return Part("lesson", entry.id, title, "done", "read")
    if reached:
        sections = [section.id for section in course.lesson(entry.id).sections]
        words = f"{len(reached & set(sections))} of {len(sections)} sections"
        return Part("lesson", entry.id, title, "begun", words)
    return Part("lesson", entry.id, title, "open", f"{entry.minutes} minutes")


def _quiz(entry: LessonEntry, progress: Progress) -> Part:
    title = f"Quiz {entry.id.removeprefix('L')}"
    begun = progress.open_sitting(entry.id)
    best = progress.best(entry.id)
    if begun is not None:
        return Part("quiz", entry.id, title, "begun", f"{len(begun.answers)} of {len(begun.questions)} answered")
    if best is not None:
        return Part("quiz", entry.id, title, "done", f"{best.right} of {best.of} right")
    return Part("quiz", entry.id, title, "open", "not taken")


def _lab(course: Course, entry: LessonEntry, progress: Progress) -> Part:
    title = f"Lab {entry.id.removeprefix('L')}  {entry.lab}"
    if not progress.exchanges and not progress.samples and not progress.completed:
        return Part("lab", entry.id, title, "open", "not begun")
    lab = course.lab(entry.id).id
    if lab in progress.completed:
        return Part("lab", entry.id, title, "done", "completed")
    if progress.exchanges.get(lab) or lab in progress.samples:
        return Part("lab", entry.id, title, "begun", "begun")
    return Part("lab", entry.id, title, "open", "not begun")


def place_name(screen: str, item: str) -> str:
    """A part of the course in two words, such as `quiz 2`."""
    return "module test" if screen == "test" else f"{screen} {item.removeprefix('L')}"


def next_step(parts: list[Part], progress: Progress) -> Part:
    """Where to go on: the place left last if it is not done, else the first part that is not; else the first."""
    place = progress.place
    for part in parts:
        if place and (part.screen, part.lesson) == (place.screen, place.item) and part.state != "done":
            return part
    return next((part for part in parts if part.state != "done"), parts[0])


def about(course: Course, part: Part) -> str:
    """What a part is about, in one sentence."""
    if part.screen == "lesson":
        return course.entry(part.lesson).question
    number = len(course.quiz(part.lesson).questions) if part.screen in ("quiz", "test") else 0
    if part.screen == "quiz":
        return f"{number} questions, each with feedback; those you miss can be tried again."
    if part.screen == "test":
        return f"{number} questions on all lessons, no feedback until you hand in; {PASS_PERCENT} % pass."
    return "Talk a case through with the tutor while the tools measure what you paste."
