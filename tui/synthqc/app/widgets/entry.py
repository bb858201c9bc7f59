"""An entry of the list of readings: what one tool has measured, and how it stands with it."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rich.table import Table
from rich.text import Text

from synthqc.tools.catalogue import TOOLS
from synthqc.tools.reading import Argument, Reading

_TITLE_WIDTH = 16
_NUMBER_WIDTH = 6

Outcome = Reading | str
"""What a tool gave: a reading, or in one sentence why there is none."""

State = Literal["empty", "asks", "measuring", "present", "old"]
"""There is no text to measure; the tool runs when asked to; it is measuring or will in a moment; it has measured the
present text; or what it has measured is of an older text or another setting, and it runs when asked to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One tool on the workbench."""

    tool: str
    """Name of the tool."""
    state: State
    """How it stands."""
    outcome: Outcome | None = None
    """What it gave last."""
    arguments: Mapping[str, Argument] | None = None
    """What it is set to; nothing for its defaults."""
    done: int = 0
    """Steps done by a long run."""
    of: int = 0
    """Steps that run has; 0 where none has been reported."""

    @property
    def step(self) -> str:
        """How far a long run is, in words."""
        return f"measuring, {self.done:,} of {self.of:,}" if self.of else "measuring …"

    @property
    def remark(self) -> str:
        """What there is to say beside the numbers."""
        if self.state == "empty":
            return "waits for a text"
        if self.state == "asks":
            return "enter: run"
        if self.state == "old":
            return "of an older text; enter: measure"
        # While one types, numbers follow each other too fast for more than themselves.
        return self.step if self.state == "measuring" and (self.of or self.outcome is None) else ""

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Numbers and what they are: the headline, a second one, that of human writing, and the remark."""
        rows: list[tuple[str, str]] = []
        if isinstance(self.outcome, Reading):
            rows += [(quantity.shown(), quantity.label) for quantity in self.outcome.quantities[:2]]
            if self.outcome.reference is not None:
                rows.append((f"{self.outcome.reference.value:.3f}", "human text of the same length"))
        elif self.outcome:
            rows.append(("", self.outcome))
        if self.remark:
            rows.append(("", self.remark))
        return tuple(rows)

    @property
    def number_width(self) -> int:
        """Columns that the numbers take, so that each is shown whole."""
        return max([_NUMBER_WIDTH, *(len(number) for number, _ in self.rows)])

    def shown(self) -> Table:
        """The rows, beside the title of the tool."""
        entry = Table.grid(padding=(0, 1, 0, 0))
        entry.add_column(width=_TITLE_WIDTH, style="bold", no_wrap=True)
        has_numbers = isinstance(self.outcome, Reading)
        if has_numbers:
            entry.add_column(width=self.number_width, justify="right", no_wrap=True)
        entry.add_column()
        rows = self.rows
        titles = textwrap.wrap(TOOLS[self.tool].title, _TITLE_WIDTH)
        titles = titles if len(rows) > 1 else ["\n".join(titles)]
        for place, (number, words) in enumerate(rows):
            title = titles[place] if place < len(titles) else ""
            numbers = (Text(number, style="bold" if place == 0 else ""),) if has_numbers else ()
            entry.add_row(title, *numbers, words)
        return entry
