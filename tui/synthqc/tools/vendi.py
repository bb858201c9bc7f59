"""Vendi Score: the effective number of different lines."""

import math
from collections.abc import Callable, Mapping

from .encoding import Lines, lines_to_compare
from .measuring import basis_of
from .reading import Argument, Quantity, Reading, Series
from .sample import Sample
from .tool import Parameter, Tool, Watch

_SEED = 0
_STEPS = 10


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.undefined import UndefinedReading

    lines = lines_to_compare(sample, int(arguments["lines"]), _SEED, all_by_model=True)
    n = len(lines.positions)
    if not n:
        raise UndefinedReading("there are no words to compare")
    score = _scorer(lines, math.inf if arguments["order"] == "infinity" else float(arguments["order"]))
    value = score(list(range(n)))
    caveats = lines.caveats
    if lines.is_drawn:
        caveats.append("the score of all lines can be higher than that of a draw")
    caveats.append("random noise scores high, so read this beside a check of quality")
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("vendi", "effective number of lines", value, "lines", 1, n),
            Quantity("items", "lines compared", n, "lines", 1),
            Quantity("share", "effective number over lines", value / n, "share", 0, 1),
        ),
        basis=basis_of(sample, lines.rule),
        caveats=tuple(caveats),
        series=(_falling(score, n, f"order {arguments['order']}", watch),) if arguments["copies"] else (),
        seed=_SEED if lines.is_drawn else None,
        source="Friedman and Dieng 2023, arXiv:2210.02410; orders: Pasarkar and Dieng 2024, arXiv:2310.12952",
    )


def _scorer(lines: Lines, order: float) -> Callable[[list[int]], float]:
    """Gives the score of some of the lines, some of them more than once, from what is computed but once."""
    from synthqc.metrics.vendi import vendi_score, vendi_score_of_vectors

    if lines.encoder is not None:
        vectors = lines.vectors()
        return lambda kept: vendi_score_of_vectors(vectors[kept], order)
    kernel = lines.likeness()
    return lambda kept: vendi_score(kernel[kept][:, kept], order)


def _falling(score: Callable[[list[int]], float], n: int, label: str, watch: Watch) -> Series:
    """The score as more and more lines become copies of the first."""
    shares, scores = [], []
    for step in range(_STEPS + 1):
        watch(step, _STEPS)
        copies = max(1, round(n * step / _STEPS))
        shares.append(step / _STEPS)
        scores.append(score([0] * copies + list(range(copies, n))))
    return Series(label, tuple(shares), tuple(scores), "share replaced by copies of one line", "Vendi Score")


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
            choices=("0", "0.1", "0.5", "1", "2", "infinity"),
        ),
        Parameter("copies", "yes-no", default=False, help="show how the score falls as lines become copies of one"),
        Parameter(
            "lines",
            "integer",
            1000,
            "lines compared by their words; of more, so many are drawn (by a model's vectors, all are compared)",
            minimum=2,
            maximum=5000,
        ),
    ),
    run=_run,
    words={"vendi": ("vendi", "vendi score", "effective number"), "items": ("lines",), "share": ("vendi share",)},
)
"""The tool."""
