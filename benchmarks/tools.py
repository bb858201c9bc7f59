"""How long the mini-tools take on pasted text, beside plain ways to the same number.

Run: python benchmarks/tools.py [RUNS]. All ways run in turn, so a busy machine slows all: read the ratios.
"""

import contextlib
import itertools
import random
import statistics
import sys
import time
from collections.abc import Callable

from synthqc.course.loading import load_course
from synthqc.metrics.distinct import distinct_n
from synthqc.metrics.duplicates import duplicates_of
from synthqc.metrics.equality import normalised
from synthqc.metrics.lexical import mattr
from synthqc.metrics.minhash import bands_for
from synthqc.metrics.shingles import shingles
from synthqc.metrics.tokens import tokenised
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import TOOLS, run_tool
from synthqc.tools.sample import Sample, sample_of_text


def main() -> None:
    """Prints the tables."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    text = load_course().sample_text("alice")
    print(f"{runs} runs in turn, medians in ms; target for all four on 200 KB together: 50")
    print(f"{'tool':20}{'50 KB':>10}{'140 KB':>10}{'one template, 140 KB':>22}")
    samey = "".join(f"Dear customer {n}, your parcel {n * 7} is late and we are sorry.\n" for n in range(2_300))
    samples = [sample_of_text(one, "text") for one in (text[:50_000], text, samey)]
    for name in [name for name, tool in TOOLS.items() if tool.live and tool.reads == "text"]:
        print(f"{name:20}" + "".join(f"{one:10.1f}" for one in in_turn(runs, *(timed(name, one) for one in samples))))
    compare(runs, text)
    compare_minhash()


def compare_minhash() -> None:
    """Near duplicates of 20,000 records beside datasketch's MinHash and LSH, which checks no pair."""
    import datasketch

    chance = random.Random(0)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 9))) for _ in range(20_000)]
    records = [" ".join(chance.choices(words, k=110)) for _ in range(20_000)]

    def theirs() -> None:
        index = datasketch.MinHashLSH(threshold=0.8, num_perm=128, params=bands_for(0.8))
        sets = [[one.encode() for one in shingles(record, 5)] for record in records]
        for position, signature in enumerate(datasketch.MinHash.bulk(sets, num_perm=128, seed=1, scheme="affine32")):
            index.query(signature)
            index.insert(position, signature)

    mine, others = in_turn(1, lambda: duplicates_of(records), theirs)
    print(
        f"near duplicates of 20,000 records: ours {mine:.0f} ms, datasketch {others:.0f} ms, ratio {others / mine:.1f}"
    )


def timed(name: str, sample: Sample) -> Callable[[], object]:
    """One run of a tool; one without a value for the text has looked at all of it as well."""

    def run() -> None:
        with contextlib.suppress(UndefinedReading):
            run_tool(name, sample)

    return run


def in_turn(runs: int, *ways: Callable[[], object]) -> list[float]:
    """Median milliseconds of several ways, taken in turn."""
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(runs):
        for times, way in zip(taken, ways, strict=True):
            start = time.perf_counter()
            way()
            times.append((time.perf_counter() - start) * 1000)
    return [statistics.median(times) for times in taken]


def compare(runs: int, text: str) -> None:
    """Our way beside the plain one; both must give the same number."""
    records = tokenised(text.split("\n"))
    words = [word for record in records for word in record]
    lines = text.split("\n")[:600]

    def plain_distinct() -> float:
        grams = [gram for record in records for gram in itertools.pairwise(record)]
        return len(set(grams)) / len(grams)

    def plain_mattr() -> float:
        ratios = [len(set(words[start : start + 50])) / 50 for start in range(len(words) - 49)]
        return sum(ratios) / len(ratios)

    def plain_duplicates() -> int:
        sets = [shingles(one, 5) for one in dict.fromkeys(normalised(line) for line in lines) if one]
        return sum(len(a & b) >= 0.8 * len(a | b) for a, b in itertools.combinations(sets, 2))

    pairs: list[tuple[str, Callable[[], float], Callable[[], float]]] = [
        ("Distinct-2, 140 KB", lambda: distinct_n(records, 2).share, plain_distinct),
        ("MATTR(50), 140 KB", lambda: mattr(words), plain_mattr),
        ("near pairs, 600 lines", lambda: duplicates_of(lines).n_pairs or 0, plain_duplicates),
    ]
    print(f"{'same number':24}{'ours':>10}{'plain':>10}{'ratio':>8}")
    for title, ours, plain in pairs:
        assert abs(ours() - plain()) < 1e-9, title
        mine, theirs = in_turn(runs, ours, plain)
        print(f"{title:24}{mine:10.1f}{theirs:10.1f}{theirs / mine:8.1f}")


if __name__ == "__main__":
    main()
