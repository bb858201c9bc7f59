"""From words to concepts: stems, phrases, typos and negation."""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .spelling import forms, spelt, variants, without_symbols

Tag = tuple[int, str]
"""Position of a word and the concept it stands for; `not_` before a concept that is denied."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*k?|[^\W\d_]+(?:'[^\W\d_]+)*|\d+[^\W\d_]+")
_TOKEN = re.compile(rf"{_WORD.pattern}|[,;:()\u2013\u2014]| - ")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_NEGATION_REACH = 3
_GAP = 3
_TURNS = frozenset(("but", "and", "because", "so", "yet", "while", "since", "whereas", "then", "however"))
_OPINIONS = frozenset(("think", "believe", "see", "expect", "buy", "agree", "suppose", "consider", "want", "find"))
_LIMITING = frozenset(("only", "just", "merely", "simply", "solely"))
_SUBJECTS = frozenset(("we", "i", "it", "this", "that", "you", "they", "the", "there", "these", "one", "a", "he"))
_BEFORE_QUESTION = frozenset(("so", "but", "and", "well", "ok", "okay", "hm", "why", "hmm", "then"))
_AUXILIARIES = frozenset(
    ("would", "should", "could", "will", "can", "do", "does", "did", "must", "may", "might", "shall", "to")
)
_UNNEEDED = frozenset(("need", "have", "matter", "require", "mind", "know"))
_REFUSING_PAIRS = frozenset(
    (("instead", "of"), ("rather", "than"), ("wrong", "to"), ("mistake", "to"), ("stupid", "to"), ("naive", "to"))
    + (("silly", "to"), ("foolish", "to"), ("dangerous", "to"), ("pointless", "to"), ("far", "from"), ("sense", "to"))
    + (("mad", "to"), ("crazy", "to"), ("useless", "to"), ("careful", "with"), ("stop", "from"), ("anything", "but"))
)


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


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, mended, with the places where a clause begins and where something is denied."""

    words: list[str]
    breaks: frozenset[int]
    """Words in front of which a comma, a colon or a dash stands."""


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
        self._corrected = functools.lru_cache(maxsize=8192)(self._correct)
        self._entries_of = functools.lru_cache(maxsize=8192)(self._look_up)

    def tags(self, words: Sequence[str]) -> list[Tag]:
        """The concepts that words stand for, each with the position of its first word."""
        return self._tagged(_Sentence([self._corrected(word) for word in words], frozenset()), is_far=False)

    def tags_in(self, sentence: str) -> list[Tag]:
        """The concepts that a sentence names; a comma ends what a negation denies."""
        return self._tagged(self._read(sentence), is_far=False)

    def far_tags_in(self, sentence: str) -> list[Tag]:
        """The same, where a refusal (`I would never ...`) denies everything up to the end of its clause."""
        return self._tagged(self._read(sentence), is_far=True)

    def _read(self, sentence: str) -> _Sentence:
        words: list[str] = []
        breaks = set()
        for token in _TOKEN.findall(without_symbols(sentence.lower().replace("\u2019", "'"))):
            if token[0].isalnum():
                words.append(self._corrected(token))
            else:
                breaks.add(len(words))
        return _Sentence(words, frozenset(breaks))

    def _tagged(self, sentence: _Sentence, *, is_far: bool) -> list[Tag]:
        words = sentence.words
        reach = self._denials(sentence, is_far=is_far)
        tags = []
        for position, word in enumerate(words):
            for entry in self._entries_of(word):
                if not entry.rest or _goes_on(words, position + 1, entry.rest):
                    tags.append((position, f"not_{entry.concept}" if reach[position] else entry.concept))
        return tags

    def _denials(self, sentence: _Sentence, *, is_far: bool) -> list[bool]:
        """For each word: is it denied by what stands before it?"""
        words = sentence.words
        denied = []
        until = -1
        for place, word in enumerate(words):
            if place in sentence.breaks or word in _TURNS:
                until = -1
            denied.append(place <= until)
            following = words[place + 1] if place + 1 < len(words) else ""
            if is_far and self._refuses(words, place):
                until = len(words)
            elif (word, following) in _REFUSING_PAIRS:
                until = max(until, place + _NEGATION_REACH + 1)
            elif self._negates(words, place):
                until = max(until, place + (10 if following in _OPINIONS else _NEGATION_REACH))
        return denied

    def _negates(self, words: Sequence[str], place: int) -> bool:
        word = words[place]
        following = words[place + 1] if place + 1 < len(words) else ""
        if word.endswith("n't"):
            return not self._asks(words, place) and not (
                following in _LIMITING and word[:-3] in ("is", "are", "was", "were")
            )
        return word in self._negators and following not in _LIMITING

    def _refuses(self, words: Sequence[str], place: int) -> bool:
        word = words[place]
        following = words[place + 1] if place + 1 < len(words) else ""
        if following in _UNNEEDED:
            return False
        if (word, following) in _REFUSING_PAIRS or word in ("never", "avoid"):
            return True
        if word.endswith("n't"):
            return word not in ("isn't", "aren't", "wasn't", "weren't", "hasn't") and not self._asks(words, place)
        return word == "not" and place > 0 and words[place - 1] in _AUXILIARIES

    @staticmethod
    def _asks(words: Sequence[str], place: int) -> bool:
        # "Shouldn't we ..." and "Isn't this ..." suggest what they seem to deny.
        following = words[place + 1] if place + 1 < len(words) else ""
        return following in _SUBJECTS and all(word in _BEFORE_QUESTION for word in words[:place])

    def _look_up(self, word: str) -> tuple[_Entry, ...]:
        found = list(self._whole.get(word, ()))
        if "'" in word:
            found += self._whole.get(word.partition("'")[0], ())
        for length in range(1, len(word) + 1):
            found += self._begun.get(word[:length], ())
        return tuple(dict.fromkeys(found))

    def _correct(self, word: str) -> str:
        """The word as usually written, or the stem that a mistyped word was meant to be."""
        word = spelt(word)
        if len(word) < 5 or word in self._known or "'" in word:
            return word
        if any(word[:length] in self._beginnings for length in range(2, len(word) + 1)):
            return word
        for one in self._stems.get(word[0], ()):
            # A stem is a beginning: the word may go on behind it.
            if any(_is_typo(word[:length], one) for length in (len(one) - 1, len(one), len(one) + 1)):
                return one
        return word


def _entry(concept: str, written: str) -> _Entry:
    parts = tuple(_parts(written))
    return _Entry(concept, parts[0], parts[1:])


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
    if abs(len(word) - len(stem)) > 1:
        return False
    if len(stem) >= 8:
        return _distance(word, stem) <= 2
    # In a short word another letter often makes another word (stored, scored); a swap or a slip does not.
    return (len(word) != len(stem) or sorted(word) == sorted(stem)) and _distance(word, stem) <= 1


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
    return any(_within(frozenset(wanted), tags, span) for wanted in lists)


def _within(wanted: frozenset[str], tags: Sequence[Tag], span: int) -> bool:
    """Slides a window over the tags and counts what is in it."""
    places = [(position, tag) for position, tag in tags if tag in wanted]
    inside: Counter[str] = Counter()
    start = 0
    for position, tag in places:
        inside[tag] += 1
        while position - places[start][0] > span:
            inside[places[start][1]] -= 1
            start += 1
        if all(inside[one] > 0 for one in wanted):
            return True
    return False
