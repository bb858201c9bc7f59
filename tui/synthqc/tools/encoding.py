"""Lines as vectors: of their words, or of their meaning where an encoder is at hand."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from .measuring import coded_words, words_at
from .sample import Sample

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from synthqc.metrics.words import Words


class Encoder(Protocol):
    """Turns texts into vectors by a model of their meaning."""

    name: str
    """Which model, and where it runs."""

    def encode(self, texts: Sequence[str], /) -> "NDArray[np.float64]":
        """One vector a text, texts by dimensions; finite numbers."""


_ENCODER: ContextVar[Encoder | None] = ContextVar("encoder", default=None)


@contextmanager
def encoded_by(encoder: Encoder) -> Iterator[None]:
    """Inside it, tools that compare lines compare their meaning as this encoder sees it."""
    token = _ENCODER.set(encoder)
    try:
        yield
    finally:
        _ENCODER.reset(token)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a sample that are compared, and how."""

    sample: Sample
    """Where they stand."""
    positions: tuple[int, ...]
    """Their places in the sample, in order."""
    is_drawn: bool
    """Are they a draw from more?"""
    seed: int
    """What drew them."""
    encoder: Encoder | None
    """Whose vectors they have; None for those of their words."""

    @property
    def rule(self) -> str:
        """How lines become vectors, in words."""
        from synthqc.metrics.vectors import RULE

        if self.encoder is None:
            return RULE
        return f"lines are vectors of the model {self.encoder.name}; likeness is the cosine of two vectors"

    @property
    def caveats(self) -> list[str]:
        """What the vectors leave out, and the draw, each in one sentence."""
        if self.encoder is None:
            limits = "likeness here is one of words: the same thing said in other words counts as different"
        else:
            limits = "likeness is what this model makes of meaning: compare only values of one model"
        return (
            [limits, f"{len(self.positions):,} lines were drawn with seed {self.seed}"] if self.is_drawn else [limits]
        )

    def vectors(self) -> "NDArray[np.float64]":
        """Their unit vectors, lines by dimensions; a line without any content has a row of zeros."""
        from synthqc.metrics.vectors import tf_idf, unit

        if self.encoder is None:
            return tf_idf(self.words())
        return unit(self.encoder.encode([self.sample.records[place] for place in self.positions]))

    def likeness(self) -> "NDArray[np.float64]":
        """The cosine of each pair of them, 1 on the diagonal."""
        from synthqc.metrics.vectors import lexical_likeness, likeness

        return lexical_likeness(self.words()) if self.encoder is None else likeness(self.vectors())

    def words(self) -> "Words":
        """Their words, coded."""
        return words_at(self.sample, self.positions)


def lines_to_compare(sample: Sample, most: int, seed: int, *, all_by_model: bool = False) -> Lines:
    """The lines of a sample that have words, or a draw of them where there are too many to compare.

    Args:
        sample: The sample.
        most: How many are compared at most.
        seed: Draws them.
        all_by_model: With an encoder, are all taken?
    """
    encoder = _ENCODER.get()
    positions = [int(place) for place in coded_words(sample.records).lengths.nonzero()[0]]
    is_drawn = len(positions) > most and not (all_by_model and encoder is not None)
    if is_drawn:
        positions = sorted(random.Random(seed).sample(positions, most))
    return Lines(sample, tuple(positions), is_drawn, seed, encoder)
