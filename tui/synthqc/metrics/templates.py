"""Templates: how much of a set is one sentence with other names and numbers in it."""

import functools
import itertools
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .texts import check_texts
from .undefined import UndefinedReading

MASK_RULE = (
    "e-mail and web addresses, quoted words, numbers, and names (capitalised inside a sentence) are masked, then equal "
    "skeletons are counted; skeletons that share at least 70 % of their words in order form one template, where one of "
    "them is the commonest of its template and among the first 200 such"
)
"""How templates are found, in words."""

ALIKE = 0.7
"""Share of words in order, by longest common subsequence, from which two skeletons count as one template."""

_ADDRESS = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|\bwww\.\S+")
_QUOTED = re.compile(r"“[^”\n]{1,60}”|\"[^\"\n]{1,60}\"|‘[^’\n]{1,60}’(?!\w)")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[#$€£]?(?<![\w])[+-]?\d[\d,.:/\-]*\d%?|[#$€£]?(?<![\w])[+-]?\d%?|\b[A-Z]*\d[\w-]*")
# By first letters, which takes half the time of a plain list.
_NUMBER_WORD = re.compile(
    r"\b(?:one|t(?:wo|hree|en|welve|hirteen|wenty|hirty|housand)|f(?:our|ive|ourteen|ifteen|orty|ifty)|s(?:ix|even"
    r"|ixteen|eventeen|ixty|eventy)|e(?:ight|leven|ighteen|ighty)|n(?:ine|ineteen|inety)|hundred)\b"
)
_CAPITALISED = re.compile(r"[A-Z](?<!\w.)[a-zà-öø-ÿ'’]+(?:[ -][A-Z][a-zà-öø-ÿ'’]+)*\b")
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

    Raises:
        ValueError: A record is no text.
    """
    check_texts(records)
    rough = [_rough(record) for record in records]
    names: set[str] = set()
    for one in rough:
        names.update(one.names)
    return [_without_names(one, names) for one in rough]


@dataclass(frozen=True, slots=True)
class _Rough:
    """A record with all but its names masked."""

    text: str
    """The record."""
    runs: tuple[tuple[int, int, bool], ...]
    """Where capitalised runs begin and end, and whether they start a sentence."""
    names: tuple[str, ...]
    """Words that are names, whatever the other records say."""


# Kept, because of a text that is being typed only one line is new.
@functools.lru_cache(maxsize=1 << 14)
def _rough(record: str) -> _Rough:
    text = record
    if "@" in text or "//" in text or "www." in text:
        text = _ADDRESS.sub("⟨address⟩", text)
    if "“" in text or '"' in text or "‘" in text:
        text = _QUOTED.sub("⟨quote⟩", text)
    text = _without_number_words(_without_numbers(text))
    runs, names = [], []
    for found in _CAPITALISED.finditer(text):
        starts_sentence = _starts_sentence(text, found.start())
        runs.append((*found.span(), starts_sentence))
        if not starts_sentence and found.group() not in _KEPT:
            names += found.group().split()
    return _Rough(text, tuple(runs), tuple(names))


def _without_numbers(text: str) -> str:
    """Numbers masked. Only what stands between two spaces and has a digit is looked at, for most text has none."""
    pieces: list[str] = []
    done = 0
    for found in _DIGITS.finditer(text):
        if found.start() < done:
            continue
        begin = max(done, text.rfind(" ", done, found.start()) + 1)
        end = text.find(" ", found.end())
        end = end if end >= 0 else len(text)
        pieces += text[done:begin], _NUMBER.sub("⟨number⟩", text[begin:end])
        done = end
    return "".join((*pieces, text[done:]))


def _without_number_words(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):
        # A few letters, such as İ, become two; places in the one are then none in the other.
        return re.sub(_NUMBER_WORD.pattern, "⟨number⟩", text, flags=re.IGNORECASE)
    pieces: list[str] = []
    done = 0
    for found in _NUMBER_WORD.finditer(lowered):
        pieces += text[done : found.start()], "⟨number⟩"
        done = found.end()
    return "".join((*pieces, text[done:]))


def _starts_sentence(record: str, position: int) -> bool:
    before = record[max(0, position - 3) : position].rstrip()
    return not before or before[-1] in _SENTENCE_ENDS


def _without_names(rough: _Rough, names: set[str]) -> str:
    pieces: list[str] = []
    done = 0
    for begin, end, starts_sentence in rough.runs:
        run = rough.text[begin:end]
        pieces += rough.text[done:begin], _name_masked(run, names, starts_sentence=starts_sentence)
        done = end
    pieces.append(rough.text[done:])
    return " ".join("".join(pieces).split()).lower()


def _name_masked(run: str, names: set[str], *, starts_sentence: bool) -> str:
    if not starts_sentence:
        return run if run in _KEPT else "⟨name⟩"
    first, *others = run.split()
    if first in names:
        return "⟨name⟩"
    return f"{first} ⟨name⟩" if others else run


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
    skeletons that share at least `ALIKE` of their pieces with it in order, of those of the longer one. Skeletons that
    come after `MOST_LEADERS` templates are still taken in by those, but lead none.

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
    leaders = _Leaders([_pieces(skeleton) for skeleton in ordered])
    groups: dict[int, list[int]] = {}
    for number, skeleton in enumerate(ordered):
        groups.setdefault(leaders.leader_of(number), []).extend(skeletons[skeleton])
    found = [Template(ordered[leader], tuple(sorted(positions))) for leader, positions in groups.items()]
    return sorted(found, key=lambda template: (-len(template.records), template.records[0]))


MOST_LEADERS = 200
"""Skeletons that others are compared with; a set with more templates than that is not formulaic."""


_Piece = str | tuple[str, int]
"""A word or sign of a skeleton; from its second time on, with how often it stood there before."""


@functools.lru_cache(maxsize=1 << 12)
def _pieces(skeleton: str) -> tuple[_Piece, ...]:
    """The pieces of a skeleton, no two the same; kept, because of a text that is being typed only one line is new."""
    seen: dict[str, int] = {}
    result: list[_Piece] = []
    for piece in _PIECE.findall(skeleton):
        before = seen.get(piece, 0)
        result.append((piece, before) if before else piece)
        seen[piece] = before + 1
    return tuple(result)


class _Leaders:
    """Skeletons that others may agree with, found by the rare pieces that the two must have in common.

    Source:
        The filter by rare elements: R. Bayardo, Y. Ma, R. Srikant (2007), Scaling Up All Pairs Similarity Search, WWW,
        doi:10.1145/1242572.1242591.
    """

    def __init__(self, skeletons: list[tuple[_Piece, ...]]) -> None:
        self._skeletons = skeletons
        frequency = Counter(itertools.chain.from_iterable(skeletons))
        rank = {piece: place for place, (piece, _) in enumerate(reversed(frequency.most_common()))}
        self._ranks = [sorted(map(rank.__getitem__, pieces)) for pieces in skeletons]
        self._leaders: list[_Leader] = []
        self._having: dict[int, list[int]] = {}

    def leader_of(self, number: int) -> int:
        """The first leader that a skeleton agrees with; it becomes one itself where there is none."""
        pieces, ranks = self._skeletons[number], self._ranks[number]
        # Two that agree share this many pieces, so neither can do without one of the others, the rarest.
        needed = math.ceil(ALIKE * len(pieces) - 1e-9)
        rare = ranks[: len(ranks) - needed + 1]
        near = {place for piece in rare for place in self._having.get(piece, ())}
        kinds = frozenset(ranks)
        for place in sorted(near):
            if self._leaders[place].agrees_with(pieces, kinds):
                return self._leaders[place].number
        if len(self._leaders) < MOST_LEADERS:
            for piece in rare:
                self._having.setdefault(piece, []).append(len(self._leaders))
            self._leaders.append(_Leader(number, pieces, kinds))
        return number


class _Leader:
    """A skeleton that others may agree with."""

    def __init__(self, number: int, pieces: tuple[_Piece, ...], kinds: frozenset[int]) -> None:
        self.number = number
        self._kinds = kinds
        self._pieces = pieces
        self._size = len(pieces)

    @functools.cached_property
    def _places(self) -> dict[str, int]:
        """Where each word or sign stands in it, a bit for each place; few leaders are ever asked."""
        places: dict[str, int] = {}
        for place, sign in enumerate(map(_sign, self._pieces)):
            places[sign] = places.get(sign, 0) | 1 << place
        return places

    def agrees_with(self, pieces: tuple[_Piece, ...], kinds: frozenset[int]) -> bool:
        """Do the two share enough pieces in order?"""
        needed = ALIKE * max(len(pieces), self._size)
        if needed > min(len(pieces), self._size) or len(kinds & self._kinds) < needed:
            return False
        return self._common(pieces) >= needed

    def _common(self, pieces: tuple[_Piece, ...]) -> int:
        """Length of the longest common subsequence, a row of the table at a time in the bits of one number.

        Source:
            H. Hyyrö (2004), Bit-parallel LCS-length computation revisited, AWOCA.
        """
        full = (1 << self._size) - 1
        row = full
        for sign in map(_sign, pieces):
            match = row & self._places.get(sign, 0)
            row = (row + match) | (row - match)
        return self._size - (row & full).bit_count()


def _sign(piece: _Piece) -> str:
    return piece if isinstance(piece, str) else piece[0]
