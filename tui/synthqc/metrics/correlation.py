"""Correlation of two columns of numbers: of their values, and of their ranks."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .undefined import UndefinedReading


def as_numbers(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """A column of finite numbers.

    Args:
        values: Numbers, shape (n_items,).
        name: What they are, for the message.

    Raises:
        ValueError: They are no column of numbers, or hold NaN or infinity.
    """
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name} must be numbers: {error}") from error
    if numbers.ndim != 1:
        raise ValueError(f"{name} must be a column of numbers, what was given has {numbers.ndim} dimensions")
    if not np.isfinite(numbers).all():
        raise ValueError(f"{name} must be finite numbers, NaN or infinity was given")
    return numbers


def ranks(values: ArrayLike) -> NDArray[np.float64]:
    """Ranks from 1 for the smallest; equal values share the mean of their ranks.

    Args:
        values: Finite numbers, shape (n_items,).

    Raises:
        ValueError: They are no column of finite numbers.
    """
    numbers = as_numbers(values, "the values")
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    is_first = np.concatenate(([True], ordered[1:] != ordered[:-1])) if numbers.size else np.empty(0, bool)
    starts = np.flatnonzero(is_first)
    ends = np.append(starts[1:], numbers.size)
    shared = (starts + 1 + ends) / 2
    found = np.empty(numbers.size)
    found[order] = np.repeat(shared, ends - starts)
    return found


def pearson(first: ArrayLike, second: ArrayLike) -> float:
    """How nearly two columns lie on a straight line (Pearson's r).

    Args:
        first: Finite numbers, shape (n_items,). Swapping the columns changes nothing.
        second: As many, of the same items in the same order.

    Returns:
        r, unitless, from -1 to 1: 1 on a rising line, 0 where neither tells anything of the other along a line.

    Raises:
        UndefinedReading: There are fewer than two items, or a column has one and the same value throughout (0/0).
        ValueError: The columns differ in length, or hold what is no finite number.

    Source:
        K. Pearson (1895), Proceedings of the Royal Society 58:240-242, doi:10.1098/rspl.1895.0041.
    """
    one, other = as_numbers(first, "the first column"), as_numbers(second, "the second column")
    if one.size != other.size:
        raise ValueError(f"the columns have {one.size} and {other.size} numbers, they need as many")
    if one.size < 2:
        raise UndefinedReading(f"a correlation needs two items or more, there {_counted(one.size)}")
    for name, column in (("first", one), ("second", other)):
        if column.min() == column.max():
            raise UndefinedReading(f"the {name} column has the same value throughout, so nothing can go with it")
    one, other = _centred(one), _centred(other)
    return float(np.clip(one @ other / np.sqrt((one @ one) * (other @ other)), -1, 1))


def _counted(items: int) -> str:
    return "is one" if items == 1 else "is none"


def _centred(column: NDArray[np.float64]) -> NDArray[np.float64]:
    """The column with mean 0, scaled so that no square overflows or vanishes."""
    scaled = column / np.abs(column).max()
    centred = scaled - scaled.mean()
    return np.asarray(centred / np.abs(centred).max(), dtype=np.float64)


def spearman(first: ArrayLike, second: ArrayLike) -> float:
    """How nearly two columns put items in the same order (Spearman's rho): Pearson's r of their ranks.

    Args:
        first: Finite numbers, shape (n_items,). Any rising function of them gives the same value.
        second: As many, of the same items in the same order.

    Returns:
        rho, unitless, from -1 to 1: 1 for the same order, -1 for the opposite one. Ties share the mean of their ranks.

    Raises:
        UndefinedReading: There are fewer than two items, or a column has one and the same value throughout.
        ValueError: The columns differ in length, or hold what is no finite number.

    Source:
        C. Spearman (1904), American Journal of Psychology 15(1):72-101, doi:10.2307/1412159.
    """
    return pearson(ranks(first), ranks(second))
