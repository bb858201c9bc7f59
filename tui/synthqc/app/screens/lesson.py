"""A lesson, section by section, with live figures and the sources of what it says."""

from collections.abc import Iterator
from typing import ClassVar

from rich import box
from rich.console import RenderableType
from rich.markdown import Markdown
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, WorkerState, get_current_worker

from synthqc.course.marks import LEGEND, SHOWN, claims_in, with_marks
from synthqc.course.model import Lesson, Section
from synthqc.errors import SynthQCError
from synthqc.learner.events import SectionReached
from synthqc.tools.reading import Argument, Reading
from synthqc.tools.tool import Stopped

from ..host import host
from ..widgets.choices import Choices
from ..widgets.figure import FigureState, figure_lines, takes_seed
from ..widgets.hints import Hints
from ..widgets.prose import Prose, theme_style


class LessonScreen(Screen[None]):
    """One section at a time."""

    HELP = (
        "This is a lesson, one section at a time. Figures in it are live: r runs one again with another seed, v "
        "with another value. Marks such as [x C08] stand where a claim differs from its source; s shows both."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right", "go(1)", "next", key_display="n", id="lesson.next"),
        Binding("p,left", "go(-1)", "previous", key_display="p", id="lesson.previous"),
        Binding("enter", "onward", "on", key_display="enter", show=False, id="lesson.onward"),
        Binding("space", "page", "page", show=False, id="lesson.page"),
        Binding("r", "run_again", "run again", id="lesson.run-again"),
        Binding("v", "vary", "vary", id="lesson.vary"),
        Binding("s", "sources", "sources", id="lesson.sources"),
        Binding("t", "app.terms", "terms", id="app.terms"),
        Binding("slash", "app.search", "search", key_display="/", id="app.search"),
        Binding("o", "outline", "outline", id="lesson.outline"),
        Binding("escape,q", "leave", "map", key_display="esc", id="lesson.leave"),
        Binding("f1", "app.keys", "help", key_display="F1", id="app.help"),
    ]

    class FigureProgressed(Message):
        """A run of a figure did a step, or ended."""

        def __init__(self, figure: str, done: int, of: int, reading: Reading | None = None, failure: str = "") -> None:
            super().__init__()
            self.figure = figure
            self.done = done
            self.of = of
            self.reading = reading
            self.failure = failure

    def __init__(self, lesson: str, section: str = "", *, is_visit: bool = False) -> None:
        super().__init__()
        self.lesson_id = lesson
        """The lesson that is shown."""
        self._start = section
        self._is_visit = is_visit
        self._number = 0
        self._section_id = section
        self._figures: dict[str, FigureState] = {}

    def anew(self) -> "LessonScreen":
        """The same place in the lesson as it is now."""
        return LessonScreen(self.lesson_id, self._section_id, is_visit=self._is_visit)

    def compose(self) -> ComposeResult:
        """Heading, outline, text."""
        yield Static(id="heading", markup=False)
        with Horizontal():
            yield Choices(id="outline", markup=False)
            yield Prose(id="lesson")
        yield Hints()

    def on_mount(self) -> None:
        """Opens the section left last."""
        for block in (block for section in self._lesson.sections for block in section.blocks):
            if block.figure is not None:
                self._figures[block.figure.id] = FigureState(block.figure, dict(block.figure.arguments))
        ids = [section.id for section in self._lesson.sections]
        start = self._start or host(self).progress.last_section.get(self.lesson_id, "")
        self.query_one(Prose).focus()
        self._show(ids.index(start) if start in ids else 0)

    @property
    def _lesson(self) -> Lesson:
        return host(self).course.lesson(self.lesson_id)

    @property
    def _section(self) -> Section:
        return self._lesson.sections[self._number]

    @property
    def _is_last(self) -> bool:
        return self._number == len(self._lesson.sections) - 1

    def _show(self, number: int) -> None:
        self._stop_figures()
        self._number = number
        self._section_id = self._section.id
        app = host(self)
        title = app.course.entry(self.lesson_id).title
        place = f"{number + 1} of {len(self._lesson.sections)}"
        self.query_one("#heading", Static).update(
            Content.assemble((f"{self.lesson_id}  {title}", "bold"), f"   {place}")
        )
        style = theme_style(app, "accent", bold=True)
        self.query_one(Prose).show(lambda width: list(self._rendered(width)), highlight=(SHOWN, style))
        progress = app.progress
        reached = progress.sections.get(self.lesson_id, set())
        if self._section.id not in reached or progress.last_section.get(self.lesson_id) != self._section.id:
            app.record(SectionReached(self.lesson_id, self._section.id, is_last=self._is_last))
        self._show_outline(reached | {self._section.id})
        self.refresh_bindings()
        for state in self._section_figures():
            if state.reading is None:
                self._run(state)

    def _show_outline(self, reached: set[str]) -> None:
        outline = self.query_one("#outline", OptionList)
        with self.prevent(OptionList.OptionHighlighted, OptionList.OptionSelected):
            outline.clear_options()
            for section in self._lesson.sections:
                mark = "●" if section.id in reached else "○"
                outline.add_option(Option(Content(f"{mark} {section.title}")))
            outline.highlighted = self._number

    def _rendered(self, width: int) -> Iterator[RenderableType]:
        app = host(self)
        primary = theme_style(app, "primary", bold=True)
        yield Text(self._section.title, style=primary)
        yield Text("")
        for block in self._section.blocks:
            if block.text is not None:
                yield self._markdown(block.text)
            elif block.callout is not None:
                yield Panel(
                    self._markdown(block.callout.text),
                    title=Text(block.callout.title, style=primary),
                    title_align="left",
                    box=box.SQUARE,
                    border_style=theme_style(app, "accent"),
                )
            elif block.figure is not None:
                yield Rule(style=theme_style(app, "secondary"))
                colours = [theme_style(app, name) for name in ("primary", "accent", "success")]
                yield from figure_lines(self._figures[block.figure.id], width, colours, app.glyphs)
                yield Text("")
                yield self._markdown(block.figure.caption)
                yield Rule(style=theme_style(app, "secondary"))
            yield Text("")
        if any(SHOWN.search(with_marks(text, app.course.claims)) for text in self._texts()):
            yield Text(LEGEND, style="dim")
            yield Text("")
        yield Text(self._way_on(), style="italic")

    def _texts(self) -> list[str]:
        """The running text of the section, piece by piece."""
        return [
            block.text or (block.callout.text if block.callout else block.figure.caption if block.figure else "")
            for block in self._section.blocks
        ]

    def _markdown(self, text: str) -> RenderableType:
        return Markdown(with_marks(text, host(self).course.claims), hyperlinks=False, code_theme="ansi_dark")

    def _way_on(self) -> str:
        if self._is_visit:
            return "esc: back"
        if not self._is_last:
            return f"n: {self._lesson.sections[self._number + 1].title}"
        app = host(self)
        if app.course.has_quiz(self.lesson_id):
            return "enter: the quiz of this lesson"
        return "esc: back to the course map"

    def _section_figures(self) -> list[FigureState]:
        return [self._figures[block.figure.id] for block in self._section.blocks if block.figure is not None]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of figures work where there is one."""
        if action == "vary":
            return bool(self._section_figures())
        if action == "run_again":
            return any(takes_seed(state) for state in self._section_figures())
        if action == "go" and parameters == (1,):
            return not self._is_last
        if action == "go" and parameters == (-1,):
            return self._number > 0
        if action == "outline":
            return not self.has_class("-wide")
        return True

    def action_go(self, by: int) -> None:
        """Shows the next or the previous section."""
        self._show(min(max(self._number + by, 0), len(self._lesson.sections) - 1))

    def action_page(self) -> None:
        """A page down; at the end of a section, the next one."""
        prose = self.query_one(Prose)
        if prose.scroll_offset.y < prose.max_scroll_y:
            prose.action_page(1)
        elif not self._is_last:
            self.action_go(1)

    def action_onward(self) -> None:
        """The next section; after the last, the quiz."""
        if not self._is_last:
            self.action_page()
        elif not self._is_visit and host(self).course.has_quiz(self.lesson_id):
            host(self).go("quiz", self.lesson_id)

    def action_leave(self) -> None:
        """Closes the outline if it is open, else the lesson."""
        if self.has_class("-outline"):
            self.remove_class("-outline")
            self.query_one(Prose).focus()
            return
        self.dismiss()

    def action_outline(self) -> None:
        """Opens or closes the outline on a narrow screen."""
        self.toggle_class("-outline")
        self.query_one("#outline" if self.has_class("-outline") else Prose).focus()

    @on(OptionList.OptionSelected, "#outline")
    def _open_section(self, event: OptionList.OptionSelected) -> None:
        self.remove_class("-outline")
        self._show(event.option_index)
        self.query_one(Prose).focus()

    def action_sources(self) -> None:
        """Shows the claims of this section with their sources."""
        from .sources import SourcesScreen

        claims = tuple(dict.fromkeys(claim for text in self._texts() for claim in claims_in(text)))
        if claims:
            self.app.push_screen(SourcesScreen(f"Sources: {self._section.title}", claims))
        else:
            self.notify("This section makes no claim that needs a source.", markup=False)

    def action_run_again(self) -> None:
        """Runs the figure with the next seed."""
        for state in self._section_figures():
            if takes_seed(state):
                state.arguments["seed"] = int(state.arguments.get("seed", 0)) + 1
                self._run(state)

    def action_vary(self) -> None:
        """Runs the figure with the next choice of the parameter that it varies."""
        from synthqc.tools.catalogue import tool_named

        for state in self._section_figures():
            parameter = next(p for p in tool_named(state.figure.tool).parameters if p.name == state.figure.vary)
            choices = list(state.figure.values or parameter.choices)
            current = state.arguments.get(parameter.name, parameter.default)
            place = choices.index(current) if current in choices else -1
            state.arguments[parameter.name] = choices[(place + 1) % len(choices)]
            self._run(state)

    def _run(self, state: FigureState) -> None:
        state.done, state.of, state.failure = 0, 1, ""
        self._measure(state.figure.id, state.figure.tool, state.figure.sample, dict(state.arguments))
        self.query_one(Prose).redraw()

    @work(thread=True, group="figure", exclusive=True, exit_on_error=False)
    def _measure(self, figure: str, tool: str, sample: str, arguments: dict[str, Argument]) -> None:
        worker = get_current_worker()

        def watch(done: int, of: int, /) -> None:
            if worker.is_cancelled:
                raise Stopped
            self.post_message(self.FigureProgressed(figure, done, of))

        try:
            from synthqc.tools.catalogue import run_tool
            from synthqc.tools.sample import NO_SAMPLE, sample_of_text

            course = host(self).course
            text = NO_SAMPLE
            if sample:
                entry = course.sample(sample)
                text = sample_of_text(course.sample_text(sample), entry.title, field=entry.field)
            reading = run_tool(tool, text, arguments, watch)
        except Stopped:
            return
        except SynthQCError as error:
            self.post_message(self.FigureProgressed(figure, 0, 0, failure=str(error)))
            return
        if not worker.is_cancelled:
            self.post_message(self.FigureProgressed(figure, 0, 0, reading=reading))

    @on(Worker.StateChanged)
    def _report_failure(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            host(self).report(event.worker.error)

    def _stop_figures(self) -> None:
        self.workers.cancel_group(self, "figure")
        for state in self._figures.values():
            state.of = 0

    @on(FigureProgressed)
    def _show_figure(self, event: FigureProgressed) -> None:
        state = self._figures[event.figure]
        if state not in self._section_figures():
            return
        state.done, state.of = event.done, event.of
        state.failure = event.failure
        if event.reading is not None:
            state.reading = event.reading
            self.refresh_bindings()
        self.query_one(Prose).redraw()

    def on_unmount(self) -> None:
        """Stops what is still running."""
        self._stop_figures()
