"""Exact and near duplicates: records that say the same thing in the same, or almost the same, characters."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from .allpairs import every_pair
from .equality import equal_records
from .groups import Groups
from .nearpairs import PAIRS_KEPT
from .proposals import proposed_pairs
from .texts import check_texts
from .undefined import UndefinedReading
from .whole import is_whole

EXACT_LIMIT = 10_000
"""Different records up to which every pair is compared; beyond it MinHash LSH proposes the pairs to compare."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records and how alike they are."""

    first: int
    """Position of the earlier record."""
    second: int
    """Position of the later record."""
    similarity: float
    """Jaccard similarity of their shingle sets, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What repeats in a set of records."""

    exact: tuple[tuple[int, ...], ...]
    """Groups of equal records, by position."""
    pairs: tuple[Pair, ...]
    """The strongest near pairs of different records, most alike first, at most `PAIRS_KEPT`; of equal records only
    the first stands in pairs."""
    n_pairs: int | None
    """How many near pairs there are; None where not every pair was compared."""
    groups: tuple[tuple[int, ...], ...]
    """Groups of records connected by equality or nearness, largest first."""
    empty: tuple[int, ...]
    """Records without text: a finding of their own, no duplicates of each other."""
    method: str
    """`every pair compared`, or how the pairs were proposed and with which chance one is missed."""

    @property
    def repeating(self) -> int:
        """Records that have a copy or near copy elsewhere in the set."""
        return sum(len(group) for group in self.groups)


def jaccard(first: set[str], second: set[str]) -> float:
    """Shared elements over all elements of two sets, 0 to 1.

    Raises:
        UndefinedReading: Both sets are empty.

    Source:
        P. Jaccard (1912), The Distribution of the Flora in the Alpine Zone, New Phytologist 11(2):37-50.
    """
    common = len(first & second)
    together = len(first) + len(second) - common
    if together == 0:
        raise UndefinedReading("two empty sets have no similarity")
    return common / together


def duplicates_of(
    records: Sequence[str],
    *,
    threshold: float = 0.8,
    shingle: int = 5,
    exact_limit: int | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> Duplicates:
    """Exact and near duplicates of a set of records.

    Args:
        records: Texts, in order.
        threshold: Jaccard similarity from which two records are near, above 0 and up to 1.
        shingle: Characters in a shingle, at least 1.
        exact_limit: Different records up to which every pair is compared; `EXACT_LIMIT` where none is given.
        watch: Told (done, of) now and then; may raise to stop.

    Raises:
        UndefinedReading: No record has text.
        ValueError: Threshold or shingle out of range, or a record is no text.

    Source:
        A. Broder (1997), On the resemblance and containment of documents, doi:10.1109/SEQUEN.1997.666900: shingles,
        resemblance and MinHash.
    """
    if not 0 < threshold <= 1 or not is_whole(shingle) or shingle < 1:
        raise ValueError(f"threshold {threshold} and shingle {shingle}: allowed are above 0 to 1, and 1 and more")
    check_texts(records)
    equal = equal_records(records)
    if not equal.firsts.size:
        raise UndefinedReading("there is no text to compare")
    firsts = equal.firsts.tolist()
    texts = _Picked(records, firsts)
    limit = EXACT_LIMIT if exact_limit is None else exact_limit
    compare = every_pair if len(texts) <= limit else proposed_pairs
    found = compare(texts, threshold, shingle, watch or (lambda _done, _of: None))
    groups = Groups(len(records))
    for position in equal.copies.tolist():
        groups.join(int(equal.first_of[position]), position)
    for first, second in found.links:
        groups.join(firsts[first], firsts[second])
    pairs = [
        Pair(min(firsts[a], firsts[b]), max(firsts[a], firsts[b]), similarity) for similarity, a, b in found.strongest
    ]
    return Duplicates(
        exact=equal.groups(),
        pairs=tuple(sorted(pairs, key=lambda pair: (-pair.similarity, pair.first, pair.second))[:PAIRS_KEPT]),
        n_pairs=found.n_pairs,
        groups=tuple(groups.larger_than_one()),
        empty=tuple(np.flatnonzero(equal.first_of < 0).tolist()),
        method=found.method,
    )


class _Picked(Sequence[str]):
    """Some records, taken from where they are when they are asked for."""

    def __init__(self, records: Sequence[str], positions: list[int]) -> None:
        self._records = records
        self._positions = positions

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, place: int, /) -> str: ...
    @overload
    def __getitem__(self, place: slice, /) -> list[str]: ...
    def __getitem__(self, place: int | slice, /) -> str | list[str]:
        if isinstance(place, slice):
            return [self._records[position] for position in self._positions[place]]
        return self._records[self._positions[place]]

    def __iter__(self) -> Iterator[str]:
        """In one go, because records that lie in a file are quicker to read in order."""
        picked = np.zeros(len(self._records), dtype=bool)
        picked[self._positions] = True
        return itertools.compress(self._records, picked.tolist())
