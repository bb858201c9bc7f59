"""A sample: the records that a mini-tool measures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """Cleaned records in order."""

    records: tuple[str, ...]
    """One text per record; lines of pasted text, or the text field of rows."""
    lines: tuple[int, ...]
    """The line of the input where each record begins, from 1."""
    name: str
    """Where it came from: `pasted text`, a file name, the title of a bundled sample."""
    notes: tuple[str, ...] = ()
    """What was left out or changed on the way in, each in one sentence."""
