"""Arrays as metrics on vectors take them: lists or NumPy arrays, looked at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

_ROUNDING = 1e-6
"""Entries of a kernel this near each other count as equal: products of vectors of 32 bits differ by as much."""

_BLOCK = 128
"""Rows that are held against their columns in one go, so that both stay in the processor's cache."""


def as_vectors(values: ArrayLike) -> NDArray[np.float64]:
    """Vectors as an array of items by dimensions.

    Args:
        values: One row of numbers per item, all of one length; none for no items.

    Raises:
        ValueError: It is no table of numbers, or holds NaN or infinity.
    """
    return _table(values, "the vectors")


def as_kernel(values: ArrayLike) -> NDArray[np.float64]:
    """Likeness of each pair of items as a square array.

    Args:
        values: Shape (n_items, n_items), symmetric, 1 on the diagonal; none for no items.

    Raises:
        ValueError: It is no table of numbers, holds NaN or infinity, is not square, not symmetric, or has another
            number than 1 on its diagonal.
    """
    kernel = _table(values, "the kernel")
    rows, columns = kernel.shape
    if rows != columns:
        raise ValueError(f"the kernel has {rows} rows and {columns} columns, it needs as many of both")
    if not np.allclose(np.diagonal(kernel), 1):
        raise ValueError("the kernel needs 1 on its diagonal: every item is like itself")
    if not all(_is_mirrored(kernel, start) for start in range(0, rows, _BLOCK)):
        raise ValueError("the kernel is not symmetric: two items have to be as alike either way round")
    return kernel


def _is_mirrored(kernel: NDArray[np.float64], start: int) -> bool:
    stop = start + _BLOCK
    return bool(np.abs(kernel[start:stop, start:] - kernel[start:, start:stop].T).max() <= _ROUNDING)


def _table(values: ArrayLike, name: str) -> NDArray[np.float64]:
    try:
        table = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name} must be rows of numbers, all of one length") from error
    if table.ndim == 1 and not table.size:
        table = table.reshape(0, 0)
    if table.ndim != 2:
        raise ValueError(f"{name} must be rows of numbers, what was given has {table.ndim} dimensions")
    if not np.isfinite(table).all():
        raise ValueError(f"{name} must be finite numbers, NaN or infinity was given")
    return table
