"""What the tutor says of readings: the first evidence rule that fits and has not spoken yet."""

from dataclasses import dataclass

from synthqc.tools.catalogue import TOOLS

from .conditions import filled, slots_in
from .facts import citation_of, facts_of
from .knowledge import Knowledge
from .protocol import Turn
from .wording import Wording


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in readings."""

    text: str
    """What the learner reads."""
    asked: str = ""
    """Topic of the question that follows; empty for the nearest open one."""
    cited: tuple[str, ...] = ()
    """The readings behind it, each as one line."""


def finding_in(turn: Turn, knowledge: Knowledge, wording: Wording) -> Finding:
    """The finding in the readings of a turn: of a tool that the message names, where it names one."""
    facts = facts_of(turn.readings)
    fitting = [
        rule
        for rule, condition in zip(knowledge.lab.evidence, knowledge.rules, strict=True)
        if condition.holds(facts.values) and slots_in(rule.say) <= facts.values.keys()
    ]
    named = _tools_named(turn)
    asked_for = [rule for rule in fitting if any(f"{tool}." in rule.say for tool in named)] if named else fitting
    fresh = [rule for rule in asked_for if not wording.was_said(f"evidence:{rule.id}")]
    rule = next(iter(fresh or asked_for), None)
    if rule is None and named:
        lines = [citation_of(turn.readings[tool.replace("_", "-")]) for tool in named[:1]]
        return Finding(wording.say("plain_reading", reading=lines[0]), cited=tuple(lines))
    if rule is None:
        return Finding(wording.say("no_finding"))
    wording.note(f"evidence:{rule.id}")
    cited = (
        citation_of(reading)
        for reading in turn.readings.values()
        if f"{reading.tool.replace('-', '_')}." in rule.when + rule.say
    )
    return Finding(filled(rule.say, facts.values, facts.shown).strip(), rule.ask, tuple(cited))


def _tools_named(turn: Turn) -> list[str]:
    text = turn.text.lower()
    return [name.replace("-", "_") for name in turn.readings if TOOLS[name].title.lower() in text]
