"""The tools of a workbench and what they are set to."""

from collections.abc import Mapping

from synthqc.errors import UsageError
from synthqc.tools.catalogue import TOOLS
from synthqc.tools.reading import Argument
from synthqc.tools.tool import arguments_for


class Toolbox:
    """The tools that a lab lists, and those that the learner has added."""

    def __init__(self, listed: tuple[str, ...]) -> None:
        """Starts with the tools of the lab, as they are by default.

        Args:
            listed: Their names; they stay.
        """
        self._listed = listed
        self._names = list(listed)
        self._settings: dict[str, dict[str, Argument]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the tools, those that were added last."""
        return tuple(self._names)

    def arguments(self, tool: str) -> dict[str, Argument]:
        """What a tool is set to, all of it."""
        return _defaults(tool) | self._settings.get(tool, {})

    def changes(self, tool: str) -> dict[str, Argument]:
        """What a tool is set to and what is not its default."""
        usual = _defaults(tool)
        return {name: value for name, value in self._settings.get(tool, {}).items() if value != usual[name]}

    def add(self, tool: str) -> bool:
        """Adds a tool; says whether it was not there yet."""
        if tool in self._names:
            return False
        self._names.append(tool)
        return True

    def set(self, tool: str, name: str, value: Argument) -> None:
        """Gives a parameter of a tool another value."""
        self._settings.setdefault(tool, {})[name] = value

    def is_added(self, tool: str) -> bool:
        """Did the learner add it, so that it can be taken away?"""
        return tool in self._names and tool not in self._listed

    def drop(self, tool: str) -> None:
        """Takes a tool that was added away, with its settings."""
        self._names.remove(tool)
        self._settings.pop(tool, None)

    def bring_back(self, tool: str, changes: Mapping[str, object]) -> None:
        """Adds and sets a tool as it was some time ago; what this version does not have or take is left out.

        Args:
            tool: Name of the tool.
            changes: What it was set to.
        """
        if tool not in TOOLS:
            return
        self.add(tool)
        for name, value in changes.items():
            try:
                self.set(tool, name, arguments_for(TOOLS[tool], {name: value})[name])
            except UsageError:
                continue


def _defaults(tool: str) -> dict[str, Argument]:
    return {one.name: one.default for one in TOOLS[tool].parameters}
