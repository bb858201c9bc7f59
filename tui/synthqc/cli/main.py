"""`synthqc`: plays the course or runs a sub-command; every failure becomes a sentence and an exit code."""

import importlib
import os
import sys
from functools import partial
from pathlib import Path
from typing import get_args

import click

from synthqc import __version__
from synthqc.errors import INTERRUPTED, SynthQCError
from synthqc.settings.settings import Theme, Voice

THEMES = get_args(Theme)
VOICES = get_args(Voice)
COMMANDS = (
    "assistant",
    "check",
    "class",
    "completion",
    "config",
    "doctor",
    "filter",
    "locate",
    "measure",
    "new",
    "notebook",
    "progress",
    "report",
    "review",
    "schema",
    "sources",
    "workshop",
)
"""Sub-commands; each is `command` in the file of its name, imported when it is asked for."""
_FILES = {"class": "classroom"}
"""Files with another name, where the command's is a word of Python."""


class _Commands(click.Group):
    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"synthqc.cli.{_FILES.get(cmd_name, cmd_name)}").command
        return command


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--course",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Play the course in DIR instead of the one that comes with synthqc.",
)
@click.option(
    "--store",
    metavar="PLACE",
    help="Keep progress in this file or at postgresql://user@host/database, not where it lies.",
)
@click.option("--watch", is_flag=True, help="Read the course anew whenever one of its files is saved; for authors.")
@click.option("--plain", is_flag=True, help="Play it as numbered prompts, line by line: for screen readers and pipes.")
@click.option("--theme", type=click.Choice(THEMES), help="The look, for this time.")
@click.option("--assistant", type=click.Choice(VOICES), help="Who answers in the labs; offline unless set otherwise.")
@click.version_option(__version__, message="synthqc %(version)s")
@click.pass_context
def cli(
    context: click.Context,
    course: Path | None,
    *,
    store: str | None,
    watch: bool,
    plain: bool,
    theme: str | None,
    assistant: str | None,
) -> None:
    """A course in the terminal on quality control for synthetic training data.

    Without a command it opens the course where you left it. The same tools measure a file of your own.

    Example: synthqc measure data.jsonl --field text
    """
    flags = {name: value for name, value in (("theme", theme), ("assistant", assistant)) if value}
    given = {
        "course": course is not None,
        "store": store is not None,
        "watch": watch,
        "plain": plain,
        **dict.fromkeys(flags, True),
    }
    if context.invoked_subcommand is not None:
        for name in filter(given.get, given):
            command = context.invoked_subcommand
            raise click.UsageError(f"--{name} is for playing a course; {command} takes its own options")
    elif plain:
        for name in filter(given.get, ("watch", "theme")):
            raise click.UsageError(f"--{name} needs the screen; it does not go with --plain")
        from synthqc.learner.opening import place_of
        from synthqc.plain.play import play_plainly
        from synthqc.settings.resolving import resolved

        play_plainly(course, partial(resolved, os.environ, flags), place_of(store or ""))
    else:
        from synthqc.cli.play import play
        from synthqc.learner.opening import place_of

        play(course, is_watched=watch, flags=flags, place=place_of(store or ""))


def run(arguments: list[str]) -> int:
    """Runs the command line.

    Args:
        arguments: Words after the program's name.

    Returns:
        The exit code: 0 done, 1 content invalid, 2 usage or configuration, 130 interrupted.
    """
    try:
        result = cli.main(arguments, prog_name="synthqc", standalone_mode=False)
    except SynthQCError as error:
        return _failed(str(error), error.exit_code)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx is not None else "synthqc"
        return _failed(f"{error.format_message().rstrip('.')}; see {command} --help", error.exit_code)
    except click.ClickException as error:
        return _failed(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _failed("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has enough; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def _failed(sentence: str, exit_code: int) -> int:
    print(f"synthqc: {sentence}", file=sys.stderr)
    return exit_code
