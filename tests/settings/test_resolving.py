"""Flag over environment over file over default."""

from pathlib import Path

import pytest

from synthqc.errors import UsageError
from synthqc.settings.resolving import resolved


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "config.yaml").write_text("# mine\ntheme: light\nmotion: full\n")
    return {"SYNTHQC_HOME": str(tmp_path)}


def test_each_value_knows_where_it_came_from(environment: dict[str, str]) -> None:
    found = resolved(environment | {"SYNTHQC_MOTION": "none"}, {"theme": "mono"})
    assert (found.settings.theme, found.sources["theme"]) == ("mono", "--theme")
    assert (found.settings.motion, found.sources["motion"]) == ("none", "SYNTHQC_MOTION")
    assert (found.settings.assistant, found.sources["assistant"]) == ("offline", "default")
    assert found.is_fixed("theme")
    assert not found.is_fixed("assistant")


def test_the_file_holds_where_nothing_else_is_said(environment: dict[str, str]) -> None:
    found = resolved(environment)
    assert (found.settings.theme, found.sources["theme"]) == ("light", f"{found.path}:2")
    assert not found.is_fixed("theme")


def test_no_color_wins_over_file_and_theme_variable(environment: dict[str, str]) -> None:
    found = resolved(environment | {"NO_COLOR": "1", "SYNTHQC_THEME": "dark"})
    assert (found.settings.theme, found.sources["theme"]) == ("mono", "NO_COLOR")


def test_offline_wins_over_all(environment: dict[str, str]) -> None:
    found = resolved(environment | {"SYNTHQC_OFFLINE": "1", "SYNTHQC_ASSISTANT": "online"})
    assert (found.settings.assistant, found.sources["assistant"]) == ("offline", "SYNTHQC_OFFLINE")
    with pytest.raises(UsageError, match="SYNTHQC_OFFLINE forbids it"):
        resolved(environment | {"SYNTHQC_OFFLINE": "1"}, {"assistant": "online"})


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("SYNTHQC_THEME", "dim", "SYNTHQC_THEME is 'dim', allowed is dark, light, high-contrast, ansi, mono"),
        ("SYNTHQC_ENDPOINT", "x", "SYNTHQC_ENDPOINT is 'x', allowed is none; the settings file has no endpoints"),
    ],
)
def test_a_variable_with_another_value_is_refused(environment, variable: str, value: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        resolved(environment | {variable: value})
    assert str(raised.value) == said
