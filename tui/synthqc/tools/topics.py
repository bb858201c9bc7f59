"""Topics: what lines are about, by their words or by their labels, and how evenly they spread."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from synthqc.errors import UsageError

from .encoding import lines_to_compare
from .measuring import basis_of
from .reading import Argument, Evidence, Quantity, Reading, Series
from .rows import values_of
from .sample import Sample
from .tool import Parameter, Tool, Watch

_FIELD = "topic"
_NAMING = 2
"""Words that name a topic in a plot."""

_MOST_BARS = 20
"""Topics in a plot; the quantities count all."""


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    import numpy as np

    from synthqc.metrics.topics import topics_of
    from synthqc.metrics.vectors import RULE
    from synthqc.metrics.vendi import effective_number

    seed, k = int(arguments["seed"]), int(arguments["k"])
    labelled = _labelled(sample, str(arguments["field"]), str(arguments["targets"]))
    lines = lines_to_compare(sample, int(arguments["lines"]), seed)
    topics = topics_of(lines.words(), k, seed=seed)
    shares = np.array([len(topic.members) for topic in topics]) / len(lines.positions)
    effective = effective_number(shares, 1)
    caveats = [
        f"the value depends on the number of topics asked for, here {k}: compare only at one number",
        "even is not always the aim: hold the shares against the mix that you want",
        "topics are groups of words here, not of meaning",
        *labelled.caveats,
    ]
    if lines.is_drawn:
        caveats.append(f"{len(lines.positions):,} lines were drawn with seed {seed}")
    names = [" ".join(topic.words[:_NAMING]) for topic in topics]
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("effective_topics", "effective number of topics", effective, "topics", 1, k),
            Quantity("largest_share", "share of the largest topic", float(shares.max()), "share", 0, 1),
            Quantity("smallest_share", "share of the smallest topic", float(shares.min()), "share", 0, 1),
            Quantity("entropy", "entropy of the shares, in bits", float(np.log2(effective)), "bits", 0),
            Quantity("topics", "topics found", len(topics), "topics", 1, k),
            *labelled.quantities,
        ),
        basis=basis_of(sample, f"spherical k-means into {k} topics, best of three starts; {RULE}"),
        caveats=tuple(caveats),
        evidence=tuple(
            Evidence(
                " ".join(topic.words),
                len(topic.members),
                tuple(sample.lines[lines.positions[member]] for member in topic.members[:20]),
                "lines",
            )
            for topic in topics[:10]
        ),
        series=(*_bars("words", "share of the lines", names, shares.tolist()), *labelled.series),
        seed=seed,
        source="Dhillon and Modha 2001, Machine Learning 42:143-175",
    )


@dataclass(frozen=True, slots=True)
class _Labelled:
    """What the rows' own topics say."""

    quantities: tuple[Quantity, ...] = ()
    series: tuple[Series, ...] = ()
    caveats: tuple[str, ...] = ()


def _labelled(sample: Sample, field: str, targets: str) -> _Labelled:
    """The spread of the topics that rows name, and how far it is from the mix that is wanted."""
    import numpy as np

    from synthqc.metrics.vendi import effective_number

    is_asked_for = bool(targets.strip()) or field != _FIELD
    if not is_asked_for and not any(str(row.get(field, "")) for row in sample.rows):
        return _Labelled()
    labels = values_of(sample, field)
    counts = dict(Counter(label for label in labels if label).most_common())
    total = sum(counts.values())
    shares = {label: count / total for label, count in counts.items()}
    effective = effective_number(list(shares.values()), 1)
    without = len(labels) - total
    wanted, missing = _against_targets(targets, shares)
    return _Labelled(
        (
            Quantity("labelled_effective", f"effective number by '{field}'", effective, "topics", 1, len(counts)),
            Quantity("labelled_topics", f"topics by '{field}'", len(counts), "topics", 1),
            Quantity("labelled_largest", "share of the commonest of them", max(shares.values()), "share", 0, 1),
            Quantity("labelled_smallest", "share of the rarest of them", min(shares.values()), "share", 0, 1),
            Quantity("labelled_entropy", "entropy of their shares, in bits", float(np.log2(effective)), "bits", 0),
            *wanted,
        ),
        _bars(field, f"share of the rows by '{field}'", [*shares], [*shares.values()]),
        (*([f"rows without '{field}', left out of its shares: {without:,}"] if without else []), *missing),
    )


def _against_targets(text: str, shares: Mapping[str, float]) -> tuple[list[Quantity], list[str]]:
    """How far the labelled topics are from the wanted mix, where one is, and what is missing."""
    from synthqc.metrics.mix import distance, targets_in

    if not text.strip():
        return [], []
    try:
        targets = targets_in(text)
    except ValueError as error:
        raise UsageError(f"topics: targets: {error}") from error
    missing = [topic for topic in targets if topic not in shares]
    return [
        Quantity("target_distance", "share that is of the wrong topic", distance(shares, targets), "share", 0, 1),
        Quantity("missing_topics", "topics wanted but missing", len(missing), "count", 0, len(targets)),
    ], [f"wanted but missing: {', '.join(missing[:10])}"] if missing else []


def _bars(label: str, y_label: str, names: Sequence[str], shares: Sequence[float]) -> tuple[Series, ...]:
    """The largest shares as bars by name; nothing where there is but one."""
    if len(shares) < 2:
        return ()
    ranks = tuple(float(rank) for rank in range(1, len(shares[:_MOST_BARS]) + 1))
    x_label = "topics, largest first"
    return (Series(label, ranks, tuple(shares[:_MOST_BARS]), x_label, y_label, "bar", tuple(names[:_MOST_BARS])),)


TOOL = Tool(
    name="topics",
    title="Topics",
    help="Groups lines by their words and says how evenly they spread over the groups, which words name them.",
    parameters=(
        Parameter("k", "integer", 10, "topics to look for", minimum=2, maximum=100),
        Parameter("seed", "integer", 0, "draws the starts", minimum=0, maximum=1_000_000),
        Parameter("field", "field", _FIELD, "field of a row that names its topic"),
        Parameter("targets", "text", "", "shares that are wanted of it, such as billing=0.5,returns=0.3,other=0.2"),
        Parameter(
            "lines", "integer", 2000, "lines that are grouped; of more, so many are drawn", minimum=2, maximum=100_000
        ),
    ),
    run=_run,
    words={
        "effective_topics": ("effective topics", "topics"),
        "largest_share": ("largest topic",),
        "smallest_share": ("smallest topic",),
        "entropy": ("entropy",),
        "topics": ("topics",),
        "labelled_effective": ("effective labelled topics",),
        "labelled_topics": ("labelled topics",),
        "labelled_largest": ("commonest label",),
        "labelled_smallest": ("rarest label",),
        "labelled_entropy": ("entropy of the labels",),
        "target_distance": ("distance from the target", "wrong topic"),
        "missing_topics": ("missing topics",),
    },
    live=False,
)
"""The tool."""
