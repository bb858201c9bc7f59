"""Times of several ways to the same number, taken in turn, so that a busy machine slows all of them."""

import statistics
import time
from collections.abc import Callable


def in_turn(runs: int, *ways: Callable[[], object]) -> list[float]:
    """Median milliseconds of each way."""
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(runs):
        for times, way in zip(taken, ways, strict=True):
            start = time.perf_counter()
            way()
            times.append((time.perf_counter() - start) * 1000)
    return [statistics.median(times) for times in taken]


def heading(title: str) -> None:
    """The first line of a table of `compare`."""
    print(f"{title:42}{'ours, ms':>10}{'theirs':>10}{'ratio':>8}")


def compare(runs: int, title: str, ours: Callable[[], float], theirs: Callable[[], float]) -> None:
    """Prints a line of the table, after both have given the same number."""
    mine, other = ours(), theirs()
    assert abs(mine - other) <= 1e-9 * max(1, abs(other)), f"{title}: {mine} and {other}"
    times = in_turn(runs, ours, theirs)
    print(f"{title:42}{times[0]:10.1f}{times[1]:10.1f}{times[1] / times[0]:8.1f}")
