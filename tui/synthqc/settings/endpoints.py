"""From settings and environment to the endpoint that is meant, with the key that may go there."""

import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from synthqc.errors import UsageError

from .resolving import Resolved, is_offline
from .settings import EndpointSettings

OPENAI_ADDRESS = "https://api.openai.com/v1"
OPENAI_HOST = "api.openai.com"


@dataclass(frozen=True, slots=True)
class Target:
    """The endpoint that is meant, before its key is looked up."""

    name: str
    """Its name in the settings, or the variable that holds its address."""
    endpoint: EndpointSettings
    """How its owner describes it, with the model that holds."""
    is_borrowed: bool = False
    """Do its address or key come from variables that other programs are set by?"""

    @property
    def host(self) -> str:
        """Host and port, as the learner is asked about them."""
        return urlsplit(self.endpoint.base_url).netloc.rpartition("@")[2] or self.endpoint.base_url


def target_of(found: Resolved) -> Target | None:
    """The endpoint that is meant: `SYNTHQC_BASE_URL`, else one of the settings, else what OpenAI's variables say.

    Raises:
        UsageError: The settings have several and name none.
    """
    environment, settings = found.environment, found.settings
    if address := environment.get("SYNTHQC_BASE_URL"):
        return _target(found, "SYNTHQC_BASE_URL", EndpointSettings(address))
    if settings.endpoints:
        if not settings.endpoint and len(settings.endpoints) > 1:
            names = ", ".join(settings.endpoints)
            raise UsageError(f"{found.path} has the endpoints {names}; set `endpoint` to one of them")
        name = settings.endpoint or next(iter(settings.endpoints))
        return _target(found, name, settings.endpoints[name])
    for variable in ("OPENAI_BASE_URL", "OPENAI_API_KEY"):
        if environment.get(variable):
            address = environment.get("OPENAI_BASE_URL") or OPENAI_ADDRESS
            target = _target(found, variable, EndpointSettings(address))
            return None if settings.openai_hosts.get(target.host) is False else target
    return None


def _target(found: Resolved, name: str, endpoint: EndpointSettings) -> Target:
    model = (
        found.settings.model if found.sources["model"] == "SYNTHQC_MODEL" else endpoint.model or found.settings.model
    )
    has_own_key = bool(endpoint.key_env or endpoint.key_file or found.environment.get("SYNTHQC_API_KEY"))
    target = Target(name, replace(endpoint, model=model))
    takes_key = target.host == OPENAI_HOST and bool(found.environment.get("OPENAI_API_KEY")) and not has_own_key
    return replace(target, is_borrowed=takes_key or name.startswith("OPENAI_"))


def host_to_ask_about(found: Resolved) -> str:
    """The host for which the learner has not yet said whether OpenAI's variables may be used; empty for none."""
    if found.settings.assistant != "online" or is_offline(found.environment):
        return ""
    try:
        target = target_of(found)
    except UsageError:
        return ""
    is_open = target is not None and target.is_borrowed and target.host not in found.settings.openai_hosts
    return target.host if target is not None and is_open else ""


def question_about(host: str) -> tuple[str, str]:
    """What a learner is asked about a host, and what a yes means."""
    meaning = (
        f"OPENAI_BASE_URL or OPENAI_API_KEY is set. If you agree, what you write in the labs goes to {host}; the key "
        f"is sent to {OPENAI_HOST} alone, never to another host. The answer is kept in the settings."
    )
    return f"Use the OpenAI variables of this shell for {host}?", meaning


def key_of(found: Resolved, target: Target) -> str:
    """The key that may go to an endpoint; empty for none.

    Raises:
        UsageError: Its variable is not set, its file cannot be read or others can read it, or it is OpenAI's and the
            endpoint is not.
    """
    environment, endpoint = found.environment, target.endpoint
    if endpoint.key_env:
        if endpoint.key_env == "OPENAI_API_KEY" and target.host != OPENAI_HOST:
            raise UsageError(f"OPENAI_API_KEY goes to {OPENAI_HOST} alone; endpoint {target.name} is at {target.host}")
        if not environment.get(endpoint.key_env):
            raise UsageError(f"endpoint {target.name} takes its key from {endpoint.key_env}, which is not set")
        return environment[endpoint.key_env]
    if endpoint.key_file:
        return _key_in(found.path.parent / Path(endpoint.key_file).expanduser())
    if key := environment.get("SYNTHQC_API_KEY"):
        return key
    may_use = found.settings.openai_hosts.get(target.host) is True
    return environment.get("OPENAI_API_KEY", "") if target.host == OPENAI_HOST and may_use else ""


def _key_in(path: Path) -> str:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise UsageError(f"{path} can be read by others (mode {mode:04o}); chmod 600 {path}")
        with os.fdopen(os.open(path, os.O_RDONLY), encoding="utf-8") as file:
            return file.read(4096).strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise UsageError(f"key_file {path} cannot be read: {reason}") from None
