"""Near pairs among different texts, gathered while they are found."""

import heapq
from dataclasses import dataclass, field

PAIRS_KEPT = 100
"""Near pairs kept to show. A set made from one template has millions, and all say the same."""

TOLERANCE = 1e-12
"""Rounding of a similarity that lies right at the threshold."""


@dataclass(slots=True)
class NearPairs:
    """What has been found."""

    method: str = ""
    """How, in words."""
    n_pairs: int | None = 0
    """How many near pairs there are; None where not every pair was compared."""
    links: list[tuple[int, int]] = field(default_factory=list)
    """Near pairs by the places of their texts, enough to connect all that is near."""
    strongest: list[tuple[float, int, int]] = field(default_factory=list)
    """The strongest pairs, similarity first."""

    def keep(self, pairs: list[tuple[float, int, int]]) -> None:
        """Takes pairs in, and lets the weakest go where there are many."""
        self.strongest += pairs
        if len(self.strongest) > 20 * PAIRS_KEPT:
            self.strongest = heapq.nlargest(PAIRS_KEPT, self.strongest, key=lambda pair: (pair[0], -pair[1], -pair[2]))
