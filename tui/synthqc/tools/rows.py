"""Columns of JSON rows: what tools on scored and rated items read."""

from collections.abc import Sequence
from dataclasses import dataclass

from synthqc.metrics.undefined import UndefinedReading

from .measuring import words_of
from .reading import Basis
from .sample import Sample, Value

_TRUE = (True, 1, "1", "1.0", "true", "yes", "right", "correct", "good")
_FALSE = (False, 0, "0", "0.0", "false", "no", "wrong", "incorrect", "bad")
_FAULTLESS = (False, 0, "", "0", "0.0", "false", "no", "none", "right", "correct", "good")


@dataclass(frozen=True, slots=True)
class ScoredItems:
    """Items with a confidence and the truth."""

    positions: tuple[int, ...]
    """Their places in the sample."""
    confidences: tuple[float, ...]
    """The scorer's probability that the item is right, from 0 to 1."""
    are_right: tuple[bool, ...]
    """Was it?"""
    caveat: str = ""
    """How many rows were left out, and why; empty where none was."""


def scored_items(sample: Sample, confidence: str, truth: str) -> ScoredItems:
    """The rows that have both a confidence from 0 to 1 and a truth.

    Args:
        sample: JSON rows.
        confidence: Field of the confidence.
        truth: Field of the truth: true or false, 1 or 0, yes or no, right or wrong.

    Raises:
        UndefinedReading: No row has both.
    """
    found = [
        (position, share, is_right)
        for position, row in enumerate(sample.rows)
        if (share := _share(row.get(confidence))) is not None and (is_right := truth_in(row.get(truth))) is not None
    ]
    if not found:
        wanted = f"rows with a number from 0 to 1 in '{confidence}' and true or false in '{truth}'"
        raise UndefinedReading(f"this needs {wanted}; {fields_of(sample, 'confidence', 'truth')}")
    positions, confidences, are_right = zip(*found, strict=True)
    left_out = sorted(set(range(len(sample.rows))) - set(positions))
    caveat = ""
    if left_out:
        places = ", ".join(str(sample.lines[n]) for n in left_out[:5]) + (", ..." if len(left_out) > 5 else "")
        caveat = (
            f"{len(left_out)} of {len(sample.rows)} rows were left out (lines {places}): no number from 0 to 1 in "
            f"'{confidence}', or no true or false in '{truth}'"
        )
    return ScoredItems(positions, confidences, are_right, caveat)


def labels_of(sample: Sample, raters: str) -> dict[str, list[Value | None]]:
    """The labels of each rater, one column for each field; None where a label is missing or blank.

    Args:
        sample: JSON rows.
        raters: What the fields of all raters start with, such as `rater_`, or their names with commas between them.

    Raises:
        UndefinedReading: Fewer than two fields start with it, or a field that is named is not there.
    """
    found = sorted({key for row in sample.rows for key in row})
    named = [*dict.fromkeys(part.strip() for part in raters.split(",") if part.strip())]
    if len(named) > 1:
        wanted = "rows with the labels of raters in the fields " + ", ".join(f"'{name}'" for name in named)
        names = named if set(named) <= set(found) else []
    else:
        wanted = f"rows with the labels of two raters or more in fields that start with '{raters}'"
        names = [name for name in found if named and name.startswith(named[0])]
    if len(names) < 2:
        raise UndefinedReading(f"this needs {wanted}; {fields_of(sample, 'raters')}")
    return {name: [_label(row.get(name)) for row in sample.rows] for name in names}


def values_of(sample: Sample, field: str) -> list[str]:
    """The value of a field in every row, as text; empty where a row lacks it.

    Raises:
        UndefinedReading: No row has it.
    """
    values = [str(row.get(field, "")) for row in sample.rows]
    if not any(values):
        raise UndefinedReading(f"this needs rows with a field '{field}'; {fields_of(sample, 'field')}")
    return values


def fields_of(sample: Sample, *parameters: str) -> str:
    """What there is, for a message to somebody who gave something else.

    Args:
        sample: What was given.
        parameters: Parameters of the tool that name the fields which it reads.
    """
    if not sample.rows:
        return "the sample has no JSON rows"
    names = sorted({key for row in sample.rows[:1000] for key in row})
    found = "fields found: " + (", ".join(names[:12]) or "none beside the text")
    return f"{found}; set {' and '.join(parameters)} to say which to read" if names and parameters else found


def basis_of_rows(sample: Sample, positions: Sequence[int], rule: str) -> Basis:
    """What a number on these rows rests on."""
    words = words_of(sample.records)
    tokens = sum(len(words[position]) for position in positions)
    return Basis(len(positions), tokens, sum(len(sample.records[position]) for position in positions), rule)


def _label(value: Value | None) -> Value | None:
    """A label; a table has blank text where one is missing."""
    return None if isinstance(value, str) and not value.strip() else value


def _share(value: Value | None) -> float | None:
    """A number from 0 to 1; a table has it as text."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number <= 1 else None


def is_good(value: Value | None) -> bool:
    """Does a label say that a line is good: `good`, or right as people write it? All else names what is bad in it."""
    return truth_in(value) is True


def is_faulty(value: Value | None) -> bool:
    """Does a field that names what is wrong with a row name something?

    An empty one does not, nor `no`, `false`, `none` and the like, nor a label that says that the row is right or good.
    """
    known = value.strip().lower() if isinstance(value, str) else value
    return known is not None and known not in _FAULTLESS


def truth_in(value: Value | None) -> bool | None:
    """Right or wrong as people write it: true, 1, yes, right and the like, or their opposites; None for all else."""
    known = value.strip().lower() if isinstance(value, str) else value
    if known in _TRUE:
        return True
    return False if known in _FALSE else None
