"""How the tutor words things: several phrasings each, none twice in a row."""

import re
from collections.abc import Mapping, Sequence

from .knowledge import Knowledge
from .state import LabState

FEWEST = 3
"""Phrasings of each kind: with fewer, one of them soon comes twice in a row."""

PHRASES: Mapping[str, frozenset[str]] = {
    kind: frozenset(slots.split())
    for kind, slots in {
        "again": "",
        "calm": "",
        "case": "name",
        "choices": "",
        "completed": "",
        "completed_by_tutor": "",
        "credit": "quote credit",
        "deny": "",
        "filler": "",
        "gibberish": "",
        "go_on": "",
        "goodbye": "status",
        "goodbye_done": "",
        "greet": "",
        "heard": "quote",
        "hint_soon": "",
        "language": "",
        "mismatch": "given measured label",
        "no_finding": "",
        "no_text": "",
        "off_topic": "",
        "on_record": "gist",
        "nearest_section": "section",
        "parrot": "",
        "passage": "passage section",
        "pick": "gist",
        "plain_reading": "reading",
        "pick_other": "",
        "pump": "",
        "refuse": "",
        "reading": "quote idea",
        "restate": "",
        "said_before": "",
        "something_else": "",
        "status": "status",
        "still_here": "topic",
        "still_open": "topics",
        "unanswered": "",
        "unmeasured": "",
        "which_evidence": "",
        "you_found": "",
        "you_measured": "",
    }.items()
}
"""The kinds of phrases that the tutor needs, and the slots that each may have."""

_SLOT = re.compile(r"\{([a-z_]+)\}")
_LONGEST_QUOTE = 12


class Wording:
    """Draws phrasings in turn and remembers which were used."""

    def __init__(self, knowledge: Knowledge, state: LabState) -> None:
        self._phrases = knowledge.phrases
        self._before = state.variants
        self.used: list[str] = []
        """Ids of the phrasings used for this reply."""

    def say(self, kind: str, **slots: object) -> str:
        """A phrasing of that kind, the one after the one used last, with its slots filled."""
        phrasings = self._phrases[kind]
        uses = sum(variant.startswith(f"{kind}:") for variant in (*self._before, *self.used))
        number = uses % len(phrasings)
        self.used.append(f"{kind}:{number}")
        return _SLOT.sub(lambda slot: str(slots[slot.group(1)]), phrasings[number]).strip()

    def note(self, variant: str) -> None:
        """Remembers that an authored text was said."""
        self.used.append(variant)

    def was_said(self, variant: str) -> bool:
        """Was this authored text said before?"""
        return variant in self._before


def slots_of(phrasing: str) -> set[str]:
    """Names of the slots of a phrasing."""
    return {slot.group(1) for slot in _SLOT.finditer(phrasing)}


def quoted(sentence: str, most: int = _LONGEST_QUOTE) -> str:
    """A learner's words as a quotation, cut to a length that one reads at a glance."""
    words = sentence.split()
    cut = " ".join(words[:most]).rstrip(".,;:!?")
    return f"“{cut}{' …' if len(words) > most else ''}”"


def shortened(text: str, most: int) -> str:
    """A text of at most so many words, cut behind a sentence where there is one."""
    words = text.split()
    if len(words) <= most:
        return text
    cut = " ".join(words[:most])
    end = max(cut.rfind(sign) for sign in (". ", "? ", "! "))
    return cut[: end + 1] if end > 0 else f"{cut.rstrip('.,;:')} …"


def listed(names: Sequence[str]) -> str:
    """Names as one writes a list: `evidence and remedy`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
