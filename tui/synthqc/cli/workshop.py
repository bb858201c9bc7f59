"""`synthqc workshop`: a course for a room of learners who come with ssh."""

from pathlib import Path

import click

from synthqc.errors import UsageError

_DIRECTORY = click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")


@click.group(short_help="Run a workshop: learners join with ssh, nobody gets a shell.")
def command() -> None:
    """Run a workshop: learners join with ssh, nobody gets a shell.

    Example: synthqc workshop init spring, then synthqc workshop serve spring
    """


@command.command(short_help="Make the directory of a workshop.")
@_DIRECTORY
@click.option("--title", default="Workshop", show_default=True, help="What learners read when they join.")
def init(directory: Path, title: str) -> int:
    """Make DIR with settings, a join code and a README for the host.

    Example: synthqc workshop init spring --title "Data quality, spring"
    """
    from synthqc.cleaning import one_line
    from synthqc.workshop.directory import init as made

    workshop = made(directory, one_line(title) or "Workshop")
    click.echo(f"{directory}: a workshop, join code {workshop.settings.join_code}")
    click.echo(f"next: read {directory / 'README.md'}; synthqc workshop serve {directory}", err=True)
    return 0


@command.command(short_help="Open a workshop until ctrl+c.")
@_DIRECTORY
def serve(directory: Path) -> int:
    """Open the workshop in DIR: an SSH server that knows only the course.

    Example: synthqc workshop serve spring
    """
    from synthqc.workshop.directory import open_workshop

    workshop = open_workshop(directory)
    try:
        from synthqc.workshop.server import serve as served
    except ModuleNotFoundError as error:
        if error.name != "asyncssh":
            raise
        raise UsageError('serving needs asyncssh; install it with: pip install "synthqc[workshop]"') from None
    served(workshop)
    return 0


@command.command("sshd-config", short_help="Print lines for a host's own sshd.")
@_DIRECTORY
@click.option("--user", default="workshop", show_default=True, help="The account that learners log in with.")
def sshd_config(directory: Path, user: str) -> int:
    """Print the lines by which a host's own OpenSSH serves the workshop in DIR instead of `serve`.

    Example: synthqc workshop sshd-config spring --user workshop
    """
    import re

    from synthqc.workshop.directory import open_workshop
    from synthqc.workshop.sshd import sshd_config as lines

    if not re.fullmatch(r"[a-z_][a-z0-9_-]{0,31}", user):
        raise UsageError(f"--user is {user!r:.60}, needs the name of an account, such as workshop")
    click.echo(lines(open_workshop(directory), user), nl=False)
    return 0


@command.command(short_help="Delete what learners left.")
@_DIRECTORY
@click.option("--yes", is_flag=True, help="Do not ask.")
def purge(directory: Path, *, yes: bool) -> int:
    """Delete names, PINs, progress and notebooks in DIR; settings and host key stay.

    Example: synthqc workshop purge spring
    """
    from synthqc.workshop.directory import open_workshop
    from synthqc.workshop.directory import purge as purged

    workshop = open_workshop(directory)
    if not yes:
        click.confirm(
            f"Delete all that learners of {workshop.settings.title} left in {directory}?", abort=True, err=True
        )
    purged(workshop)
    click.echo(f"{directory}: learners, PINs, progress and notebooks are deleted")
    return 0
