"""Clusters: groups of lines about the same thing in much the same words."""

from collections.abc import Mapping

from .encoding import vectors_of
from .measuring import basis_of, words_of
from .reading import Argument, Evidence, Quantity, Reading
from .sample import Sample
from .tool import Parameter, Tool, Watch

MOST = 2000
"""Lines that are compared; of more, so many are drawn."""

_SEED = 0


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    import random

    from synthqc.metrics.clusters import SMALLEST, clusters_of
    from synthqc.metrics.vectors import likeness

    threshold = float(arguments["threshold"])
    words = words_of(sample.records)
    positions = [n for n, record in enumerate(words) if record]
    is_drawn = len(positions) > MOST
    if is_drawn:
        positions = sorted(random.Random(_SEED).sample(positions, MOST))
    vectors = vectors_of([sample.records[n] for n in positions], [words[n] for n in positions])
    found = clusters_of(likeness(vectors.rows), threshold)
    n = len(positions)
    largest = len(found.members[0]) if found.members else 0
    clustered = sum(map(len, found.members))
    quantities = [
        Quantity("clusters", f"clusters of {SMALLEST} lines and more", len(found.members), "count", 0),
        Quantity("clustered_share", "share of lines in a cluster", clustered / n, "share", 0, 1),
        Quantity("largest_share", "share in the largest cluster", largest / n, "share", 0, 1),
        Quantity("largest_lines", "lines in the largest cluster", largest, "lines", 0),
    ]
    if found.within is not None:
        quantities.append(Quantity("within_similarity", "likeness inside clusters", found.within, "score", -1, 1))
    if found.separation is not None:
        quantities.append(Quantity("separation", "distance between clusters", found.separation, "score", 0, 2))
    caveats = [vectors.caveat]
    if is_drawn:
        caveats.append(f"{MOST:,} lines were drawn with seed {_SEED}")
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis_of(sample, f"{vectors.rule}; neighbours from {threshold:g} on"),
        caveats=tuple(caveats),
        evidence=tuple(
            Evidence(
                sample.records[positions[one[0]]].strip(),
                len(one),
                tuple(sample.lines[positions[member]] for member in one[:20]),
                "lines",
            )
            for one in found.members[:10]
        ),
        seed=_SEED if is_drawn else None,
        source="Butina 1999, doi:10.1021/ci9803381",
    )


TOOL = Tool(
    name="clusters",
    title="Clusters",
    help="Groups of alike lines: how many, how much of the set they hold, how tight and how far apart they are.",
    parameters=(
        Parameter("threshold", "number", 0.5, "likeness from which lines are neighbours", minimum=0.1, maximum=1),
    ),
    run=_run,
    words={
        "clusters": ("clusters", "groups"),
        "clustered_share": ("clustered",),
        "largest_share": ("largest cluster",),
        "largest_lines": ("largest cluster",),
        "within_similarity": ("within", "inside"),
        "separation": ("separation", "distance"),
    },
)
"""The tool."""
