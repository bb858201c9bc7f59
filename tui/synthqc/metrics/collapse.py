"""Model collapse in the small: a bigram model trained again and again on text that its predecessor wrote."""

import bisect
import itertools
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .distinct import distinct_n
from .undefined import UndefinedReading

Protocol = Literal["replace", "accumulate", "keep"]
"""What a generation is trained on: the last generation's text alone; the real text and all text so far; or the last
generation's text with a share of the real text kept in."""

MODEL = (
    "a bigram model: the next word is drawn from those that followed the last one, counts raised to the power 1.15, "
    "or in 1 of 20 draws from all words of the training text"
)
"""The model in words. The power stands for decoding that favours the likely, the rest for an imperfect model."""

FOCUS = 1.15
"""Power on the counts when writing: above 1 the likely becomes likelier, as beam search or a low temperature does."""

STRAY = 0.05
"""Share of draws that ignore the context: the model's own errors, which the next generation takes for data."""

RARE = 2
"""A word that stands at most this often in the real text belongs to the tail."""

STRETCH = 20
"""Words in a stretch of text that gets one perplexity; lines are too uneven in length to compare."""

_END = 0


@dataclass(frozen=True, slots=True)
class Generation:
    """What one generation's text looks like."""

    number: int
    """0 is the text of the model that was trained on real text."""
    vocabulary_kept: float
    """Share of the words of the real text that still occur, 0 to 1."""
    tail_kept: float | None
    """Share of the rare words of the real text that still occur, 0 to 1; None where the real text has none."""
    distinct_2: float
    """Distinct-2 of the text; all generations have the same length."""
    typical_perplexity: float
    """Perplexity under the model of generation 0 that the most typical tenth of the text stays below, above 1: the
    lower, the likelier does the first model find that text."""
    odd_share: float
    """Share of the text that the model of generation 0 finds stranger than 99 % of its own, 0 to 1."""


def collapse(
    records: Sequence[Sequence[str]],
    *,
    generations: int = 10,
    protocol: Protocol = "replace",
    real_share: float = 0.1,
    seed: int = 0,
    watch: Callable[[int, int], None] | None = None,
) -> tuple[Generation, ...]:
    """Trains a bigram model on text of its predecessor, generation after generation.

    Args:
        records: Tokenised real text, one line or paragraph a record.
        generations: How many generations of text after generation 0.
        protocol: What each generation is trained on.
        real_share: Share of real lines in the training text under `keep`.
        seed: Draws everything.
        watch: Told (done, of) after each generation; may raise to stop.

    Returns:
        One entry per generation, from 0.

    Raises:
        UndefinedReading: The text is too short to write from: under 100 words or under 10 lines.

    Source:
        The design follows I. Shumailov et al. (2024), AI models collapse when trained on recursively generated data,
        Nature 631:755-759; `accumulate` follows M. Gerstgrasser et al. (2024), Is Model Collapse Inevitable?,
        arXiv:2404.01413. The model is far smaller than theirs, so the numbers are its own.
    """
    total = sum(len(record) for record in records)
    lines = [record for record in records if len(record)]
    if total < 100 or len(lines) < 10:
        raise UndefinedReading(f"the text has {total} words in {len(lines)} lines, a model needs 100 words in 10 lines")
    chance = random.Random(seed)
    numbers = {word: number for number, word in enumerate(dict.fromkeys(itertools.chain.from_iterable(lines)), start=1)}
    real = [[numbers[word] for word in line] for line in lines]
    frequency = Counter(itertools.chain.from_iterable(real))
    tail = {word for word, count in frequency.items() if count <= RARE}
    first = _Model(real)
    written = first.text(total, chance)
    odd_from = float(np.quantile(first.perplexities(first.text(total, chance)), 0.99))
    result = [_generation(0, written, first, frequency, tail, odd_from)]
    pool = [*real, *written]
    for number in range(1, generations + 1):
        if watch is not None:
            watch(number - 1, generations)
        if protocol == "keep":
            training = _mixed(written, real, real_share, chance)
        else:
            training = written if protocol == "replace" else pool
        written = _Model(training).text(total, chance)
        pool = [*pool, *written]
        result.append(_generation(number, written, first, frequency, tail, odd_from))
    if watch is not None:
        watch(generations, generations)
    return tuple(result)


def _mixed(written: list[list[int]], real: list[list[int]], share: float, chance: random.Random) -> list[list[int]]:
    kept = chance.sample(real, round(share * len(real)))
    return [*kept, *chance.sample(written, min(len(written), round((1 - share) * len(written))))]


def _generation(
    number: int, text: list[list[int]], first: "_Model", frequency: Counter[int], tail: set[int], odd_from: float
) -> Generation:
    used = set(itertools.chain.from_iterable(text))
    perplexities = first.perplexities(text)
    return Generation(
        number=number,
        vocabulary_kept=len(used & frequency.keys()) / len(frequency),
        tail_kept=len(used & tail) / len(tail) if tail else None,
        distinct_2=distinct_n([[str(word) for word in line] for line in text], 2).share,
        typical_perplexity=float(np.quantile(perplexities, 0.1)),
        odd_share=float(np.mean(perplexities > odd_from)),
    )


class _Model:
    """A bigram model over word numbers; 0 stands for the start and the end of a line."""

    def __init__(self, lines: list[list[int]]) -> None:
        followers: dict[int, Counter[int]] = {}
        for line in lines:
            for word, following in zip((_END, *line), (*line, _END), strict=True):
                followers.setdefault(word, Counter())[following] += 1
        self._followers = {word: list(counts) for word, counts in followers.items()}
        self._weights = {
            word: list(itertools.accumulate(count**FOCUS for count in counts.values()))
            for word, counts in followers.items()
        }
        words = Counter(itertools.chain.from_iterable(lines))
        self._words = list(words)
        self._word_weights = list(itertools.accumulate(words.values()))
        total = self._word_weights[-1]
        self._chance = {
            (word, following): (1 - STRAY) * count / sum(counts.values())
            for word, counts in followers.items()
            for following, count in counts.items()
        }
        self._stray = {word: STRAY * count / total for word, count in words.items()}

    def text(self, length: int, chance: random.Random) -> list[list[int]]:
        """Lines with `length` words in all, the last one cut."""
        lines: list[list[int]] = []
        while length > 0:
            line = self._line(length, chance.random)
            if line:
                lines.append(line)
                length -= len(line)
        return lines

    def _line(self, longest: int, random_number: Callable[[], float]) -> list[int]:
        line: list[int] = []
        word = _END
        while len(line) < longest:
            if word not in self._followers or (line and random_number() < STRAY):
                weights, words = self._word_weights, self._words
            else:
                weights, words = self._weights[word], self._followers[word]
            word = words[bisect.bisect(weights, random_number() * weights[-1])]
            if word == _END:
                break
            line.append(word)
        return line

    def perplexities(self, lines: list[list[int]]) -> NDArray[np.float64]:
        """Perplexity of each stretch of `STRETCH` words under this model; it must know every word.

        Perplexity is the inverse of the geometric mean of the chances of the words, each given the one before it.
        """
        stray, chance = self._stray, self._chance
        chances = np.array(
            [
                chance.get((word, following), 0.0) + stray[following]
                for line in lines
                for word, following in zip((_END, *line), line, strict=False)
            ]
        )
        whole = chances[: max(1, chances.size // STRETCH) * STRETCH]
        return np.asarray(np.exp(-np.log(whole).reshape(-1, min(STRETCH, whole.size)).mean(axis=1)))
