"""The application: which screen is up, and what all of them share."""

import asyncio
import gc
import os
import random
import signal
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.keys import format_key
from textual.screen import Screen

from synthqc.course.loading import Course, last_saved, load_course
from synthqc.errors import SynthQCError
from synthqc.learner.announcing import closed_parts, lines_since
from synthqc.learner.events import Announced, Fact, PlaceLeft
from synthqc.learner.keeping import EventStore
from synthqc.learner.outline import place_name
from synthqc.learner.places import crash_log
from synthqc.learner.progress import Progress, progress_of
from synthqc.learner.store import utc_now
from synthqc.settings.endpoints import host_to_ask_about, question_about
from synthqc.settings.file import SettingsError, change_settings, read_settings
from synthqc.settings.resolving import Resolved, resolved

from .actions import action_ids
from .screens.home import HomeScreen
from .theme import MARKDOWN, THEMES
from .widgets.plots.glyphs import glyphs_for

if TYPE_CHECKING:
    from synthqc.assistant.protocol import Assistant


LISTEN_PAUSE = 2.0
"""Seconds between two looks for a line of the instructor."""

WATCH_PAUSE = 0.5
"""Seconds between two looks at the files of a watched course."""


class SynthQC(App[None]):
    """A course on a terminal."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "synthqc"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it so
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "keys", "help", show=False, id="app.help"),
        Binding("comma", "settings", "settings", show=False, key_display=",", id="app.settings"),
        Binding("f9,colon,ctrl+p", "commands", "all commands", show=False, id="app.commands"),
        Binding("t", "terms", "key terms", show=False, id="app.terms"),
        Binding("slash", "search", "search the course", show=False, key_display="/", id="app.search"),
        Binding("ctrl+l", "redraw", "draw the screen anew", show=False, key_display="ctrl+l", id="app.redraw"),
        Binding("ctrl+t", "next_theme", "next look", show=False, key_display="ctrl+t", id="app.next-theme"),
        Binding("ctrl+c", "interrupt", "", show=False, priority=True),
        Binding("ctrl+q", "quit", "quit", show=False, priority=True, key_display="ctrl+q", id="app.quit"),
    ]

    def __init__(
        self,
        course: Course,
        store: EventStore,
        *,
        settings: Callable[[], Resolved] | None = None,
        assistant: "Assistant | None" = None,
        notebooks: Path | None = None,
        is_watched: bool = False,
        begins_with: Callable[[], Screen[None]] | None = None,
        is_guest: bool = False,
        announcements: EventStore | None = None,
        chance: random.Random | None = None,
        clock: Callable[[], float] = time.monotonic,
        **driver: Any,
    ) -> None:
        super().__init__(**driver)
        self.course = course
        """The course that is played."""
        self.store = store
        """Where what the learner does is kept."""
        self.notebooks = notebooks or Path("notebooks")
        """The directory that notebooks are written to."""
        home = self.notebooks.parent
        self._resolve = settings or (lambda: resolved({"SYNTHQC_HOME": str(home)}))
        self.resolved = self._resolve()
        """The settings that hold, and where each came from."""
        self._assistant = assistant
        self._has_own_assistant = assistant is None
        self._is_watched = is_watched
        self._begins_with = begins_with
        self.is_guest = is_guest
        """Is it another's machine, where nothing is offered that runs code, reaches out or shows what the host has?"""
        self._announcements = announcements
        self._said: set[str] = set()
        self._heard: tuple[int, int] | None = None
        self._saved = 0.0
        self.chance = chance or random.Random()
        """Draws the seeds of sittings."""
        self.glyphs = glyphs_for(os.environ)
        """What plots are drawn with."""
        self.clock = clock
        """Seconds, for intervals."""
        self._interrupted = -10.0
        self._progress: Progress | None = None
        self._progress_version = (0, 0)

    def on_mount(self) -> None:
        """Chooses the look and opens the course map."""
        for theme in THEMES.values():
            self.register_theme(theme)
        self.console.push_theme(MARKDOWN)
        self._apply_settings()
        loop = asyncio.get_running_loop()
        for ending in (signal.SIGHUP, signal.SIGTERM):
            # Nothing is saved only at the end, so ending at once is safe, and the terminal is restored.
            loop.add_signal_handler(ending, self.exit)
        self.push_screen(HomeScreen())
        if self._begins_with is not None:
            self.push_screen(self._begins_with())
        self.ask_about_openai()
        if self.resolved.settings.keys:
            self._check_actions()
        if self._is_watched:
            self._saved = last_saved(self.course.directory)
            self.set_interval(WATCH_PAUSE, self._read_anew_if_saved)
        if self._announcements is not None:
            self._began = utc_now()
            self.set_interval(LISTEN_PAUSE, self._listen)
        self.call_after_refresh(_collect_again)

    @property
    def progress(self) -> Progress:
        """How far the learner is: the events folded once, and again when another terminal has written."""
        version = self.store.version()
        if self._progress is None or version != self._progress_version:
            self._progress_version = version
            self._progress = progress_of(self.store.events())
        return self._progress

    @property
    def assistant(self) -> "Assistant":
        """Who answers in the labs: by the settings, unless another was given."""
        if self._assistant is None:
            from synthqc.assistant.tutor import Tutor
            from synthqc.settings.voice import assistant_of

            chosen = assistant_of(self.resolved, Tutor(lambda: self.course.concepts, self.course.lesson_of))
            self._assistant = chosen.assistant
            if self.resolved.settings.assistant == "online":
                self.notify(chosen.reason, markup=False, timeout=8)
        return self._assistant

    def record(self, fact: Fact) -> bool:
        """Stores what happened and says so on the screen where it could not be saved."""
        is_saved = self.store.record(fact)
        if self._progress is not None:
            self._progress.take(fact)
        if not is_saved:
            self.notify(self.store.trouble, severity="warning", markup=False, timeout=8)
        return is_saved

    def _listen(self) -> None:
        """Shows what the instructor has said since the last time."""
        store = self._announcements
        if store is None or (version := store.version()) == self._heard:
            return
        self._heard = version
        for event in lines_since(store, self._began):
            if isinstance(event.fact, Announced) and event.id not in self._said:
                self._said.add(event.id)
                self.notify(event.fact.text, title="From the instructor", markup=False, timeout=30)

    def _read_anew_if_saved(self) -> None:
        """Reads the course anew where a file was saved; where it cannot, says what is wrong and keeps the old one."""
        from .screens.lesson import LessonScreen

        saved = last_saved(self.course.directory)
        if saved == self._saved:
            return
        self._saved = saved
        shown = self.screen
        try:
            course = load_course(self.course.directory)
            if isinstance(shown, LessonScreen):
                course.lesson(shown.lesson_id)
                _ = course.claims
        except SynthQCError as error:
            self.notify(f"Not read anew. {error}", severity="error", markup=False, timeout=10)
            return
        self.course = course
        if self._has_own_assistant:
            self._assistant = None
        if isinstance(shown, LessonScreen):
            self.switch_screen(shown.anew())
        self.notify("A file was saved; the course is read anew.", markup=False, timeout=3)

    def go(self, screen: str, lesson: str) -> None:
        """Opens a lesson, a quiz, a lab or the module test on top of the course map.

        Args:
            screen: `lesson`, `quiz`, `lab` or `test`.
            lesson: Lesson id; for the module test its quiz id.
        """
        name = place_name(screen, lesson)
        if name in closed_parts(self._announcements):
            self.notify(f"{name.capitalize()} is closed for now; the instructor opens it.", markup=False, timeout=6)
            return
        self.record(PlaceLeft(screen, lesson))
        opened = self._screen_for(screen, lesson)
        if isinstance(self.screen, HomeScreen):
            self.push_screen(opened)
        else:
            self.switch_screen(opened)

    def _screen_for(self, screen: str, lesson: str) -> Screen[None]:
        if screen == "lab":
            from .screens.lab import LabScreen

            return LabScreen(lesson, self.course.lab(lesson))
        if screen == "quiz":
            from .screens.quiz import QuizScreen

            return QuizScreen(lesson)
        if screen == "test":
            from .screens.moduletest import ModuleTestScreen

            return ModuleTestScreen()
        from .screens.lesson import LessonScreen

        return LessonScreen(lesson)

    def get_key_display(self, binding: Binding) -> str:
        """A key as people write it, such as `F5` and `ctrl+p`; where a key was set otherwise, that one."""
        if binding.key_display:
            return binding.key_display
        *modifiers, key = binding.key.split("+")
        name = key.upper() if key[1:].isdigit() else format_key(key)
        return "+".join([*modifiers, name])

    def change_settings(self, changes: Mapping[tuple[str, ...], str | bool | int | None]) -> None:
        """Writes settings to the file, and looks and behaves so from now on.

        Raises:
            SettingsError: The file cannot be read or written.
        """
        change_settings(self.resolved.path, changes)
        self.resolved = self._resolve()
        if self._has_own_assistant:
            self._assistant = None
        self._apply_settings()

    @work(thread=True, exit_on_error=False)
    def _check_actions(self) -> None:
        """Says where keys are set for an action that there is not; beside the first frame, as it loads every screen."""
        try:
            read_settings(self.resolved.path, action_ids)
        except SettingsError as error:
            self.call_from_thread(self.notify, str(error), severity="warning", markup=False, timeout=10)

    def ask_about_openai(self) -> None:
        """Asks once for each host whether the variables of OpenAI may be used for it, and keeps the answer."""
        host = host_to_ask_about(self.resolved)
        if not host:
            return

        def keep(may: bool | None) -> None:
            if may is not None:
                try:
                    self.change_settings({("openai_hosts", host): may})
                except SettingsError as error:
                    self.notify(str(error), severity="error", markup=False, timeout=10)

        from .screens.ask import AskScreen

        self.push_screen(AskScreen(*question_about(host)), keep)

    def _apply_settings(self) -> None:
        settings = self.resolved.settings
        self.theme = THEMES["mono" if self.no_color else settings.theme].name
        # Nothing slides over SSH unless somebody wants it: one frame per key.
        self.animation_level = settings.motion
        self.set_keymap(dict(settings.keys))

    def on_resize(self, event: events.Resize) -> None:
        """Asks for a larger window while this one is too small."""
        from .screens.small import SmallScreen, is_too_small

        is_small = is_too_small(event.size)
        if is_small and not isinstance(self.screen, SmallScreen):
            self.push_screen(SmallScreen())
        elif not is_small and isinstance(self.screen, SmallScreen):
            self.pop_screen()

    def action_redraw(self) -> None:
        """Draws everything anew, after something else has written on the terminal."""
        if self._driver is not None:
            self._driver.write("\x1b[2J")
        self.refresh(layout=True)

    def action_next_theme(self) -> None:
        """The next look, until the program ends; the settings keep one."""
        names = [theme.name for theme in THEMES.values()]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def action_keys(self) -> None:
        """Shows the keys of the screen."""
        from .screens.keys import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen(self.screen))

    def action_settings(self) -> None:
        """Opens the settings."""
        from .screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    def action_commands(self) -> None:
        """Offers all that can be done on this screen, by name."""
        from .screens.commands import CommandsScreen
        from .screens.keys import Command

        def run(command: Command | None) -> None:
            if command is not None:
                self.call_later(self.run_action, command.action, command.node)

        if not isinstance(self.screen, CommandsScreen):
            self.push_screen(CommandsScreen(self.screen), run)

    def action_terms(self) -> None:
        """Shows the key terms of all lessons."""
        from .screens.terms import TermsScreen

        if not isinstance(self.screen, TermsScreen):
            self.push_screen(TermsScreen())

    def action_search(self) -> None:
        """Opens the search over the whole course."""
        from .screens.search import SearchScreen

        if not isinstance(self.screen, SearchScreen):
            self.push_screen(SearchScreen())

    def action_interrupt(self) -> None:
        """Quits on the second ctrl+c within two seconds."""
        now = self.clock()
        if now - self._interrupted < 2:
            self.exit()
        self._interrupted = now
        self.notify("Press ctrl+c once more to quit. Everything is saved.", markup=False, timeout=2)

    def report(self, error: BaseException | None) -> None:
        """Says that background work has failed, and where the details are; the course goes on."""
        self.notify(f"That did not work. {self._logged(error)}", severity="error", markup=False, timeout=10)

    def _fatal_error(self) -> None:
        # Textual would print local variables, which may hold what the learner wrote.
        kind = type(self._exception).__name__
        saved = "Your work is saved."
        self._exit_renderables.append(
            Text(f"synthqc: stopped by an error ({kind}). {saved} {self._logged(self._exception)}")
        )
        self._close_messages_no_wait()

    def _logged(self, error: BaseException | None) -> str:
        log = crash_log(self.notebooks.parent)
        try:
            log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        except OSError:
            return "What happened could not be written to a file."
        return f"What happened is written to {log}."

    def copy_out(self, text: str) -> bool:
        """Sends a text to the clipboard of the terminal; False where it is too long for that."""
        from .terminal.driver import SafeDriver

        if isinstance(self._driver, SafeDriver):
            return self._driver.copy(text)
        self.copy_to_clipboard(text)
        return True

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Opens nothing: on a shared machine a link could start a program."""


def _collect_again() -> None:
    """Ends the pause of the garbage collector that begins with the program; what was built since stays for good."""
    if not gc.isenabled():
        gc.enable()
        gc.freeze()
