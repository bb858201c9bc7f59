"""Each room is imported in a fresh interpreter, so that one careless import cannot slow every start."""

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "tui" / "synthqc"
HEAVY = {"numpy", "scipy", "datasketch", "openai"}
SCREEN = {"textual", "rich"}


def modules_after(code: str) -> set[str]:
    """Top-level names in `sys.modules` after running the code in a fresh interpreter."""
    script = f"import sys; sys.argv = ['synthqc']\n{code}\nprint(*{{n.split('.')[0] for n in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def module_names(room: str) -> list[str]:
    files = sorted((PACKAGE / room).rglob("*.py"))
    assert files, f"no modules in {room}"
    return [
        ".".join(("synthqc", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        for file in files
    ]


def importing(room: str) -> str:
    return "\n".join(f"import {name}" for name in module_names(room))


@pytest.mark.parametrize("room", ["course", "learner", "assistant", "settings", "tools", "cli"])
def test_a_room_without_a_screen_loads_neither_a_screen_nor_heavy_libraries(room: str) -> None:
    assert not modules_after(importing(room)) & (SCREEN | HEAVY)


def test_the_screens_load_no_heavy_library_before_a_tool_runs() -> None:
    loaded = modules_after(importing("app"))
    assert "textual" in loaded
    assert not loaded & HEAVY


def test_the_metrics_draw_nothing() -> None:
    assert not modules_after(importing("metrics")) & (SCREEN | {"openai", "datasketch", "scipy"})


def test_the_process_that_sessions_are_forked_from_has_no_network_in_it() -> None:
    assert "asyncssh" not in modules_after("import synthqc.workshop.nursery, synthqc.workshop.launcher")


def modules_after_running(*arguments: str) -> set[str]:
    return modules_after(
        "import sys, contextlib\n"
        f"sys.argv = {['synthqc', *arguments]!r}\n"
        "from synthqc.__main__ import main\n"
        "with contextlib.suppress(SystemExit): main()"
    )


def test_the_version_loads_nothing_but_the_standard_library() -> None:
    assert not modules_after_running("--version") & (SCREEN | HEAVY | {"yaml", "click"})


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["measure", "--help"],
        ["assistant", "--help"],
        ["check", "--help"],
        ["completion", "--help"],
        ["config", "show"],
        ["doctor"],
        ["locate"],
        ["new", "--help"],
        ["schema", "--help"],
        ["sources", "--help"],
        ["workshop", "serve", "--help"],
    ],
)
def test_help_and_looks_load_neither_a_screen_nor_heavy_libraries(arguments: list[str]) -> None:
    loaded = modules_after_running(*arguments)
    assert "click" in loaded
    assert not loaded & (SCREEN | HEAVY)
