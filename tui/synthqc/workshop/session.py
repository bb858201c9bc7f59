"""One learner at one terminal: the course behind a fence. Runs in a process of its own."""

import gc
import os
import random
import sys
import traceback
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from synthqc.course.loading import Course, load_course
from synthqc.errors import SynthQCError
from synthqc.learner.announcing import announcements
from synthqc.learner.keeping import EventStore
from synthqc.learner.places import crash_log, notebook_directory
from synthqc.learner.store import Store

from .directory import Workshop
from .fence import close_fence, set_limits


def preloaded_course(workshop: Workshop) -> Course:
    """Loads all that a session needs, course and libraries, and starts no thread.

    Raises:
        UsageError: There is no course where the settings say.
        CourseError: The course is not as it should be.
    """
    import numpy  # noqa: F401 - labs need it; loaded once, its memory is shared by all sessions

    from synthqc.app.actions import actions
    from synthqc.assistant import policy, tutor, wording  # noqa: F401
    from synthqc.plain import play  # noqa: F401
    from synthqc.settings import voice  # noqa: F401
    from synthqc.tools.catalogue import TOOLS  # noqa: F401

    actions()
    course = load_course(workshop.course)
    _ = course.concepts
    for entry in course.module.lessons:
        course.lesson(entry.id)
        if course.has_quiz(entry.id):
            course.quiz(entry.id)
        if course.has_lab(entry.id):
            course.lab(entry.id)
    return course


def play_session(workshop: Workshop, course: Course, learner_id: str, environment: Mapping[str, str]) -> int:
    """Plays the course on standard input and output until the learner leaves; does not raise.

    Args:
        workshop: The workshop.
        course: Its course.
        learner_id: Who plays.
        environment: All that the process finds in its environment from now on.

    Returns:
        The exit code.
    """
    os.environ.clear()
    os.environ.update(environment)
    folder = Path(environment["SYNTHQC_HOME"])
    try:
        os.chdir(folder)
        set_limits(workshop.settings.limits)
        store = Store(workshop.store, learner=learner_id, course=course.module.id)
        close_fence(folder, workshop.store)
        if environment["TERM"] == "dumb":
            return _play_plainly(course, store, folder, announcements(workshop.store))
        return _play(course, store, folder, announcements(workshop.store))
    except SynthQCError as error:
        print(f"synthqc: {error}", file=sys.stderr)
        return error.exit_code
    except BaseException as error:  # noqa: BLE001 - a traceback on the learner's screen helps nobody
        _log(folder, error)
        print("synthqc: stopped by an error. Your work is saved; connect again to go on.", file=sys.stderr)
        return 1


def _play(course: Course, store: Store, folder: Path, heard: EventStore) -> int:
    from synthqc.app.actions import action_ids
    from synthqc.app.app import SynthQC
    from synthqc.app.terminal.driver import SafeDriver
    from synthqc.app.terminal.splash import shown
    from synthqc.settings.resolving import resolved

    with shown():
        gc.disable()
        # As on a learner's own machine: threads that measure give way to the screen.
        sys.setswitchinterval(0.0001)
        app = SynthQC(
            course,
            store,
            settings=partial(resolved, os.environ, {}, action_ids),
            notebooks=notebook_directory(folder),
            is_guest=True,
            announcements=heard,
            driver_class=SafeDriver,
        )
        app.run()
    heard.close()
    store.close()
    return app.return_code or 0


def _play_plainly(course: Course, store: Store, folder: Path, heard: EventStore) -> int:
    from synthqc.assistant.tutor import Tutor
    from synthqc.learner.store import utc_now
    from synthqc.plain.course import play_course
    from synthqc.plain.session import Session
    from synthqc.plain.talk import Talk

    tutor = Tutor(lambda: course.concepts, course.lesson_of)
    talk = Talk(sys.stdin, sys.stdout)
    try:
        play_course(Session(course, store, talk, tutor, notebook_directory(folder), random.Random(), utc_now, heard))
    finally:
        heard.close()
        store.close()
    return 0


def _log(folder: Path, error: BaseException) -> None:
    try:
        crash_log(folder).write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        print("synthqc: what happened could not be written to a file.", file=sys.stderr)
