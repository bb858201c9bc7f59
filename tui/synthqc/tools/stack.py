"""A filter stack: which layers, in which order, with which settings; and the same as YAML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from .reading import Argument
from .tool import Parameter, allowed_values, is_allowed

Layer = Literal["heuristics", "duplicates", "classifier", "oracle", "diversity"]
"""Names of the layers."""

CHEAP_FIRST: tuple[Layer, ...] = get_args(Layer)
"""All layers, those that cost least first."""

DEAR: tuple[Layer, ...] = ("classifier", "oracle")
"""Layers that judge what a line says: in production a model, a database or a person, paid by the line."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A filter stack."""

    layers: tuple[Layer, ...] = CHEAP_FIRST
    """The layers in the order in which they read."""
    shortest: int = 5
    """Heuristics: fewest words of a line."""
    longest: int = 400
    """Heuristics: most words of a line."""
    repetition: float = 0.3
    """Heuristics: largest share of a line that may repeat itself."""
    threshold: float = 0.8
    """Duplicates: Jaccard similarity from which lines are near, 0.3 to 1."""
    masked: bool = True
    """Duplicates: are names and numbers masked before lines are compared?"""
    bad_from: float = 0.9
    """Classifier: probability of being bad from which a line goes."""
    alike: float = 0.4
    """Diversity: likeness from which lines form a cluster."""
    cap: float = 0.08
    """Diversity: largest share of the lines that one cluster may hold."""


_USUAL = Stack()

SETTINGS: tuple[Parameter, ...] = (
    Parameter("shortest", "integer", _USUAL.shortest, "heuristics: fewest words of a line", 1, 1000),
    Parameter("longest", "integer", _USUAL.longest, "heuristics: most words of a line", 1, 100_000),
    Parameter("repetition", "number", _USUAL.repetition, "heuristics: share of a line that may repeat itself", 0, 1),
    Parameter("threshold", "number", _USUAL.threshold, "duplicates: likeness from which lines are near", 0.3, 1),
    Parameter("masked", "yes-no", _USUAL.masked, "duplicates: mask names and numbers before lines are compared"),
    Parameter("bad_from", "number", _USUAL.bad_from, "classifier: probability of bad from which a line goes", 0.5, 1),
    Parameter("alike", "number", _USUAL.alike, "diversity: likeness from which lines form a cluster", 0.05, 1),
    Parameter("cap", "number", _USUAL.cap, "diversity: largest share of the lines that a cluster may hold", 0.001, 1),
)
"""What can be set besides the layers, in the words and the ranges of the tool's parameters."""


def layers_in(text: str) -> tuple[Layer, ...]:
    """The layers that a text names, in its order, such as `heuristics, duplicates, oracle`.

    Raises:
        ValueError: A name that no layer has, or the same one twice.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    known: Mapping[str, Layer] = {name: name for name in CHEAP_FIRST}
    for name in names:
        if name not in known:
            raise ValueError(f"'{name:.40}' is no layer; there are: {', '.join(CHEAP_FIRST)}")
    layers = tuple(known[name] for name in names)
    if problem := _problem_of(layers):
        raise ValueError(problem)
    return layers


def problems_of(stack: Stack) -> Iterator[tuple[str, str]]:
    """What a stack cannot have: the name of the setting, and what is wrong with it, in one sentence.

    Args:
        stack: Values of the right types, in range or not.
    """
    if problem := _problem_of(stack.layers):
        yield "layers", problem
    for setting in SETTINGS:
        value: Argument = getattr(stack, setting.name)
        if not is_allowed(setting, value):
            yield setting.name, f"is {value}, needs {allowed_values(setting)}"
    if stack.shortest > stack.longest:
        yield "longest", f"is {stack.longest}, needs to be at least {stack.shortest}, what 'shortest' says"


def _problem_of(layers: tuple[Layer, ...]) -> str:
    twice = [layer for place, layer in enumerate(layers) if layer in layers[:place]]
    if twice:
        return f"names {twice[0]} twice, needs each layer once"
    return "" if layers else f"names no layer, needs one or more of {', '.join(CHEAP_FIRST)}"


def recipe_of(stack: Stack) -> str:
    """The stack as YAML that `synthqc filter --stack` takes, every setting written out."""
    return "\n".join(
        [
            # Short enough for a narrow screen: a comment that is broken there would be no YAML when it is copied.
            "# Save as stack.yaml, then:",
            "# synthqc filter FILE --stack stack.yaml --output KEPT --rejected REST",
            f"layers: [{', '.join(stack.layers)}]",
            *(f"{setting.name}: {_as_yaml(getattr(stack, setting.name))}" for setting in SETTINGS),
            "",
        ]
    )


def _as_yaml(value: Argument) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # Written without an exponent, which YAML 1.1 takes for text where no dot stands before it.
    return f"{value:.15f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
