"""How the tutor words things: several phrasings each, none twice in a row."""

import re
from collections.abc import Sequence

from .knowledge import Knowledge
from .state import LabState

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


def quoted(sentence: str) -> str:
    """A learner's words as a quotation, cut to a length that one reads at a glance."""
    words = sentence.split()
    cut = " ".join(words[:_LONGEST_QUOTE]).rstrip(".,;:!?")
    return f"“{cut}{' …' if len(words) > _LONGEST_QUOTE else ''}”"


def listed(names: Sequence[str]) -> str:
    """Names as one writes a list: `evidence and remedy`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
