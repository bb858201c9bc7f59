"""No figure without a basis: in a lesson its claims say it, in a scenario facts or the samples do."""

import calendar
import re
from collections.abc import Iterator, Mapping

from .claims import Claim, Claims, Reference
from .dangling import Finding, Place
from .lab import Lab
from .model import Lesson, Section

CLAIM = re.compile(r"\[(C\d+(?:, ?C\d+)*)\]")
"""A claim mark in running text."""

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])(?:\s?%)?")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NAME = re.compile(r"[A-Z]")
_ENDS = re.compile(r"(?:^|[.!?:;|•\"“(*]\s*|\n\s*(?:[-*]|\d+\.)?\s*)$")
_PLAIN = frozenset({"I", "I'm", *calendar.day_name, *calendar.month_name})


def unsupported(lesson: Lesson, claims: Claims) -> Iterator[Finding]:
    """Figures, years and names of a lesson that no claim marked in the same section mentions.

    Whole numbers below 10 count as words. What needs no source, such as an example of the course's own, stands in the
    lesson's list `own` with the reason.

    Args:
        lesson: The lesson.
        claims: The claims of the course.
    """
    own = [entry.text for entry in lesson.own]
    names = known_names(claims)
    used: set[str] = set()
    for number, section in enumerate(lesson.sections):
        said = " ".join(_said(claims, one) for _, text in _texts(section) for one in claims_marked(text))
        for path, text in _texts(section):
            for stated in _stated(text, names):
                allowed = [entry for entry in own if _mentions(entry, stated)]
                used.update(allowed)
                if not allowed and not _mentions(said, stated):
                    yield (
                        ("sections", number, *path),
                        f"says {stated!r}, which no claim marked in this section mentions",
                    )
    for number, entry in enumerate(own):
        if entry not in used:
            yield ("own", number, "text"), f"allows {entry!r:.60}, which no section says"


def unsupported_figures(lab: Lab) -> Iterator[Finding]:
    """Figures of a lab's scenario that neither its facts nor a property of a sample has, and properties of others.

    Whole numbers below 10 count as words. A fact of 0.15 stands for 15% as well.
    """
    facts = {_plain_number(f"{value:.10g}") for value in lab.facts.values()}
    facts |= {_plain_number(f"{100 * value:.10g}") for value in lab.facts.values()}
    said = {_plain_number(figure) for one in lab.properties for figure in one.says}
    stated = [found.group().rstrip(",") for found in _NUMBER.finditer(lab.scenario) if not _is_small(found.group())]
    for figure in dict.fromkeys(stated):
        if _plain_number(figure) not in facts | said:
            yield ("scenario",), f"says {figure!r}, which neither a fact nor a property of a sample has"
    for number, one in enumerate(lab.properties):
        for n, figure in enumerate(one.says):
            if _plain_number(figure) not in map(_plain_number, stated):
                yield ("properties", number, "says", n), f"is {figure!r}, which the scenario does not say"


def claims_marked(text: str) -> list[str]:
    """Ids of the claims that a text is marked with, in order."""
    return [one for found in CLAIM.finditer(text) for one in re.split(r", ?", found.group(1))]


def known_names(claims: Claims) -> set[str]:
    """Names of people, models and sets that the claims speak of: capitalised words that are never written small."""
    texts = [text for claim in claims.claims.values() for text in (claim.statement, claim.finding)]
    titles = [text for one in claims.references.values() for text in (one.authors, f"the paper {one.title}")]
    small = {word for text in texts for word in _WORD.findall(text) if word.islower()}
    names = {word for text in (*texts, *titles) for word, starts in _capitalised(text) if not starts}
    return {name for name in names if len(name) > 1 and name.lower() not in small} - _PLAIN


def _texts(section: Section) -> list[tuple[Place, str]]:
    texts: list[tuple[Place, str]] = []
    for number, block in enumerate(section.blocks):
        if block.text is not None:
            texts.append((("blocks", number, "text"), block.text))
        if block.callout is not None:
            texts.append((("blocks", number, "callout", "text"), block.callout.text))
        if block.figure is not None:
            texts.append((("blocks", number, "figure", "caption"), block.figure.caption))
    return texts


def _stated(text: str, names: set[str]) -> list[str]:
    """Figures and names in a text, each once."""
    plain = CLAIM.sub("", text)
    figures = [found.group().rstrip(",") for found in _NUMBER.finditer(plain) if not _is_small(found.group())]
    capitalised = [
        word
        for word, starts in _capitalised(plain)
        if word in names or (not starts and len(word) > 1 and word not in _PLAIN)
    ]
    return list(dict.fromkeys([*figures, *capitalised]))


def _is_small(figure: str) -> bool:
    return re.fullmatch(r"\d", figure) is not None


def _capitalised(text: str) -> Iterator[tuple[str, bool]]:
    """Capitalised words, with whether they merely begin a sentence."""
    for found in _WORD.finditer(text):
        word = re.sub(r"['’]s?$", "", found.group())
        if _NAME.search(word):
            has_inner = any(letter.isupper() for letter in word[1:])
            starts = _ENDS.search(text[: found.start()]) is not None
            yield word, starts and not has_inner


def _said(claims: Claims, claim_id: str) -> str:
    claim = claims.claims.get(claim_id)
    return _of_claim(claim, claims.references) if claim is not None else ""


def _of_claim(claim: Claim, references: Mapping[str, Reference]) -> str:
    cited = [references[one] for one in claim.references if one in references]
    about = " ".join(f"{one.authors} {one.title} {one.venue} {one.year}" for one in cited)
    return f"{claim.statement} {claim.finding} {claim.note} {about}"


def _mentions(text: str, stated: str) -> bool:
    if stated[0].isdigit():
        wanted = _plain_number(stated)
        return any(_plain_number(found.group()) == wanted for found in _NUMBER.finditer(text))
    return re.search(rf"(?<!\w){re.escape(stated)}(?!\w)", text, re.IGNORECASE) is not None


def _plain_number(text: str) -> str:
    plain = text.replace(",", "").rstrip("% ")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
