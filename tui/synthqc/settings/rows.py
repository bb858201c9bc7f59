"""The settings as a person goes through them: a line each, with what it may be and why it is as it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from synthqc.errors import UsageError

from .endpoints import target_of
from .resolving import DEFAULT, Resolved
from .settings import Motion, Theme, Voice

LOOKS = {
    "dark": "dark",
    "light": "light",
    "high-contrast": "high contrast",
    "ansi": "the terminal's own colours",
    "mono": "without colour",
}
MOTIONS = {"none": "nothing moves", "full": "things may slide"}
VOICES = {"offline": "the offline tutor", "online": "a model, decided by the tutor"}


REACHING_OUT = ("assistant", "endpoint", "model")
"""Settings that decide what leaves this machine; a guest of it is not offered them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One setting."""

    name: str
    """Its name in the file."""
    title: str
    """What people call it."""
    value: str
    """Its value in words."""
    origin: str
    """Where the value comes from, in words."""
    about: str
    """What it does."""
    choices: tuple[str, ...] = ()
    """The values that it can have, as the file says them; none where it is typed."""
    present: str = ""
    """The present value, as the file says it."""
    is_fixed: bool = False
    """Does a flag or a variable hold it, so that it cannot be changed here?"""

    def next(self, by: int) -> str:
        """The choice so many steps on, round and round."""
        at = self.choices.index(self.present) if self.present in self.choices else -1 if by > 0 else 0
        return self.choices[(at + by) % len(self.choices)]


def rows_of(found: Resolved) -> Iterator[Row]:
    """The settings in the order of a settings screen."""
    settings = found.settings
    about = (
        "How the course looks. Colour is never the only sign; ansi takes the sixteen colours you set in your terminal."
    )
    yield _choice(found, "theme", "look", LOOKS, get_args(Theme), about)
    about = "Over a slow line nothing should move: each screen is drawn once."
    yield _choice(found, "motion", "motion", MOTIONS, get_args(Motion), about)
    about = (
        "The tutor that comes with synthqc needs no network. With a model, the tutor still decides what is asked and "
        "what counts; the model words it, and what you write in a lab goes to its endpoint."
    )
    yield _choice(found, "assistant", "who answers", VOICES, get_args(Voice), about)
    yield _endpoint(found)
    yield _model(found)
    n_keys = len(settings.keys)
    words = f"{n_keys} {'is' if n_keys == 1 else 'are'} set otherwise" if n_keys else "all as they come"
    yield Row("keys", "keys", words, _origin(found, "keys"), "Enter lists every action; any can have other keys.")


def _choice(found: Resolved, name: str, title: str, words: dict[str, str], choices: tuple[str, ...], about: str) -> Row:
    present = getattr(found.settings, name)
    return Row(
        name, title, words[present], _origin(found, name), about, choices, present, is_fixed=found.is_fixed(name)
    )


def _endpoint(found: Resolved) -> Row:
    about = "The server that a model is asked at: any that speaks as OpenAI does. a adds one."
    is_fixed = bool(found.environment.get("SYNTHQC_BASE_URL")) or found.is_fixed("endpoint")
    choices = tuple(found.settings.endpoints)
    try:
        target = target_of(found)
    except UsageError:
        return Row("endpoint", "endpoint", "none chosen", "", about, choices)
    if target is None:
        return Row("endpoint", "endpoint", "none", _origin(found, "endpoint"), about, choices)
    origin = target.name if target.name not in choices else _origin(found, "endpoints")
    shown = f"{target.name} at {target.host}" if target.name in choices else target.host
    return Row("endpoint", "endpoint", shown, origin, about, choices, target.name, is_fixed=is_fixed)


def _model(found: Resolved) -> Row:
    about = "The model to ask for. Enter lists those that the endpoint offers, or takes a name."
    try:
        target = target_of(found)
    except UsageError:
        target = None
    model = target.endpoint.model if target else found.settings.model
    origin = _origin(found, "endpoints" if target and target.name in found.settings.endpoints else "model")
    if found.is_fixed("model"):
        origin = found.sources["model"]
    return Row("model", "model", model or "none chosen", origin, about, is_fixed=found.is_fixed("model"))


def _origin(found: Resolved, name: str) -> str:
    source = found.sources[name]
    return source if source == DEFAULT or found.is_fixed(name) else f"line {source.rpartition(':')[2]} of the file"
