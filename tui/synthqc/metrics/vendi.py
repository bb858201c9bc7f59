"""The Vendi Score: the effective number of different items in a set."""

import math

import numpy as np
from numpy.typing import NDArray

from .undefined import UndefinedReading


def vendi_score(kernel: NDArray[np.float64], order: float = 1) -> float:
    """The exponential of the Rényi entropy of the eigenvalues of a kernel divided by the number of items.

    Args:
        kernel: Similarity of each pair of n items: symmetric, positive semi-definite, 1 on the diagonal.
        order: The order q, at least 0: 1 is the Vendi Score proper, smaller ones give rare items more weight,
            infinity counts only the largest heap.

    Returns:
        Between 1 (all alike) and n (no two alike at all).

    Raises:
        UndefinedReading: There is no item.
        ValueError: The order is negative, or the diagonal is not 1.

    Source:
        D. Friedman and A. B. Dieng (2023), The Vendi Score, TMLR, arXiv:2210.02410, definition 3.1; for other
        orders A. Pasarkar and A. B. Dieng (2024), Cousins of the Vendi Score, arXiv:2310.12952.
    """
    if kernel.shape[0] == 0:
        raise UndefinedReading("there are no items to count")
    if not np.allclose(np.diagonal(kernel), 1):
        raise ValueError("the kernel needs 1 on its diagonal: every item is like itself")
    return effective_number(np.linalg.eigvalsh(kernel / kernel.shape[0]), order)


def effective_number(shares: NDArray[np.float64], order: float) -> float:
    """The Hill number of shares that add up to 1: the exponential of their Rényi entropy.

    Raises:
        ValueError: The order is negative.
    """
    if order < 0:
        raise ValueError(f"the order is {order:g}, allowed is 0 and more")
    # Rounding leaves eigenvalues of about 1e-17, of either sign, where the true value is 0.
    positive = shares[shares > 1e-12]
    if math.isinf(order):
        return float(1 / positive.max())
    if order == 1:
        return float(np.exp(-np.sum(positive * np.log(positive))))
    return float(np.sum(positive**order) ** (1 / (1 - order)))
