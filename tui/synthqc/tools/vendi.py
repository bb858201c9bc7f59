"""Vendi Score: the effective number of different lines."""

import math
from collections.abc import Mapping

from .encoding import vectors_of
from .measuring import basis_of, words_of
from .reading import Argument, Quantity, Reading, Series
from .sample import Sample
from .tool import Parameter, Tool, Watch

MOST = 1000
"""Lines that are compared; of more, so many are drawn."""

_SEED = 0
_STEPS = 10


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.undefined import UndefinedReading
    from synthqc.metrics.vectors import likeness
    from synthqc.metrics.vendi import vendi_score

    positions, is_drawn = drawn(sample)
    if not positions:
        raise UndefinedReading("there are no words to compare")
    order = math.inf if arguments["order"] == "infinity" else float(arguments["order"])
    words = words_of(sample.records)
    vectors = vectors_of([sample.records[n] for n in positions], [words[n] for n in positions])
    kernel = likeness(vectors.rows)
    value = vendi_score(kernel, order)
    n = len(positions)
    series: tuple[Series, ...] = ()
    if arguments["copies"]:
        shares, scores = [], []
        for step in range(_STEPS + 1):
            watch(step, _STEPS)
            copies = max(1, round(n * step / _STEPS))
            # Lines 0 to copies - 1 become line 0.
            kept = [0] * copies + list(range(copies, n))
            shares.append(step / _STEPS)
            scores.append(vendi_score(kernel[kept][:, kept], order))
        label = f"order {arguments['order']}"
        series = (Series(label, tuple(shares), tuple(scores), "share replaced by copies of one line", "Vendi Score"),)
    caveats = [vectors.caveat]
    if is_drawn:
        caveats.append(f"{MOST:,} lines were drawn with seed {_SEED}; the score of all lines can be higher")
    caveats.append("random noise scores high, so read this beside a check of quality")
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("vendi", "effective number of lines", value, "lines", 1, n),
            Quantity("items", "lines compared", n, "lines", 1),
            Quantity("share", "effective number over lines", value / n, "share", 0, 1),
        ),
        basis=basis_of(sample, vectors.rule),
        caveats=tuple(caveats),
        series=series,
        seed=_SEED if is_drawn else None,
        source="Friedman and Dieng 2023, arXiv:2210.02410; orders: Pasarkar and Dieng 2024, arXiv:2310.12952",
    )


def drawn(sample: Sample) -> tuple[list[int], bool]:
    """The lines that have words, or a seeded draw of them where there are too many; and whether it is one."""
    import random

    positions = [n for n, words in enumerate(words_of(sample.records)) if words]
    if len(positions) <= MOST:
        return positions, False
    return random.Random(_SEED).sample(positions, MOST), True


TOOL = Tool(
    name="vendi-score",
    title="Vendi Score",
    help="Effective number of different lines: copies count once, partly alike lines count partly.",
    parameters=(
        Parameter(
            "order",
            "choice",
            "1",
            "small orders give rare lines more weight, infinity counts only the largest heap",
            choices=("0.5", "1", "2", "infinity"),
        ),
        Parameter("copies", "yes-no", default=False, help="show how the score falls as lines become copies of one"),
    ),
    run=_run,
    words={"vendi": ("vendi", "vendi score", "effective number"), "items": ("lines",), "share": ("vendi share",)},
)
"""The tool."""
