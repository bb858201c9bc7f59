"""Templates: how many lines are one sentence with other names and numbers."""

import functools
import random
from collections.abc import Mapping

from .measuring import basis_of, coded_words, lines_of, masked_of, reference_of_lines
from .reading import Argument, Evidence, Quantity, Reading
from .sample import Sample
from .tool import Parameter, Tool, Watch

MOST = 50_000
"""Lines that are looked at; of more, so many are drawn: shares of a draw this large are off by 0.4 points at most, 19
times in 20."""

_SEED = 0


def _run(sample: Sample, arguments: Mapping[str, Argument], _watch: Watch) -> Reading:
    from synthqc.metrics.phrases import opening
    from synthqc.metrics.templates import MASK_RULE, templates_of
    from synthqc.metrics.undefined import UndefinedReading

    positions = [n for n, record in enumerate(sample.records) if record.strip()]
    is_drawn = len(positions) > MOST
    if is_drawn:
        positions = sorted(random.Random(_SEED).sample(positions, MOST))
        found = templates_of([sample.records[n] for n in positions])
    else:
        positions = list(range(len(sample.records)))
        found = templates_of(sample.records, masked_of(sample.records))
    basis = basis_of(sample, MASK_RULE)
    lines = MOST if is_drawn else basis.records
    top = len(found[0].records)
    shared = [template for template in found if len(template.records) > 1]
    quantities = [
        Quantity("top_share", "share in the largest template", top / lines, "share", 0, 1),
        Quantity("top_lines", f"lines in it, of {lines:,}", top, "lines", 0),
        Quantity("lines", "lines looked at", lines, "lines", 0),
        Quantity("templates", "templates with 2 lines and more", len(shared), "count", 0),
        Quantity(
            "templated_share",
            "share in any such template",
            sum(len(template.records) for template in shared) / lines,
            "share",
            0,
            1,
        ),
    ]
    caveats = ["names are guessed from capitals, so text in lower case or in title case masks badly"]
    try:
        first, share = opening(coded_words(sample.records), int(arguments["opening"]))
        label = f"share that opens “{' '.join(first.words)}”"
        quantities.append(Quantity("opening_share", label, share, "share", 0, 1))
    except UndefinedReading as undefined:
        caveats.append(f"no share of openings: {undefined}")
    if is_drawn:
        caveats.append(f"{MOST:,} of {basis.records:,} lines were drawn with seed {_SEED} and looked at")
    if basis.records < 10:
        caveats.append(f"{basis.records} lines are few: a template needs company to show")
    return Reading(
        tool=TOOL.name,
        arguments=arguments,
        quantities=tuple(quantities),
        basis=basis,
        caveats=tuple(caveats),
        reference=reference_of_lines(basis.tokens, _top_share),
        evidence=tuple(
            Evidence(
                template.skeleton,
                len(template.records),
                lines_of(sample, [positions[n] for n in template.records[:20]]),
                "lines",
            )
            for template in shared[:10]
        ),
        seed=_SEED if is_drawn else None,
    )


@functools.lru_cache(maxsize=8)
def _top_share(records: tuple[str, ...]) -> float:
    from synthqc.metrics.templates import templates_of

    return len(templates_of(records)[0].records) / sum(1 for record in records if record.strip())


TOOL = Tool(
    name="templates",
    title="Templates",
    help="Masks names and numbers and counts the skeletons left: one skeleton, many lines means a template.",
    parameters=(Parameter("opening", "integer", 3, "words that make an opening", minimum=1, maximum=10),),
    run=_run,
    words={
        "top_share": ("template", "skeleton", "largest template"),
        "top_lines": ("template", "skeleton"),
        "templates": ("templates", "skeletons"),
        "templated_share": ("templated", "share a template", "any template"),
        "opening_share": ("opening", "open"),
    },
)
"""The tool."""
