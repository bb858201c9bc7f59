"""The next value of a parameter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.app.steps import stepped
from synthqc.tools.catalogue import TOOLS
from synthqc.tools.tool import Parameter, arguments_for

WHOLE = Parameter("n", "integer", 2, "", minimum=1, maximum=5)
LARGE = Parameter("longest", "integer", 400, "", minimum=1, maximum=100_000)
SHARE = Parameter("keep", "number", 0.1, "", minimum=0.001, maximum=1)
MONEY = Parameter("cents", "number", 10.0, "", minimum=0.01, maximum=100_000)
FLAG = Parameter("masked", "yes-no", default=True, help="")
CHOICE = Parameter("order", "choice", "a", "", choices=("a", "b", "c"))
FIELD = Parameter("field", "field", "answer", "")
TEXT = Parameter("targets", "text", "", "")


@pytest.mark.parametrize(
    ("parameter", "value", "up", "down"),
    [
        (WHOLE, 2, 3, 1),
        (WHOLE, 5, 5, 4),
        (WHOLE, 1, 2, 1),
        (LARGE, 9, 10, 8),
        (LARGE, 40, 50, 30),
        (LARGE, 400, 500, 200),
        (LARGE, 437, 500, 200),
        (LARGE, 30_000, 50_000, 20_000),
        (LARGE, 100_000, 100_000, 50_000),
        (SHARE, 0.1, 0.15, 0.05),
        (SHARE, 0.05, 0.1, 0.001),
        (SHARE, 0.001, 0.05, 0.001),
        (SHARE, 0.12, 0.15, 0.1),
        (SHARE, 1.0, 1.0, 0.95),
        (MONEY, 0.5, 1.0, 0.2),
        (MONEY, 10.0, 20.0, 9.0),
        (MONEY, 0.01, 0.02, 0.01),
        (FLAG, True, False, False),
        (CHOICE, "c", "a", "b"),
        (FIELD, "answer", "answer", "answer"),
        (TEXT, "a=1", "a=1", "a=1"),
    ],
)
def test_up_and_down(parameter, value, up, down) -> None:
    assert stepped(parameter, value, 1) == up
    assert stepped(parameter, value, -1) == down


def test_a_field_goes_through_the_fields_at_hand() -> None:
    assert stepped(FIELD, "answer", 1, ("kind", "label")) == "kind"
    assert stepped(FIELD, "kind", 1, ("kind", "label")) == "label"
    assert stepped(FIELD, "label", 1, ("kind", "label")) == "kind"


@pytest.mark.parametrize("tool", list(TOOLS.values()), ids=lambda tool: tool.name)
def test_every_value_that_is_stepped_to_is_allowed_and_few_steps_lead_to_the_ends(tool) -> None:
    for parameter in tool.parameters:
        for by in (1, -1):
            value = parameter.default
            for _ in range(60):
                value = stepped(parameter, value, by)
                assert arguments_for(tool, {parameter.name: value})[parameter.name] == value
            if parameter.kind in ("integer", "number"):
                assert value == (parameter.maximum if by > 0 else parameter.minimum)


@given(st.integers(1, 99_999))
def test_a_step_up_is_larger_and_a_step_down_is_smaller(value) -> None:
    assert stepped(LARGE, value, 1) > value
    assert value == 1 or stepped(LARGE, value, -1) < value
