"""What a sample keeps of its rows, small enough for millions of them."""

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence

from synthqc.cleaning import clean

LONGEST_VALUE = 200
"""Characters of a text value that is kept beside the record's text; longer ones are no label."""

_MOST_SHARED, _LONGEST_SHARED = 10_000, 40

Value = str | int | float | bool
"""A value beside a record's text."""

Row = Mapping[str, Value]
"""What a row has beside the text that is measured."""


class CompactRow(Row):
    """A row whose keys are shared with all rows that have the same ones: half the memory of a dict."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[str, int], values: tuple[Value, ...]) -> None:
        """Takes what it keeps.

        Args:
            places: The place of each key's value.
            values: The values.
        """
        self._places = places
        self._values = values

    def __getitem__(self, key: str) -> Value:
        """The value under a key."""
        return self._values[self._places[key]]

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._places)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self._places)


class RowMaker:
    """Makes rows that share their keys and their short texts."""

    def __init__(self) -> None:
        """Starts with nothing to share."""
        self._shapes: dict[tuple[str, ...], Mapping[str, int]] = {}
        self._texts: dict[str, str] = {}

    def row(self, found: Mapping[str, object], text_field: str) -> Row:
        """The plain values of a row but for its text, texts and keys cleaned.

        Args:
            found: The row as it was read.
            text_field: The field that holds the record's text.
        """
        keys: list[str] = []
        values: list[Value] = []
        # Written out because it runs for every value of every row: a call for each takes half as long again.
        for key, value in found.items():
            if key == text_field:
                continue
            plain: Value | None = None
            if isinstance(value, str):
                plain = self._texts.get(value)
                if plain is None:
                    plain = self._text(value)
            elif isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
                plain = value
            if plain is not None:
                keys.append(key)
                values.append(plain)
        return CompactRow(self._places(tuple(keys)), tuple(values))

    def _text(self, text: str) -> str | None:
        """A text that is met for the first time, cleaned; None for one that is too long to be a label."""
        if len(text) > LONGEST_VALUE:
            return None
        cleaned = clean(text)
        if len(text) <= _LONGEST_SHARED and len(self._texts) < _MOST_SHARED:
            self._texts[text] = cleaned
        return cleaned

    def _places(self, keys: tuple[str, ...]) -> Mapping[str, int]:
        if keys not in self._shapes:
            self._shapes[keys] = {clean(key): place for place, key in enumerate(keys)}
        return self._shapes[keys]


def compact(numbers: "array[int]") -> Sequence[int]:
    """Whole numbers as a range where each follows the one before it, else as they are."""
    if not numbers:
        return ()
    straight = range(numbers[0], numbers[-1] + 1)
    return straight if len(straight) == len(numbers) and array("q", straight) == numbers else numbers
