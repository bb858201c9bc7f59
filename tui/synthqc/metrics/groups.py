"""Groups of connected things: disjoint sets."""

from array import array

import numpy as np
from numpy.typing import NDArray


class Groups:
    """Positions 0 to n - 1, each in a group of its own until joined (disjoint-set forest, path halving)."""

    def __init__(self, n: int) -> None:
        # Read one by one as an array, which is fast in Python, and all at once through NumPy, from the same memory.
        self._parent = array("q", range(n))
        self._parents = np.frombuffer(self._parent, dtype=np.int64) if n else np.empty(0, dtype=np.int64)

    def root(self, position: int) -> int:
        """The position that stands for the group."""
        parent = self._parent
        while parent[position] != position:
            parent[position] = parent[parent[position]]
            position = parent[position]
        return position

    def roots(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """The positions that stand for the groups of several."""
        while True:
            above = self._parents[positions]
            if np.array_equal(above, positions):
                return positions
            positions = above

    def join(self, first: int, second: int) -> None:
        """Makes one group of two."""
        self._parent[self.root(second)] = self.root(first)

    def larger_than_one(self) -> list[tuple[int, ...]]:
        """The groups of at least two positions, largest first."""
        roots = self.roots(np.arange(len(self._parent)))
        order = np.argsort(roots, kind="stable")
        breaks = np.flatnonzero(np.diff(roots[order])) + 1
        groups = [tuple(group.tolist()) for group in np.split(order, breaks) if group.size > 1]
        return sorted(groups, key=lambda group: (-len(group), group))
