"""From words to concepts: stems, phrases, typos and negation."""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Tag = tuple[int, str]
"""Position of a word and the concept it stands for; `not_` before a concept that is denied."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|\d+[^\W\d_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_NEGATION_REACH = 3
_TURNS = ("but", "and", "because", "so", "yet", "while")


def words_in(text: str) -> list[str]:
    """The words of a text, lower-cased; hyphens separate, numbers keep their point."""
    return _WORD.findall(text.lower().replace("\u2019", "'"))


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
class _Entry:
    """One way of naming a concept: a word, or words in a row."""

    concept: str
    parts: tuple[str, ...]


class Vocabulary:
    """The concepts of a lab, ready to be found in what a learner writes."""

    def __init__(self, concepts: Mapping[str, Sequence[str]], negators: Iterable[str], known: Iterable[str]) -> None:
        """Prepares the concepts.

        Args:
            concepts: Word stems and phrases by concept; a full stop at the end of a word asks for that very word.
            negators: Words that deny what follows.
            known: Words that are spelt right although no concept has them, so that they are no typos.
        """
        entries = [
            _Entry(concept, tuple(words.split())) for concept, all_words in concepts.items() for words in all_words
        ]
        self._entries: dict[str, list[_Entry]] = {}
        for entry in entries:
            self._entries.setdefault(entry.parts[0][0], []).append(entry)
        self._stems = sorted(
            {part.rstrip(".") for entry in entries for part in entry.parts if len(part.rstrip(".")) >= 5}
        )
        self._negators = frozenset(negators)
        self._known = frozenset(known)
        self.concepts = frozenset(concepts)
        """The names of the concepts."""
        self._corrected = functools.lru_cache(maxsize=4096)(self._correct)

    def tags(self, words: Sequence[str]) -> list[Tag]:
        """The concepts that words stand for, each with the position of its first word."""
        mended = [self._corrected(word) for word in words]
        tags = []
        for position, word in enumerate(mended):
            for entry in self._entries.get(word[0], ()):
                if _begins(mended, position, entry.parts):
                    denied = self._is_denied(mended, position)
                    tags.append((position, f"not_{entry.concept}" if denied else entry.concept))
        return tags

    def _is_denied(self, words: Sequence[str], position: int) -> bool:
        denied = False
        for place in range(max(0, position - _NEGATION_REACH), position):
            word = words[place]
            if word in _TURNS:
                denied = False
            elif (word in self._negators or word.endswith("n't")) and words[place + 1 : place + 2] != ["only"]:
                denied = True
        return denied

    def _correct(self, word: str) -> str:
        """The stem that a mistyped word was meant to be, or the word itself."""
        if len(word) < 5 or word in self._known or any(word.startswith(one) for one in self._stems):
            return word
        for one in self._stems:
            # A stem is a beginning: the word may go on behind it.
            if one[0] == word[0] and any(
                _is_typo(word[:length], one) for length in (len(one) - 1, len(one), len(one) + 1)
            ):
                return one
        return word


def _begins(words: Sequence[str], position: int, parts: Sequence[str]) -> bool:
    if position + len(parts) > len(words):
        return False
    return all(
        word == part[:-1] if part.endswith(".") else word.startswith(part)
        for word, part in zip(words[position : position + len(parts)], parts, strict=True)
    )


def _is_typo(word: str, stem: str) -> bool:
    if len(stem) >= 8:
        return _distance(word, stem) <= 2
    # In a short word another letter often makes another word (stored, scored); a swap or a slip does not.
    return _distance(word, stem) <= 1 and (len(word) != len(stem) or sorted(word) == sorted(stem))


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
