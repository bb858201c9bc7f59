"""Exact and near duplicates: records that say the same thing in the same, or almost the same, characters."""

import itertools
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .undefined import UndefinedReading

EXACT_LIMIT = 3_000
"""Different records up to which every pair is compared; beyond it MinHash LSH proposes the pairs to compare."""

PERMUTATIONS = 128
"""Hash functions of a MinHash signature."""

LSH_SEED = 1
"""Seed of the MinHash permutations."""

FOUND = 0.99
"""Chance with which the bands find a pair that lies at the threshold."""


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
    """Near pairs of different records, most alike first; of equal records only the first stands in pairs."""
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
    together = len(first | second)
    if together == 0:
        raise UndefinedReading("two empty sets have no similarity")
    return len(first & second) / together


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
    firsts = [positions[0] for positions in same.values()]
    if len(same) <= exact_limit:
        found, method = _every_pair(list(same), threshold, shingle), "every pair compared"
    else:
        found, method = _proposed_pairs(list(same), threshold, shingle, watch or (lambda _done, _of: None))
    pairs = [Pair(min(firsts[a], firsts[b]), max(firsts[a], firsts[b]), similarity) for a, b, similarity in found]
    exact = [tuple(positions) for positions in same.values() if len(positions) > 1]
    return Duplicates(
        exact=tuple(sorted(exact, key=lambda group: (-len(group), group))),
        pairs=tuple(sorted(pairs, key=lambda pair: (-pair.similarity, pair.first, pair.second))),
        groups=_groups(exact, pairs),
        empty=tuple(empty),
        method=method,
    )


Found = list[tuple[int, int, float]]


def _every_pair(texts: list[str], threshold: float, size: int) -> Found:
    """All pairs at or above the threshold, exactly, by counting shared shingles from an inverted index."""
    sets = [shingles(text, size) for text in texts]
    numbers = {one: number for number, one in enumerate(dict.fromkeys(itertools.chain.from_iterable(sets)))}
    coded = [np.fromiter(map(numbers.__getitem__, each), dtype=np.int64, count=len(each)) for each in sets]
    lengths = np.array([len(each) for each in sets])
    codes = np.concatenate(coded)
    holders = np.repeat(np.arange(len(sets)), lengths)[np.argsort(codes, kind="stable")]
    counts = np.bincount(codes, minlength=len(numbers))
    ends = np.cumsum(counts)
    starts = ends - counts
    found: Found = []
    for position, own in enumerate(coded):
        # A shingle that stands in no other record adds nothing.
        shared = own[counts[own] > 1]
        if shared.size < threshold * own.size - 1e-9:
            continue
        slices = zip(starts[shared].tolist(), ends[shared].tolist(), strict=True)
        common = np.bincount(np.concatenate([holders[start:end] for start, end in slices]), minlength=len(sets))
        similarity = common / (lengths[position] + lengths - common)
        similarity[: position + 1] = 0
        found += [
            (position, other, float(similarity[other])) for other in np.nonzero(similarity >= threshold)[0].tolist()
        ]
    return found


def bands_for(threshold: float) -> tuple[int, int]:
    """Bands and rows for MinHash LSH: the most rows with which a pair at the threshold is found with chance `FOUND`.

    Args:
        threshold: Jaccard similarity, above 0 and up to 1.

    Returns:
        Bands and rows; their product is at most `PERMUTATIONS`.
    """
    for rows in range(PERMUTATIONS, 1, -1):
        bands = PERMUTATIONS // rows
        if chance_found(threshold, bands, rows) >= FOUND:
            return bands, rows
    return PERMUTATIONS, 1


def chance_found(similarity: float, bands: int, rows: int) -> float:
    """Chance that a pair of that similarity agrees in at least one band: 1 - (1 - s^r)^b.

    Source:
        J. Leskovec, A. Rajaraman, J. Ullman, Mining of Massive Datasets, 3rd ed. (2020), section 3.4.2.
    """
    return float(1.0 - (1.0 - similarity**rows) ** bands)


def _proposed_pairs(
    texts: list[str], threshold: float, size: int, watch: Callable[[int, int], None]
) -> tuple[Found, str]:
    """Pairs that MinHash LSH proposes, each checked by its exact similarity."""
    import datasketch

    bands, rows = bands_for(threshold)
    # Everything is set: the package's own choice of bands misses most pairs that lie at the threshold.
    index = datasketch.MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, params=(bands, rows))
    sets = [shingles(text, size) for text in texts]
    found: Found = []
    for start in range(0, len(sets), _BATCH):
        watch(start, len(sets))
        batch = [[one.encode("utf-8", "replace") for one in each] for each in sets[start : start + _BATCH]]
        signatures = datasketch.MinHash.bulk(batch, num_perm=PERMUTATIONS, seed=LSH_SEED, scheme="affine32")
        for position, signature in enumerate(signatures, start=start):
            for other in index.query(signature):
                similarity = jaccard(sets[other], sets[position])
                if similarity >= threshold - 1e-12:
                    found.append((other, position, similarity))
            index.insert(position, signature)
    watch(len(sets), len(sets))
    missed = 1 - chance_found(threshold, bands, rows)
    method = (
        f"pairs proposed by MinHash LSH ({bands} bands of {rows} rows, seed {LSH_SEED}) and checked exactly; "
        f"a pair right at {threshold:g} is missed with chance {missed:.1%}"
    )
    return found, method


_BATCH = 500
"""Records hashed between two looks at the watch."""


def _groups(exact: list[tuple[int, ...]], pairs: list[Pair]) -> tuple[tuple[int, ...], ...]:
    parent: dict[int, int] = {}

    def root(position: int) -> int:
        while parent.setdefault(position, position) != position:
            parent[position] = parent[parent[position]]
            position = parent[position]
        return position

    links = [(group[0], other) for group in exact for other in group[1:]]
    for first, second in (*links, *((pair.first, pair.second) for pair in pairs)):
        parent[root(second)] = root(first)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for position in parent:
        members[root(position)].append(position)
    return tuple(sorted((tuple(sorted(group)) for group in members.values()), key=lambda group: (-len(group), group)))
