"""What a reader of many numbers wants to know: what looks wrong, in which lines, and where it is explained."""

from collections.abc import Mapping
from dataclasses import dataclass

from synthqc.assistant.conditions import filled, parse_condition
from synthqc.assistant.facts import facts_of
from synthqc.tools.reading import Reading


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a file's readings say."""

    text: str
    """What, in one sentence, with the numbers."""
    lines: tuple[int, ...] = ()
    """Lines of the file to look at."""
    lesson: str = ""
    """The lesson that explains it, with its section."""


@dataclass(frozen=True, slots=True)
class _Rule:
    when: str
    say: str
    tool: str = ""
    lesson: str = ""


_RULES = (
    _Rule("text.lines < 10", "{text.lines} records are few: shares of so few say little.", lesson="L3, distinct"),
    _Rule(
        "templates.top_share >= 0.2",
        "One template covers {templates.top_lines} of {templates.lines} records ({templates.top_share:percent}) once "
        "names and numbers are masked.",
        "templates",
        "L1, population",
    ),
    _Rule(
        "templates.top_share < 0.2 and templates.templated_share >= 0.6",
        "{templates.templates} templates cover {templates.templated_share:percent} of the records.",
        "templates",
        "L1, population",
    ),
    _Rule(
        "near_duplicates.near_share < 0.1 and near_duplicates.masked_share >= 0.2",
        "{near_duplicates.masked_share:percent} of the records have a copy once names and numbers are masked, "
        "{near_duplicates.near_share:percent} as they stand: exact deduplication misses them.",
        "near-duplicates",
        "L2, duplicates",
    ),
    _Rule(
        "near_duplicates.near_share >= 0.1",
        "{near_duplicates.near_share:percent} of the records have a copy or near copy, in {near_duplicates.groups} "
        "groups.",
        "near-duplicates",
        "L2, duplicates",
    ),
    _Rule(
        "distinct_n.fixed_budget < 0.65",
        "At 1,000 words Distinct-2 is {distinct_n.fixed_budget}; prose has about 0.86, documentation 0.77.",
        "distinct-n",
        "L3, distinct",
    ),
    _Rule(
        "heuristics.removed_share >= 0.02",
        "Rules would remove {heuristics.removed_lines} of {heuristics.lines} records: markup {heuristics.html_lines}, "
        "encoding {heuristics.encoding_lines}, language {heuristics.language_lines}, length {heuristics.length_lines}, "
        "repetition {heuristics.repetition_lines}.",
        "heuristics",
        "L2, what-layers-catch",
    ),
    _Rule(
        "clusters.largest_share >= 0.1 and text.lines >= 10",
        "The largest cluster holds {clusters.largest_share:percent} of the records compared.",
        "clusters",
        "L3, embeddings",
    ),
)


def verdict_of(readings: Mapping[str, Reading]) -> list[Remark]:
    """The remarks that the readings call for, in the order of the rules; one that nothing stands out where none does.

    Args:
        readings: Readings of one file by tool.
    """
    facts = facts_of(readings)
    remarks = [
        Remark(filled(rule.say, facts.values, facts.shown), _lines(readings.get(rule.tool)), rule.lesson)
        for rule in _RULES
        if parse_condition(rule.when).holds(facts.values)
    ]
    nothing = Remark("Nothing stands out in these measures. They see wording, not whether a statement is true.")
    return remarks or [nothing]


def _lines(reading: Reading | None) -> tuple[int, ...]:
    return reading.evidence[0].lines[:5] if reading is not None and reading.evidence else ()
