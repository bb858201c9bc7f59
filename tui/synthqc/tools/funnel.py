"""A funnel: what each layer of a stack reads, removes and leaves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .layers import Removed, removed_by
from .sample import Sample
from .stack import Layer, Stack


@dataclass(frozen=True, slots=True)
class Step:
    """One layer's part."""

    layer: Layer
    """Its name."""
    read: tuple[int, ...]
    """Positions of the lines that it had to read: what the layers before it left."""
    removed: Removed
    """What it removed, with the reasons."""

    @property
    def left(self) -> tuple[int, ...]:
        """Positions of the lines that it left."""
        return tuple(n for n in self.read if n not in self.removed)


def funnel_of(
    sample: Sample, positions: Sequence[int], stack: Stack, watch: Callable[[int, int], None] | None = None
) -> list[Step]:
    """Runs a stack: one step for each layer, in its order.

    Args:
        sample: All lines.
        positions: Those that the first layer reads.
        stack: Layers and settings.
        watch: Told of each layer done, of how many; may raise to stop.
    """
    steps: list[Step] = []
    left = tuple(positions)
    for number, layer in enumerate(stack.layers):
        if watch is not None:
            watch(number, len(stack.layers))
        steps.append(Step(layer, left, removed_by(layer, sample, left, stack)))
        left = steps[-1].left
    return steps


def warnings_of(steps: Sequence[Step], stack: Stack) -> list[str]:
    """What somebody should know before they trust a funnel: that most lines went as copies by their masked texts."""
    if not stack.masked:
        return []
    return [
        f"{len(step.removed):,} of {len(step.read):,} lines go as copies once names and numbers are masked; turn "
        "masked off to compare them as they stand"
        for step in steps
        if step.layer == "duplicates" and 2 * len(step.removed) > len(step.read)
    ]
