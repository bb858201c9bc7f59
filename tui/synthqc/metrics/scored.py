"""Scored items: a confidence for each, and whether it was right."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .undefined import UndefinedReading

Confidences = Sequence[float] | NDArray[Any]
"""The scorer's probability that each item is right, from 0 to 1."""

Truths = Sequence[bool] | NDArray[Any]
"""Was each item right? True or False, 1 or 0."""


def scored(confidences: Confidences, are_right: Truths) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Confidences and truths as arrays, once they are what they should be.

    Args:
        confidences: Between 0 and 1, shape (n_items,).
        are_right: True or False (or 1 or 0), for the same items in the same order.

    Raises:
        UndefinedReading: There is no item.
        ValueError: There are not as many of both, a confidence is no number between 0 and 1, or a truth is none.
    """
    if len(confidences) != len(are_right):
        raise ValueError(f"there are {len(confidences):,} confidences, but {len(are_right):,} truths")
    if not len(confidences):
        raise UndefinedReading("there are no scored items")
    return _confidences(confidences), _truths(are_right)


def _confidences(given: Confidences) -> NDArray[np.float64]:
    found = np.asarray(given)
    if found.ndim != 1 or found.dtype.kind not in "iufO":
        raise ValueError(f"confidences are numbers from 0 to 1, one an item; given are {_shown(found)}")
    try:
        found = found.astype(np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"confidences are numbers from 0 to 1: {error}") from error
    # NaN is not between any two numbers.
    is_wrong = ~((found >= 0) & (found <= 1))
    if is_wrong.any():
        place = int(is_wrong.argmax())
        raise ValueError(f"the confidence of item {place + 1:,} is {found[place]:g}; it lies outside 0 to 1")
    return found


def _truths(given: Truths) -> NDArray[np.bool_]:
    found = np.asarray(given)
    if found.ndim != 1 or found.dtype.kind not in "biufO":
        raise ValueError(f"truths are True or False, one an item; given are {_shown(found)}")
    is_right, is_wrong = np.asarray(found == 1, dtype=bool), np.asarray(found == 0, dtype=bool)
    if not (is_right | is_wrong).all():
        place = int((is_right | is_wrong).argmin())
        raise ValueError(f"the truth of item {place + 1:,} is {found[place]!r:.60}, allowed is True or False")
    return is_right


def _shown(values: NDArray[Any]) -> str:
    if values.ndim != 1:
        return f"values of shape {values.shape}"
    return f"others, such as {values[0].item()!r:.60}"
