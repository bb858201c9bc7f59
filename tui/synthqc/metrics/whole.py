"""Whole numbers, as counts are."""

from numbers import Integral


def is_whole(number: object) -> bool:
    """Is it a whole number of Python or NumPy? True is a truth, not one item."""
    return isinstance(number, Integral) and not isinstance(number, bool)
