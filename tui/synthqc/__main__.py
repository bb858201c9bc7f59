"""Entry of the program: `synthqc` and `python -m synthqc`."""

import sys

from synthqc import __version__


def main() -> None:
    """Runs the command line and exits with its code."""
    if sys.argv[1:] == ["--version"]:
        # Answered before click is imported: a script that asks for the version should not wait for it.
        print(f"synthqc {__version__}")
        return
    from synthqc.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
