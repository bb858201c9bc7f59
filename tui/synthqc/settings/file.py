"""The settings file: where it lies, how it is read, and how one value is changed without losing the rest."""

import contextlib
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from synthqc.course.source import CourseError, Document, Problem, read
from synthqc.errors import UsageError

from .settings import Motion, Settings, Theme, Voice

SMALLEST_WINDOW, LARGEST_WINDOW = 2_048, 1_000_000
_PLAIN = (*get_args(Theme), *get_args(Motion), *get_args(Voice))
"""Values that read the same with and without quotes."""


class SettingsError(UsageError):
    """The settings file says something that cannot be; the message names every place."""


def config_path(environment: Mapping[str, str]) -> Path:
    """The settings file: `SYNTHQC_CONFIG`, else `config.yaml` in `SYNTHQC_HOME`, else in this system's place for it."""
    if given := environment.get("SYNTHQC_CONFIG"):
        return Path(given).expanduser()
    if home := environment.get("SYNTHQC_HOME"):
        return Path(home).expanduser() / "config.yaml"
    import platformdirs

    return platformdirs.user_config_path("synthqc", appauthor=False) / "config.yaml"


def read_settings(path: Path, actions: Callable[[], Iterable[str]] = tuple) -> Document[Settings]:
    """Reads the settings file; one that is missing or says nothing leaves all as it is by default.

    Args:
        path: The file.
        actions: Gives the ids of actions that keys can be set for; asked only if the file sets keys.

    Raises:
        SettingsError: The file cannot be read or says something unknown; with file, line and column.
    """
    if _says_nothing(path):
        return Document(Settings(), str(path), {})
    try:
        document = read(path, Settings)
    except CourseError as error:
        raise SettingsError(str(error)) from None
    if problems := sorted(_wrong_in(document, actions)):
        raise SettingsError("\n".join(map(str, problems)))
    return document


def _says_nothing(path: Path) -> bool:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        # A place that holds no files holds no settings; that nothing can be saved there, the store says.
        return True
    except (OSError, UnicodeDecodeError):
        return False
    return all(not line.strip() or line.lstrip().startswith("#") for line in lines)


def _wrong_in(document: Document[Settings], actions: Callable[[], Iterable[str]]) -> Iterator[Problem]:
    settings = document.value
    if settings.endpoint and settings.endpoint not in settings.endpoints:
        known = ", ".join(settings.endpoints) or "none is set"
        yield document.problem(("endpoint",), f"is {settings.endpoint!r:.60}, needs one of `endpoints`: {known}")
    for name, one in settings.endpoints.items():
        if not SMALLEST_WINDOW <= one.window <= LARGEST_WINDOW:
            allowed = f"needs {SMALLEST_WINDOW} to {LARGEST_WINDOW} tokens"
            yield document.problem(("endpoints", name, "window"), f"is {one.window}, {allowed}")
        if one.key_env and one.key_file:
            yield document.problem(("endpoints", name), "has key_env and key_file, needs one of them")
    for action, keys in settings.keys.items():
        for key in keys.split(","):
            if not is_key(key.strip()):
                yield document.problem(
                    ("keys", action), f"{key.strip()!r:.60} is no key, needs such as x, ctrl+n, f9, slash"
                )
    if settings.keys:
        known_actions = tuple(actions())
        for action in settings.keys:
            if known_actions and action not in known_actions:
                near = get_close_matches(action, known_actions, n=1)
                meant = f"; did you mean {near[0]!r}?" if near else "; F1 in the course names them"
                yield document.problem(("keys", action), f"{action!r:.60} is no action{meant}")


_MODIFIERS = ("ctrl", "shift", "alt", "super", "hyper", "meta")
_NAMED_KEYS = frozenset(
    (
        *(f"f{number}" for number in range(1, 25)),
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "enter", "escape", "space"),
        *("backspace", "delete", "insert", "slash", "question_mark", "comma", "colon", "full_stop", "plus", "minus"),
    )
)


def is_key(key: str) -> bool:
    """Is it a key as the settings name it: a character, a named key, or one of them after modifiers?"""
    *modifiers, last = key.split("+") if key != "+" else [key]
    return (len(last) == 1 or last in _NAMED_KEYS) and all(one in _MODIFIERS for one in modifiers)


def change_settings(path: Path, changes: Mapping[tuple[str, ...], str | bool | int | None]) -> None:
    """Changes some values of the settings file and keeps everything else in it, comments and order too.

    The file is read anew, written beside its place, and moved there in one step, readable by its owner alone.

    Args:
        path: The file; made where it is missing.
        changes: By path, such as `("endpoints", "local", "model")`, the value to write; None takes it away.

    Raises:
        SettingsError: The file cannot be read as it is, or cannot be written.
    """
    read_settings(path)
    # A round trip with comments is what PyYAML has not; loaded only when something is set.
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    text = "" if _says_nothing(path) else path.read_text(encoding="utf-8-sig")
    top = yaml.load(text) if text else CommentedMap()
    for steps, value in changes.items():
        place = top
        for step in steps[:-1]:
            if not isinstance(place.get(step), dict):
                place[step] = CommentedMap()
            place = place[step]
        if value is None:
            place.pop(steps[-1], None)
        else:
            # YAML 1.1 reads a bare yes, no or 12 as something else than text.
            needs_quotes = isinstance(value, str) and value not in _PLAIN
            place[steps[-1]] = DoubleQuotedScalarString(str(value)) if needs_quotes else value
    out = io.StringIO()
    if not text and path.exists():
        out.write(path.read_text(encoding="utf-8-sig").rstrip("\n") + "\n")
    if top:
        yaml.dump(top, out)
    _write(path, out.getvalue())


def _write(path: Path, text: str) -> None:
    """Puts the text in place in one step, after a look that it can be read."""
    # A link into a folder of dotfiles stays a link.
    path = path.resolve()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        beside = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            read_settings(beside)
            beside.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written ({(error.strerror or str(error)).lower()})") from error
