"""Templates: how much of a set is one sentence with other names and numbers in it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .undefined import UndefinedReading

MASK_RULE = (
    "e-mail and web addresses, quoted words, numbers, and names (capitalised inside a sentence) are masked, then equal "
    "skeletons are counted; skeletons that share at least 70 % of their words in order form one template"
)
"""How templates are found, in words."""

ALIKE = 0.7
"""Share of words in order, by longest common subsequence, from which two skeletons count as one template."""

_ADDRESS = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|\bwww\.\S+")
_QUOTED = re.compile(r"“[^”\n]{1,60}”|\"[^\"\n]{1,60}\"|‘[^’\n]{1,60}’(?!\w)")
_NUMBER = re.compile(r"[#$€£]?(?<![\w])[+-]?\d[\d,.:/\-]*\d%?|[#$€£]?(?<![\w])[+-]?\d%?|\b[A-Z]*\d[\w-]*")
_NUMBER_WORD = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b[A-Z][a-zà-öø-ÿ'’]+(?:[ -][A-Z][a-zà-öø-ÿ'’]+)*\b")
_SENTENCE_ENDS = '.!?:;-*•"“‘(['
_PIECE = re.compile(r"⟨\w+⟩|\w+(?:['’-]\w+)*|[^\w\s]")
_KEPT = frozenset({"I", "I'm", "I'll", "I've", "I'd", "I’m", "I’ll", "I’ve", "I’d"})


def masked(records: Sequence[str]) -> list[str]:
    """The records with addresses, quoted words, numbers and names masked.

    A capitalised word inside a sentence is a name; at the start of one it is a name where the same word is one
    somewhere else in the records. A run of names is one name.

    Args:
        records: Texts, in order.

    Returns:
        One text per record, lower-cased, with `⟨name⟩`, `⟨number⟩`, `⟨address⟩` and `⟨quote⟩` in place of what varies.
    """
    rough = [
        _NUMBER_WORD.sub("⟨number⟩", _NUMBER.sub("⟨number⟩", _QUOTED.sub("⟨quote⟩", _ADDRESS.sub("⟨address⟩", record))))
        for record in records
    ]
    names: set[str] = set()
    for record in rough:
        for found in _CAPITALISED.finditer(record):
            if not _starts_sentence(record, found.start()) and found.group() not in _KEPT:
                names.update(found.group().split())
    return [_without_names(record, names) for record in rough]


def _starts_sentence(record: str, position: int) -> bool:
    before = record[max(0, position - 3) : position].rstrip()
    return not before or before[-1] in _SENTENCE_ENDS


def _without_names(record: str, names: set[str]) -> str:
    def mask(found: re.Match[str]) -> str:
        words = found.group().split()
        if not _starts_sentence(record, found.start()):
            return found.group() if found.group() in _KEPT else "⟨name⟩"
        if words[0] in names:
            return "⟨name⟩"
        return f"{words[0]} ⟨name⟩" if len(words) > 1 else found.group()

    return re.sub(r"\s+", " ", _CAPITALISED.sub(mask, record)).strip().lower()


@dataclass(frozen=True, slots=True)
class Template:
    """Records that share one skeleton, or skeletons that nearly agree."""

    skeleton: str
    """The most frequent skeleton of the template."""
    records: tuple[int, ...]
    """Positions of its records."""


def templates_of(records: Sequence[str], skeletons_of: Sequence[str] | None = None) -> list[Template]:
    """The templates behind a set of records, largest first.

    Records are masked; equal skeletons are one template; then, from the most frequent skeleton on, each takes in the
    skeletons that share at least `ALIKE` of their pieces with it in order.

    Args:
        records: Texts, in order; blank ones are left out.
        skeletons_of: The same records masked, where that is done already.

    Raises:
        UndefinedReading: There is no text.
    """
    skeletons: dict[str, list[int]] = {}
    for position, skeleton in enumerate(masked(records) if skeletons_of is None else skeletons_of):
        if skeleton:
            skeletons.setdefault(skeleton, []).append(position)
    if not skeletons:
        raise UndefinedReading("there is no text to look for templates in")
    ordered = sorted(skeletons, key=lambda skeleton: (-len(skeletons[skeleton]), skeletons[skeleton][0]))
    groups: list[tuple[str, list[str], set[str], list[int]]] = []
    for skeleton in ordered:
        pieces = _PIECE.findall(skeleton)
        kinds, size = set(pieces), len(pieces)
        for _, leader, leader_kinds, positions in groups[:_LEADERS]:
            # Most are told apart by their lengths alone.
            if len(leader) < ALIKE * size or size < ALIKE * len(leader):
                continue
            if _could_agree(pieces, kinds, leader, leader_kinds) and _agree(pieces, leader):
                positions.extend(skeletons[skeleton])
                break
        else:
            groups.append((skeleton, pieces, kinds, list(skeletons[skeleton])))
    found = [Template(skeleton, tuple(sorted(positions))) for skeleton, _, _, positions in groups]
    return sorted(found, key=lambda template: (-len(template.records), template.records[0]))


_LEADERS = 200
"""Skeletons that others are compared with; a set with more templates than that is not formulaic."""


def _could_agree(pieces: list[str], kinds: set[str], leader: list[str], leader_kinds: set[str]) -> bool:
    """Bounds the common subsequence from above by what is quick to count."""
    needed = ALIKE * max(len(pieces), len(leader))
    repeats = min(len(pieces) - len(kinds), len(leader) - len(leader_kinds))
    return len(kinds & leader_kinds) + repeats >= needed


def _agree(first: list[str], second: list[str]) -> bool:
    longer = max(len(first), len(second))
    row = [0] * (len(second) + 1)
    for piece in first:
        diagonal = 0
        for column, other in enumerate(second, start=1):
            above = row[column]
            row[column] = diagonal + 1 if piece == other else max(above, row[column - 1])
            diagonal = above
    return row[-1] >= ALIKE * longer


def opening_share(records: Sequence[Sequence[str]], words: int = 3) -> tuple[float, tuple[str, ...]]:
    """The share of records that begin with the most common opening, and that opening.

    Args:
        records: Tokenised records.
        words: Words of an opening; records with fewer are left out.

    Raises:
        UndefinedReading: No record has that many words.
    """
    openings = Counter(tuple(record[:words]) for record in records if len(record) >= words)
    if not openings:
        raise UndefinedReading(f"no line has {words} words")
    opening, count = openings.most_common(1)[0]
    return count / openings.total(), opening
