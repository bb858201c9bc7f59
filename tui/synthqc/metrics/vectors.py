"""Texts as vectors of their words: the lexical stand-in for a sentence encoder."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .words import Text, Words, as_words, numbered

RULE = "lines are vectors of word counts weighted by rarity (TF-IDF); likeness is the cosine of two vectors"
"""How lines become vectors, in words."""


def tf_idf(records: Text) -> NDArray[np.float64]:
    """One unit vector per record: word counts times log((1 + n) / (1 + records with the word)) + 1.

    Args:
        records: The words of records, as lists of strings or coded.

    Returns:
        An array of records by words, each row of length 1; a record without words is a row of zeros. The words
        are in the order in which they first occur.

    Source:
        The smoothed form that scikit-learn's TfidfVectorizer uses.
    """
    words = as_words(records)
    weights = weights_of(words)
    vectors = np.zeros((words.records, weights.frequency.size))
    vectors[weights.rows, weights.columns] = weights.values
    return vectors


@dataclass(frozen=True, slots=True)
class Weights:
    """TF-IDF vectors of length 1 but for their zeros, word by word, and for each word record by record."""

    rows: NDArray[np.int64]
    """The record of each entry."""
    columns: NDArray[np.int64]
    """The word of each entry, numbered in order of first sight."""
    values: NDArray[np.float64]
    """The weight of the word in the record."""
    frequency: NDArray[np.int64]
    """Records that have each word."""


def weights_of(words: Words) -> Weights:
    """The vectors of `tf_idf` without their zeros."""
    numbers, different = numbered(words)
    n = words.records
    keys = numbers * max(n, 1) + words.owners
    keys.sort()
    begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])) if keys.size else keys)
    counts = np.diff(np.append(begins, keys.size))
    columns, rows = np.divmod(keys[begins], max(n, 1))
    frequency = np.bincount(columns, minlength=different)
    values = counts * (np.log((1 + n) / (1 + frequency)) + 1)[columns]
    lengths = np.sqrt(np.bincount(rows, values**2, minlength=n))
    return Weights(rows, columns, values / lengths[rows], frequency)


def unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """The vectors with length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)


def likeness(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cosine of each pair of unit vectors, between -1 and 1; exactly 1 on the diagonal."""
    products = np.clip(vectors @ vectors.T, -1, 1)
    np.fill_diagonal(products, 1)
    return products


_RARE = 1 / 32
"""Share of the records up to which a word is rare: the pairs of its records are gone through one by one."""


def lexical_likeness(records: Text) -> NDArray[np.float64]:
    """The cosines of `tf_idf` vectors, without the vectors: a tenth of the time, for most words stand in few records.

    Args:
        records: The words of records, as lists of strings or coded.

    Returns:
        Records by records, between 0 and 1; 1 on the diagonal, also for a record without words, which is like no other.
    """
    words = as_words(records)
    n = words.records
    weights = weights_of(words)
    is_rare = weights.frequency <= max(1, _RARE * n)
    common = ~is_rare[weights.columns]
    numbers = np.cumsum(~is_rare) - 1
    dense = np.zeros((n, int(numbers[-1]) + 1 if numbers.size else 0))
    dense[weights.rows[common], numbers[weights.columns[common]]] = weights.values[common]
    products = dense @ dense.T
    rows, columns, values = (one[~common] for one in (weights.rows, weights.columns, weights.values))
    same = np.flatnonzero(columns[1:] == columns[:-1])
    places, shares = [], []
    distance = 1
    while same.size:
        # Rows ascend within a column, so these lie above the diagonal.
        places.append(rows[same] * n + rows[same + distance])
        shares.append(values[same] * values[same + distance])
        distance += 1
        same = same[same + distance < columns.size]
        same = same[columns[same] == columns[same + distance]]
    if places:
        upper = np.bincount(np.concatenate(places), np.concatenate(shares), minlength=n * n).reshape(n, n)
        products += upper
        products += upper.T
    np.clip(products, 0, 1, out=products)
    np.fill_diagonal(products, 1)
    return products
