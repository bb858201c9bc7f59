"""An OpenAI-compatible endpoint: where it is, which model, with which key."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from synthqc.cleaning import one_line
from synthqc.errors import UsageError

from .redaction import Secret

SMALLEST_WINDOW = 2_048
"""Tokens; below it the case, the rules and one turn do not fit."""

USUAL_WINDOW = 4_096
"""Tokens; what Ollama keeps unless told otherwise, cutting the rest without a word."""

LARGEST_WINDOW = 1_000_000

_EXAMPLE = "http://localhost:11434/v1"
_LONGEST_MODEL = 200


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers. Made by `endpoint_of`, which checks it."""

    base_url: str
    """Address up to and with `/v1`, without a slash at the end."""
    model: str
    """The model to ask for."""
    key: Secret = field(default_factory=Secret)
    """The key; empty for servers that need none."""
    name: str = ""
    """What its owner calls it; may be empty."""
    window: int = USUAL_WINDOW
    """Tokens that the model reads and writes in one request."""

    @property
    def host(self) -> str:
        """Host and port as shown, such as `localhost:11434`."""
        return urlsplit(self.base_url).netloc

    @property
    def is_loopback(self) -> bool:
        """Does it stay on this machine?"""
        return is_loopback(urlsplit(self.base_url).hostname or "")

    @property
    def is_openai(self) -> bool:
        """Is it OpenAI itself?"""
        return urlsplit(self.base_url).hostname == "api.openai.com"

    @property
    def voice(self) -> str:
        """Who answers there, such as `qwen3 at localhost:11434`."""
        return f"{one_line(self.model, 40)} at {self.host}"


def endpoint_of(
    base_url: str,
    model: str,
    key: Secret | None = None,
    *,
    name: str = "",
    window: int = USUAL_WINDOW,
    may_be_plain: bool = False,
) -> Endpoint:
    """A checked endpoint.

    Args:
        base_url: Address, such as `http://localhost:11434/v1`.
        model: Name of the model.
        key: The key, where one is needed.
        name: What its owner calls it.
        window: Tokens that the model reads and writes in one request.
        may_be_plain: May words go unencrypted to another machine?

    Raises:
        UsageError: The address is none, holds a password, or is plain http to another machine; or the model, the key or
            the window cannot be used.
    """
    key = key or Secret()
    address = _checked_address(base_url.strip(), may_be_plain=may_be_plain)
    model = model.strip()
    if not model or len(model) > _LONGEST_MODEL or not model.isprintable():
        raise UsageError(f"the model is {one_line(model, 60)!r}, needs a name such as qwen3:8b")
    value = key.reveal()
    if not (value.isascii() and value.isprintable()) or " " in value:
        raise UsageError(f"the key ({key.shown}) has characters that no key has; copy it anew, without quotes")
    if not SMALLEST_WINDOW <= window <= LARGEST_WINDOW:
        raise UsageError(f"the window is {window} tokens, allowed is {SMALLEST_WINDOW:,} to {LARGEST_WINDOW:,}")
    return Endpoint(address, model, key, name, window)


def _checked_address(given: str, *, may_be_plain: bool) -> str:
    shown = one_line(given.rpartition("@")[2], 80)
    try:
        parts = urlsplit(given)
        # Reading the port is what finds one that is no number.
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    # urlsplit drops tabs and line ends silently, and a host in other letters can look like a known one.
    if not is_address or not given.isascii() or not given.isprintable() or " " in given or "\\" in given:
        raise UsageError(f"the endpoint's address is {shown!r}, needs http or https and a host, such as {_EXAMPLE}")
    if "@" in parts.netloc:
        raise UsageError(f"{shown}: the address holds a user or password; give the key in SYNTHQC_API_KEY instead")
    if parts.query or parts.fragment:
        raise UsageError(f"{shown}: the address goes on behind its path; give it up to /v1, such as {_EXAMPLE}")
    if parts.scheme == "http" and not may_be_plain and not is_loopback(parts.hostname or ""):
        raise UsageError(f"{shown}: plain http would show your words to the network; use https, or allow it by name")
    return given.rstrip("/").removesuffix("/chat/completions").rstrip("/")


def is_loopback(host: str) -> bool:
    """Is it a name or number of this machine itself?"""
    host = host.lower().rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
