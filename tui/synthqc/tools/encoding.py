"""Lines as vectors: of their words, or of their meaning where an encoder is at hand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into vectors by a model of their meaning."""

    name: str
    """Which model, and where it runs."""

    def encode(self, texts: Sequence[str], /) -> "NDArray[np.float64]":
        """One vector a text, texts by dimensions."""


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
class Vectors:
    """Vectors of lines and where they come from."""

    rows: "NDArray[np.float64]"
    """Unit vectors, lines by dimensions; a line without any content has a row of zeros."""
    rule: str
    """How lines became vectors, in words."""
    caveat: str
    """What that leaves out, in one sentence."""


LEXICAL = "likeness here is one of words: the same thing said in other words counts as different"
"""What vectors of words leave out."""


def vectors_of(texts: Sequence[str], words: Sequence[Sequence[str]]) -> Vectors:
    """The vectors of lines: lexical ones, or those of the encoder in force.

    Args:
        texts: The lines.
        words: Their words, as many.
    """
    from synthqc.metrics.vectors import RULE, tf_idf, unit

    encoder = _ENCODER.get()
    if encoder is None:
        return Vectors(
            tf_idf(words), RULE, "likeness here is one of words: the same thing said in other words counts as different"
        )
    rule = f"lines are vectors of the model {encoder.name}; likeness is the cosine of two vectors"
    caveat = "likeness is what this model makes of meaning: compare only values of one model"
    return Vectors(unit(encoder.encode(texts)), rule, caveat)
