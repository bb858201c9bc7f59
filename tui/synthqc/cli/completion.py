"""`synthqc completion`: what a shell needs to complete commands and options."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command(short_help="Print the completion script of bash, zsh or fish.")
@click.argument("shell", type=click.Choice(SHELLS), metavar="|".join(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    r"""Print a script that completes synthqc's commands and options in a shell.

    \b
    Example:
      bash:  echo 'eval "$(synthqc completion bash)"' >> ~/.bashrc
      zsh:   echo 'eval "$(synthqc completion zsh)"' >> ~/.zshrc
      fish:  synthqc completion fish > ~/.config/fish/completions/synthqc.fish
    """
    completion = get_completion_class(shell)
    assert completion is not None, "click completes these shells"
    click.echo(completion(context.find_root().command, {}, "synthqc", "_SYNTHQC_COMPLETE").source())
