"""Principal components: the few directions in which items differ most."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arrays import as_kernel
from .undefined import UndefinedReading


def principal_components(likeness: ArrayLike, components: int = 2) -> NDArray[np.float64]:
    """The places of items on the axes along which they differ most, from their likeness alone.

    For cosines these are the principal components of the unit vectors.

    Args:
        likeness: Likeness of each pair of items, shape (n_items, n_items), symmetric, 1 on the diagonal.
        components: How many axes, at least 1.

    Returns:
        Shape (n_items, components), the axis of the largest spread first, the mean of each 0; 0 throughout on axes that
        the items do not need. The sign of an axis is free: the item farthest from its middle gets the positive side.

    Raises:
        UndefinedReading: There are fewer than two items.
        ValueError: The likeness is no symmetric square of finite numbers with 1 on its diagonal, or no axis is asked
            for.

    Source:
        W. S. Torgerson (1952), Multidimensional Scaling: I. Theory and Method, Psychometrika 17:401-419.
    """
    pairs = as_kernel(likeness)
    if (n := len(pairs)) < 2:
        raise UndefinedReading(f"{n} item{'s' if n != 1 else ''} cannot differ, it takes two")
    if components < 1:
        raise ValueError(f"{components} components are asked for, allowed is 1 and more")
    means = pairs.mean(axis=0)
    centred = pairs - means - means[:, np.newaxis] + means.mean()
    values, directions = np.linalg.eigh(centred)
    used = min(components, n)
    places = np.zeros((n, components))
    # Values come smallest first; what rounding leaves of a 0 is no spread.
    spread = np.where(values > 1e-12 * n, values, 0)[::-1][:used]
    places[:, :used] = directions[:, ::-1][:, :used] * np.sqrt(spread)
    farthest = places[np.abs(places).argmax(axis=0), np.arange(components)]
    return places * np.where(farthest < 0, -1.0, 1.0)
