"""Exact and near duplicates: records that say the same thing in the same, or almost the same, characters."""

import hashlib
import heapq
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from .groups import Groups
from .minhash import PERMUTATIONS, SEED, bands_for, chance_found, estimates, runs_in_bands, signatures
from .prefixes import is_first, pairs_to_compare
from .shingles import sets_of, similarities, similarities_of
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
    # ASCII has no compatibility forms, and asking takes a third of the time.
    return " ".join((record if record.isascii() else unicodedata.normalize("NFKC", record)).lower().split())


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
        ValueError: Threshold or shingle out of range.

    Source:
        A. Broder (1997), On the resemblance and containment of documents, doi:10.1109/SEQUEN.1997.666900: shingles,
        resemblance and MinHash.
    """
    if not 0 < threshold <= 1 or shingle < 1:
        raise ValueError(f"threshold {threshold} and shingle {shingle}: allowed are above 0 to 1, and 1 and more")
    same, empty = _grouped_by_equality(records)
    if not same:
        raise UndefinedReading("there is no text to compare")
    told = watch or (lambda _done, _of: None)
    firsts = [positions[0] for positions in same]
    texts = _Normalised(records, firsts)
    limit = EXACT_LIMIT if exact_limit is None else exact_limit
    found = (_every_pair if len(texts) <= limit else _proposed_pairs)(texts, threshold, shingle, told)
    groups = Groups(len(records))
    for positions in same:
        for other in positions[1:]:
            groups.join(positions[0], other)
    for first, second in found.links:
        groups.join(firsts[first], firsts[second])
    pairs = [Pair(min(firsts[a], firsts[b]), max(firsts[a], firsts[b]), similarity) for similarity, a, b in found.pairs]
    exact = [tuple(positions) for positions in same if len(positions) > 1]
    return Duplicates(
        exact=tuple(sorted(exact, key=lambda group: (-len(group), group))),
        pairs=tuple(sorted(pairs, key=lambda pair: (-pair.similarity, pair.first, pair.second))[:PAIRS_KEPT]),
        n_pairs=found.n_pairs,
        groups=tuple(groups.larger_than_one()),
        empty=tuple(empty),
        method=found.method,
    )


def _grouped_by_equality(records: Sequence[str]) -> tuple[list[list[int]], list[int]]:
    """Positions of equal records, together; and those of empty ones."""
    same: dict[bytes, list[int]] = {}
    empty = []
    for position, record in enumerate(records):
        text = normalised(record)
        if text:
            # By a digest of 16 bytes, so that memory does not grow with the text.
            digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            same.setdefault(digest, []).append(position)
        else:
            empty.append(position)
    return list(same.values()), empty


class _Normalised(Sequence[str]):
    """Different records as they count for equality, made when they are asked for."""

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
            return [normalised(self._records[position]) for position in self._positions[place]]
        return normalised(self._records[self._positions[place]])


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


_EXACTLY = "every pair compared"

_TOLERANCE = 1e-12
"""Rounding of a similarity that lies right at the threshold."""


def _every_pair(texts: Sequence[str], threshold: float, size: int, watch: Callable[[int, int], None]) -> _Found:
    """All pairs at or above the threshold, exactly."""
    watch(0, len(texts))
    normal = list(texts)
    sets = sets_of(normal, size)
    pairs = pairs_to_compare(sets, threshold)
    if pairs is None:
        return _counted_pairs(normal, threshold, size, watch)
    similarity = similarities(sets, pairs)
    is_near = similarity >= threshold - _TOLERANCE
    found = _Found(_EXACTLY, int(is_near.sum()))
    found.links = [(first, second) for first, second in pairs[is_near].tolist()]
    near = zip(similarity[is_near].tolist(), found.links, strict=True)
    found.keep([(alike, first, second) for alike, (first, second) in near])
    watch(len(texts), len(texts))
    return found


def _counted_pairs(texts: list[str], threshold: float, size: int, watch: Callable[[int, int], None]) -> _Found:
    """The same where many texts are alike: each text's shared shingles counted with all others at once."""
    index = _Index([shingles(text, size) for text in texts])
    found = _Found(_EXACTLY)
    joined = np.arange(len(texts))
    for position in range(len(texts)):
        if position % _LOOK_EVERY == 0:
            watch(position, len(texts))
        similarity = index.similarity(position, threshold)
        if similarity is None:
            continue
        others = np.flatnonzero(similarity >= threshold - _TOLERANCE)
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


def _proposed_pairs(texts: Sequence[str], threshold: float, size: int, watch: Callable[[int, int], None]) -> _Found:
    """Pairs that MinHash LSH proposes, each checked by its exact similarity until two groups are known to touch."""
    bands, rows = bands_for(threshold)
    checked = _Checked(texts, threshold, size, signatures(texts, size, watch))
    for number, (order, codes) in enumerate(runs_in_bands(checked.signatures, bands, rows)):
        watch(number, bands)
        _check_neighbours(checked, order, codes)
        _check_leaders(checked, order, codes)
        checked.end_band()
    watch(bands, bands)
    missed = 1 - chance_found(threshold, bands, rows) * _NOT_UNDERESTIMATED
    checked.found.method = (
        f"pairs proposed by MinHash LSH ({bands} bands of {rows} rows, seed {SEED}) and checked exactly; "
        f"a pair right at {threshold:g} is missed with chance {missed:.1%}"
    )
    return checked.found


MOST_NEIGHBOURS = 16
"""Texts that agree in a band up to which each is compared with each; in larger runs, with so many neighbours and
with so many leaders, so that a million texts from one template do not make a million million pairs."""


_NOT_UNDERESTIMATED = 0.99865
"""Chance that the estimate of a pair right at the threshold is no more than three standard errors below it."""


class _Checked:
    """What is known of proposed pairs."""

    def __init__(self, texts: Sequence[str], threshold: float, size: int, found: NDArray[np.uint32]) -> None:
        self.signatures = found
        self.groups = Groups(len(texts))
        self.found = _Found("", n_pairs=None)
        self._texts, self._threshold, self._size = texts, threshold - _TOLERANCE, size
        self._lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        self._rejected = np.empty(0, dtype=np.int64)
        self._rejected_now: list[NDArray[np.int64]] = []
        self._least = threshold - 3 * (threshold * (1 - threshold) / PERMUTATIONS) ** 0.5

    def check(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> None:
        """Joins the pairs that are near, of those that are in different groups and may be near by their signatures."""
        pairs = np.stack([np.minimum(first, second), np.maximum(first, second)], axis=1)
        pairs = pairs[self.groups.roots(pairs[:, 0]) != self.groups.roots(pairs[:, 1])]
        pairs = pairs[estimates(self.signatures, pairs) >= self._least]
        codes = pairs[:, 0] * len(self._texts) + pairs[:, 1]
        if self._rejected.size:
            places = np.minimum(np.searchsorted(self._rejected, codes), self._rejected.size - 1)
            is_new = self._rejected[places] != codes
            pairs, codes = pairs[is_new], codes[is_new]
        if not pairs.size:
            return
        similarity = similarities_of(self._texts, self._lengths, pairs, self._size)
        is_near = similarity >= self._threshold
        self._rejected_now.append(codes[~is_near])
        for alike, (one, other) in zip(similarity[is_near].tolist(), pairs[is_near].tolist(), strict=True):
            self.groups.join(one, other)
            self.found.links.append((one, other))
            self.found.keep([(alike, one, other)])

    def end_band(self) -> None:
        """Remembers what was rejected, so that later bands do not have it checked again."""
        self._rejected = np.sort(np.concatenate([self._rejected, *self._rejected_now]))
        self._rejected_now.clear()


def _check_neighbours(checked: _Checked, order: NDArray[np.int64], codes: NDArray[np.uint64]) -> None:
    """Checks each text with those that follow it in its run, the nearest first."""
    same = np.flatnonzero(codes[1:] == codes[:-1])
    for distance in range(1, MOST_NEIGHBOURS):
        if not same.size:
            return
        checked.check(order[same], order[same + distance])
        same = same[same + distance + 1 < codes.size]
        same = same[codes[same] == codes[same + distance + 1]]


def _check_leaders(checked: _Checked, order: NDArray[np.int64], codes: NDArray[np.uint64]) -> None:
    """Checks the texts of each long run with its first, those that are not in its group with the next, and so on."""
    begins = np.flatnonzero(is_first(codes))
    sizes = np.diff(np.append(begins, codes.size))
    is_long = np.repeat(sizes > MOST_NEIGHBOURS, sizes)
    left, runs = order[is_long], codes[is_long]
    for _ in range(MOST_NEIGHBOURS):
        leads = is_first(runs)
        leaders = left[leads][np.cumsum(leads) - 1]
        checked.check(leaders[~leads], left[~leads])
        is_apart = checked.groups.roots(left) != checked.groups.roots(leaders)
        left, runs = left[is_apart], runs[is_apart]
