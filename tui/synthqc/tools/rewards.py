"""Reward gaming: a score rises while what it stands for falls; in a simulation, or in rows that have both."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from synthqc.cleaning import one_line

from .reading import Argument, Basis, Evidence, Quantity, Reading, Series
from .rows import basis_of_rows, fields_of
from .sample import Sample
from .scores import JudgedRows, judged_rows
from .tool import Parameter, Tool, Watch

if TYPE_CHECKING:
    from synthqc.metrics.bestofn import Choice

DOUBLINGS = 12
"""From 1 candidate to 2,048."""

_MOST_SCORERS = 6
"""Scorers that are drawn each by itself."""

_DIGITS = 12
"""Digits of an averaged score that are no rounding."""

_AXIS = "doublings of the number of candidates"

_SPREAD = "standard deviations"


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.undefined import UndefinedReading

    score, truth = str(arguments["score"]), str(arguments["truth"])
    rows = judged_rows(sample, score, truth)
    if rows is not None:
        return _measured(sample, rows, arguments)
    usual = {one.name: one.default for one in TOOL.parameters}
    if (score, truth) != (usual["score"], usual["truth"]):
        wanted = (
            f"rows with a number in '{score}' (or in fields that start so) and a number or true or false in '{truth}'"
        )
        raise UndefinedReading(f"this needs {wanted}; {fields_of(sample, 'score', 'truth')}")
    return _simulated(sample, arguments, watch)


def _measured(sample: Sample, rows: JudgedRows, arguments: Mapping[str, Argument]) -> Reading:
    from synthqc.metrics.bestofn import best_of, truth_at_top
    from synthqc.metrics.correlation import pearson, spearman
    from synthqc.metrics.undefined import UndefinedReading

    names, share = list(rows.scores), float(arguments["top"])
    together = _averaged(rows)
    if min(rows.truths) == max(rows.truths):
        raise UndefinedReading(f"'{arguments['truth']}' is the same in every row, so no score can go with it")
    candidates = [2**power for power in range(len(rows.truths).bit_length())]
    picks = best_of(together, rows.truths, candidates)
    alone = {name: best_of(rows.scores[name], rows.truths, candidates) for name in names} if len(names) > 1 else {}
    top, last = max(picks, key=lambda pick: pick.truth), picks[-1]
    at_top, mean = truth_at_top(together, rows.truths, share), sum(rows.truths) / len(rows.truths)
    quantities = [
        Quantity("spearman", "rank correlation of score and truth", spearman(together, rows.truths), "score", -1, 1),
        Quantity("pearson", "linear correlation of the two", pearson(together, rows.truths), "score", -1, 1),
        Quantity("truth_top", f"mean truth of the top {share:.3g} by score", at_top, "score"),
        Quantity("truth_all", "mean truth of all", mean, "score"),
        Quantity("worth_last", f"truth of the best of {last.candidates:,} by score", last.truth, "score"),
        Quantity("score_last", f"score of the best of {last.candidates:,}", last.score, "score"),
        Quantity("worth_top", "that truth at its highest", top.truth, "score"),
        Quantity("candidates_top", "candidates to choose from there", top.candidates, "count", 1),
        Quantity("scorers", "scorers averaged", len(names), "count", 1),
    ]
    if alone:
        ranked = sum(spearman(rows.scores[name], rows.truths) for name in names) / len(names)
        worth = sum(found[-1].truth for found in alone.values()) / len(names)
        quantities += [
            Quantity("spearman_alone", "rank correlation of one scorer, mean", ranked, "score", -1, 1),
            Quantity("worth_last_alone", f"truth of the best of {last.candidates:,} by one, mean", worth, "score"),
        ]
    whose = f"the mean of {', '.join(names)}, each with mean 0 and spread 1" if alone else f"'{names[0]}'"
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis_of_rows(
            sample,
            rows.positions,
            f"score is {whose}; the best of n is that of all ways to draw n of the items, on average and exactly",
        ),
        caveats=(
            _turn(top.candidates, last.candidates),
            "the right end of a curve rests on few items: the best of n comes from about the top 1/n by score",
            *([rows.caveat] if rows.caveat else []),
        ),
        evidence=_overrated(sample, rows, together, mean, share),
        series=_curves(picks, alone) if len(picks) > 1 else (),
        source="best of n: Nakano et al. 2021, arXiv:2112.09332, appendix I; Gao et al. 2022, arXiv:2210.10760",
    )


def _turn(top: int, last: int) -> str:
    if top == last:
        return f"the truth has not turned up to {last:,} candidates; it may beyond them"
    if top == 1:
        return "the truth falls from the start: whatever is picked by this score is worth less than a random item"
    return f"the truth is highest at {top:,} candidates: beyond that a better score means a worse pick"


def _averaged(rows: JudgedRows) -> list[float]:
    """The scores, or the mean of several scorers, each brought to mean 0 and standard deviation 1."""
    import numpy as np

    from synthqc.metrics.undefined import UndefinedReading

    columns = np.array([*rows.scores.values()])
    for name, column in zip(rows.scores, columns, strict=True):
        if column.min() == column.max():
            raise UndefinedReading(f"'{name}' has the same score throughout, so it ranks nothing")
    if len(columns) == 1:
        return [float(value) for value in columns[0]]
    scaled = columns / np.abs(columns).max(axis=1, keepdims=True)
    standard = (scaled - scaled.mean(axis=1, keepdims=True)) / scaled.std(axis=1, keepdims=True)
    # Scores that are equal but for rounding are ties, and scorers that cancel each other rank nothing.
    means = [round(float(value), _DIGITS) for value in standard.mean(axis=0)]
    if min(means) == max(means):
        raise UndefinedReading(f"{', '.join(rows.scores)} cancel each other: their mean is the same for every row")
    return means


def _overrated(
    sample: Sample, rows: JudgedRows, scores: list[float], mean: float, share: float
) -> tuple[Evidence, ...]:
    """The rows with the best scores that are worth less than the mean."""
    order = sorted(range(len(scores)), key=lambda n: -scores[n])[: max(1, round(share * len(scores)))]
    worse = [n for n in order if rows.truths[n] < mean][:10]
    return tuple(
        Evidence(
            f"truth {rows.truths[n]:.3g}: {one_line(sample.records[rows.positions[n]], 120)}",
            scores[n],
            (sample.lines[rows.positions[n]],),
            "score",
        )
        for n in worse
    )


def _curves(picks: "list[Choice]", alone: "Mapping[str, list[Choice]]") -> tuple[Series, ...]:
    powers = tuple(float(power) for power in range(len(picks)))
    name = "by their mean" if alone else "truth of the pick"
    return (
        Series("score of the pick", powers, tuple(pick.score for pick in picks), _AXIS, "score"),
        Series(name, powers, tuple(pick.truth for pick in picks), _AXIS, "truth of the pick"),
        *(
            Series(f"by {name} alone", powers, tuple(pick.truth for pick in found), _AXIS, "truth of the pick")
            for name, found in [*alone.items()][:_MOST_SCORERS]
        ),
    )


def _simulated(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
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
        return Series(what, powers, values, _AXIS, f"in {_SPREAD}, {label}")

    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("worth_last", f"true worth, best of {last.candidates:,}", last.worth, _SPREAD),
            Quantity("score_last", f"score, best of {last.candidates:,}", last.score, _SPREAD),
            Quantity("worth_top", "true worth at its highest", top.worth, _SPREAD),
            Quantity("candidates_top", "candidates to choose from there", top.candidates, "count", 1),
        ),
        basis=Basis(0, 0, 0, f"{trials} trials of a simulation: {MODEL}"),
        caveats=(
            _instead_of_rows(sample, str(arguments["score"]), str(arguments["truth"])),
            "a simulation with weights of our own: read the shapes, not the values",
        ),
        series=(series("score", "score of the pick"), series("worth", "its true worth")),
        seed=seed,
        source="the pattern: Gao et al. 2022, arXiv:2210.10760; ensembles: Coste et al. 2023, arXiv:2310.02743",
    )


def _instead_of_rows(sample: Sample, score: str, truth: str) -> str:
    if sample.rows:
        missing = f"no row has a number in '{score}' and a truth in '{truth}'"
        return f"simulated, not measured on these rows: {missing}; {fields_of(sample, 'score', 'truth')}"
    return f"rows with a score and a truth (fields '{score}' and '{truth}', or those you name) are measured instead"


TOOL = Tool(
    name="reward-gaming",
    title="Reward gaming",
    help="Best of ever more candidates by score, and what it is truly worth: a simulation, or rows with both.",
    parameters=(
        Parameter("scorers", "choice", "1", "simulation: scorers whose scores are averaged", choices=("1", "3", "5")),
        Parameter("trials", "integer", 200, "simulation: picks to average over", minimum=20, maximum=2000),
        Parameter("seed", "integer", 0, "simulation: draws the candidates", minimum=0, maximum=1_000_000),
        Parameter("score", "field", "score", "rows: field of the score, or how the fields of several scorers begin"),
        Parameter("truth", "field", "truth", "rows: field of what a row is truly worth, a number or right and wrong"),
        Parameter("top", "number", 0.1, "rows: share with the best scores that is looked at", minimum=0.001, maximum=1),
    ),
    run=_run,
    words={
        "worth_last": ("true worth", "worth", "true quality"),
        "score_last": ("score",),
        "worth_top": ("highest worth",),
        "candidates_top": ("candidates",),
        "spearman": ("rank correlation", "correlation"),
        "pearson": ("linear correlation",),
        "truth_top": ("top share",),
    },
    live=False,
    reads="either",
)
"""The tool."""
