"""The base of every error that synthqc raises on purpose."""


class SynthQCError(Exception):
    """Something a person can act on, said in one sentence: what was given, what is allowed, where."""

    exit_code = 1
    """Exit code of the command line when this error ends it: 1 content, 2 usage, 3 endpoint."""


class UsageError(SynthQCError):
    """The command line, a setting or an argument is not one that synthqc takes."""

    exit_code = 2


INTERRUPTED = 130
"""Exit code after ctrl+c, by the shell's custom: 128 and the number of the signal."""
