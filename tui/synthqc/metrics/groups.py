"""Groups of connected things: disjoint sets with union by relabelling."""

from collections import defaultdict


class Groups:
    """Positions 0 to n - 1, each in a group of its own until joined (disjoint-set forest, path halving)."""

    def __init__(self, n: int) -> None:
        self._parent = list(range(n))

    def root(self, position: int) -> int:
        """The position that stands for the group."""
        parent = self._parent
        while parent[position] != position:
            parent[position] = parent[parent[position]]
            position = parent[position]
        return position

    def join(self, first: int, second: int) -> None:
        """Makes one group of two."""
        self._parent[self.root(second)] = self.root(first)

    def larger_than_one(self) -> list[tuple[int, ...]]:
        """The groups of at least two positions, largest first."""
        members: defaultdict[int, list[int]] = defaultdict(list)
        for position in range(len(self._parent)):
            members[self.root(position)].append(position)
        groups = [tuple(group) for group in members.values() if len(group) > 1]
        return sorted(groups, key=lambda group: (-len(group), group))
