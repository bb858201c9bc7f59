"""A workshop on the disk: settings, host key, learners and the store of what they did, in one directory."""

import contextlib
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from synthqc.course.source import CourseError, Document, Problem, read
from synthqc.errors import UsageError
from synthqc.learner.places import store_path

from .guide import guide
from .settings import LIMITS, RANGES, WorkshopSettings

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Characters of a join code: none that is taken for another when it is read aloud."""

_SETTINGS = """\
# Settings of this workshop; read when `synthqc workshop serve` starts. README.md explains the rest.
title: {title}
join_code: "{code}"   # what a new learner has to know

# course: ../my-course       # a course of your own, from this file
# address: 127.0.0.1         # listen on this machine alone
# port: 2222
# opens: "2026-03-01 09:00"  # by this machine's clock
# closes: "2026-03-01 17:00"

# limits:
#   sessions: 40             # at once, of all learners
#   sessions_per_learner: 2
#   learners: 200
#   idle_minutes: 45         # without a key, then the session ends
#   tries: 3                 # wrong codes or PINs before the next one has to wait
#   memory_mb: 2048          # address space of one session
#   cpu_minutes: 30          # of computing, one session
"""


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop, and where its parts lie."""

    directory: Path
    """Its directory, absolute."""
    settings: WorkshopSettings
    """What its host has set."""

    @property
    def store(self) -> Path:
        """What learners did."""
        return store_path(self.directory)

    @property
    def host_key(self) -> Path:
        """The key by which learners' machines recognise this host."""
        return self.directory / "host_key"

    @property
    def learners(self) -> Path:
        """One folder for each learner."""
        return self.directory / "learners"

    @property
    def course(self) -> Path | None:
        """The course; None for the one that comes with synthqc."""
        return (self.directory / self.settings.course).resolve() if self.settings.course else None


def init(directory: Path, title: str = "Workshop") -> Workshop:
    """Makes a workshop: settings with a join code, an empty place for learners, a guide for the host.

    Raises:
        UsageError: The directory is there and not empty, or cannot be written.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UsageError(f"{directory} is there already and not empty; give the name of a directory that is not")
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(2))
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        directory.chmod(0o700)
        (directory / "learners").mkdir(mode=0o700)
        _write(directory / "workshop.yaml", _SETTINGS.format(title=quoted, code=code))
        _write(directory / "README.md", guide(title, code))
    except OSError as error:
        raise UsageError(f"{directory} cannot be written: {error.strerror or error}") from error
    return open_workshop(directory)


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def open_workshop(directory: Path) -> Workshop:
    """The workshop in a directory.

    Raises:
        UsageError: There is none, or its settings say something that cannot be; with file, line and column.
    """
    file = directory / "workshop.yaml"
    if not file.is_file():
        raise UsageError(f"{directory} is no workshop: it has no workshop.yaml; synthqc workshop init makes one")
    try:
        document = read(file, WorkshopSettings)
    except CourseError as error:
        raise UsageError(str(error)) from None
    if problems := sorted(_wrong_in(document)):
        raise UsageError("\n".join(map(str, problems)))
    return Workshop(directory.resolve(), document.value)


def _wrong_in(document: Document[WorkshopSettings]) -> Iterator[Problem]:
    settings = document.value
    if len(settings.join_code) < 6:
        yield document.problem(("join_code",), "is too short to be safe, needs at least 6 characters")
    if not 0 <= settings.port <= 65_535:
        yield document.problem(("port",), f"is {settings.port}, needs 0 to 65535")
    for name in ("opens", "closes"):
        given = getattr(settings, name)
        try:
            is_right = not given or datetime.fromisoformat(given).tzinfo is None
        except ValueError:
            is_right = False
        if not is_right:
            yield document.problem((name,), f"is {given!r:.60}, needs a time such as 2026-03-01 09:00")
    for name in LIMITS:
        low, high = RANGES[name]
        if not low <= getattr(settings.limits, name) <= high:
            given = getattr(settings.limits, name)
            yield document.problem(("limits", name), f"is {given}, needs {low} to {high}")


@contextlib.contextmanager
def held(workshop: Workshop) -> Iterator[None]:
    """Keeps a workshop to one server, or to one purge; the system lets go of it however the program ends.

    Raises:
        UsageError: A server has it.
    """
    handle = os.open(workshop.directory / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(f"{workshop.directory} is being served; end that server first") from None
        yield
    finally:
        os.close(handle)


def purge(workshop: Workshop) -> None:
    """Deletes what learners left: names, PINs, progress, notebooks. Settings and host key stay.

    Raises:
        UsageError: A server has the workshop, or something cannot be deleted.
    """
    with held(workshop):
        try:
            for path in workshop.directory.glob(f"{workshop.store.stem}*"):
                path.unlink()
            if workshop.learners.exists():
                shutil.rmtree(workshop.learners)
            workshop.learners.mkdir(mode=0o700)
        except OSError as error:
            raise UsageError(f"{error.filename} cannot be deleted: {error.strerror}") from error
