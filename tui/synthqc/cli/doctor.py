"""`synthqc doctor`: what this machine and terminal are, where things lie, and whether all is well."""

import importlib.metadata
import locale
import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from synthqc import __version__
from synthqc.app.actions import action_ids
from synthqc.errors import UsageError
from synthqc.learner.health import health_of
from synthqc.learner.places import learner_name
from synthqc.settings.endpoints import target_of
from synthqc.settings.resolving import Resolved, is_offline, resolved

from .locate import located

if TYPE_CHECKING:
    from synthqc.assistant.endpoint import Endpoint

_PACKAGES = ("textual", "rich", "click", "PyYAML", "numpy", "openai")
_SMALLEST = (60, 20)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at."""

    name: str
    """What."""
    words: str
    """How it is."""
    exit_code: int = 0
    """0 where it is well, else the exit code that it asks for."""


@click.command(short_help="Look at program, terminal, places, store, settings and endpoint.")
@click.option("--endpoint", "is_asked", is_flag=True, help="Also ask the endpoint for one word; exit 3 if none comes.")
def command(*, is_asked: bool) -> int:
    """Look at program, terminal, places, store and settings, and say what is wrong.

    Nothing is changed, and without --endpoint nothing is sent.

    Example: synthqc doctor --endpoint
    """
    worst = 0
    for line in _lines(os.environ, is_asked=is_asked):
        mark = "!" if line.exit_code else " "
        for number, words in enumerate(line.words.splitlines()):
            click.echo(f"{mark} {line.name if not number else '':12} {words}".rstrip())
        worst = max(worst, line.exit_code)
    click.echo("All is well." if not worst else "Lines with a ! need a look.", err=True)
    return worst


def _lines(environment: Mapping[str, str], *, is_asked: bool) -> Iterator[Line]:
    yield from _program()
    yield from _terminal(environment)
    yield from _places(environment)
    yield from _settings(environment, is_asked=is_asked)


def _program() -> Iterator[Line]:
    yield Line("synthqc", __version__)
    yield Line("python", f"{platform.python_version()} at {sys.executable}, {platform.system()} {platform.release()}")
    yield Line("packages", ", ".join(f"{name} {_version(name)}" for name in _PACKAGES))


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "missing"


def _terminal(environment: Mapping[str, str]) -> Iterator[Line]:
    term = environment.get("TERM", "")
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        yield Line("terminal", f"none here, input or output is a file or a pipe; TERM is {term or 'not set'}")
    elif term in ("", "dumb"):
        yield Line("terminal", f"TERM is {term or 'not set'}, the course needs a terminal that moves its cursor", 2)
    else:
        yield Line("terminal", ", ".join([term, *_within(environment)]))
        columns, lines = shutil.get_terminal_size()
        is_small = columns < _SMALLEST[0] or lines < _SMALLEST[1]
        wish = f"; the course needs {_SMALLEST[0]} x {_SMALLEST[1]}" if is_small else ""
        yield Line("size", f"{columns} x {lines}{wish}", 2 if is_small else 0)
    yield Line("colours", colours_of(environment))
    encoding = locale.getencoding()
    is_unicode = encoding.lower().replace("-", "") == "utf8"
    yield Line("letters", f"{encoding}{'' if is_unicode else ': signs are drawn in ASCII where they can be'}")


def _within(environment: Mapping[str, str]) -> Iterator[str]:
    """The programs between this one and the screen, each of which keeps some keys for itself."""
    names = {"TMUX": "tmux", "STY": "screen", "ZELLIJ": "zellij", "SSH_CONNECTION": "ssh"}
    for variable, name in names.items():
        if environment.get(variable):
            yield f"in {name}"
    if environment.get("TERM_PROGRAM") == "vscode":
        yield "in VS Code"


def colours_of(environment: Mapping[str, str]) -> str:
    """How many colours the terminal says it has, in words."""
    if environment.get("NO_COLOR"):
        return "none (NO_COLOR is set)"
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "16 million (COLORTERM)"
    if "256color" in environment.get("TERM", ""):
        return "256 (TERM)"
    return "16"


def _places(environment: Mapping[str, str]) -> Iterator[Line]:
    places = located(environment)
    for name, place in places.items():
        if name != "program":
            yield Line(name, f"{place}{'' if place.exists() else ' (not there yet)'}")
    data = next(one for one in (places["data"], *places["data"].parents) if one.exists())
    if not os.access(data, os.W_OK):
        yield Line("saving", f"{data} cannot be written, so nothing would be saved", 2)
    health = health_of(places["progress"])
    if health.problem:
        yield Line("store", f"{places['progress']} {health.problem}", 1)
    elif health.is_there:
        learners = f"{health.learners} learner{'' if health.learners == 1 else 's'}"
        yield Line("store", f"sound: {health.events:,} events of {learners}, {health.size / 1000:,.0f} kB")
    else:
        yield Line("store", "empty; it begins with the first thing you do")
    yield Line("learner", learner_name())


def _settings(environment: Mapping[str, str], *, is_asked: bool) -> Iterator[Line]:
    try:
        found = resolved(environment, actions=action_ids)
    except UsageError as error:
        yield Line("settings", str(error), error.exit_code)
        return
    for name in ("theme", "motion", "assistant"):
        yield Line(name, f"{getattr(found.settings, name)} ({found.sources[name]})")
    yield from _endpoint(found, is_asked=is_asked)


def _endpoint(found: Resolved, *, is_asked: bool) -> Iterator[Line]:
    from synthqc.settings.voice import wanted_endpoint

    is_wanted = found.settings.assistant == "online"
    try:
        if target_of(found) is None and not is_wanted and not is_asked:
            yield Line("endpoint", "none is set, and none is needed: the offline tutor answers")
            return
        endpoint, target = wanted_endpoint(found)
    except UsageError as error:
        yield Line("endpoint", str(error), error.exit_code if is_wanted or is_asked else 0)
        return
    use = "used" if is_wanted else "would be used with --assistant online"
    yield Line("endpoint", f"{endpoint.voice} ({target.name}), key {endpoint.key.shown}, {use}")
    if is_asked and is_offline(found.environment):
        yield Line("answer", "not asked: SYNTHQC_OFFLINE forbids the network", 2)
    elif is_asked:
        yield _answer(endpoint)


def _answer(endpoint: "Endpoint") -> Line:
    import asyncio

    from synthqc.assistant.failures import Failure
    from synthqc.assistant.probing import seconds_to_answer

    try:
        return Line("answer", f"came after {asyncio.run(seconds_to_answer(endpoint)):.1f} s")
    except Failure as failure:
        return Line("answer", str(failure), failure.exit_code)
