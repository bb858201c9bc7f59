"""Lesson text in lines that read well aloud: Markdown without its signs, tables row by row."""

import re
from collections.abc import Iterator

from synthqc.course.claims import VERDICTS, Claims
from synthqc.course.marks import CLAIM

_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\3(?!\w)")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s")


def spoken(text: str, claims: Claims) -> Iterator[str]:
    """The paragraphs, list items and table rows of a text, each as one line.

    Marks of claims are told in words where the source does not support them: `(partly supported, C08)`.
    """
    paragraph: list[str] = []
    header: list[str] = []
    for line in [*_told(text, claims).split("\n"), ""]:
        is_row = line.lstrip().startswith("|")
        if (not line.strip() or is_row or _ITEM.match(line)) and paragraph:
            yield _plain(" ".join(paragraph))
            paragraph = []
        if not is_row:
            header = []
        if is_row:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not header:
                header = cells
            elif not all(set(cell) <= set("-: ") for cell in cells):
                yield _plain(
                    "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(header, cells, strict=False))
                )
        elif line.strip():
            paragraph.append(line.strip())


def _told(text: str, claims: Claims) -> str:
    def words(found: re.Match[str]) -> str:
        told = [
            f"({VERDICTS[claims.claims[one].verdict]}, {one})"
            for one in re.findall(r"C\d+", found.group(1))
            if one in claims.claims and claims.claims[one].verdict != "supported"
        ]
        return "".join(f" {one}" for one in told)

    return CLAIM.sub(words, text)


def _plain(line: str) -> str:
    line = _CODE.sub(r"\1", _LINK.sub(r"\1", line))
    return _EMPHASIS.sub(lambda found: found.group(2) or found.group(4), line)
