"""Opens the course on the terminal."""

import gc
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from synthqc.app.terminal.splash import has_terminal, shown
from synthqc.errors import UsageError
from synthqc.learner.places import data_directory, learner_name, notebook_directory

if TYPE_CHECKING:
    from textual.screen import Screen


def play(
    directory: Path | None,
    *,
    is_watched: bool = False,
    begins_with: "Callable[[], Screen[None]] | None" = None,
    flags: Mapping[str, str] | None = None,
    place: Path | str = "",
) -> None:
    """Plays a course until the learner leaves.

    Args:
        directory: The course, or nothing for the one that comes with the program.
        is_watched: Read it anew whenever one of its files is saved.
        begins_with: Makes the first screen; the course map lies beneath.
        flags: Settings given on the command line.
        place: Where progress is kept; where the environment says, or in the file of this system, if left out.

    Raises:
        UsageError: There is no terminal to draw on, no course in the directory, or a setting that cannot be.
        CourseError: The outline of the course is not as it should be.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            "the course needs a terminal; standard input or output is a file or a pipe: synthqc --plain works there"
        )
    if not has_terminal():
        raise UsageError(
            "the course needs a terminal that can move its cursor; TERM is dumb or not set: synthqc --plain works there"
        )
    with shown():
        code = _played(directory, is_watched=is_watched, begins_with=begins_with, flags=flags or {}, place=place)
    sys.stdout.flush()
    sys.stderr.flush()
    # Everything is stored when it happens; waiting for a tool that still measures would only hold up the shell.
    os._exit(code)


def _played(
    directory: Path | None,
    *,
    is_watched: bool,
    begins_with: "Callable[[], Screen[None]] | None",
    flags: Mapping[str, str],
    place: Path | str,
) -> int:
    # Collecting while everything is still being imported and built finds nothing and costs a tenth of the start.
    gc.disable()
    # Tools compute in a thread beside the screen, and one key press changes threads several times: beside the tools of
    # a lab on 200 KB, the 95th percentile of a key was 43 ms at 0.5 ms a turn and is 28 at 0.1 ms.
    sys.setswitchinterval(0.0001)
    # For the same reason matrices are multiplied on one core: the other is for the screen.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from synthqc.course.loading import load_course
    from synthqc.learner.opening import opened_store, store_place
    from synthqc.settings.resolving import resolved

    course = load_course(directory)
    data = data_directory(os.environ)
    store = opened_store(place or store_place(os.environ), learner=learner_name(), course=course.module.id)
    from synthqc.app.app import SynthQC
    from synthqc.app.terminal.driver import SafeDriver

    app = SynthQC(
        course,
        store,
        settings=partial(resolved, os.environ, flags),
        notebooks=notebook_directory(data),
        is_watched=is_watched,
        begins_with=begins_with,
        driver_class=SafeDriver,
    )
    app.run()
    store.close()
    return app.return_code or 0
