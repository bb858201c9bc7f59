"""The Vendi Score: the effective number of different items in a set."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arrays import as_kernel, as_vectors
from .undefined import UndefinedReading

_BLOCK = 4096
"""Vectors that are multiplied in one go, so that memory grows with the dimensions and not with the items."""

_NONE = 1e-12
"""Rounding leaves eigenvalues of about 1e-17, of either sign, where the true value is 0; so small ones count as 0."""

_NEAR_ONE = 0.5
"""Distance from order 1 within which the entropy is computed from what it differs from 1; farther off by logarithms."""


def vendi_score(kernel: ArrayLike, order: float = 1) -> float:
    """The exponential of the Rényi entropy of the eigenvalues of a kernel divided by the number of items.

    Args:
        kernel: Similarity of each pair of items, shape (n_items, n_items): symmetric, positive semi-definite, 1 on the
            diagonal.
        order: The order q, from 0 to infinity: 1 is the Vendi Score proper, smaller ones give rare items more weight
            (0 counts dimensions, however thin), infinity counts only the largest heap.

    Returns:
        Between 1 (all alike) and n (no two alike at all).

    Raises:
        UndefinedReading: There is no item.
        ValueError: The order is negative or NaN; the kernel is not square, not symmetric, not positive semi-definite,
            holds NaN or infinity, or its diagonal is not 1.

    Source:
        D. Friedman and A. B. Dieng (2023), The Vendi Score, TMLR, arXiv:2210.02410, definition 3.1; for other
        orders A. Pasarkar and A. B. Dieng (2024), Cousins of the Vendi Score, arXiv:2310.12952.
    """
    square = as_kernel(kernel)
    if not len(square):
        raise UndefinedReading("there are no items to compare")
    shares = np.linalg.eigvalsh(square / len(square))
    # Rounding of vectors of 32 bits stays far below; a real negative share would make the others exceed 1.
    if shares[0] < -1e-6:
        raise ValueError(
            f"the kernel is not positive semi-definite: its least eigenvalue is {shares[0] * len(square):.3g}"
        )
    return effective_number(np.clip(shares, 0, None), order)


def vendi_score_of_vectors(vectors: ArrayLike, order: float = 1) -> float:
    """The Vendi Score of items under the cosine of their vectors, without comparing each pair.

    The kernel of n items in d dimensions has the eigenvalues of a matrix of d by d and beyond them only zeros. So where
    items outnumber dimensions, that smaller matrix is taken: O(n d^2) instead of O(n^3), and the same number.

    Args:
        vectors: Shape (n_items, n_dimensions), of any length; a row of zeros is like nothing but itself.
        order: The order, as in `vendi_score`.

    Returns:
        Between 1 and n: `vendi_score` of the cosines, to 1e-9.

    Raises:
        UndefinedReading: There is no item.
        ValueError: The order is negative or NaN, or the vectors are no table of finite numbers.

    Source:
        D. Friedman and A. B. Dieng (2023), The Vendi Score, TMLR, arXiv:2210.02410, section 3.1 on embeddings.
    """
    rows = as_vectors(vectors)
    n, dimensions = rows.shape
    if not n:
        raise UndefinedReading("there are no items to compare")
    # Divided by the largest entry first, so that squares neither overflow nor vanish.
    largest = np.maximum(rows.max(axis=1, initial=0), -rows.min(axis=1, initial=0))
    known = np.flatnonzero(largest)
    unknown = np.full(n - known.size, 1 / n)
    size = min(known.size, dimensions)
    products = np.zeros((size, size))
    if known.size <= dimensions:
        directions = _directions(rows[known], largest[known])
        products = directions @ directions.T
    else:
        for start in range(0, known.size, _BLOCK):
            block = known[start : start + _BLOCK]
            directions = _directions(rows[block], largest[block])
            products += directions.T @ directions
    shares = np.linalg.eigvalsh(products / n) if size else np.empty(0)
    return effective_number(np.concatenate((np.clip(shares, 0, None), unknown)), order)


def _directions(rows: NDArray[np.float64], largest: NDArray[np.float64]) -> NDArray[np.float64]:
    scaled = rows / largest[:, np.newaxis]
    lengths: NDArray[np.float64] = np.linalg.norm(scaled, axis=1, keepdims=True)
    return scaled / lengths


def effective_number(shares: ArrayLike, order: float) -> float:
    """The Hill number of shares: the exponential of their Rényi entropy.

    Args:
        shares: Shape (n_kinds,), each at least 0, together 1.
        order: From 0 to infinity: 0 counts the kinds, 1 is the exponential of Shannon's entropy, 2 the inverse of the
            chance that two draws are of one kind, infinity the inverse of the largest share.

    Returns:
        Between 1 (all of one kind) and the number of kinds (all equally often).

    Raises:
        UndefinedReading: There is no share.
        ValueError: The order is negative or NaN; a share is negative or not finite, or they do not add up to 1.

    Source:
        M. O. Hill (1973), Diversity and Evenness, Ecology 54(2):427-432, doi:10.2307/1934352.
    """
    if not order >= 0:
        raise ValueError(f"the order is {order:g}, allowed is 0 and more")
    try:
        given = np.asarray(shares, dtype=np.float64).ravel()
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"shares must be numbers from 0 to 1: {error}") from error
    if not given.size:
        raise UndefinedReading("there are no shares to count")
    if not (np.isfinite(given).all() and (given >= 0).all() and abs(given.sum() - 1) < 1e-4):
        raise ValueError("shares must be numbers from 0 to 1 that add up to 1")
    positive = given[given > _NONE]
    positive = positive / positive.sum()
    if order == 0:
        return float(positive.size)
    if math.isinf(order):
        return float(1 / positive.max())
    return float(np.exp(_entropy(positive, order)))


def _entropy(shares: NDArray[np.float64], order: float) -> float:
    """The Rényi entropy in nats; of Shannon at order 1."""
    logs = np.log(shares)
    distance = order - 1
    if distance == 0:
        return -float(np.sum(shares * logs))
    if abs(distance) < _NEAR_ONE:
        return -float(np.log1p(np.sum(shares * np.expm1(distance * logs)))) / distance
    top = logs.max()
    with np.errstate(over="ignore"):
        rest = np.log(np.sum(np.exp(order * (logs - top))))
    return float(order / -distance * top + rest / -distance)
