"""Which value holds: flag over environment over file over default, and each knows where it came from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

from synthqc.errors import UsageError

from .file import config_path, read_settings
from .settings import Settings

VARIABLES: Mapping[str, str] = {
    "theme": "SYNTHQC_THEME",
    "motion": "SYNTHQC_MOTION",
    "assistant": "SYNTHQC_ASSISTANT",
    "endpoint": "SYNTHQC_ENDPOINT",
    "model": "SYNTHQC_MODEL",
}
"""Environment variables by setting."""

DEFAULT = "default"
"""Where a value came from that nobody set."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The settings that hold."""

    settings: Settings
    """Their values."""
    sources: Mapping[str, str]
    """By setting, where its value came from: a flag, a variable, `file:line`, or `default`."""
    path: Path
    """The settings file, whether it is there or not."""
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Variables of the process; some hold keys."""

    def is_fixed(self, name: str) -> bool:
        """Was it set by a flag or a variable, so that the file has no say while the program runs?"""
        return self.sources[name].startswith(("--", "SYNTHQC_", "NO_COLOR"))


def resolved(
    environment: Mapping[str, str],
    flags: Mapping[str, str] | None = None,
    actions: Callable[[], Iterable[str]] = tuple,
) -> Resolved:
    """The settings that hold, and where each came from.

    Args:
        environment: Variables of the process.
        flags: Values given on the command line, by setting.
        actions: Gives the ids of actions that keys can be set for.

    Raises:
        UsageError: The file, a variable or a flag says something that cannot be.
    """
    path = config_path(environment)
    document = read_settings(path, actions)
    settings = document.value
    sources = dict.fromkeys((one.name for one in fields(Settings)), DEFAULT)
    for name in sources:
        if (name,) in document.places:
            sources[name] = f"{path}:{document.places[name,][0]}"
    overrides = dict(_from_environment(environment))
    overrides |= {name: (value, f"--{name}") for name, value in (flags or {}).items()}
    if is_offline(environment):
        if overrides.get("assistant") == ("online", "--assistant"):
            raise UsageError("--assistant online needs the network, and SYNTHQC_OFFLINE forbids it")
        overrides["assistant"] = ("offline", "SYNTHQC_OFFLINE")
    for name, (value, source) in overrides.items():
        settings = replace(settings, **{name: _checked(name, value, source, settings)})
        sources[name] = source
    return Resolved(settings, sources, path, environment)


def is_offline(environment: Mapping[str, str]) -> bool:
    """Is the network forbidden?"""
    return environment.get("SYNTHQC_OFFLINE", "").strip().lower() not in ("", "0", "no", "false")


def _from_environment(environment: Mapping[str, str]) -> Iterable[tuple[str, tuple[str, str]]]:
    for name, variable in VARIABLES.items():
        if value := environment.get(variable):
            yield name, (value, variable)
    if environment.get("NO_COLOR"):
        yield "theme", ("mono", "NO_COLOR")


def _checked(name: str, value: str, source: str, settings: Settings) -> Any:
    if name == "model":
        return value
    kind = get_type_hints(Settings)[name]
    choices = tuple(settings.endpoints) if name == "endpoint" else get_args(kind)
    if value not in choices:
        allowed = ", ".join(choices) or "none; the settings file has no endpoints"
        raise UsageError(f"{source} is {value!r:.60}, allowed is {allowed}")
    return value
