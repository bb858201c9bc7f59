"""The axis of a plot: round ends, where a value lies between them, and how a number is written beside it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """What a plot spans in one direction."""

    low: float
    """Value at the left or lower end."""
    high: float
    """Value at the other end, larger than `low`."""

    def share(self, value: float) -> float:
        """Where a value lies, from 0 at the lower end to 1 at the upper."""
        # In halves, so that the span of the largest floats is still a number.
        span = self.high / 2 - self.low / 2
        return min(max((value / 2 - self.low / 2) / span, 0.0), 1.0) if span > 0 else 0.0

    @property
    def middle(self) -> float:
        """The value half way."""
        return self.low / 2 + self.high / 2


def axis_of(values: Iterable[float], *, is_round: bool = True) -> Axis:
    """The axis for values: from 0 where they come near it, with round ends where asked for.

    Args:
        values: At least one finite number.
        is_round: Are the ends to be moved outwards to round numbers?
    """
    there = tuple(values)
    low, high = min(there), max(there)
    if low == high:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        return Axis(0.0, 1.0)
    if not is_round:
        return Axis(low, high)
    if 0 <= low < high * 0.6:
        low = 0.0
    return _rounded(low, high)


def _rounded(low: float, high: float) -> Axis:
    span = high - low
    step = 10 ** math.floor(math.log10(span)) / 2 if math.isfinite(span) else 0.0
    if step <= 0:
        return Axis(low, high)
    down, up = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return Axis(down, up) if math.isfinite(down) and math.isfinite(up) and down < up else Axis(low, high)


def short_number(value: float) -> str:
    """A number in few characters: `0.042`, `3.14`, `250`, `1.5M`."""
    size = abs(value)
    if size >= 1e9:
        return f"{value:.3g}"
    if size >= 1e6:
        return f"{value / 1e6:.3g}M"
    if value == int(value):
        return str(int(value))
    if size < 0.001:
        return f"{value:.2g}"
    return f"{value:.3f}" if size < 0.1 else f"{value:.2f}" if size < 10 else f"{value:.0f}"
