"""`synthqc sources`: every claim of a course with its verdict and its sources."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import get_args

import click

from synthqc.course.claims import BASES, VERDICTS, Claim, Claims, Verdict, citation
from synthqc.course.loading import load_course

_WIDTH = 100


@click.command(short_help="Print the claims of a course with verdict and references.")
@click.option("--verdict", type=click.Choice(get_args(Verdict)), help="Only claims with this verdict.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--course",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The claims of another course.",
)
def command(verdict: str | None, form: str, course: Path | None) -> None:
    """Print what the course's source text claims, and what the primary sources say.

    Example: synthqc sources --verdict contradicted
    """
    claims = load_course(course).claims
    chosen = {name: claim for name, claim in claims.claims.items() if verdict in (None, claim.verdict)}
    if form == "json":
        click.echo(json.dumps(_as_json(chosen, claims), ensure_ascii=False, indent=2))
        return
    for name, claim in chosen.items():
        click.echo("\n".join(_lines(name, claim, claims)))
    click.echo(f"{len(chosen)} of {len(claims.claims)} claims", err=True)


def _as_json(chosen: Mapping[str, Claim], claims: Claims) -> list[dict[str, object]]:
    return [
        {
            "id": name,
            **asdict(claim),
            "references": [{"id": one, **asdict(claims.references[one])} for one in claim.references],
        }
        for name, claim in chosen.items()
    ]


def _lines(name: str, claim: Claim, claims: Claims) -> Iterator[str]:
    yield f"{name}  {VERDICTS[claim.verdict]}"
    yield from _wrapped("source text: ", claim.statement)
    yield from _wrapped("found:       ", claim.finding)
    yield from _wrapped("checked:     ", f"{', '.join(BASES[one] for one in claim.basis)}. {claim.note}".strip())
    for reference in claim.references:
        yield from _wrapped("reference:   ", citation(claims.references[reference]))
    yield ""


def _wrapped(label: str, text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), _WIDTH, initial_indent=f"  {label}", subsequent_indent=" " * 15)
