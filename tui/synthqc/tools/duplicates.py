"""Near-duplicates: lines that repeat another one, exactly or almost."""

import functools
from collections.abc import Mapping

from .measuring import basis_of, lines_of, masked_of, reference_of_lines
from .reading import Argument, Evidence, Quantity, Reading
from .sample import Sample
from .tool import Parameter, Tool, Watch


def _run(sample: Sample, arguments: Mapping[str, Argument], watch: Watch) -> Reading:
    from synthqc.metrics.duplicates import duplicates_of

    threshold, shingle = float(arguments["threshold"]), int(arguments["shingle"])
    found = duplicates_of(sample.records, threshold=threshold, shingle=shingle, watch=watch)
    basis = basis_of(
        sample,
        f"lines are near from a Jaccard similarity of {threshold:g} on their runs of {shingle} characters, "
        f"case and spacing ignored; {found.method}",
    )
    quantities = [
        Quantity("near_share", "share with a copy or near copy", found.repeating / basis.records, "share", 0, 1),
        Quantity("exact_lines", "lines that repeat an earlier one", sum(len(g) - 1 for g in found.exact), "lines", 0),
        Quantity("groups", "groups of copies", len(found.groups), "count", 0),
        Quantity("largest_group", "lines in the largest group", max(map(len, found.groups), default=0), "lines", 0),
    ]
    caveats = ["nearness is one of characters: the same thing said in other words is no near copy"]
    if found.n_pairs is not None:
        quantities.append(Quantity("near_pairs", "near pairs of different lines", found.n_pairs, "pairs", 0))
    if found.empty:
        quantities.append(Quantity("empty_lines", "lines without text", len(found.empty), "lines", 0))
    if arguments["masked"] and basis.records > int(arguments["masked_up_to"]):
        caveats.append(
            f"names and numbers were not masked: the set has {basis.records:,} lines, "
            f"masked_up_to is {arguments['masked_up_to']:,}"
        )
    elif arguments["masked"]:
        hidden = duplicates_of(masked_of(sample.records), threshold=threshold, shingle=shingle, watch=watch)
        share = hidden.repeating / basis.records
        quantities.insert(1, Quantity("masked_share", "same, with names, numbers masked", share, "share", 0, 1))
        quantities.append(Quantity("masked_groups", "groups, names and numbers masked", len(hidden.groups), "count", 0))
        if hidden.repeating > found.repeating:
            caveats.append("short lines that differ in names and numbers are not near as they stand, only when masked")
    evidence = [
        Evidence(sample.records[group[0]].strip(), len(group), lines_of(sample, group), "times")
        for group in found.exact
    ]
    evidence += [
        Evidence(
            f"{sample.records[pair.first].strip()}  ↔  {sample.records[pair.second].strip()}",
            pair.similarity,
            lines_of(sample, (pair.first, pair.second)),
            "alike",
        )
        for pair in found.pairs[:10]
    ]
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis,
        caveats=tuple(caveats),
        reference=reference_of_lines(basis.tokens, lambda lines: _near_share(lines, threshold, shingle)),
        evidence=tuple(evidence[:10]),
        source="Broder 1997, doi:10.1109/SEQUEN.1997.666900",
    )


@functools.lru_cache(maxsize=8)
def _near_share(records: tuple[str, ...], threshold: float, shingle: int) -> float:
    from synthqc.metrics.duplicates import duplicates_of

    found = duplicates_of(records, threshold=threshold, shingle=shingle)
    return found.repeating / sum(1 for record in records if record.strip())


TOOL = Tool(
    name="near-duplicates",
    title="Near-duplicates",
    help="Lines that repeat another one exactly, almost, or but for names and numbers.",
    parameters=(
        Parameter("threshold", "number", 0.8, "Jaccard similarity from which lines are near", minimum=0.3, maximum=1),
        Parameter("shingle", "integer", 5, "characters in a shingle", minimum=2, maximum=20),
        Parameter("masked", "yes-no", default=True, help="compare again with names and numbers masked"),
        Parameter(
            "masked_up_to",
            "integer",
            100_000,
            "lines up to which that is done; masking takes longer than comparing",
            minimum=0,
            maximum=1_000_000_000,
        ),
    ),
    run=_run,
    words={
        "near_share": ("near-duplicate", "near duplicate", "copies"),
        "exact_lines": ("exact", "identical"),
        "near_pairs": ("pairs",),
        "groups": ("groups",),
        "masked_share": ("masked", "masking"),
    },
)
"""The tool."""
