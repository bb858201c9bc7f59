"""Topics: groups of lines by their words, and how evenly the lines spread over them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .undefined import UndefinedReading
from .vectors import tf_idf

RUNS = 3
"""Starts of the grouping, of which the best is kept."""

_STEPS = 50


@dataclass(frozen=True, slots=True)
class Topic:
    """Lines that belong together."""

    members: tuple[int, ...]
    """Their positions, the most typical first."""
    words: tuple[str, ...]
    """The words that weigh more in them than in all lines, heaviest first."""


def topics_of(records: Sequence[Sequence[str]], k: int, *, seed: int = 0, words: int = 5) -> list[Topic]:
    """Groups lines into at most k topics by spherical k-means on their TF-IDF vectors, largest topic first.

    Args:
        records: Tokenised lines, each with at least one word.
        k: Topics to look for, at least 1; fewer are found where lines are fewer or alike.
        seed: Draws the starts.
        words: Words to name a topic by.

    Raises:
        UndefinedReading: There is no line.
        ValueError: No topic is asked for.

    Source:
        I. Dhillon and D. Modha (2001), Concept Decompositions for Large Sparse Text Data Using Clustering, Machine
        Learning 42:143-175.
    """
    if not records:
        raise UndefinedReading("there are no words to group by")
    if k < 1:
        raise ValueError(f"{k} topics are asked for, allowed is 1 and more")
    vectors = tf_idf(records)
    vocabulary = list(dict.fromkeys(word for record in records for word in dict.fromkeys(record)))
    chance = np.random.default_rng(seed)
    labels, centres = max(
        (_grouped(vectors, min(k, len(records)), chance) for _ in range(RUNS)),
        key=lambda found: float((vectors * found[1][found[0]]).sum()),
    )
    mean = vectors.mean(axis=0)
    # What weighs everywhere, such as "the", names no topic.
    overall = mean / np.linalg.norm(mean)
    topics = []
    for label in range(centres.shape[0]):
        members = np.flatnonzero(labels == label)
        if members.size:
            typical = members[np.argsort(-(vectors[members] @ centres[label]), kind="stable")]
            heaviest = np.argsort(overall - centres[label], kind="stable")[:words]
            topics.append(Topic(tuple(map(int, typical)), tuple(vocabulary[column] for column in heaviest)))
    return sorted(topics, key=lambda topic: (-len(topic.members), topic.members))


def _grouped(
    vectors: NDArray[np.float64], k: int, chance: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """One run: a label for each line, and the centres."""
    centres = vectors[_starts(vectors, k, chance)].copy()
    labels = np.full(vectors.shape[0], -1)
    for _ in range(_STEPS):
        nearest = (vectors @ centres.T).argmax(axis=1)
        if (nearest == labels).all():
            break
        labels = nearest
        for label in range(k):
            total = vectors[labels == label].sum(axis=0)
            length = np.linalg.norm(total)
            if length > 0:
                centres[label] = total / length
    return labels, centres


def _starts(vectors: NDArray[np.float64], k: int, chance: np.random.Generator) -> list[int]:
    """Starting lines, each drawn the likelier the farther it is from those before (k-means++)."""
    starts = [int(chance.integers(vectors.shape[0]))]
    nearest = vectors @ vectors[starts[0]]
    while len(starts) < k:
        weights = np.clip(1 - nearest, 0, None) ** 2
        total = weights.sum()
        if total <= 1e-12:
            break
        starts.append(int(chance.choice(vectors.shape[0], p=weights / total)))
        nearest = np.maximum(nearest, vectors @ vectors[starts[-1]])
    return starts + [starts[0]] * (k - len(starts))
