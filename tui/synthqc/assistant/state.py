"""How far a conversation is: a fold over its exchanges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from synthqc.course.lab import Lab

from .protocol import Exchange

_SUBSTANCE = ("claim", "paste")
_HELP = ("hint", "prompt", "assert")


@dataclass(slots=True)
class LabState:
    """Where a lab stands."""

    counted: int = 0
    """Exchanges that count."""
    covered: dict[str, bool] = field(default_factory=dict)
    """Expectations met, by id: True where the learner said it, False where they picked it."""
    misconceptions: set[str] = field(default_factory=set)
    """Misconceptions met and not taken back."""
    addressed: set[str] = field(default_factory=set)
    """Topics addressed."""
    case: str = ""
    """The case worked on; empty until the learner has named one."""
    asked: str = ""
    """Topic of the last question."""
    asked_in_a_row: list[str] = field(default_factory=list)
    """Topics of the last replies that ended on their question, the same one each; empty after another question."""
    helped: dict[str, int] = field(default_factory=dict)
    """Steps of help given, by topic."""
    said: list[str] = field(default_factory=list)
    """What the learner has said and pasted so far."""
    has_substance: bool = False
    """Was a claim or a paste counted?"""
    has_bare_terms: bool = False
    """Was a claim of bare terms counted?"""
    moves: list[tuple[str, ...]] = field(default_factory=list)
    """Moves of every reply, oldest first."""
    variants: list[str] = field(default_factory=list)
    """Phrasings used so far, oldest first."""
    cited: dict[str, None] = field(default_factory=dict)
    """Readings cited, each once, oldest first."""
    replies: list[str] = field(default_factory=list)
    """What the tutor has said so far."""
    last: Exchange | None = None
    """The exchange before."""

    def open_topics(self, lab: Lab) -> list[str]:
        """Topics not addressed, the one after the last question first."""
        ids = list(lab.topics)
        start = ids.index(self.asked) if self.asked in ids else 0
        return [topic for topic in ids[start:] + ids[:start] if topic not in self.addressed]

    def is_complete(self, lab: Lab) -> bool:
        """Enough exchanges that count, one of them a claim or a paste, and two topics addressed."""
        return self.counted >= lab.minimum and self.has_substance and len(self.addressed) >= min(2, len(lab.topics))

    def take(self, exchange: Exchange, lab: Lab) -> None:
        """Adds the next exchange."""
        analysis = exchange.analysis
        if analysis.act == "deny" and self.last is not None:
            for expectation in self.last.analysis.expectations:
                self.covered.pop(expectation, None)
            self.misconceptions -= set(self.last.analysis.misconceptions)
        else:
            for expectation in analysis.expectations:
                self.covered[expectation] = self.covered.get(expectation, False) or analysis.act != "pick"
            self.misconceptions |= set(analysis.misconceptions)
            self.addressed |= self._topics(exchange, lab)
        self.case = exchange.case or self.case
        if analysis.counted:
            self.counted += 1
            self.has_substance = self.has_substance or analysis.act in _SUBSTANCE
            self.has_bare_terms = self.has_bare_terms or exchange.is_bare
        if any(move in _HELP for move in exchange.moves) and exchange.asked:
            self.helped[exchange.asked] = self.helped.get(exchange.asked, 0) + 1
            # Whoever takes a hint is at work on the question.
            self.asked_in_a_row = []
        self.said += [exchange.text, exchange.paste]
        self.replies.append(exchange.reply)
        self.moves.append(exchange.moves)
        self.variants += exchange.variants
        self.cited.update(dict.fromkeys(exchange.cited))
        if exchange.asked and "ask" in exchange.moves:
            same = exchange.asked in self.asked_in_a_row
            self.asked_in_a_row = [*self.asked_in_a_row, exchange.asked] if same else [exchange.asked]
        self.asked = exchange.asked or self.asked
        self.last = exchange

    def _topics(self, exchange: Exchange, lab: Lab) -> set[str]:
        analysis = exchange.analysis
        if analysis.misconceptions and not analysis.expectations:
            # A wrong idea leaves its topic open: three of them must not complete a lab.
            return set()
        topics = set(analysis.topics)
        topics |= {lab.expectations[one].topic for one in analysis.expectations if one in lab.expectations}
        if analysis.counted and analysis.act == "claim" and self.asked in lab.topics and not topics:
            # A substantial answer to a question addresses it, understood or not; one on another topic does not.
            topics.add(self.asked)
        return topics & set(lab.topics)


def state_of(history: Iterable[Exchange], lab: Lab) -> LabState:
    """The state after some exchanges, oldest first; the lab opens with the question of its first topic."""
    state = LabState(asked=next(iter(lab.topics), ""))
    for exchange in history:
        state.take(exchange, lab)
    return state


def status_line(state: LabState, lab: Lab) -> str:
    """The state in one line, such as `exchange 2 of 3 · open: evidence, remedy`.

    After a message that did not count it says why: `exchange 2 of 3 · not counted: filler · open: remedy`.
    """
    open_names = [topic.name for topic_id, topic in lab.topics.items() if topic_id not in state.addressed]
    if state.is_complete(lab):
        parts = ["completed"]
    else:
        parts = [f"exchange {min(state.counted, lab.minimum)} of {lab.minimum}"]
        if state.last is not None and (reason := why_not_counted(state.last)):
            parts.append(f"not counted: {reason}")
    parts.append(f"open: {', '.join(open_names)}" if open_names else "nothing open")
    return " · ".join(parts)


_WHY_NOT: Mapping[str, str] = {
    "ack": "filler", "closing": "goodbye", "deny": "taken back", "gibberish": "unreadable", "greet": "greeting",
    "help": "hint", "hostile": "not on the case", "injection": "order to the tutor", "meta": "about the lab",
    "off_topic": "off topic", "other_language": "not English", "parrot": "my own words", "pick": "picked, not said",
}  # fmt: skip


def why_not_counted(exchange: Exchange) -> str:
    """Why an exchange does not count, in two or three words; empty where it does."""
    analysis = exchange.analysis
    if analysis.counted:
        return ""
    if analysis.act in ("paste", "tool_request"):
        return "nothing new measured" if "evidence" in exchange.moves else "nothing measured"
    return _WHY_NOT.get(analysis.act, "bare terms" if exchange.is_bare else "nothing new")


def worded(words: Mapping[str, str], case: str) -> str:
    """The text for a case, or the one for any."""
    return words.get(case) or words.get("any", "")
