"""The answer of a metric where it has no value."""

from synthqc.errors import SynthQCError


class UndefinedReading(SynthQCError):
    """The sample has no value for this metric; the message says why. Never NaN and never a silent 0."""
