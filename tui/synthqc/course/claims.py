"""How far each claim of the course is supported by its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["supported", "partly", "not-found", "contradicted"]
"""Supported: the source says it. Partly: the core holds, a part does not. Not found: the named or best source
does not contain it, or none was found. Contradicted: the source says something else."""

Basis = Literal["read", "abstract", "secondary", "memory", "searched", "measured", "reasoned"]
"""How a verdict was reached: the passage was read; only an abstract; only a quotation; known and not re-read;
looked for in vain; computed for this course; argued."""

MARKS: Mapping[Verdict, str] = {"supported": "", "partly": "~", "not-found": "?", "contradicted": "x"}
"""The mark beside a claim in the running text; a supported claim is silent."""


VERDICTS: Mapping[str, str] = {
    "supported": "supported",
    "partly": "partly supported",
    "not-found": "no source found",
    "contradicted": "the source says otherwise",
}
"""Verdicts in words."""

BASES: Mapping[str, str] = {
    "read": "the passage was read",
    "abstract": "the abstract was read",
    "secondary": "a quotation was read",
    "memory": "from memory, not re-read",
    "searched": "searched for in vain",
    "measured": "measured for this course",
    "reasoned": "reasoned",
}
"""Ways of checking in words."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication."""

    authors: str
    """Authors, the way one cites them."""
    title: str
    """Title."""
    year: int
    """Year of the version cited."""
    venue: str = ""
    """Journal, conference or publisher."""
    arxiv: str = ""
    """arXiv number, such as `2305.17493`."""
    doi: str = ""
    """DOI without `https://doi.org/`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the course's source text, checked against its primary source."""

    statement: str
    """What the source text of the course says, in our words."""
    verdict: Verdict
    """How far its source supports it."""
    finding: str
    """What the primary source says."""
    references: tuple[str, ...]
    """Ids of the references behind the finding; empty where none was found."""
    basis: tuple[Basis, ...]
    """How it was checked."""
    note: str = ""
    """Which part rests on which basis, where they differ."""


@dataclass(frozen=True, slots=True)
class Claims:
    """`lessons/claims.yaml`."""

    references: Mapping[str, Reference]
    """Publications by id, such as `shumailov-2024`."""
    claims: Mapping[str, Claim]
    """Claims by id, such as `C08`."""


def citation(reference: Reference) -> str:
    """A publication as one cites it, in one line."""
    places = [reference.venue, reference.arxiv and f"arXiv:{reference.arxiv}", reference.doi and f"doi:{reference.doi}"]
    return f"{reference.authors}: {reference.title}. {', '.join([*filter(None, places), str(reference.year)])}."
