"""What a host's own sshd runs for each connection: asks at the door and plays, with an environment built anew."""

import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from getpass import getpass
from pathlib import Path

from synthqc.cleaning import one_line
from synthqc.errors import SynthQCError

from .directory import Workshop, open_workshop
from .environment import session_environment
from .joining import Joining, Learner, folder_of
from .session import play_session, preloaded_course
from .tries import Tries

SECONDS_AFTER_WRONG = 3.0
"""Seconds that a wrong answer costs; sshd starts this program anew for each connection, so nothing counts beyond it."""

WRONG_AT_MOST = 5
"""Wrong answers after which the connection ends."""


def main() -> None:
    """Plays one session of the workshop in the first argument, on standard input and output."""
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    signal.signal(signal.SIGQUIT, signal.SIG_IGN)
    try:
        code = _played(open_workshop(Path(sys.argv[1])))
    except SynthQCError as error:
        print(f"synthqc: {error}", file=sys.stderr)
        code = error.exit_code
    except (KeyboardInterrupt, EOFError):
        code = 130
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _played(workshop: Workshop) -> int:
    if os.environ.get("SSH_ORIGINAL_COMMAND") or not (sys.stdin.isatty() and sys.stdout.isatty()):
        print("The course needs a terminal: connect with ssh -t, and without a command.", file=sys.stderr)
        return 2
    learner = _let_in(workshop)
    if learner is None:
        return 1
    with _place(workshop, learner) as is_free:
        if not is_free:
            most = workshop.settings.limits.sessions_per_learner
            print(f"{learner.name} has {most} sessions open, which is the most. Quit one of them (ctrl+q) first.")
            return 2
        environment = session_environment(
            os.environ, os.environ.get("TERM", ""), learner.id, folder_of(workshop, learner.id)
        )
        return play_session(workshop, preloaded_course(workshop), learner.id, environment)


def _let_in(workshop: Workshop) -> Learner | None:
    print(f"{workshop.settings.title}. Your name: ", end="", flush=True)
    name = one_line(sys.stdin.readline(), 64)
    tries = Tries(WRONG_AT_MOST)
    for _ in range(WRONG_AT_MOST):
        joining = Joining(workshop, name, tries, "here")
        while not joining.is_over:
            ask = joining.ask(datetime.now())
            print(ask.words)
            joining.take(tuple(getpass(prompt) for prompt in ask.prompts))
            if not ask.prompts:
                return None
        if joining.learner is not None:
            return joining.learner
        time.sleep(SECONDS_AFTER_WRONG)
        print("That was not right.")
    return None


@contextmanager
def _place(workshop: Workshop, learner: Learner) -> Iterator[bool]:
    """Takes one of the learner's places for sessions; the system gives it back however the session ends."""
    for number in range(workshop.settings.limits.sessions_per_learner):
        handle = os.open(folder_of(workshop, learner.id) / f".session-{number}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            continue
        yield True
        os.close(handle)
        return
    yield False
