"""The grounding check: each number of a reply is traced to a reading, the lesson or the learner, or marked."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .groundfacts import GroundFact, GroundFacts, Source, as_name, facts_for, stems_in, word_beside
from .hypotheses import claims_nothing, is_advice
from .numbers_in import Number, numbers_in, sentences_of

__all__ = ["Claim", "claims_in", "facts_for"]

_REACH_BEFORE = 80
_REACH_AFTER = 40
_REACH_NOUN = 18
_REACH_THRESHOLD = 28
_DISTINCTIVE = 100
_MOST_OF_LABEL = 2
_MANY = 4
_WEEKS = 4
_A_MONTH = re.compile(r"\bweek.*\bmonth", re.IGNORECASE)
_COUNTED_OF = re.compile(
    r"\s(?:[a-z-]+\s){0,4}?(?:(?:out )?of|in|from|among)\s(?:the |all |your |its |those |"
    r"over )*$"
)
_OVER = re.compile(r"[^\d.;]{0,20}(?:/|÷|divided by|over|out of)[^\d.;]{0,20}", re.IGNORECASE)
_EQUALS = re.compile(r"[^\d.;]{0,20}(?:=|≈|equals|comes to|makes|gives)\W*(?:about |roughly )?", re.IGNORECASE)
_STATED_OF = re.compile(
    r"\W*(?:(?:is|are|was|were|of|equals|counts?|shows?|reads?|came|comes|stands)\b(?: at| to| out at| only| just)?)?"
    r"\W*(?:about|around|roughly|nearly|almost|some|only|just)?\W*",
    re.IGNORECASE,
)
_SETTING_BEFORE = re.compile(r"\b(?:at|above|over|below|under|from|than|least|most|of)\s*$", re.IGNORECASE)
_SETTING_AFTER = re.compile(
    r"\s*(?:or (?:more|higher|above|less|lower|over)|and (?:above|up|more|over))\b", re.IGNORECASE
)
_WEAK = frozenset(
    [
    "all", "total", "within", "inside", "random", "open", "items", "item", "lines", "line", "words", "word",
    "labels", "label", "tokens", "records", "rows", "different",
]
)  # fmt: skip
"""Names that words of any sentence may be: they can own a number, but not take it from another."""
_COMPARED = re.compile(r"\b(?:to|versus|vs\.?|against|compared|than|from)\b", re.IGNORECASE)
_THRESHOLD = re.compile(
    r"\b(?:below|above|under|over|beyond|threshold|limit|cut-?off|concern|worr\w+|rule of thumb|heuristic|"
    r"guideline|lesson|"
    r"scenario|target|wants?|law|at least|at most|benchmark)\b",
    re.IGNORECASE,
)
_THRESHOLD_AFTER = re.compile(
    r"[ -](?:(?:is|as|the|a|an|right|good|usual|mark|of) ){0,4}(?:bar|line|limit|threshold|cut-?off|rule|law|"
    r"mark|target)\b",
    re.IGNORECASE,
)
_SAID_BY_LEARNER = re.compile(r"\b(?:you|your|yours|you're|you've)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number in a reply, and what it rests on."""

    text: str
    """As it stands in the reply."""
    start: int
    """Where it starts, in characters from 0."""
    end: int
    """Where it ends, exclusive."""
    source: Source
    """What it rests on."""
    note: str = ""
    """For an unbacked number what the tool says, such as `tool: 0.212, Distinct-2`; else empty."""


def claims_in(text: str, facts: GroundFacts) -> tuple[Claim, ...]:
    """The numbers of a reply and what they rest on, in order.

    Each sentence is judged by itself, so that the sentences of a reply may be checked as they arrive.

    Args:
        text: The reply or some sentences of it.
        facts: What it may state.
    """
    return tuple(claim for start, sentence in sentences_of(text) for claim in _claims_of(sentence, start, facts))


def _claims_of(sentence: str, offset: int, facts: GroundFacts) -> Iterator[Claim]:
    numbers = numbers_in(sentence)
    if not numbers:
        return
    if sentence.startswith(("```", "~~~")):
        judged: list[tuple[Source, str]] = [("none", "")] * len(numbers)
    else:
        judged = _Sentence(sentence, numbers, facts).judged()
    for number, (source, note) in zip(numbers, judged, strict=True):
        yield Claim(number.text, offset + number.start, offset + number.end, source, note)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in a sentence and the numbers it owns."""

    start: int
    end: int
    owned: tuple[GroundFact, ...]
    is_weak: bool

    def has(self, kind: str) -> bool:
        """Is it the name of such a number, or of nothing that was measured?"""
        if self.is_weak and kind == "share":
            return False
        if not self.owned:
            return kind != "count"
        return any(_is_alike(fact.kind, kind) for fact in self.owned)


def _is_alike(kind: str, other: str) -> bool:
    return (kind == "share") == (other == "share")


class _Sentence:
    """One sentence of a reply: its numbers beside the names that stand in it."""

    def __init__(self, text: str, numbers: Sequence[Number], facts: GroundFacts) -> None:
        self._text = text
        self._numbers = numbers
        self._facts = facts
        plain = as_name(text)
        spans = [(number.start, number.end) for number in numbers]
        self._names = [
            _Name(found.start(), found.end(), facts.named(found.group()), found.group() in _WEAK)
            for found in facts.naming.finditer(plain)
            # `Distinct-2` is a name; the 2 in it no number. A number is no name of itself: `95%`.
            if not any(start <= found.start() and found.end() <= end for start, end in spans)
        ]
        self._stems = stems_in(text)
        self._before = [self._name_before(number) for number in numbers]
        self._after = [self._name_after(number) for number in numbers]

    def judged(self) -> list[tuple[Source, str]]:
        """What each number rests on, with a note."""
        judged = [self._judged(n, number) for n, number in enumerate(self._numbers)]
        backed = [
            number
            for number, (source, _) in zip(self._numbers, judged, strict=True)
            if source not in ("unbacked", "none")
        ]
        for n, number in enumerate(self._numbers):
            if n > 1 and self._is_miscalculated(n):
                judged[n] = ("unbacked", "")
            if judged[n][0] == "unbacked" and self._is_result(number, backed, has_name=self._conflicts(n)):
                judged[n] = ("derived", "")
        return judged

    def _judged(self, n: int, number: Number) -> tuple[Source, str]:
        if self._is_in_name(number) or (number.is_word and number.value == 1) or claims_nothing(self._text, number):
            return "none", ""
        widest = number.tolerance
        close = [fact for fact in self._facts.facts if abs(fact.value - number.value) <= widest]
        fitting = [fact for fact in close if fact.fits(number) and self._is_near(fact, number)]
        source = self._source(n, number, fitting)
        if source is not None:
            return source, ""
        if is_advice(self._text, number, is_bound=self._conflicts(n), units=self._facts.units):
            return "none", ""
        return "unbacked", self._note(n, number)

    def _source(self, n: int, number: Number, fitting: Sequence[GroundFact]) -> Source | None:
        measured = [fact for fact in fitting if fact.source in ("tool", "derived")]
        if measured and not self._is_anothers(n, number, measured):
            return "tool" if any(fact.source == "tool" for fact in measured) else "derived"
        said = {fact.source for fact in fitting}
        conflicts = self._conflicts(n)
        beside = word_beside(self._text, number)
        is_quoted = any(
            fact.source == "learner"
            and (fact.beside == beside or (fact.kind == "count" and fact.value >= _DISTINCTIVE))
            for fact in fitting
        )
        if is_quoted or ("learner" in said and (not conflicts or _SAID_BY_LEARNER.search(self._text))):
            return "learner"
        is_case = any(fact.source == "lesson" and beside in fact.near for fact in fitting)
        is_told = any(
            len(fact.near & self._stems) >= min(_MANY, len(fact.near)) for fact in fitting if fact.source == "lesson"
        )
        if "lesson" in said and (is_case or is_told or not conflicts or self._is_threshold(number)):
            return "lesson"
        return None

    def _is_in_name(self, number: Number) -> bool:
        return any(name.start < number.start and number.end <= name.end for name in self._names)

    def _is_near(self, fact: GroundFact, number: Number) -> bool:
        """Is the number close enough to the words it needs?"""
        if fact.source == "lesson":
            if number.is_hedged and not number.is_word and abs(number.value - fact.value) > 1e-9:
                return False
            return self._is_threshold(number) or len(fact.near & self._stems) >= fact.shared
        if fact.source == "tool" and fact.beside:
            return fact.beside == word_beside(self._text, number)
        if fact.kind == "decimal" and number.kind == "count":
            # Rounded to a whole number, it could be any count: its name must be said.
            return any(fact in name.owned for name in self._names)
        return not fact.near or bool(fact.near & self._stems)

    def _is_threshold(self, number: Number) -> bool:
        """Is it what something is held against?"""
        before = self._text[max(0, number.start - _REACH_THRESHOLD) : number.start]
        return bool(_THRESHOLD.search(before) or _THRESHOLD_AFTER.match(self._text[number.end :]))

    def _is_anothers(self, n: int, number: Number, fitting: Sequence[GroundFact]) -> bool:
        """Does it stand beside the name of a quantity that has another value?"""
        # A number of a label or a row is told by the word beside it.
        if self._is_whole(number) or any(fact.beside for fact in fitting):
            return False
        if self._is_less_than_its_part(number):
            return True
        primary = self._named(n)
        if primary is None or primary.is_weak:
            return False
        between = self._text[primary.end : number.start]
        if primary.end <= number.start and _STATED_OF.fullmatch(between):
            # What a share leaves over is not that share: `the share that repeats is 0.212`.
            fitting = [fact for fact in fitting if fact.source == "tool" or not fact.near]
        is_setting = _SETTING_AFTER.match(self._text[number.end :]) or (
            self._before[n] is None and _SETTING_BEFORE.search(self._text[: number.start])
        )
        if is_setting and any(fact.near and fact.source == "tool" for fact in fitting):
            return False
        taken = {id(one) for m in range(len(self._numbers)) if m != n and (one := self._named(m)) is not None}
        asked = [primary, self._held_against(n), *(one for one in self._names if id(one) not in taken)]
        if any(fact in fitting for name in asked if name and name.has(number.kind) for fact in name.owned):
            return False
        # `Among the rejected 9% were right` says most of a label, in words of its own.
        elsewhere = [fact for name in self._names if id(name) in taken for fact in name.owned]
        return not any(
            len(stems_in(fact.label) & self._stems) >= _MOST_OF_LABEL for fact in fitting if fact not in elsewhere
        )

    def _held_against(self, n: int) -> _Name | None:
        """The name of the number before, which goes from there to here, or is compared with it."""
        if n == 0 or _COMPARED.search(self._text[self._numbers[n - 1].end : self._numbers[n].start]) is None:
            return None
        return self._named(n - 1)

    def _is_whole(self, number: Number) -> bool:
        """Is it what another number is a part of, as in `74 of 120`?"""
        return number.kind == "count" and any(part.value <= number.value for part in self._parts_of(number))

    def _is_less_than_its_part(self, number: Number) -> bool:
        return number.kind == "count" and any(part.value > number.value for part in self._parts_of(number))

    def _parts_of(self, number: Number) -> Iterator[Number]:
        return (
            other
            for other in self._spoken(number)
            if other.end < number.start
            and other.kind == "count"
            and _COUNTED_OF.fullmatch(self._text[other.end : number.start].lower()) is not None
        )

    def _conflicts(self, n: int) -> bool:
        """Is the number stated of something that was measured?"""
        name = self._named(n)
        return name is not None and not name.is_weak and name.has(self._numbers[n].kind)

    def _named(self, n: int) -> _Name | None:
        """The name that the number most likely belongs to."""
        if self._numbers[n].kind == "share":
            return self._before[n] or self._after[n]
        return self._after[n] or self._before[n]

    def _name_before(self, number: Number) -> _Name | None:
        reach = _REACH_BEFORE if number.kind != "count" else _REACH_NOUN
        start = max([number.start - reach, *(one.end for one in self._spoken(number) if one.end <= number.start)])
        names = [one for one in self._names if start <= one.start and one.end <= number.start and one.has(number.kind)]
        # In `a label, 5,000 dollars` the comma parts what is counted from the name.
        # A count is stated of a name by a verb: in `a label, 5,000 dollars` or `errors in 200` it is of something else.
        is_stated = number.kind == "share" or (names and _STATED_OF.fullmatch(self._text[names[-1].end : number.start]))
        return names[-1] if names and is_stated else None

    def _name_after(self, number: Number) -> _Name | None:
        others = [one.start for one in self._spoken(number) if one.start >= number.end]
        end = min([number.end + _REACH_AFTER, *others])
        names = [one for one in self._names if number.end <= one.start and one.end <= end and one.has(number.kind)]
        name = names[0] if names else None
        if number.kind != "share" and name is not None:
            # In `14 lines fell to diversity` the lines are those of diversity, unless that is itself counted.
            strong = (one for one in names if not one.is_weak and not self._is_counted(one))
            name = next(strong, name) if name.is_weak else name
            if name.is_weak is names[0].is_weak and name.start > number.end + _REACH_NOUN:
                return None
        is_parted = name is not None and re.search(r"[,;:.(=/]", self._text[number.end : name.start])
        # In `0.76 and is right 70% of the time` the name is the next number's.
        is_next = name is not None and bool(others) and min(others) - name.end < name.start - number.end
        return None if is_parted or is_next else name

    def _is_counted(self, name: _Name) -> bool:
        return as_name(self._text[name.start : name.end]).rstrip("s") in {
            one.rstrip("s") for one in self._facts.counted
        }

    def _spoken(self, number: Number) -> Iterator[Number]:
        """The other numbers, those inside names left out."""
        return (one for one in self._numbers if one is not number and not self._is_in_name(one))

    def _note(self, n: int, number: Number) -> str:
        name = self._named(n)
        owned = [fact for fact in name.owned if _is_alike(fact.kind, number.kind) and fact.shown] if name else []
        told = [fact for fact in owned if fact.source == "tool"] or owned
        return f"tool: {told[0].shown}, {told[0].label}" if told else ""

    def _is_quotient(self, number: Number, others: Sequence[Number]) -> bool:
        """Is it what `74 of 120` comes to?"""
        return any(
            part.value and abs(part.value / whole.value - number.value) <= number.tolerance
            for whole in others
            if whole.kind == "count" and whole.value
            for part in self._parts_of(whole)
        )

    def _is_miscalculated(self, n: int) -> bool:
        """Is it given as the quotient of the two numbers before it, and is it not?"""
        above, below, number = self._numbers[n - 2 : n + 1]
        between = self._text[above.end : below.start], self._text[below.end : number.start]
        is_quotient = _OVER.fullmatch(between[0]) and _EQUALS.fullmatch(between[1]) and below.value
        return bool(is_quotient) and abs(above.value / below.value - number.value) > number.tolerance

    def _is_result(self, number: Number, backed: Sequence[Number], *, has_name: bool) -> bool:
        """Is it the result of one operation on numbers of the sentence that are backed?"""
        others = [one for one in backed if one is not number and one.value]
        if number.kind == "share":
            if any(one.kind == "share" and abs(1 - one.value - number.value) <= number.tolerance for one in others):
                return True
            if self._is_quotient(number, others):
                return True
            if has_name:
                return False
        results = [one.value * _WEEKS for one in others if _A_MONTH.search(self._text)]
        for one, other in itertools.combinations(others, 2):
            high, low = max(one.value, other.value), min(one.value, other.value)
            results += [high - low, high + low, high * low]
            if one.kind == other.kind:
                results.append(low / high)
        if "cent" in self._text.lower():
            results += [result / 100 for result in results]
        return any(abs(number.value - result) <= number.tolerance for result in results)
