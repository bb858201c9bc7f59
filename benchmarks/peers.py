"""The metrics beside what one would take instead: the same numbers first, then the time.

Run: python benchmarks/peers.py [RUNS]. All ways run in turn: read the ratios.
"""

import itertools
import random
import re
import sys
import warnings

import datasketch
import numpy as np
from corpora import records
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from timing import compare, heading

from synthqc.metrics.distinct import distinct_n
from synthqc.metrics.duplicates import duplicates_of
from synthqc.metrics.lexical import mattr, mtld
from synthqc.metrics.minhash import bands_for
from synthqc.metrics.shingles import shingles
from synthqc.metrics.vectors import lexical_likeness
from synthqc.metrics.vendi import vendi_score_of_vectors
from synthqc.metrics.words import coded

WORD = re.compile(r"[a-z0-9]+(?:['\-][a-z0-9]+)*")


def main() -> None:
    """Prints the tables."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    texts = list(itertools.islice(records(82), 14_000))
    print(f"{sum(map(len, texts)) / 1e6:.0f} MB of made-up dialogues, {runs} runs in turn, medians")
    heading("from texts to the number")
    for n in (1, 2, 3):
        compare(runs, f"Distinct-{n}, sets of tuples", lambda n=n: distinct_n(coded(texts), n).share, sets(texts, n))
    compare(runs, "Distinct-2, CountVectorizer", lambda: distinct_n(coded(texts), 2).unique, counted(texts))
    compare_richness(runs, texts[:1_400])
    compare(
        runs,
        "likeness of 1,000 texts, scikit-learn",
        lambda: lexical_likeness(coded(texts[:1000])).sum(),
        cosines(texts[:1000]),
    )
    vectors = np.random.default_rng(0).standard_normal((3_000, 256))
    compare(
        runs, "Vendi Score, 3,000 x 256, n by n form", lambda: vendi_score_of_vectors(vectors), plain_vendi(vectors)
    )
    compare_duplicates()


def sets(texts: list[str], n: int):
    """Distinct-N as one writes it first."""

    def run() -> float:
        grams, total = set(), 0
        for text in texts:
            words = WORD.findall(text.lower())
            found = list(zip(*(words[start:] for start in range(n)), strict=False))
            grams.update(found)
            total += len(found)
        return len(grams) / total

    return run


def counted(texts: list[str]):
    """Different bigrams by scikit-learn."""

    def run() -> float:
        return float(CountVectorizer(ngram_range=(2, 2), token_pattern=WORD.pattern).fit_transform(texts).shape[1])

    return run


def cosines(texts: list[str]):
    """All likenesses by scikit-learn."""

    def run() -> float:
        vectors = TfidfVectorizer(token_pattern=WORD.pattern).fit_transform(texts)
        return float((vectors @ vectors.T).sum())

    return run


def plain_vendi(vectors: np.ndarray):
    """The definition: eigenvalues of the kernel of all pairs."""

    def run() -> float:
        unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        shares = np.linalg.eigvalsh(unit @ unit.T / len(unit))
        shares = shares[shares > 1e-12]
        return float(np.exp(-(shares * np.log(shares)).sum()))

    return run


def compare_richness(runs: int, texts: list[str]) -> None:
    """MATTR and MTLD beside lexicalrichness, on about 1 MB."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lexicalrichness import LexicalRichness
    words = [word for text in texts for word in WORD.findall(text.lower())]
    theirs = LexicalRichness(" ".join(words), preprocessor=None, tokenizer=str.split)
    codes = coded(texts).codes
    compare(runs, "MATTR(50), lexicalrichness", lambda: mattr(codes), lambda: theirs.mattr(window_size=50))
    compare(runs, "MTLD, lexicalrichness", lambda: mtld(codes), lambda: theirs.mtld(threshold=0.72))


def compare_duplicates() -> None:
    """Near duplicates of 20,000 records beside datasketch's MinHash and LSH, which checks no pair."""
    chance = random.Random(0)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 9))) for _ in range(20_000)]
    texts = [" ".join(chance.choices(words, k=110)) for _ in range(20_000)]
    for place in range(0, 20_000, 10):
        texts[place] = texts[place + 1].replace(" ", "  ", 1) + " again"

    def theirs() -> float:
        index = datasketch.MinHashLSH(threshold=0.8, num_perm=128, params=bands_for(0.8))
        sets = [[one.encode() for one in shingles(" ".join(text.split()), 5)] for text in texts]
        near: set[int] = set()
        for place, signature in enumerate(datasketch.MinHash.bulk(sets, num_perm=128, seed=1, scheme="affine32")):
            found = index.query(signature)
            near.update(found, [place] if found else [])
            index.insert(place, signature)
        return float(len(near))

    heading("20,000 records, a tenth of them near copies")
    compare(1, "near duplicates, datasketch", lambda: float(duplicates_of(texts).repeating), theirs)


if __name__ == "__main__":
    main()
