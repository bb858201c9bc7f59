"""Every action that has a key, as the screens and widgets themselves declare it."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does."""

    id: str
    """Name for the settings file, such as `lesson.next`."""
    keys: str
    """Keys it has by default, with commas between."""
    words: str
    """What it does."""
    where: str
    """The class that declares it."""


def actions() -> tuple[Action, ...]:
    """All actions with a name; loads every screen."""
    return tuple(dict.fromkeys(_declared()))


def action_ids() -> tuple[str, ...]:
    """The names of all actions; loads every screen."""
    return tuple(dict.fromkeys(one.id for one in actions()))


def _declared() -> Iterator[Action]:
    from textual.binding import Binding

    from synthqc import app

    for module_info in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
        module = importlib.import_module(module_info.name)
        for kind in vars(module).values():
            if isinstance(kind, type) and kind.__module__ == module.__name__:
                for binding in vars(kind).get("BINDINGS", ()):
                    if isinstance(binding, Binding) and binding.id:
                        yield Action(binding.id, binding.key, binding.description, kind.__qualname__)
