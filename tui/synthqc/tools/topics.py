"""Topics: what lines are about, by their words, and how evenly they spread."""

import random
from collections.abc import Mapping

from .measuring import basis_of, words_of
from .reading import Argument, Evidence, Quantity, Reading, Series
from .sample import Sample
from .tool import Parameter, Tool, Watch

MOST = 2000
"""Lines that are grouped; of more, so many are drawn."""


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    import numpy as np

    from synthqc.metrics.topics import topics_of
    from synthqc.metrics.vectors import RULE
    from synthqc.metrics.vendi import effective_number

    seed, k = int(arguments["seed"]), int(arguments["k"])
    words = words_of(sample.records)
    positions = [n for n, record in enumerate(words) if record]
    is_drawn = len(positions) > MOST
    if is_drawn:
        positions = sorted(random.Random(seed).sample(positions, MOST))
    topics = topics_of([words[n] for n in positions], k, seed=seed)
    shares = np.array([len(topic.members) for topic in topics]) / len(positions)
    effective = effective_number(shares, 1)
    caveats = [
        f"the value depends on the number of topics asked for, here {k}: compare only at one number",
        "even is not always the aim: hold the shares against the mix that you want",
        "topics are groups of words here, not of meaning",
    ]
    if is_drawn:
        caveats.append(f"{MOST:,} lines were drawn with seed {seed}")
    ranks = tuple(float(rank) for rank in range(1, len(topics) + 1))
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=(
            Quantity("effective_topics", "effective number of topics", effective, "topics", 1, k),
            Quantity("largest_share", "share of the largest topic", float(shares.max()), "share", 0, 1),
            Quantity("smallest_share", "share of the smallest topic", float(shares.min()), "share", 0, 1),
            Quantity("entropy", "entropy of the shares, in bits", float(np.log2(effective)), "bits", 0),
            Quantity("topics", "topics found", len(topics), "topics", 1, k),
        ),
        basis=basis_of(sample, f"spherical k-means into {k} topics, best of three starts; {RULE}"),
        caveats=tuple(caveats),
        evidence=tuple(
            Evidence(
                " ".join(topic.words),
                len(topic.members),
                tuple(sample.lines[positions[member]] for member in topic.members[:20]),
                "lines",
            )
            for topic in topics[:10]
        ),
        series=(Series("share", ranks, tuple(map(float, shares)), "topics, largest first", "share of the lines"),)
        if len(topics) > 1
        else (),
        seed=seed,
        source="Dhillon and Modha 2001, Machine Learning 42:143-175",
    )


TOOL = Tool(
    name="topics",
    title="Topics",
    help="Groups lines by their words and says how evenly they spread over the groups, which words name them.",
    parameters=(
        Parameter("k", "integer", 10, "topics to look for", minimum=2, maximum=100),
        Parameter("seed", "integer", 0, "draws the starts", minimum=0, maximum=1_000_000),
    ),
    run=_run,
    words={
        "effective_topics": ("effective topics", "topics"),
        "largest_share": ("largest topic",),
        "smallest_share": ("smallest topic",),
        "entropy": ("entropy",),
        "topics": ("topics",),
    },
    live=False,
)
"""The tool."""
