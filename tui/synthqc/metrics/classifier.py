"""A small quality classifier: naive Bayes on words, and the rounds in which it labels its own training data."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .undefined import UndefinedReading

SURE = 0.9
"""Probability from which a label of the classifier's own goes into the next round."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """Multinomial naive Bayes with add-one smoothing, two classes, each word counted once a line.

    Source:
        C. Manning, P. Raghavan, H. Schütze (2008), Introduction to Information Retrieval, section 13.2.
    """

    bad: Counter[str]
    """Bad lines that have the word."""
    good: Counter[str]
    """Good lines that have the word."""
    bad_lines: int
    """Bad lines learned from."""
    good_lines: int
    """Good lines learned from."""
    words: int
    """Different words learned from."""

    def probability_bad(self, words: Sequence[str]) -> float:
        """The probability that a line is bad, between 0 and 1.

        Args:
            words: The line's words; words never seen in training say nothing.
        """
        odds = math.log(self.bad_lines / self.good_lines)
        bad_total, good_total = self.bad.total() + self.words, self.good.total() + self.words
        # Each word once, in order of first sight, so that sums of floats come out the same in every run.
        for word in dict.fromkeys(words):
            if word in self.bad or word in self.good:
                odds += math.log((self.bad[word] + 1) / bad_total) - math.log((self.good[word] + 1) / good_total)
        return 1 / (1 + math.exp(-max(-700.0, min(700.0, odds))))


def train(lines: Sequence[Sequence[str]], are_bad: Sequence[bool]) -> Classifier:
    """Learns from labelled lines.

    Args:
        lines: Words of each line.
        are_bad: Is it bad? As many as lines.

    Raises:
        UndefinedReading: Only one of the two labels occurs.
    """
    if len(set(are_bad)) < 2:
        raise UndefinedReading("the labelled lines are all of one kind; a classifier needs good and bad ones")
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for words, is_bad in zip(lines, are_bad, strict=True):
        counts[is_bad].update(dict.fromkeys(words, 1))
    bad_lines = sum(are_bad)
    different = len(counts[True].keys() | counts[False].keys())
    return Classifier(counts[True], counts[False], bad_lines, len(are_bad) - bad_lines, different)


@dataclass(frozen=True, slots=True)
class Round:
    """How the classifier does after a round, on lines that it never learned from."""

    number: int
    """0 is the seed alone."""
    recall: float
    """Share of the bad lines that it finds."""
    precision: float
    """Share of what it calls bad that is bad; 1 where it calls nothing bad."""
    confidence: float
    """Its mean probability for the label it gives."""
    labels: int
    """Labelled lines it has learned from, its own included."""


def self_train(
    seed: Sequence[tuple[Sequence[str], bool]],
    pool: Sequence[Sequence[str]],
    held_out: Sequence[tuple[Sequence[str], bool]],
    *,
    rounds: int,
) -> list[Round]:
    """Trains on a seed, labels the pool, keeps the labels it is sure of, and trains again.

    Args:
        seed: Lines labelled by people, with whether they are bad.
        pool: Lines without label.
        held_out: Labelled lines to judge by, in neither of the others.
        rounds: Rounds after the first.

    Returns:
        The state after each round, the seed alone first.

    Raises:
        UndefinedReading: The seed or the held-out lines have one kind only.

    Source:
        Self-training, also called pseudo-labelling: D.-H. Lee (2013), Pseudo-Label.
    """
    if len({is_bad for _, is_bad in held_out}) < 2:
        raise UndefinedReading("the held-out lines are all of one kind; judging needs good and bad ones")
    model = train([words for words, _ in seed], [is_bad for _, is_bad in seed])
    history = [_judged(0, model, held_out, len(seed))]
    for number in range(1, rounds + 1):
        guessed = [(words, model.probability_bad(words)) for words in pool]
        sure = [(words, p >= 0.5) for words, p in guessed if max(p, 1 - p) >= SURE]
        lines = [*seed, *sure]
        model = train([words for words, _ in lines], [is_bad for _, is_bad in lines])
        history.append(_judged(number, model, held_out, len(lines)))
    return history


def _judged(number: int, model: Classifier, held_out: Sequence[tuple[Sequence[str], bool]], labels: int) -> Round:
    guesses = [(model.probability_bad(words), is_bad) for words, is_bad in held_out]
    called = [is_bad for p, is_bad in guesses if p >= 0.5]
    bad = sum(is_bad for _, is_bad in guesses)
    confidence = sum(max(p, 1 - p) for p, _ in guesses) / len(guesses)
    return Round(number, sum(called) / bad, sum(called) / len(called) if called else 1.0, confidence, labels)
