"""The next value of a parameter, up or down."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from synthqc.tools.reading import Argument
from synthqc.tools.tool import Parameter

_ONE_BY_ONE = 30
"""Whole numbers of a range up to this long are stepped one by one."""

_SHARE_STEP = 0.05
"""Step of numbers that lie between 0 and 1."""

_ROUND = tuple(
    [0.0]
    + [float(f"{digit}e{power}") for power in (-2, -1) for digit in (1, 2, 5)]
    + [float(number) for number in (*range(1, 10), *range(10, 100, 10))]
    + [float(digit * 10**power) for power in range(2, 13) for digit in (1, 2, 5)]
)
"""Where other numbers stop: by 1 up to 10, by 10 up to 100, then 200, 500, 1000 and so on."""


def stepped(parameter: Parameter, value: Argument, by: int, fields: Sequence[str] = ()) -> Argument:
    """The next value of a parameter in its range.

    Args:
        parameter: The parameter.
        value: Its present value.
        by: 1 for the next larger value or the next choice, -1 for the one before.
        fields: Fields of the rows at hand, which a field goes through.

    Returns:
        Whole numbers of a short range go by 1, numbers between 0 and 1 by 0.05, others from one round number to the
        next; choices, yes and no, and fields go round. A text stays: it can only be typed.
    """
    if parameter.kind == "yes-no":
        return not value
    if parameter.kind in ("choice", "field"):
        return _next_of(parameter.choices or tuple(fields), value, by)
    if parameter.kind == "text":
        return value
    number = _next_number(parameter, float(value), by)
    low = parameter.minimum if parameter.minimum is not None else number
    high = parameter.maximum if parameter.maximum is not None else number
    number = min(max(number, low), high)
    return int(number) if parameter.kind == "integer" else number


def _next_of(values: Sequence[str], value: Argument, by: int) -> Argument:
    if not values:
        return value
    if value not in values:
        return values[0 if by > 0 else -1]
    return values[(values.index(str(value)) + by) % len(values)]


def _next_number(parameter: Parameter, value: float, by: int) -> float:
    low, high = parameter.minimum, parameter.maximum
    if parameter.kind == "integer" and low is not None and high is not None and high - low <= _ONE_BY_ONE:
        return value + by
    if parameter.kind == "number" and low is not None and high is not None and low >= 0 and high <= 1:
        # To the next multiple, so that a value typed between two of them comes back among them.
        steps = round(value / _SHARE_STEP, 6)
        return round((steps // 1 + 1 if by > 0 else -(-steps // 1) - 1) * _SHARE_STEP, 10)
    stops = [one for one in _ROUND if one == int(one)] if parameter.kind == "integer" else _ROUND
    place = bisect_right(stops, value) if by > 0 else bisect_left(stops, value) - 1
    return stops[place] if 0 <= place < len(stops) else value
