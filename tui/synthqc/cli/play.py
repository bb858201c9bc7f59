"""Opens the course on the terminal."""

import gc
import getpass
import os
import sys
from pathlib import Path

from synthqc.errors import UsageError


def play(directory: Path | None) -> None:
    """Plays a course until the learner leaves.

    Args:
        directory: The course, or nothing for the one that comes with the program.

    Raises:
        UsageError: There is no terminal to draw on, or no course in the directory.
        CourseError: The outline of the course is not as it should be.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("the course needs a terminal; standard input or output is a file or a pipe")
    if os.environ.get("TERM", "dumb") == "dumb":
        raise UsageError("the course needs a terminal that can move its cursor; TERM is dumb or not set")
    # Collecting while everything is still being imported and built finds nothing and costs a tenth of the start.
    gc.disable()
    from synthqc.course.loading import load_course
    from synthqc.learner.places import data_directory, notebook_directory, store_path
    from synthqc.learner.store import Store

    course = load_course(directory)
    directory = data_directory(os.environ)
    store = Store(store_path(directory), learner=_learner(), course=course.module.id)
    from synthqc.app.app import SynthQC

    app = SynthQC(course, store, notebooks=notebook_directory(directory))
    app.run()
    store.close()


def _learner() -> str:
    """Whose progress it is: one terminal user, one learner."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "learner"
