"""Finding text by text: the passage of a lesson that answers a question, and the ideas nearest to a message."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .concepts import stem, words_in

USEFUL = 6.0
"""BM25 score from which a passage is quoted; below it most passages did not answer the question asked."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a lesson and where it stands."""

    section: str
    """Title of its section."""
    text: str
    """The paragraph."""


class Passages:
    """Paragraphs of a lesson, ranked by BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019; k1 1.2, b 0.75)."""

    def __init__(self, passages: Sequence[Passage], ignored: frozenset[str]) -> None:
        self._ignored = ignored
        self._passages = tuple(passages)
        self._counts = [Counter(self._terms(passage.text)) for passage in passages]
        self._lengths = [sum(counts.values()) for counts in self._counts]
        self._mean = sum(self._lengths) / max(1, len(self._lengths)) or 1.0
        self._held = Counter(term for counts in self._counts for term in counts)

    def _terms(self, text: str) -> list[str]:
        return [stem(word) for word in words_in(text) if word not in self._ignored]

    def best(self, question: str) -> tuple[Passage | None, float]:
        """The passage that fits a question best and its score; no passage and 0 where none shares a word."""
        terms = set(self._terms(question))
        scores = [self._score(number, terms) for number in range(len(self._passages))]
        best = max(range(len(scores)), key=scores.__getitem__, default=-1)
        if best < 0 or scores[best] <= 0:
            return None, 0.0
        return self._passages[best], scores[best]

    def _score(self, number: int, terms: set[str]) -> float:
        score = 0.0
        for term in terms:
            count = self._counts[number][term]
            if count:
                held = self._held[term]
                rarity = math.log(1 + (len(self._passages) - held + 0.5) / (held + 0.5))
                length = 1 - 0.75 + 0.75 * self._lengths[number] / self._mean
                score += rarity * count * 2.2 / (count + 1.2 * length)
        return score


def nearest(message: str, candidates: Sequence[str], most: int) -> list[int]:
    """Positions of the candidates nearest to a message, nearest first (cosine of TF-IDF over character trigrams)."""
    grams = [_trigrams(candidate) for candidate in candidates]
    held = Counter(gram for counts in grams for gram in counts)

    def weighted(counts: Counter[str]) -> dict[str, float]:
        return {gram: count * math.log((1 + len(grams)) / (1 + held[gram])) for gram, count in counts.items()}

    def cosine(first: dict[str, float], second: dict[str, float]) -> float:
        product = sum(value * second.get(gram, 0.0) for gram, value in first.items())
        return product / (math.hypot(*first.values()) * math.hypot(*second.values()) or 1.0)

    sought = weighted(_trigrams(message))
    scores = [cosine(sought, weighted(counts)) for counts in grams]
    return sorted(range(len(candidates)), key=lambda number: (-scores[number], number))[:most]


def _trigrams(text: str) -> Counter[str]:
    padded = f"  {' '.join(words_in(text))}  "
    return Counter(padded[start : start + 3] for start in range(len(padded) - 2))
