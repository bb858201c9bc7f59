"""Opens the course in plain mode."""

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

from synthqc.assistant.tutor import Tutor
from synthqc.course.loading import load_course
from synthqc.learner.opening import opened_store, store_place
from synthqc.learner.places import data_directory, learner_name, notebook_directory
from synthqc.learner.store import utc_now
from synthqc.settings.resolving import Resolved
from synthqc.settings.voice import assistant_of

from .asking import agreed_settings
from .course import play_course
from .session import Session
from .talk import LeavingError, Talk


def play_plainly(directory: Path | None, settings: Callable[[], Resolved], place: Path | str = "") -> None:
    """Plays a course on standard input and output until the learner leaves.

    Args:
        directory: The course, or nothing for the one that comes with the program.
        settings: Gives the settings: who answers in the labs.
        place: Where progress is kept; where the environment says, or in the file of this system, if left out.

    Raises:
        UsageError: There is no course in the directory.
        CourseError: The course is not as it should be.
    """
    course = load_course(directory)
    talk = Talk(sys.stdin, sys.stdout)
    try:
        found = agreed_settings(settings, talk)
    except LeavingError:
        return
    chosen = assistant_of(found, Tutor(lambda: course.concepts, course.lesson_of))
    if found.settings.assistant == "online":
        talk.say(chosen.reason)
    data = data_directory(os.environ)
    store = opened_store(place or store_place(os.environ), learner=learner_name(), course=course.module.id)
    try:
        play_course(Session(course, store, talk, chosen.assistant, notebook_directory(data), random.Random(), utc_now))
    finally:
        store.close()
