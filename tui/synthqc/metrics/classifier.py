"""A small quality classifier: naive Bayes on words, and the rounds in which it labels its own training data."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .undefined import UndefinedReading

SURE = 0.9
"""Probability from which a label of the classifier's own goes into the next round."""

Item = tuple[Sequence[str], int]
"""Words of a line, and its kind: a whole number from 0; of two kinds, 1 or True is bad and 0 or False is good."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """Multinomial naive Bayes with add-one smoothing, each word counted once a line.

    Source:
        C. Manning, P. Raghavan, H. Schütze (2008), Introduction to Information Retrieval, section 13.2.
    """

    priors: tuple[float, ...]
    """Logarithm of each kind's share of the lines learned from."""
    weights: Mapping[str, tuple[float, ...]]
    """For each word learned, the logarithm of its probability in each kind."""

    def probabilities(self, words: Sequence[str]) -> list[float]:
        """The probability of each kind for a line; they add up to 1.

        Args:
            words: The line's words; words never seen in training say nothing.
        """
        sums = list(self.priors)
        # Each word once, in order of first sight, so that sums of floats come out the same in every run.
        for word in dict.fromkeys(words):
            for kind, weight in enumerate(self.weights.get(word, ())):
                sums[kind] += weight
        most = max(sums)
        shares = [math.exp(one - most) for one in sums]
        total = math.fsum(shares)
        return [share / total for share in shares]

    def probability_bad(self, words: Sequence[str]) -> float:
        """The probability of kind 1, between 0 and 1.

        Args:
            words: The line's words; words never seen in training say nothing.
        """
        return self.probabilities(words)[1]

    def kind_of(self, words: Sequence[str]) -> int:
        """The likeliest kind of a line; of equally likely ones the last, so that a line in doubt counts as bad.

        Args:
            words: The line's words.
        """
        shares = self.probabilities(words)
        return max(range(len(shares)), key=lambda kind: (shares[kind], kind))


def train(lines: Sequence[Sequence[str]], kinds: Sequence[int]) -> Classifier:
    """Learns from labelled lines.

    Args:
        lines: Words of each line.
        kinds: The kind of each, a whole number from 0 (or good as False and bad as True); as many as lines, and every
            kind up to the largest occurs.

    Raises:
        UndefinedReading: Only one kind occurs, or none.
        ValueError: There are not as many of both, or a kind is missing or no whole number from 0.
    """
    if len(lines) != len(kinds):
        raise ValueError(f"there are {len(lines)} lines and {len(kinds)} labels, it needs as many of both")
    numbers = [_number_of(kind, place) for place, kind in enumerate(kinds, start=1)]
    if len(set(numbers)) < 2:
        raise UndefinedReading("the labelled lines are all of one kind; a classifier needs good and bad ones")
    if set(numbers) != set(range(max(numbers) + 1)):
        raise ValueError(f"kinds are whole numbers from 0 without a gap; given are {sorted(set(numbers))}")
    counts: list[Counter[str]] = [Counter() for _ in range(max(numbers) + 1)]
    for words, kind in zip(lines, numbers, strict=True):
        counts[kind].update(dict.fromkeys(words, 1))
    known = dict.fromkeys(word for count in counts for word in count)
    totals = [count.total() + len(known) for count in counts]
    sizes = Counter(numbers)
    return Classifier(
        tuple(math.log(sizes[kind] / len(numbers)) for kind in range(len(counts))),
        {
            word: tuple(math.log((count[word] + 1) / total) for count, total in zip(counts, totals, strict=True))
            for word in known
        },
    )


def _number_of(kind: int, place: int) -> int:
    """A kind as a number. A label of 0.7 is none, and None is a gap."""
    try:
        number = int(kind)
    except (TypeError, ValueError, OverflowError):
        number = -1
    if number < 0 or number != kind:
        raise ValueError(f"the kind of line {place:,} is {kind!r:.40}, allowed is a whole number from 0")
    return number


def f1(model: Classifier, held_out: Sequence[Item]) -> float:
    """F1 on bad lines: the harmonic mean of precision and recall.

    Args:
        model: A classifier of two kinds or more; kind 1 is the bad one.
        held_out: Labelled lines that it never learned from.

    Returns:
        From 0 to 1: 2 hits / (called bad + bad), and 0 where there is nothing bad and nothing is called bad.
    """
    return _f1_of(1, [(model.kind_of(words), int(kind)) for words, kind in held_out])


def macro_f1(model: Classifier, held_out: Sequence[Item]) -> float:
    """The mean of F1 over the kinds that occur among the held-out lines or among the answers, each kind alike.

    Args:
        model: A classifier.
        held_out: Labelled lines that it never learned from.

    Returns:
        From 0 to 1: a rare kind that is never found costs as much as a common one.

    Raises:
        UndefinedReading: There are no held-out lines.
    """
    answers = [(model.kind_of(words), int(kind)) for words, kind in held_out]
    kinds = {kind for pair in answers for kind in pair}
    if not kinds:
        raise UndefinedReading("there are no held-out lines to judge by")
    return sum(_f1_of(kind, answers) for kind in sorted(kinds)) / len(kinds)


def _f1_of(kind: int, answers: Sequence[tuple[int, int]]) -> float:
    called = sum(one == kind for one, _ in answers)
    there = sum(true == kind for _, true in answers)
    hits = sum(one == true == kind for one, true in answers)
    return 2 * hits / (called + there) if called + there else 0.0


@dataclass(frozen=True, slots=True)
class Round:
    """How the classifier does after a round, on lines that it never learned from."""

    number: int
    """0 is the seed alone."""
    recall: float
    """Share of the bad lines that it finds."""
    precision: float
    """Share of what it calls bad that is bad; 1 where it calls nothing bad."""
    f1: float
    """Their harmonic mean, 0 where it finds nothing."""
    confidence: float
    """Its mean probability for the label it gives."""
    labels: int
    """Labelled lines it has learned from, its own included."""


def self_train(
    seed: Sequence[Item], pool: Sequence[Sequence[str]], held_out: Sequence[Item], *, rounds: int
) -> list[Round]:
    """Trains on a seed, labels the pool, keeps the labels it is sure of, and trains again.

    Args:
        seed: Lines labelled by people, good or bad.
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
    if len({bool(kind) for _, kind in held_out}) < 2:
        raise UndefinedReading("the held-out lines are all of one kind; judging needs good and bad ones")
    model = trained_on(seed)
    history = [_judged(0, model, held_out, len(seed))]
    for number in range(1, rounds + 1):
        guessed = [(words, model.probability_bad(words)) for words in pool]
        sure = [(words, p >= 0.5) for words, p in guessed if max(p, 1 - p) >= SURE]
        model = trained_on([*seed, *sure])
        history.append(_judged(number, model, held_out, len(seed) + len(sure)))
    return history


def trained_on(items: Sequence[Item]) -> Classifier:
    """A classifier that learned from these labelled lines; see `train`."""
    return train([words for words, _ in items], [kind for _, kind in items])


def _judged(number: int, model: Classifier, held_out: Sequence[Item], labels: int) -> Round:
    guesses = [(model.probability_bad(words), bool(kind)) for words, kind in held_out]
    called = [is_bad for p, is_bad in guesses if p >= 0.5]
    bad = sum(is_bad for _, is_bad in guesses)
    confidence = sum(max(p, 1 - p) for p, _ in guesses) / len(guesses)
    return Round(
        number,
        sum(called) / bad,
        sum(called) / len(called) if called else 1.0,
        2 * sum(called) / (len(called) + bad),
        confidence,
        labels,
    )
