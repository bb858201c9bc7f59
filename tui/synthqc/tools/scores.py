"""Scores of rows by one scorer or several, each row with what it is truly worth."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .rows import truth_in
from .sample import Sample, Value


@dataclass(frozen=True, slots=True)
class JudgedRows:
    """Rows that every scorer has scored and whose truth is known."""

    positions: tuple[int, ...]
    """Their places in the sample."""
    scores: dict[str, tuple[float, ...]]
    """The scores of each scorer, by the name of the field."""
    truths: tuple[float, ...]
    """What each is truly worth: a number, or 1 for right and 0 for wrong."""
    caveat: str = ""
    """How many rows were left out, and why; empty where none was."""


def judged_rows(sample: Sample, prefix: str, truth: str) -> JudgedRows | None:
    """The rows with a number in every score field, and a truth; None where there is no such row.

    Args:
        sample: Rows, or anything else.
        prefix: The score field, or how the fields of several scorers begin.
        truth: Field of the truth: a number, or true or false, yes or no, right or wrong.
    """
    names = sorted({key for row in sample.rows for key in row if key.startswith(prefix) and key != truth})
    columns = {name: [_number(row.get(name)) for row in sample.rows] for name in names}
    columns = {name: column for name, column in columns.items() if any(value is not None for value in column)}
    worth = [_worth(row.get(truth)) for row in sample.rows]
    positions = tuple(
        n for n in range(len(sample.rows)) if worth[n] is not None and all(c[n] is not None for c in columns.values())
    )
    if not columns or not positions:
        return None
    left_out = len(sample.rows) - len(positions)
    return JudgedRows(
        positions,
        {name: _picked(column, positions) for name, column in columns.items()},
        _picked(worth, positions),
        f"{left_out:,} of {len(sample.rows):,} rows were left out: no number in {' or '.join(columns)}, or no truth in "
        f"'{truth}'"
        if left_out
        else "",
    )


def _picked(column: Sequence[float | None], positions: Sequence[int]) -> tuple[float, ...]:
    return tuple(value for n in positions if (value := column[n]) is not None)


def _worth(value: Value | None) -> float | None:
    number = _number(value)
    if number is not None:
        return number
    known = truth_in(value)
    return None if known is None else float(known)


def _number(value: Value | None) -> float | None:
    """A finite number; a table has it as text."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
