"""Which language a line is in, by its smallest words; enough to find lines that are not in the main one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

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

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
FEWEST = 4
"""Words below which nothing is said about the language of a line."""


def language_of(text: str) -> str:
    """The language of a line, `other script` where most letters are not Latin, or `` where it cannot be told.

    Args:
        text: One line.

    Returns:
        The language whose small words make up the largest share, if that is at least an eighth of the words and no
        other language has as many.
    """
    words = _WORD.findall(text.lower())
    if not text.isascii():
        letters = [letter for word in words for letter in word]
        if letters and sum(1 for letter in letters if _LATIN.match(letter)) < len(letters) / 2:
            return "other script"
    if len(words) < FEWEST:
        return ""
    found = Counter(name for word in words if word in _SPEAKERS for name in _SPEAKERS[word])
    (name, hits), (_, second) = [*found.most_common(2), ("", 0), ("", 0)][:2]
    return name if hits >= len(words) / 8 and hits > second else ""


def main_language(texts: Iterable[str]) -> str:
    """The language that most lines are in; `` where none can be told."""
    return _commonest(map(language_of, texts))


def _commonest(names: Iterable[str]) -> str:
    counts = Counter(name for name in names if name)
    return counts.most_common(1)[0][0] if counts else ""


def foreign(texts: Sequence[str]) -> list[bool]:
    """For each line: is it in another language than most of the lines? Lines that cannot be told are not."""
    names = [language_of(text) for text in texts]
    main = _commonest(names)
    return [bool(name) and name != main for name in names]


_SPEAKERS: defaultdict[str, list[str]] = defaultdict(list)
"""For each small word, the languages that have it."""
for _name, _words in FUNCTION_WORDS.items():
    for _word in dict.fromkeys(_words.split()):
        _SPEAKERS[_word].append(_name)
