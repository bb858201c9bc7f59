"""How words are written: inflections, British and American forms, contractions without apostrophe, short forms."""

import functools
import re
from pathlib import Path

SHORT_FORMS = {
    "abt": "about", "alot": "lot", "b4": "before", "bc": "because", "bcs": "because", "bcuz": "because",
    "bcoz": "because", "coz": "because", "cos": "because", "cuz": "because", "cud": "could", "culd": "could",
    "shud": "should", "shuld": "should", "shoud": "should", "shld": "should", "wud": "would", "wuld": "would",
    "woud": "would", "wld": "would", "gud": "good", "mor": "more", "bettr": "better", "btw": "besides",
    "evry": "every", "fo": "for", "frm": "from", "hv": "have", "hav": "have", "jsut": "just", "jus": "just",
    "mb": "maybe", "n": "and", "nd": "and", "ned": "need", "nite": "night", "oder": "order", "ppl": "people",
    "peple": "people", "plz": "please", "pls": "please", "prolly": "probably", "prob": "probably", "r": "are",
    "rly": "really", "smth": "something", "sth": "something", "teh": "the", "thx": "thanks", "tiem": "time",
    "tho": "though", "thru": "through", "tru": "true", "u": "you", "ur": "your", "waht": "what", "wat": "what",
    "wich": "which", "whith": "with", "wiht": "with", "w": "with", "wo": "without", "wrogn": "wrong", "wont": "won't",
    "yr": "your", "dats": "that's", "gonna": "going", "wanna": "want", "gotta": "must", "aint": "isn't",
    "ain't": "isn't", "cannot": "can't", "smal": "small", "stuf": "stuff", "becuase": "because", "beacuse": "because",
    "randm": "random", "adn": "and", "taht": "that", "thier": "their", "hte": "the", "wehn": "when", "thn": "then",
    "dis": "this", "thign": "thing", "aswell": "also", "dnt": "don't", "havent": "haven't", "kno": "know",
}  # fmt: skip
"""Hasty spellings of small words, which are too short to be mended by their letters."""

_NEGATED = (
    "isnt", "arent", "wasnt", "werent", "dont", "doesnt", "didnt", "cant", "couldnt", "wouldnt", "shouldnt", "hasnt",
    "havent", "hadnt", "neednt", "mustnt",
)  # fmt: skip
_CONTRACTED = {
    **{word: f"{word[:-2]}n't" for word in _NEGATED},
    "thats": "that's", "whats": "what's", "theres": "there's", "heres": "here's", "im": "i'm", "ive": "i've",
    "youre": "you're", "theyre": "they're", "youve": "you've", "theyve": "they've", "weve": "we've",
    "lets": "let's", "itll": "it'll", "thatll": "that'll", "youd": "you'd", "theyd": "they'd",
}  # fmt: skip
_SPELT = {**SHORT_FORMS, **_CONTRACTED}
_SYMBOLS = (
    (re.compile(r"\bb/c\b", re.IGNORECASE), " because "),
    (re.compile(r"\bw/o\b", re.IGNORECASE), " without "),
    (re.compile(r"\bw/(?=\s|\w)", re.IGNORECASE), " with "),
    (re.compile(r"(?<=\s)&(?=\s)"), " and "),
    (re.compile(r"%"), " percent "),
    (re.compile(r"\$\s?(?=\d)"), " dollars "),
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_SHORT_THOUSANDS = re.compile(r"(\d+)k")
_BRITISH = (
    (re.compile(r"(?<=\w{3})is(?=$|e|a|i)"), "iz"), (re.compile(r"(?<=\w{3})iz(?=$|e|a|i)"), "is"),
    (re.compile(r"(?<=\w{2})our(?=$|i|s|e)"), "or"), (re.compile(r"(?<=labe|mode)ll"), "l"),
    (re.compile(r"(?<=[aeo]l)ys(?=$|e|i)"), "yz"), (re.compile(r"judgement"), "judgment"),
    (re.compile(r"judgment"), "judgement"), (re.compile(r"grey"), "gray"), (re.compile(r"gray"), "grey"),
    (re.compile(r"mould"), "mold"), (re.compile(r"catalogue"), "catalog"), (re.compile(r"centre"), "center"),
    (re.compile(r"favour"), "favor"), (re.compile(r"defence"), "defense"), (re.compile(r"programme"), "program"),
)  # fmt: skip
_VOWELS = "aeiou"


@functools.cache
def english_words() -> frozenset[str]:
    """Common English words of five letters or more: none of them is a slip of the pen for a rarer one."""
    # Out of "Alice in Wonderland", this course and the documentation of Python's own library.
    return frozenset(Path(__file__).with_name("english.txt").read_text(encoding="ascii").split())


def without_symbols(text: str) -> str:
    """The text with its signs written as words: `79%` as `79 percent`, `b/c` as `because`."""
    for pattern, put in _SYMBOLS:
        text = pattern.sub(put, text)
    return text


@functools.lru_cache(maxsize=4096)
def spelt(word: str) -> str:
    """The word as it is usually written: `dont` as `don't`, `ppl` as `people`, `5,000` and `5k` as `5000`."""
    if word[0].isdigit():
        if _THOUSANDS.fullmatch(word):
            return word.replace(",", "")
        short = _SHORT_THOUSANDS.fullmatch(word)
        return f"{short.group(1)}000" if short else word
    return _SPELT.get(word, word)


def forms(word: str) -> frozenset[str]:
    """A word with its regular inflections: `cap`, `caps`, `capped`, `capping`."""
    stems = {word}
    if len(word) >= 3 and word[-1] not in f"{_VOWELS}wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        stems.add(word + word[-1])
    if word.endswith("e"):
        endings = {word[:-1] + "ing", word + "d", word + "s"}
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        endings = {word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    else:
        plural = "es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else "s"
        endings = {word + plural, *(stem + ending for stem in stems for ending in ("ed", "ing"))}
    return frozenset({word, *endings})


def variants(word: str) -> frozenset[str]:
    """A word or stem as it is written on both sides of the Atlantic."""
    return frozenset({word, *(pattern.sub(put, word) for pattern, put in _BRITISH)})
