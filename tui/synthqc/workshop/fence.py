"""What a session cannot do whatever it is told: start a program, open a connection, write outside its places."""

import os
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .settings import Limits

LARGEST_FILE = 2**31
"""Bytes; the store of thirty learners is far below, and a runaway file ends before the disk does."""

_NEVER = frozenset(
    (
        *("os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn"),
        *("subprocess.Popen", "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"),
        *("webbrowser.open", "ctypes.dlopen", "os.kill", "os.killpg", "os.chown", "os.symlink", "os.link"),
    )
)
"""Audit events of Python that no part of the course needs."""

_CHANGES = frozenset(("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.chmod", "os.truncate", "shutil.rmtree"))
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class FencedError(PermissionError):
    """Something that a session of a workshop does not do."""


def close_fence(folder: Path, store: Path) -> None:
    """Refuses, from now on and for good, to start programs, to connect and to write anywhere but here.

    Args:
        folder: The learner's folder.
        store: The file of the store; those that SQLite keeps beside it are meant too.
    """
    inside = os.path.realpath(folder) + os.sep
    stores = {os.path.realpath(store) + ending for ending in ("", "-wal", "-shm", "-journal")}

    def is_own(path: Any) -> bool:
        if isinstance(path, int) or path is None:
            return True
        # What lies behind a link counts, so that a link in the folder is no way out.
        real = os.path.realpath(os.fsdecode(path))
        return real.startswith(inside) or real + os.sep == inside or real in stores or real == os.devnull

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _NEVER:
            raise FencedError(f"a session of a workshop does not do this ({event})")
        if event == "open" and _is_writing(arguments) and not is_own(arguments[0]):
            raise FencedError("a session of a workshop writes in its learner's folder alone")
        if event in _CHANGES and not _all_own(event, arguments, is_own):
            raise FencedError("a session of a workshop changes files in its learner's folder alone")

    sys.addaudithook(look)


def _is_writing(arguments: Sequence[Any]) -> bool:
    _path, mode, flags = arguments
    return bool((isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & _WRITING))


def _all_own(event: str, arguments: Sequence[Any], is_own: Any) -> bool:
    if event == "os.mkdir" and Path(os.fsdecode(arguments[0])).is_dir():
        # Making sure that a directory is there changes nothing where it is.
        return True
    return all(is_own(one) for one in arguments[: 2 if event == "os.rename" else 1])


def set_limits(limits: Limits) -> None:
    """Bounds what this process may use; the system ends it where it computes for longer."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_mb * 2**20),
        (resource.RLIMIT_CPU, limits.cpu_minutes * 60),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    ):
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # At the soft limit of computing a signal of that name ends the session, at the hard one it is killed.
        spare = 5 if kind == resource.RLIMIT_CPU and bound == most else 0
        resource.setrlimit(kind, (bound, bound + spare if hard == resource.RLIM_INFINITY else bound))
