"""Topics: groups of lines by their words, and how evenly the lines spread over them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .undefined import UndefinedReading
from .vectors import Weights, weights_of
from .words import Text, Words, as_words, numbered

RUNS = 3
"""Starts of the grouping, of which the best is kept."""

_STEPS = 50


@dataclass(frozen=True, slots=True)
class Topic:
    """Lines that belong together."""

    members: tuple[int, ...]
    """Their positions, the most typical first."""
    words: tuple[str, ...]
    """The words of theirs that outweigh what they weigh in all lines the most, first the one that does so the most."""


@dataclass(frozen=True, slots=True)
class _Grouping:
    """Lines by centres: how like each line is to each centre, and the centre that each line belongs to."""

    labels: NDArray[np.int64]
    centres: NDArray[np.float64]
    likeness: NDArray[np.float64]

    @property
    def fit(self) -> float:
        """Likeness of the lines to their own centres, all together: what the grouping makes as large as it can."""
        return float(self.likeness[np.arange(self.labels.size), self.labels].sum())


def topics_of(records: Text, k: int, *, seed: int = 0, words: int = 5) -> list[Topic]:
    """Groups lines into at most k topics by spherical k-means on their TF-IDF vectors, largest topic first.

    Only the words that lines have are multiplied, so that time grows with the text and not with its vocabulary.

    Args:
        records: The words of lines, as lists of strings or coded; each line with at least one word.
        k: Topics to look for, at least 1; fewer are found where lines are fewer or alike.
        seed: Draws the starts.
        words: Words to name a topic by, at least 0.

    Returns:
        Topics that share out the lines: each line is in one, and none is empty.

    Raises:
        UndefinedReading: There is no line.
        ValueError: No topic is asked for, or a line has no word.

    Source:
        I. Dhillon and D. Modha (2001), Concept Decompositions for Large Sparse Text Data Using Clustering, Machine
        Learning 42:143-175.
    """
    text = as_words(records)
    if not text.records:
        raise UndefinedReading("there are no words to group by")
    if k < 1:
        raise ValueError(f"{k} topics are asked for, allowed is 1 and more")
    if not text.lengths.all():
        raise ValueError(f"line {int(text.lengths.argmin()) + 1} has no word to group it by; leave it out")
    weights = weights_of(text)
    chance = np.random.default_rng(seed)
    found = max((_grouped(weights, text.records, min(k, text.records), chance) for _ in range(RUNS)), key=_fit)
    total = np.bincount(weights.columns, weights.values)
    # What weighs everywhere, such as "the", names no topic.
    overall = total / np.linalg.norm(total)
    firsts = _firsts(text)
    topics = []
    for label in range(len(found.centres)):
        members = np.flatnonzero(found.labels == label)
        if members.size:
            typical = members[np.argsort(-found.likeness[members, label], kind="stable")]
            centre = found.centres[label]
            heaviest = np.argsort(overall - centre, kind="stable")[:words]
            heaviest = heaviest[centre[heaviest] > 0]
            topics.append(Topic(tuple(map(int, typical)), _spelled(text, firsts[heaviest])))
    return sorted(topics, key=lambda topic: (-len(topic.members), topic.members))


def _fit(grouping: _Grouping) -> float:
    return grouping.fit


def _grouped(weights: Weights, n: int, k: int, chance: np.random.Generator) -> _Grouping:
    """One run, until no line moves."""
    centres = np.array([_line(weights, start) for start in _starts(weights, n, k, chance)])
    labels = np.full(n, -1)
    for _ in range(_STEPS):
        likeness = _likeness(weights, n, centres)
        nearest = likeness.argmax(axis=1)
        if (nearest == labels).all():
            break
        labels = nearest
        sums = np.bincount(
            labels[weights.rows] * weights.frequency.size + weights.columns, weights.values, minlength=centres.size
        ).reshape(centres.shape)
        lengths = np.linalg.norm(sums, axis=1)
        # A centre that has lost its last line stays where it was.
        centres[lengths > 0] = sums[lengths > 0] / lengths[lengths > 0, np.newaxis]
    return _Grouping(labels, centres, _likeness(weights, n, centres))


def _line(weights: Weights, row: int) -> NDArray[np.float64]:
    """One line as a vector."""
    places = np.flatnonzero(weights.rows == row)
    line = np.zeros(weights.frequency.size)
    line[weights.columns[places]] = weights.values[places]
    return line


def _likeness(weights: Weights, n: int, centres: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cosine of each line and each centre, lines by centres."""
    columns = [np.bincount(weights.rows, weights.values * one[weights.columns], minlength=n) for one in centres]
    return np.stack(columns, axis=1)


def _starts(weights: Weights, n: int, k: int, chance: np.random.Generator) -> list[int]:
    """Starting lines, each drawn the likelier the farther it is from those before (k-means++)."""
    starts = [int(chance.integers(n))]
    nearest = np.full(n, -np.inf)
    while len(starts) < k:
        nearest = np.maximum(nearest, _likeness(weights, n, _line(weights, starts[-1])[np.newaxis])[:, 0])
        distances = np.clip(1 - nearest, 0, None) ** 2
        total = distances.sum()
        if total <= 1e-12:
            break
        starts.append(int(chance.choice(n, p=distances / total)))
    return starts + [starts[0]] * (k - len(starts))


def _firsts(text: Words) -> NDArray[np.int64]:
    """Where each word stands first."""
    numbers, different = numbered(text)
    firsts = np.empty(different, dtype=np.int64)
    # Of several places given to one word the last one stays, so they are given from the end.
    firsts[numbers[::-1]] = np.arange(numbers.size)[::-1]
    return firsts


def _spelled(text: Words, places: NDArray[np.int64]) -> tuple[str, ...]:
    """The words at some places."""
    owners = np.searchsorted(text.begins, places, side="right") - 1
    return tuple(
        text.split(int(owner))[int(place - text.begins[owner])] for owner, place in zip(owners, places, strict=True)
    )
