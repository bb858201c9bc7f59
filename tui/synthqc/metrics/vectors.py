"""Texts as vectors of their words: the lexical stand-in for a sentence encoder."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RULE = "lines are vectors of word counts weighted by rarity (TF-IDF); likeness is the cosine of two vectors"
"""How lines become vectors, in words."""


def tf_idf(records: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """One unit vector per record: word counts times log((1 + n) / (1 + records with the word)) + 1.

    Args:
        records: Tokenised records.

    Returns:
        An array of records by words, each row of length 1; a record without words is a row of zeros.

    Source:
        The smoothed form that scikit-learn's TfidfVectorizer uses.
    """
    # In order of first sight, so that sums of floats come out the same in every run.
    frequency = Counter(word for record in records for word in dict.fromkeys(record))
    columns = {word: number for number, word in enumerate(frequency)}
    vectors = np.zeros((len(records), len(columns)))
    for row, record in enumerate(records):
        for word, count in Counter(record).items():
            vectors[row, columns[word]] = count * (math.log((1 + len(records)) / (1 + frequency[word])) + 1)
    return unit(vectors)


def unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """The vectors with length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)


def likeness(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cosine of each pair of unit vectors, between -1 and 1; exactly 1 on the diagonal."""
    products = np.clip(vectors @ vectors.T, -1, 1)
    np.fill_diagonal(products, 1)
    return products
