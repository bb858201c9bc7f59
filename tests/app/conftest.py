"""The application in a headless terminal, with a store and a course of its own."""

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from synthqc.app.app import SynthQC
from synthqc.course.loading import load_course
from synthqc.learner.store import Store
from synthqc.settings.resolving import resolved

SIZES = [(80, 24), (120, 40)]


def text_of(app: SynthQC) -> str:
    """What stands on the screen, line by line."""
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in line)[:width].rstrip() for line in lines[:height])


class Learner:
    """Presses keys and waits for what should appear."""

    def __init__(self, app: SynthQC, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> str:
        return text_of(self.app)

    async def sees(self, wanted: str | Callable[[str], object], seconds: float = 10) -> None:
        """Waits until a text stands on the screen."""
        end = time.monotonic() + seconds
        while not (wanted in self.screen if isinstance(wanted, str) else wanted(self.screen)):
            assert time.monotonic() < end, f"waited for {wanted!r}, the screen is\n{self.screen}"
            await self.pilot.pause()
            await asyncio.sleep(0.01)

    async def presses(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def types(self, text: str) -> None:
        """Types as fast as a terminal delivers, without a pause after each key."""
        for letter in text:
            self.app.post_message(events.Key("space" if letter == " " else letter, letter))
        await self.pilot.pause()

    async def opens(self, number: int, wanted: str) -> None:
        """Opens a part from the course map: 1 the lesson, 2 the quiz, 3 the lab."""
        await self.presses(*["down"] * number, "enter")
        await self.sees(wanted)


@pytest.fixture
def learner(tmp_path: Path):
    """Starts the application as a learner; started again on the same store, they come back."""

    @asynccontextmanager
    async def started(
        size: tuple[int, int] = (80, 24),
        *,
        course=None,
        is_watched: bool = False,
        settings: str = "",
        environment: dict[str, str] | None = None,
        wanted: str = "",
    ):
        variables = {"SYNTHQC_HOME": str(tmp_path), **(environment or {})}
        course = course or load_course()
        if settings:
            (tmp_path / "config.yaml").write_text(settings, encoding="utf-8")
        store = Store(tmp_path / "progress.sqlite3", learner="somebody", course=course.module.id)
        app = SynthQC(
            course,
            store,
            settings=lambda: resolved(variables),
            notebooks=tmp_path / "notebooks",
            chance=random.Random(7),
            is_watched=is_watched,
        )
        async with app.run_test(size=size, notifications=True) as pilot:
            one = Learner(app, pilot)
            await one.sees(wanted or (lambda text: "Begin:" in text or "Continue:" in text))
            yield one
        store.close()

    return started
