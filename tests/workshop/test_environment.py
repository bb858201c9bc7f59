"""Of what a client sends, three variables count, and of those only known values."""

from pathlib import Path

import pytest

from synthqc.workshop.environment import session_environment

FOLDER = Path("/srv/spring/learners/ada")
OWN = {
    "HOME",
    "LANG",
    "LOGNAME",
    "OPENBLAS_NUM_THREADS",
    "PATH",
    "SHELL",
    "SYNTHQC_HOME",
    "SYNTHQC_OFFLINE",
    "TERM",
    "USER",
}


def test_nothing_of_the_host_and_nothing_else_of_the_client_gets_in(monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    sent = dict.fromkeys(
        ("LD_PRELOAD", "PYTHONPATH", "TEXTUAL_DRIVER", "BROWSER", "SYNTHQC_BASE_URL", "TMUX", "NO_COLOR", "LC_ALL"), "x"
    )
    environment = session_environment(sent, "xterm-256color", "ada", FOLDER)
    assert set(environment) == OWN
    assert environment["SYNTHQC_HOME"] == str(FOLDER)
    assert environment["SYNTHQC_OFFLINE"] == "1"


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("LANG", "de_DE.UTF-8", "de_DE.UTF-8"),
        ("LANG", "C", "C"),
        ("LANG", "../../etc", "C.UTF-8"),
        ("LANG", "en_US.UTF-8\n", "C.UTF-8"),
        ("COLORTERM", "truecolor", "truecolor"),
        ("COLORTERM", "\x1b]0;x\x07", None),
    ],
)
def test_known_values_pass_and_others_do_not(name: str, value: str, kept: str | None) -> None:
    assert session_environment({name: value}, "xterm", "ada", FOLDER).get(name) == kept


@pytest.mark.parametrize(
    ("term", "kept"),
    [
        ("tmux-256color", "tmux-256color"),
        ("dumb", "dumb"),
        ("", "xterm"),
        ("no-such-thing", "xterm"),
        ("../x", "xterm"),
    ],
)
def test_a_terminal_that_nobody_knows_is_taken_for_one_that_everybody_does(term: str, kept: str) -> None:
    assert session_environment({}, term, "ada", FOLDER)["TERM"] == kept
