"""Which language a line is in, by its smallest words; enough to find lines that are not in the main one."""

import functools
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .words import Words, coded

FUNCTION_WORDS = {
    "English": (
        "the of and to in is that it for you with this are your we not be have on i can was a at by from my an or if "
        "will has me so but there which does how"
    ),
    "German": "der die das und ist nicht ein eine ich wir sie mit auf für dass den dem zu von es bitte ihre",
    "French": "le la les de des et est une dans pour avec pas sont nous vous je ce cette du votre un que",
    "Spanish": "el la los las de que y en es una un por para con está su no se lo mi le nuestro",
    "Italian": "il lo la gli di che è per non una un con sono della nel le mi si suo vostro ha questo",
    "Portuguese": "o a os as de que e em é uma um por para com não se seu sua você do da está",
    "Dutch": "de het een en van ik is dat niet op te voor met zijn je u uw er maar wij hebben bij",
    "Polish": "nie w na się z do jest to że jak za od po przez dla proszę i o ten przy co czy",
    "Swedish": "och att det som en på är av för med den till inte har de ett om vi jag kan du ni",
}
"""The commonest small words of some languages."""

_LETTER = re.compile(r"[^\W\d_]")
_OTHER_LETTER = re.compile(r"(?![A-Za-z\u00c0-\u024f])[^\W\d_]")
FEWEST = 4
"""Words below which nothing is said about the language of a line."""


def languages_of(texts: Sequence[str], words: Words | None = None) -> list[str]:
    """The language of each line, `other script` where most letters are not Latin, or `` where it cannot be told.

    Args:
        texts: Lines.
        words: Their words, where they are at hand.

    Returns:
        For each line the language whose small words make up the largest share, if that is at least an eighth of its
        words and no other language has as many.
    """
    words = coded(texts) if words is None else words
    hits = _hits(words)
    ranked = np.sort(hits, axis=1)
    is_told = (words.lengths >= FEWEST) & (8 * ranked[:, -1] >= words.lengths) & (ranked[:, -1] > ranked[:, -2])
    names = list(FUNCTION_WORDS)
    found = [names[best] if told else "" for best, told in zip(hits.argmax(axis=1), is_told.tolist(), strict=True)]
    for place, text in enumerate(texts):
        if not text.isascii() and _is_other_script(text):
            found[place] = "other script"
    return found


def main_language(texts: Sequence[str]) -> str:
    """The language that most lines are in; `` where none can be told."""
    return _commonest(languages_of(texts))


def foreign(texts: Sequence[str], words: Words | None = None) -> list[bool]:
    """For each line: is it in another language than most of the lines? Lines that cannot be told are not.

    Args:
        texts: Lines.
        words: Their words, where they are at hand.
    """
    names = languages_of(texts, words)
    main = _commonest(names)
    return [bool(name) and name != main for name in names]


def _commonest(names: Sequence[str]) -> str:
    counts = Counter(name for name in names if name)
    return counts.most_common(1)[0][0] if counts else ""


def _is_other_script(text: str) -> bool:
    others = len(_OTHER_LETTER.findall(text))
    return others > 0 and 2 * others > len(_LETTER.findall(text))


def _hits(words: Words) -> NDArray[np.int64]:
    """For each line and each language, how many of the line's words are small words of the language."""
    codes, speakers = _speakers()
    places = np.minimum(np.searchsorted(codes, words.codes), codes.size - 1)
    is_small = codes[places] == words.codes
    owners, places = words.owners[is_small], places[is_small]
    hits = [np.bincount(owners[speakers[places, n]], minlength=words.records) for n in range(len(FUNCTION_WORDS))]
    return np.stack(hits, axis=1)


@functools.cache
def _speakers() -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """The codes of all small words, ascending, and for each of them which languages have it."""
    lists = [text.split() for text in FUNCTION_WORDS.values()]
    small = list(dict.fromkeys(word for words in lists for word in words))
    codes = coded(small).codes
    order = np.argsort(codes)
    return codes[order], np.array([[small[n] in words for words in lists] for n in order])
