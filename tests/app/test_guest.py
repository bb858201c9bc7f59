"""What a guest of another's machine is not offered."""

import pytest
from textual.app import App, ComposeResult

from synthqc.app.widgets.settings import Settings
from synthqc.tools.oracle import TOOL


class One(App[None]):
    """A tool's settings alone."""

    def __init__(self, *, is_guest: bool) -> None:
        super().__init__()
        self.is_guest = is_guest

    def compose(self) -> ComposeResult:
        yield Settings(TOOL, {one.name: one.default for one in TOOL.parameters}, ())


@pytest.mark.parametrize(("is_guest", "is_offered"), [(True, False), (False, True)], ids=["guest", "owner"])
async def test_running_code_is_offered_on_ones_own_machine_alone(is_guest: bool, is_offered: bool) -> None:
    app = One(is_guest=is_guest)
    async with app.run_test() as pilot:
        await pilot.pause()
        settings = app.query_one(Settings)
        assert settings.display is is_offered
        assert ("code" in str(settings.query_one("#values").render())) is is_offered
