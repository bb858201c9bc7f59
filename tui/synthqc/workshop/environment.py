"""The environment of a session, built anew: three variables of the client count, and of those only known values."""

import re
from collections.abc import Mapping
from pathlib import Path

TERMS = frozenset(
    (
        *("xterm", "xterm-color", "xterm-16color", "xterm-256color", "xterm-direct", "xterm-kitty", "xterm-ghostty"),
        *(
            "screen",
            "screen-256color",
            "tmux",
            "tmux-256color",
            "tmux-direct",
            "linux",
            "vt100",
            "vt220",
            "ansi",
            "dumb",
        ),
        *(
            "rxvt",
            "rxvt-unicode",
            "rxvt-unicode-256color",
            "alacritty",
            "foot",
            "wezterm",
            "konsole",
            "konsole-256color",
        ),
        *("gnome", "gnome-256color", "st", "st-256color", "putty", "putty-256color", "contour", "mlterm", "cygwin"),
    )
)
"""Terminals that are passed on by their name; any other is taken for `xterm`, whose sequences all of today know."""

_LANG = re.compile(r"(?:C|POSIX|[a-z]{2,3}(?:_[A-Z]{2})?)(?:\.(?:UTF-8|utf8|ISO-8859-1|ISO-8859-15))?")
_COLOURS = ("truecolor", "24bit")


def session_environment(client: Mapping[str, str], term: str, learner_id: str, folder: Path) -> dict[str, str]:
    """Everything that a session finds in its environment.

    Args:
        client: Variables that the client sent.
        term: The terminal that the client said it is.
        learner_id: The learner.
        folder: The learner's folder.
    """
    environment = {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "LOGNAME": learner_id,
        "OPENBLAS_NUM_THREADS": "1",
        "PATH": "/nonexistent",
        "SHELL": "/nonexistent",
        "SYNTHQC_HOME": str(folder),
        "SYNTHQC_OFFLINE": "1",
        "TERM": term if term in TERMS else "xterm",
        "USER": learner_id,
    }
    if _LANG.fullmatch(client.get("LANG", "")):
        environment["LANG"] = client["LANG"]
    if client.get("COLORTERM") in _COLOURS:
        environment["COLORTERM"] = client["COLORTERM"]
    return environment
