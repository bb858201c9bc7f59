"""A live figure in a lesson: what it shows now, as Rich text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import RenderableType
from rich.style import Style
from rich.text import Text

from synthqc.course.model import Figure
from synthqc.tools.reading import Argument, Reading

from .plots.glyphs import Glyphs
from .plots.panel import panels


@dataclass(slots=True)
class FigureState:
    """Where a figure stands."""

    figure: Figure
    """What the lesson says of it."""
    arguments: dict[str, Argument] = field(default_factory=dict)
    """Arguments of the current run."""
    reading: Reading | None = None
    """What the last finished run measured."""
    done: int = 0
    """Steps done by the run that is on."""
    of: int = 0
    """Steps that the run has; 0 when none is on."""
    failure: str = ""
    """Why there is no reading, in one sentence."""


def takes_seed(state: FigureState) -> bool:
    """Does the figure depend on chance, so that another seed would show something else?"""
    return state.reading is not None and "seed" in state.reading.arguments


def figure_lines(state: FigureState, width: int, colours: Sequence[Style], glyphs: Glyphs) -> list[RenderableType]:
    """The figure at a width: its title, progress or plots, and the settings of the run."""
    lines: list[RenderableType] = [Text(f"▚ {state.figure.title}", style="bold")]
    if state.failure:
        return [*lines, Text(state.failure)]
    lines.append(Text(_settings(state), style="italic"))
    if state.of:
        filled = round((width - 30) * state.done / state.of)
        bar = glyphs.fill(0) * filled + glyphs.fill(2) * (width - 30 - filled)
        lines.append(Text(f"running {bar} {state.done} of {state.of}"))
    elif state.reading is None:
        lines.append(Text("Press r to run it."))
    if state.reading is not None:
        lines += panels(state.reading.series, width, colours, glyphs)
        lines += [Text(f"Note: {caveat}.", style="italic") for caveat in state.reading.caveats]
    return lines


def _settings(state: FigureState) -> str:
    arguments = state.reading.arguments if state.reading is not None else state.arguments
    told = {*state.arguments, state.figure.vary, "seed"}
    shown = ", ".join(f"{name} {_word(value)}" for name, value in arguments.items() if name in told)
    other_seed = ", r other seed" if takes_seed(state) else ""
    return f"{shown}   (v other {state.figure.vary}{other_seed})"


def _word(value: Argument) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
