"""What a reader of many numbers wants to know: what looks wrong, in which lines, and where it is explained."""

from collections.abc import Mapping
from dataclasses import dataclass

from synthqc.assistant.conditions import filled, parse_condition
from synthqc.assistant.facts import facts_of
from synthqc.tools.catalogue import TOOLS
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

    @property
    def sentence(self) -> str:
        """All of it, as one reads it."""
        named = ", ".join(map(str, self.lines))
        places = f" Look at line{'' if len(self.lines) == 1 else 's'} {named}." if self.lines else ""
        return self.text + places + (f" (lesson {self.lesson})" if self.lesson else "")


@dataclass(frozen=True, slots=True)
class _Rule:
    when: str
    say: str
    tool: str = ""
    lesson: str = ""
    has_places: bool = True
    """Are the lines of what the tool found first worth a look?"""
    is_quoted: bool = False
    """Is what the tool found first told in words?"""
    only_usual: bool = False
    """Was its threshold measured with the tool's usual settings and by words, so that it holds for nothing else?"""


# What the thresholds of lexical-richness and vendi-score rest on: Alice in Wonderland by lines and 5,377 docstrings of
# Python's standard library, in runs and draws of 30, 100, 400 and 1,000, have a MATTR of 0.69 to 0.81 and a Vendi share
# of 0.49 to 0.95; this course's samples that were made to be poor have 0.37 to 0.68, and 0.01 to 0.29. Stock phrases
# have no rule: the tool `repetition` takes 9 KB of memory a line on large files, and so it does not run unasked.
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
        is_quoted=True,
        only_usual=True,
    ),
    _Rule(
        "lexical_richness.mattr < 0.65 and text.words >= 300",
        "In windows of 50 words only {lexical_richness.mattr:percent} of the words differ; English prose has about "
        "80%, documentation 69% to 80%.",
        "lexical-richness",
        "L3, distinct",
        has_places=False,
        only_usual=True,
    ),
    _Rule(
        "vendi_score.share < 0.3 and vendi_score.items >= 30",
        "By their words the {vendi_score.items} records compared count as {vendi_score.vendi} different ones; as many "
        "lines of English prose or documentation count as half their number or more.",
        "vendi-score",
        "L3, vendi",
        only_usual=True,
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
        Remark(
            filled(rule.say, facts.values, facts.shown) + _quoted(rule, readings),
            _lines(readings.get(rule.tool)) if rule.has_places else (),
            rule.lesson,
        )
        for rule in _RULES
        if parse_condition(rule.when).holds(facts.values) and not (rule.only_usual and _is_unusual(readings[rule.tool]))
    ]
    nothing = Remark("Nothing stands out in these measures. They see wording, not whether a statement is true.")
    return remarks or [nothing]


def _quoted(rule: _Rule, readings: Mapping[str, Reading]) -> str:
    if not rule.is_quoted or not (rows := readings[rule.tool].evidence):
        return ""
    return f" Most often comes “{rows[0].text}”: {rows[0].shown}."


def _is_unusual(reading: Reading) -> bool:
    """Did it run with settings of its own, or on a model's vectors?"""
    from synthqc.metrics.vectors import RULE

    usual = {one.name: one.default for one in TOOLS[reading.tool].parameters}
    return dict(reading.arguments) != usual or (reading.tool == "vendi-score" and reading.basis.rule != RULE)


def _lines(reading: Reading | None) -> tuple[int, ...]:
    return reading.evidence[0].lines[:5] if reading is not None and reading.evidence else ()
