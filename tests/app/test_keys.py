"""Keys: every action has a name, keys by name come from the settings, help and the list of commands show them."""

import pytest

from synthqc.app.actions import actions
from synthqc.app.app import SynthQC

KEPT_ELSEWHERE = {
    "f1",
    "f3",
    "f5",
    "f6",
    "f10",
    "f11",
    "ctrl+p",
    "ctrl+b",
    "ctrl+a",
    "ctrl+g",
    "ctrl+t",
    "ctrl+n",
    "ctrl+o",
    "ctrl+q",
    "ctrl+s",
}
"""Keys that VS Code, tmux, screen or zellij may keep for themselves."""


def _declarations():
    import importlib
    import pkgutil

    from textual.binding import Binding

    from synthqc import app

    for info in pkgutil.walk_packages(app.__path__, "synthqc.app."):
        module = importlib.import_module(info.name)
        for kind in vars(module).values():
            if isinstance(kind, type) and kind.__module__ == info.name:
                for binding in vars(kind).get("BINDINGS", ()):
                    assert isinstance(binding, Binding)
                    yield kind.__qualname__, binding


def test_every_shown_action_has_a_name() -> None:
    nameless = [
        f"{owner}: {binding.action} needs id='...' in its Binding"
        for owner, binding in _declarations()
        if binding.description and not binding.id and not binding.action.startswith("point(")
    ]
    assert nameless == []


def test_a_name_means_one_thing() -> None:
    meanings: dict[str, set[str]] = {}
    for one in actions():
        meanings.setdefault(one.id, set()).add(one.where)
    shared = {
        name: where for name, where in meanings.items() if len(where) > 1 and not name.startswith(("app.", "lab."))
    }
    assert shared == {}


def test_help_and_the_list_of_commands_have_a_key_that_nothing_else_keeps() -> None:
    keys = {one.id: set(one.keys.split(",")) for one in actions() if one.where == SynthQC.__qualname__}
    for name in ("app.help", "app.commands"):
        assert keys[name] - KEPT_ELSEWHERE


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_commands_are_found_by_a_part_of_their_name_and_run(learner, size) -> None:
    async with learner(size) as one:
        await one.presses("colon")
        await one.sees("Commands")
        assert "↑↓ move  enter take it" in one.screen.splitlines()[-1]
        await one.types("sourc")
        await one.sees(lambda text: "sources" in text and "key terms" not in text)
        await one.presses("enter")
        await one.sees("Sources of the course")


async def test_a_lab_is_measured_without_a_function_key(learner) -> None:
    async with learner() as one:
        await one.opens(3, "exchange 0 of 3")
        await one.presses("tab", "escape", "colon")
        await one.sees("Commands")
        await one.types("workbench")
        await one.presses("enter")
        await one.sees("Workbench: nothing to measure yet")


async def test_help_tells_what_the_focused_part_is_for(learner) -> None:
    async with learner() as one:
        await one.opens(3, "exchange 0 of 3")
        await one.presses("tab", "f1")
        await one.sees("You are writing to the assistant.")
        assert "message.send" in one.screen
        await one.presses("escape", "escape", "question_mark")
        await one.sees("This is the conversation so far")


async def test_help_is_there_over_a_reading(learner) -> None:
    async with learner() as one:
        await one.presses("s", "f1")
        await one.sees("These are claims of the course")


@pytest.mark.parametrize("settings", ["keys:\n  lesson.next: ctrl+n,x\n  app.help: f12\n"])
async def test_keys_of_the_settings_hold_and_are_shown(learner, settings) -> None:
    async with learner(settings=settings) as one:
        await one.presses("enter")
        await one.sees("1 of 8")
        assert "F12 help" in one.screen.splitlines()[-1]
        await one.presses("n")
        assert "1 of 8" in one.screen
        await one.presses("x")
        await one.sees("2 of 8")
        await one.presses("ctrl+n")
        await one.sees("3 of 8")


async def test_a_key_for_an_action_that_there_is_not_is_told_and_the_course_goes_on(learner) -> None:
    async with learner(settings="keys:\n  lesson.nxt: x\n", size=(120, 40)) as one:
        await one.sees(lambda text: "is no action" in " ".join(text.replace("▌", " ").split()))
        await one.presses("enter")
        await one.sees("1 of 8")
