"""Texts as metrics on whole records take them."""

from collections.abc import Sequence


def check_texts(records: Sequence[str]) -> None:
    """Refuses what is no list of texts, before letters are taken for records or a gap for a text.

    Args:
        records: A list, a tuple or an array of texts.

    Raises:
        ValueError: It is one text, or a record is none: None, NaN, a list of words.
    """
    if isinstance(records, str):
        raise ValueError(f"the records are one text, {records!r:.40}; give a list of texts")
    # Any other sequence is one of ours that reads texts from a file; going through it once more would take seconds.
    # An array is known by its dtype: NumPy is not loaded here, for templates are masked before there is any number.
    given = records if isinstance(records, (list, tuple)) or hasattr(records, "dtype") else ()
    for place, record in enumerate(given, start=1):
        if not isinstance(record, str):
            raise ValueError(f"record {place:,} is {record!r:.40}, allowed is a text")
