"""Which series share a plot."""

from collections.abc import Iterable

from synthqc.tools.reading import Series


def plots_in(series: Iterable[Series]) -> list[list[Series]]:
    """Series by plot: those of one kind whose values are the same thing, in the order in which they come first."""
    plots: dict[tuple[str, str], list[Series]] = {}
    for one in series:
        if one.x:
            plots.setdefault((one.kind, one.y_label), []).append(one)
    return list(plots.values())
