"""Claim marks in running text: silent where a source supports the claim, a small sign where it does not."""

import re

from .claims import MARKS, Claims

CLAIM = re.compile(r"\s*\[(C\d+(?:, ?C\d+)*)\]")
"""A mark as authors write it, such as `[C08]`."""

LEGEND = (
    "Marks stand where the usual story differs from its source: ~ partly supported, ? no source found, x the source "
    "says otherwise. The text tells what was found; s shows both."
)
"""What the marks in the text mean."""

SHOWN = re.compile(r"\[[~?x]C\d+\]")
"""A mark as learners see it."""


def with_marks(text: str, claims: Claims) -> str:
    """The text with authors' marks turned into what learners see."""

    def shown(found: re.Match[str]) -> str:
        marks = [
            f"[{MARKS[claims.claims[claim].verdict]}{claim}]"
            for claim in re.findall(r"C\d+", found.group(1))
            if claim in claims.claims and MARKS[claims.claims[claim].verdict]
        ]
        return " " + " ".join(marks) if marks else ""

    return CLAIM.sub(shown, text)


def claims_in(text: str) -> list[str]:
    """Ids of the claims that a text is marked with, in order, each once."""
    return list(dict.fromkeys(claim for found in CLAIM.finditer(text) for claim in re.findall(r"C\d+", found.group(1))))
