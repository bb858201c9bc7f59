"""Reward gaming: a score rises while what it stands for falls."""

from collections.abc import Mapping

from .reading import Argument, Basis, Quantity, Reading, Series
from .sample import Sample
from .tool import Parameter, Tool, Watch

DOUBLINGS = 12
"""From 1 candidate to 2,048."""


def _run(_sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.rewards import MODEL, best_of_n

    scorers, trials, seed = int(arguments["scorers"]), int(arguments["trials"]), int(arguments["seed"])
    watch(0, 1)
    picks = best_of_n([2**power for power in range(DOUBLINGS)], scorers=scorers, trials=trials, seed=seed)
    watch(1, 1)
    top = max(picks, key=lambda pick: pick.worth)
    last = picks[-1]
    powers = tuple(float(power) for power in range(DOUBLINGS))
    label = f"{scorers} scorer{'s' if scorers > 1 else ''}"

    def series(name: str, what: str) -> Series:
        values = tuple(getattr(pick, name) for pick in picks)
        return Series(what, powers, values, "doublings of the number of candidates", f"in standard deviations, {label}")

    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("worth_last", f"true worth, best of {last.candidates:,}", last.worth, "score"),
            Quantity("score_last", f"score, best of {last.candidates:,}", last.score, "score"),
            Quantity("worth_top", "true worth at its highest", top.worth, "score"),
            Quantity("candidates_top", "candidates to choose from there", top.candidates, "count", 1),
        ),
        basis=Basis(0, 0, 0, f"{trials} trials of a simulation: {MODEL}"),
        caveats=("a simulation with weights of our own: read the shapes, not the values",),
        series=(series("score", "score of the pick"), series("worth", "its true worth")),
        seed=seed,
        source="the pattern: Gao et al. 2022, arXiv:2210.10760; ensembles: Coste et al. 2023, arXiv:2310.02743",
    )


TOOL = Tool(
    name="reward-gaming",
    title="Reward gaming",
    help="Picks the best of ever more candidates by score and shows what the pick is truly worth.",
    parameters=(
        Parameter("scorers", "choice", "1", "scorers whose scores are averaged", choices=("1", "3", "5")),
        Parameter("trials", "integer", 200, "picks to average over", minimum=20, maximum=2000),
        Parameter("seed", "integer", 0, "draws the candidates", minimum=0, maximum=1_000_000),
    ),
    run=_run,
    words={
        "worth_last": ("true worth", "worth", "true quality"),
        "score_last": ("score",),
        "worth_top": ("highest worth",),
        "candidates_top": ("candidates",),
    },
    live=False,
    reads="nothing",
)
"""The tool."""
