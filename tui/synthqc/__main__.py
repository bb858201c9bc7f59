"""Entry of the program: `synthqc` and `python -m synthqc`."""

import os
import sys

from synthqc import __version__


def main() -> None:
    """Runs the command line and exits with its code."""
    if sys.argv[1:] == ["--version"]:
        # Answered before click is imported: a script that asks for the version should not wait for it.
        print(f"synthqc {__version__}")
        return
    if not sys.argv[1:] and "_SYNTHQC_COMPLETE" not in os.environ:
        # Shown before anything else is imported: the learner sees at once that the course is on its way.
        from synthqc.app.terminal.splash import has_terminal, show

        if has_terminal():
            show()
    from synthqc.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
