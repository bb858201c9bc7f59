"""From words to concepts: stems, phrases, typos and negation."""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from .negation import denials
from .spelling import forms, spelt, variants, without_symbols

Tag = tuple[int, str]
"""Position of a word and the concept it stands for; `not_` before a concept that is denied."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*k?|[^\W\d_]+(?:'[^\W\d_]+)*|\d+[^\W\d_]+")
_TOKEN = re.compile(rf"{_WORD.pattern}|[,;:()\u2013\u2014]| - ")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_GAP = 3
_CONTRASTS = frozenset(("but", "however", "yet", "whereas", "although"))
_DENIALS = frozenset(
    (
        "no", "not", "never", "nothing", "none", "nobody", "without", "stop", "skip", "waste", "unnecessary",
        "needless", "pointless", "useless", "superfluous", "pity",
    )
)  # fmt: skip
DENYING = "denying_"
"""Stands before a concept where the words that name it are a denial by themselves, such as `no need`."""
_ENDINGS = frozenset(
    (
        "", "s", "es", "d", "ed", "ing", "er", "ers", "ly", "e", "y", "ies", "ied", "ion", "ions", "ation", "ations",
        "al", "able", "ment", "ness", "ity", "ive", "ic", "ical", "or", "ors", "t", "ts", "r", "n", "ings", "ate",
        "ated", "ates", "ance", "ence", "ant", "ent", "ency", "ally", "ize", "ized", "ised", "izing", "ising", "g",
        "ng", "ful",
    )
)  # fmt: skip
"""What may follow a mended stem; anything else makes it another word."""


def words_in(text: str) -> list[str]:
    """The words of a text, lower-cased; hyphens separate, numbers keep their point, `%` is `percent`."""
    return _WORD.findall(without_symbols(text.lower().replace("\u2019", "'")))


def sentences_in(text: str) -> list[str]:
    """The sentences of a text; the point inside a number ends none."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def stem(word: str) -> str:
    """The word without a common English ending, so that `replies` and `reply` meet."""
    for ending, put in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("ly", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + put
    return word


@dataclass(frozen=True, slots=True)
class _Part:
    """One word of a way of naming a concept: whole words or beginnings that stand for it."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    is_loose: bool
    """May other words stand before it?"""

    def fits(self, word: str) -> bool:
        return word in self.words or (bool(self.beginnings) and word.startswith(self.beginnings))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One way of naming a concept: a word, or words in a row."""

    concept: str
    first: _Part
    rest: tuple[_Part, ...]
    denies: bool
    """Is it a denial by itself, such as `no need`?"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, word by word."""

    spelt: tuple[str, ...]
    """Its words, spelt as usual."""
    mended: tuple[str, ...]
    """The same, mistyped ones replaced by the stem that was meant."""
    breaks: frozenset[int]
    """Words in front of which a comma, a colon, a bracket or a dash stands."""
    parts: tuple[int, ...]
    """Where its parts begin: at the first word, behind a semicolon, a colon or a dash, and at a `but`."""
    is_question: bool = False
    """Does it end on a question mark?"""


class Vocabulary:
    """The concepts of a lab, ready to be found in what a learner writes."""

    def __init__(self, concepts: Mapping[str, Sequence[str]], negators: Iterable[str], known: Iterable[str]) -> None:
        """Prepares the concepts.

        Args:
            concepts: Word stems and phrases by concept. A full stop at the end of a word asks for that very word, a
                tilde for the word with its inflections; two full stops let up to three words stand between.
            negators: Words that deny what follows.
            known: Words that are spelt right although no concept has them, so that they are no typos.
        """
        entries = [_entry(concept, words) for concept, all_words in concepts.items() for words in all_words]
        self._whole: dict[str, list[_Entry]] = {}
        self._begun: dict[str, list[_Entry]] = {}
        for entry in entries:
            for word in entry.first.words:
                self._whole.setdefault(word, []).append(entry)
            for beginning in entry.first.beginnings:
                self._begun.setdefault(beginning, []).append(entry)
        parts = [part for entry in entries for part in (entry.first, *entry.rest)]
        self._stems: dict[str, list[str]] = {}
        for one in sorted({one for part in parts for one in (*part.words, *part.beginnings) if len(one) >= 5}):
            self._stems.setdefault(one[0], []).append(one)
        self._beginnings = frozenset(one for part in parts for one in part.beginnings)
        self._negators = frozenset(negators)
        self._known = frozenset(known) | {word for part in parts for word in part.words}
        self.concepts = frozenset(concepts)
        """The names of the concepts."""
        self.mended = functools.lru_cache(maxsize=8192)(self._correct)
        """The word, or the stem that a mistyped word was meant to be."""
        self._entries_of = functools.lru_cache(maxsize=8192)(self._look_up)
        self._entries_at = functools.lru_cache(maxsize=32_768)(self._look_up_pair)

    def tags(self, words: Sequence[str]) -> list[Tag]:
        """The concepts that words stand for, each with the position of its first word."""
        usual = tuple(map(spelt, words))
        return self.tags_of(Sentence(usual, tuple(map(self.mended, usual)), frozenset(), (0,)))

    def read(self, sentence: str) -> Sentence:
        """A sentence, word by word."""
        words: list[str] = []
        breaks = set()
        parts = {0}
        for sign in _TOKEN.findall(without_symbols(sentence.lower().replace("\u2019", "'"))):
            if not sign[0].isalnum():
                breaks.add(len(words))
                if sign != ",":
                    parts.add(len(words))
                continue
            if sign in _CONTRASTS:
                parts.add(len(words))
            words.append(spelt(sign))
        return Sentence(
            tuple(words),
            tuple(map(self.mended, words)),
            frozenset(breaks),
            tuple(sorted(parts)),
            _is_question(sentence),
        )

    def tags_of(self, sentence: Sentence, *, is_far: bool = False) -> list[Tag]:
        """The concepts that a sentence names, each with the position of its first word.

        Args:
            sentence: The sentence.
            is_far: Does a refusal deny everything up to the end of its clause, not only the next words?
        """
        words = sentence.mended
        denied = denials(
            sentence.spelt, sentence.breaks, self._negators, is_far=is_far, is_question=sentence.is_question
        )
        tags = []
        for position, word in enumerate(words):
            following = words[position + 1] if position + 1 < len(words) else ""
            for entry in self._entries_at(word, following):
                if not entry.rest or _goes_on(words, position + 1, entry.rest):
                    tags.append((position, f"not_{entry.concept}" if denied[position] else entry.concept))
                    if entry.denies:
                        tags.append((position, f"{DENYING}{entry.concept}"))
        return tags

    def _look_up_pair(self, word: str, following: str) -> tuple[_Entry, ...]:
        """The entries that a word may begin where this one follows: most phrases end at their second word."""
        return tuple(
            entry
            for entry in self._entries_of(word)
            if not entry.rest or entry.rest[0].is_loose or entry.rest[0].fits(following)
        )

    def _look_up(self, word: str) -> tuple[_Entry, ...]:
        found = list(self._whole.get(word, ()))
        if "'" in word:
            found += self._whole.get(word.partition("'")[0], ())
        for length in range(1, len(word) + 1):
            found += self._begun.get(word[:length], ())
        return tuple(dict.fromkeys(found))

    def _correct(self, word: str) -> str:
        """The word, or the stem that a mistyped word was meant to be."""
        if len(word) < 5 or word in self._known or "'" in word:
            return word
        if any(word[:length] in self._beginnings for length in range(2, len(word) + 1)):
            return word
        # A stem is a beginning: the word may go on behind it.
        lengths = [length for length in range(4, len(word) + 1) if word[length:] in _ENDINGS]
        for one in self._stems.get(word[0], ()):
            if any(abs(length - len(one)) <= 1 and _is_typo(word[:length], one) for length in lengths):
                return one
        return word


def _is_question(sentence: str) -> bool:
    return sentence.rstrip(" \"'\u201d)").endswith("?")


def _entry(concept: str, written: str) -> _Entry:
    parts = tuple(_parts(written))
    words = [word.strip(".~") for word in written.lower().split()]
    denies = any(word in _DENIALS or spelt(word).endswith("n't") for word in words if word)
    return _Entry(concept, parts[0], parts[1:], denies)


def _parts(written: str) -> Iterator[_Part]:
    is_loose = False
    for word in written.lower().split():
        if word == "..":
            is_loose = True
            continue
        if word.endswith("~"):
            words = {variant for form in forms(word[:-1]) for variant in variants(form)}
            yield _Part(frozenset(words), (), is_loose)
        elif word.endswith("."):
            yield _Part(variants(spelt(word[:-1])), (), is_loose)
        else:
            yield _Part(frozenset(), tuple(sorted(variants(spelt(word)))), is_loose)
        is_loose = False


def _goes_on(words: Sequence[str], place: int, parts: Sequence[_Part]) -> bool:
    """Do the words from a place on begin with the parts, where some may be skipped?"""
    for part in parts:
        furthest = place + (_GAP if part.is_loose else 0)
        while place < len(words) and place <= furthest and not part.fits(words[place]):
            place += 1
        if place >= len(words) or place > furthest:
            return False
        place += 1
    return True


def _is_typo(word: str, stem: str) -> bool:
    if len(stem) >= 7:
        return _is_slip(word, stem) or (
            len(stem) >= 10 and len(set(word) ^ set(stem)) <= 4 and _distance(word, stem) <= 2
        )
    # In a short word another letter often makes another word (stored, scored); a swap or a slip does not.
    return (len(word) != len(stem) or sorted(word) == sorted(stem)) and _is_slip(word, stem)


def _is_slip(word: str, stem: str) -> bool:
    """Is it one letter more, less or other, or two letters swapped?"""
    start = 0
    while start < min(len(word), len(stem)) and word[start] == stem[start]:
        start += 1
    if len(word) == len(stem):
        swapped = word[start : start + 2] == stem[start : start + 2][::-1]
        return word[start + 1 :] == stem[start + 1 :] or (swapped and word[start + 2 :] == stem[start + 2 :])
    longer, shorter = (word, stem) if len(word) > len(stem) else (stem, word)
    return longer[start + 1 :] == shorter[start:]


def _distance(first: str, second: str) -> int:
    """Edits from one word to the other; two letters swapped count as one (optimal string alignment)."""
    rows = [list(range(len(second) + 1))]
    for i, a in enumerate(first, start=1):
        row = [i]
        for j, b in enumerate(second, start=1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def holds(lists: Sequence[Sequence[str]], tags: Sequence[Tag], span: int) -> bool:
    """Do all concepts of one of the lists stand within `span` words?"""
    return match_in(lists, tags, span) is not None


@dataclass(frozen=True, slots=True)
class Match:
    """Where a list of concepts was found."""

    concepts: Sequence[str]
    """The list."""
    start: int
    """Position of its first concept."""


def match_in(
    lists: Sequence[Sequence[str]], tags: Sequence[Tag], span: int, names: Set[str] | None = None
) -> Match | None:
    """The first of the lists whose concepts all stand within `span` words.

    Args:
        lists: The lists.
        tags: Concepts with their positions.
        span: How many words apart they may stand.
        names: The concepts among the tags, where they are at hand.
    """
    present = frozenset(tag for _, tag in tags) if names is None else frozenset(names)
    for wanted in lists:
        if present.issuperset(wanted):
            start = _within(frozenset(wanted), tags, span)
            if start is not None:
                return Match(wanted, start)
    return None


def _within(wanted: frozenset[str], tags: Sequence[Tag], span: int) -> int | None:
    """Slides a window over the tags and counts what is in it; where the first full window begins."""
    places = [(position, tag) for position, tag in tags if tag in wanted]
    inside: Counter[str] = Counter()
    start = 0
    for position, tag in places:
        inside[tag] += 1
        while position - places[start][0] > span:
            inside[places[start][1]] -= 1
            start += 1
        if all(inside[one] > 0 for one in wanted):
            return places[start][0]
    return None
