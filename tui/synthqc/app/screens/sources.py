"""Sources: what the course's source text says, and what its sources say."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from synthqc.course.claims import BASES, MARKS, VERDICTS, Claim, Reference, citation

from ..host import host
from ..widgets.hints import Hints
from ..widgets.prose import Prose


class SourcesScreen(ModalScreen[None]):
    """Claims with verdicts, findings and references; `v` shows one verdict at a time."""

    HELP = (
        "These are claims of the course, each with what its source text says, the verdict, and what the primary "
        "source says."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,s", "dismiss", "close", key_display="esc", id="sources.close"),
        Binding("v", "next_verdict", "filter by verdict", id="sources.next-verdict"),
        Binding("f1,question_mark", "app.keys", "help", key_display="F1", show=False, id="app.help"),
    ]

    def __init__(self, title: str, claims: tuple[str, ...]) -> None:
        super().__init__()
        self._title = title
        self._claims = claims
        self._verdict = ""

    def compose(self) -> ComposeResult:
        """One column of claims."""
        yield Prose(id="dialog")
        yield Hints()

    def on_mount(self) -> None:
        """Shows all of them."""
        self._show()
        self.query_one(Prose).focus()

    def action_next_verdict(self) -> None:
        """All, then verdict by verdict."""
        order = ["", *VERDICTS]
        self._verdict = order[(order.index(self._verdict) + 1) % len(order)]
        self._show()

    def _show(self) -> None:
        prose = self.query_one(Prose)
        which = f" · {VERDICTS[self._verdict]}" if self._verdict else ""
        prose.border_title = f"{self._title}{which}"
        prose.show(lambda width: list(self._rendered(width)))

    def _rendered(self, width: int) -> Iterator[RenderableType]:
        claims = host(self).course.claims
        shown = [
            (claim_id, claims.claims[claim_id])
            for claim_id in self._claims
            if self._verdict in ("", claims.claims[claim_id].verdict)
        ]
        if not shown:
            yield Text("No claim here has this verdict. Press v for the next.")
        for claim_id, claim in shown:
            yield Text(f"{MARKS[claim.verdict]}{claim_id}  {VERDICTS[claim.verdict]}", style="bold")
            yield Padding(Text(f"The source text: {claim.statement}"), (0, 0, 0, 2))
            yield Padding(Text(f"What was found: {claim.finding}"), (0, 0, 0, 2))
            yield Padding(Text(_checked(claim), style="italic"), (0, 0, 0, 2))
            for reference in claim.references:
                yield Text("\n".join(cited(claims.references[reference], width)))
            yield Text("")


def _checked(claim: Claim) -> str:
    how = f"Checked: {', '.join(BASES[basis] for basis in claim.basis)}."
    return f"{how} {claim.note}".strip()


def cited(reference: Reference, width: int) -> Sequence[str]:
    """A reference as one cites it, in lines of that width."""
    return textwrap.wrap(citation(reference), max(20, width - 4), initial_indent="  → ", subsequent_indent="    ")
