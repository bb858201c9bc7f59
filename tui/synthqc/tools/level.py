"""The confidence of an interval, as a parameter of the tools that give one."""

from .tool import Parameter

LEVEL = Parameter("level", "number", 0.95, "confidence of the interval", minimum=0.5, maximum=0.999)
"""The parameter."""


def percent(level: float) -> str:
    """A level as a label names it, such as `95 %`."""
    return f"{100 * level:g} %"
