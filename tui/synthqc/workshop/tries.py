"""Wrong codes and PINs: after a few, each further one has to wait twice as long."""

import time
from collections.abc import Callable

FIRST_WAIT, LONGEST_WAIT = 5.0, 120.0
"""Seconds."""

_MOST_KEYS = 10_000


class Tries:
    """Wrong answers by whom they count for, in memory."""

    def __init__(self, free: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Knows of none yet.

        Args:
            free: Wrong answers that need not wait.
            clock: Seconds.
        """
        self._free = free
        self._clock = clock
        self._wrong: dict[str, tuple[int, float]] = {}

    def note(self, key: str) -> None:
        """Counts a wrong answer."""
        number = self._wrong.pop(key, (0, 0.0))[0] + 1
        over = number - self._free
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(over, 10)) if over >= 0 else 0.0
        self._wrong[key] = (number, self._clock() + wait)
        if len(self._wrong) > _MOST_KEYS:
            del self._wrong[next(iter(self._wrong))]

    def forget(self, key: str) -> None:
        """A right answer: the wrong ones before it no longer count."""
        self._wrong.pop(key, None)

    def seconds_to_wait(self, key: str) -> float:
        """Seconds until the next answer is taken; 0 for at once."""
        return max(0.0, self._wrong.get(key, (0, 0.0))[1] - self._clock())
