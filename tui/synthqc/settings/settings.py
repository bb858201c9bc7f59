"""What can be set: the format of `config.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Theme = Literal["dark", "light", "high-contrast", "ansi", "mono"]
"""Names of the looks."""

Motion = Literal["none", "full"]
"""How much may move."""

Voice = Literal["offline", "online"]
"""Who answers in the labs."""


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """A server with a model, as its owner describes it."""

    base_url: str
    """Address up to and with /v1, such as http://localhost:11434/v1."""
    model: str = ""
    """The model to ask for, such as qwen3:8b."""
    key_env: str = ""
    """Environment variable that holds the key; the key itself never stands in this file."""
    key_file: str = ""
    """File that holds the key and nothing else; it must be readable by its owner alone (mode 0600)."""
    window: int = 4096
    """Tokens that the model reads and writes in one request, 2048 to 1000000."""
    plain_http: bool = False
    """May words go to another machine unencrypted, over http?"""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set."""

    theme: Theme = "dark"
    """The look: dark, light, high-contrast, ansi (the sixteen colours of the terminal itself) or mono (no colour)."""
    motion: Motion = "none"
    """May things slide and fade (full), or is each screen drawn once (none)?"""
    assistant: Voice = "offline"
    """Who answers in the labs: the tutor that comes with synthqc (offline) or a model behind an endpoint (online)."""
    endpoint: str = ""
    """Name of the endpoint to use, one of `endpoints`; may be left out where there is only one."""
    model: str = ""
    """The model to ask for at an endpoint that names none."""
    endpoints: Mapping[str, EndpointSettings] = field(default_factory=dict)
    """Servers with models, by a name of your choice."""
    openai_hosts: Mapping[str, bool] = field(default_factory=dict)
    """By host: may the address and key in OPENAI_BASE_URL and OPENAI_API_KEY be used for it? Asked once, kept here."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Other keys by action, such as `lesson.next: n,right,ctrl+n`; F1 in the course names the actions."""
