"""`synthqc`: plays the course or runs a sub-command; every failure becomes a sentence and an exit code."""

import importlib
import os
import sys
from pathlib import Path

import click

from synthqc import __version__
from synthqc.errors import INTERRUPTED, SynthQCError

COMMANDS = ("assistant", "check", "filter", "measure", "new", "report", "schema", "sources")
"""Sub-commands; each is `command` in the file of its name, imported when it is asked for."""


class _Commands(click.Group):
    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"synthqc.cli.{cmd_name}").command
        return command


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--course",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Play the course in DIR instead of the one that comes with synthqc.",
)
@click.option("--watch", is_flag=True, help="Read the course anew whenever one of its files is saved; for authors.")
@click.option("--plain", is_flag=True, help="Play it as numbered prompts, line by line: for screen readers and pipes.")
@click.version_option(__version__, message="synthqc %(version)s")
@click.pass_context
def cli(context: click.Context, course: Path | None, *, watch: bool, plain: bool) -> None:
    """A course in the terminal on quality control for synthetic training data.

    Without a command it opens the course where you left it. The same tools measure a file of your own:
    synthqc measure data.jsonl --field text
    """
    if context.invoked_subcommand is None and plain:
        if watch:
            raise click.UsageError("--watch needs the screen; it does not go with --plain")
        from synthqc.plain.play import play_plainly

        play_plainly(course)
    elif context.invoked_subcommand is None:
        from synthqc.cli.play import play

        play(course, is_watched=watch)
    elif course is not None or watch or plain:
        given = "--course" if course is not None else "--watch" if watch else "--plain"
        raise click.UsageError(f"{given} is for playing a course; {context.invoked_subcommand} takes its own options")


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
