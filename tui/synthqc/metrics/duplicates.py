"""Exact and near duplicates: records that say the same thing in the same, or almost the same, characters."""

import functools
import heapq
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .groups import Groups
from .minhash import SEED, bands_for, candidates, chance_found, signatures
from .undefined import UndefinedReading

EXACT_LIMIT = 10_000
"""Different records up to which every pair is compared; beyond it MinHash LSH proposes the pairs to compare."""

PAIRS_KEPT = 100
"""Near pairs kept to show. A set made from one template has millions, and all say the same."""


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


def normalised(record: str) -> str:
    """The text as it counts for equality: compatibility forms unified, lower-cased, white space folded."""
    return " ".join(unicodedata.normalize("NFKC", record).lower().split())


def shingles(text: str, size: int) -> set[str]:
    """The runs of `size` characters of a normalised text; a shorter text is its own shingle."""
    if len(text) <= size:
        return {text}
    return {text[start : start + size] for start in range(len(text) - size + 1)}


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
    exact_limit: int = EXACT_LIMIT,
    watch: Callable[[int, int], None] | None = None,
) -> Duplicates:
    """Exact and near duplicates of a set of records.

    Args:
        records: Texts, in order.
        threshold: Jaccard similarity from which two records are near, above 0 and up to 1.
        shingle: Characters in a shingle, at least 1.
        exact_limit: Different records up to which every pair is compared.
        watch: Told (done, of) now and then; may raise to stop.

    Raises:
        UndefinedReading: No record has text.
        ValueError: Threshold or shingle out of range.

    Source:
        A. Broder (1997), On the resemblance and containment of documents, doi:10.1109/SEQUEN.1997.666900: shingles,
        resemblance and MinHash.
    """
    if not 0 < threshold <= 1 or shingle < 1:
        raise ValueError(f"threshold {threshold} and shingle {shingle}: allowed are above 0 to 1, and 1 and more")
    same: dict[str, list[int]] = {}
    empty = []
    for position, record in enumerate(records):
        text = normalised(record)
        if text:
            same.setdefault(text, []).append(position)
        else:
            empty.append(position)
    if not same:
        raise UndefinedReading("there is no text to compare")
    told = watch or (lambda _done, _of: None)
    is_small = len(same) <= exact_limit
    found = (_every_pair if is_small else _proposed_pairs)(list(same), threshold, shingle, told)
    firsts = [positions[0] for positions in same.values()]
    groups = Groups(len(records))
    for positions in same.values():
        for other in positions[1:]:
            groups.join(positions[0], other)
    for first, second in found.links:
        groups.join(firsts[first], firsts[second])
    pairs = [Pair(min(firsts[a], firsts[b]), max(firsts[a], firsts[b]), similarity) for similarity, a, b in found.pairs]
    exact = [tuple(positions) for positions in same.values() if len(positions) > 1]
    return Duplicates(
        exact=tuple(sorted(exact, key=lambda group: (-len(group), group))),
        pairs=tuple(sorted(pairs, key=lambda pair: (-pair.similarity, pair.first, pair.second))[:PAIRS_KEPT]),
        n_pairs=found.n_pairs,
        groups=tuple(groups.larger_than_one()),
        empty=tuple(empty),
        method=found.method,
    )


@dataclass(slots=True)
class _Found:
    """Near pairs among different texts."""

    method: str
    n_pairs: int | None = 0
    links: list[tuple[int, int]] = field(default_factory=list)
    pairs: list[tuple[float, int, int]] = field(default_factory=list)

    def keep(self, pairs: list[tuple[float, int, int]]) -> None:
        """Keeps the strongest pairs."""
        self.pairs += pairs
        if len(self.pairs) > 20 * PAIRS_KEPT:
            self.pairs = heapq.nlargest(PAIRS_KEPT, self.pairs, key=lambda pair: (pair[0], -pair[1], -pair[2]))


def _every_pair(texts: list[str], threshold: float, size: int, watch: Callable[[int, int], None]) -> _Found:
    """All pairs at or above the threshold, exactly, by counting shared shingles from an inverted index."""
    index = _Index([shingles(text, size) for text in texts])
    found = _Found("every pair compared")
    joined = np.arange(len(texts))
    for position in range(len(texts)):
        if position % _LOOK_EVERY == 0:
            watch(position, len(texts))
        similarity = index.similarity(position, threshold)
        if similarity is None:
            continue
        others = np.flatnonzero(similarity >= threshold)
        found.n_pairs = (found.n_pairs or 0) + others.size
        strongest = others[np.argsort(-similarity[others], kind="stable")[:PAIRS_KEPT]]
        found.keep([(float(similarity[other]), position, int(other)) for other in strongest])
        # One link for each group that is met is enough to connect them.
        for other in others[np.unique(joined[others], return_index=True)[1]]:
            if joined[other] != joined[position]:
                found.links.append((position, int(other)))
                joined[joined == joined[other]] = joined[position]
    watch(len(texts), len(texts))
    return found


class _Index:
    """Which texts hold which shingles.

    Shingles that stand in the very same texts are counted as one with a weight: in texts from one template almost all
    do, and counting them one by one would take a hundred times as long.
    """

    def __init__(self, sets: list[set[str]]) -> None:
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for position, each in enumerate(sets):
            for one in each:
                holders[one].append(position)
        # A shingle that stands in no other text adds nothing.
        weights = Counter(tuple(texts) for texts in holders.values() if len(texts) > 1)
        self._columns = [np.array(texts) for texts in weights]
        self._weights = list(weights.values())
        self._own: list[list[int]] = [[] for _ in sets]
        for column, texts in enumerate(weights):
            for position in texts:
                self._own[position].append(column)
        self._lengths = np.array([len(each) for each in sets])

    def similarity(self, position: int, threshold: float) -> "np.ndarray[Any, np.dtype[np.float64]] | None":
        """Jaccard similarity with every later text, 0 for the others; None where no text can reach the threshold."""
        own = self._own[position]
        if sum(self._weights[column] for column in own) < threshold * self._lengths[position] - 1e-9:
            return None
        if not own:
            return None
        texts = np.concatenate([self._columns[column] for column in own])
        weights = np.repeat([self._weights[column] for column in own], [self._columns[column].size for column in own])
        common = np.bincount(texts, weights=weights, minlength=len(self._lengths))
        similarity: np.ndarray[Any, np.dtype[np.float64]] = common / (self._lengths[position] + self._lengths - common)
        similarity[: position + 1] = 0
        return similarity


_LOOK_EVERY = 25
"""Texts compared between two looks at the watch."""


def _proposed_pairs(texts: list[str], threshold: float, size: int, watch: Callable[[int, int], None]) -> _Found:
    """Pairs that MinHash LSH proposes, each checked by its exact similarity until two groups are known to touch."""
    bands, rows = bands_for(threshold)
    found = _Found("", n_pairs=None)
    groups = Groups(len(texts))
    shingles_of = functools.lru_cache(maxsize=_CACHED)(lambda position: shingles(texts[position], size))
    checked: set[tuple[int, int]] = set()
    for proposed in candidates(signatures(texts, size, watch), bands, rows):
        # Of each group that is met, one text stands for it.
        leaders: dict[int, int] = {}
        for position in map(int, proposed):
            for leader in list(leaders.values()):
                root = groups.root(position)
                if groups.root(leader) == root or (leader, position) in checked:
                    continue
                checked.add((leader, position))
                similarity = jaccard(shingles_of(leader), shingles_of(position))
                if similarity >= threshold - 1e-12:
                    groups.join(leader, position)
                    found.links.append((leader, position))
                    found.keep([(similarity, leader, position)])
            leaders.setdefault(groups.root(position), position)
    missed = 1 - chance_found(threshold, bands, rows)
    found.method = (
        f"pairs proposed by MinHash LSH ({bands} bands of {rows} rows, seed {SEED}) and checked exactly; "
        f"a pair right at {threshold:g} is missed with chance {missed:.1%}"
    )
    return found


_CACHED = 4096
"""Shingle sets kept at hand while proposed pairs are checked."""
