"""The workbench of a lab: progress, stopping, tools that run when asked, and tools that the lab does not list."""

import json
import threading
import time
from pathlib import Path

import pytest
from textual import events

from synthqc.app.widgets.readings import Readings
from synthqc.learner.events import ToolSet
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import TOOLS
from synthqc.tools.reading import Basis, Quantity, Reading, Series, argument_shown
from synthqc.tools.tool import Parameter, Tool

LINES = "the cat sat\nthe dog sat\nthe cow sat"


class SlowRun:
    """A tool that makes steps until it is let go, and remembers what it ran on."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.runs: list[tuple[str, int]] = []

    def __call__(self, sample, arguments, watch) -> Reading:
        self.runs.append(("|".join(sample.records), int(arguments["size"])))
        step = 0
        while not self.may_end.is_set():
            step = min(step + 1, 99)
            watch(step, 100)
            self.may_end.wait(0.01)
        if "undefined" in sample.records:
            raise UndefinedReading("nothing can be said of it")
        size = int(arguments["size"])
        return Reading(
            "slow",
            arguments,
            (Quantity("size", "slow size", size * 1000, "count"),),
            Basis(len(sample.records), 0, 0, "a rule"),
            series=(Series("part", (1.0, 2.0), (float(size), 1.0), "parts", "share", "bar", ("first", "second")),),
        )


@pytest.fixture
def slow(monkeypatch):
    """The slow tool, in the catalogue; on request, and as one that runs while one types."""
    run = SlowRun()
    parameters = (
        Parameter("size", "integer", 1, "how large", minimum=1, maximum=2000),
        Parameter("note", "text", "", "a note"),
        Parameter("trusted", "yes-no", default=False, help="only for people", for_people=True),
    )
    tools = {
        "slow": Tool("slow", "Slow tool", "Takes its time.", parameters, run, {"size": ("size",)}, live=False),
        "slow-live": Tool("slow-live", "Slow live", "Takes its time.", parameters, run, {"size": ("size",)}),
    }
    for name, tool in tools.items():
        monkeypatch.setitem(TOOLS, name, tool)
    end = run.may_end
    yield run
    end.set()


async def opens_bench(one, text: str = LINES) -> None:
    one.app.go("lab", "L1")
    await one.sees("exchange 0 of 3")
    await one.presses("f3")
    if text:
        one.app.post_message(events.Paste(text))
        await one.sees("3 lines, 9 words")
    one.app.screen.query_one(Readings).focus()
    await one.pilot.pause()


async def adds(one, name: str) -> None:
    one.app.screen.query_one(Readings).focus()
    await one.presses("a")
    await one.sees("Add a tool")
    listing = one.app.screen.query_one("#tools")
    listing.highlighted = listing.get_option_index(name)
    await one.presses("enter")
    await one.sees(TOOLS[name].title[:9])


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_tool_that_the_lab_does_not_list_is_added_and_measured(learner, size) -> None:
    async with learner(size) as one:
        await opens_bench(one)
        await one.presses("a")
        await one.sees("Add a tool")
        assert "Repetition" in one.screen
        assert "Distinct-N" not in one.screen.split("Add a tool")[1]
        await one.presses("escape")
        await adds(one, "length-profile")
        await one.sees("words of the middle line")
        await one.presses("a")
        await one.sees("Add a tool")
        assert "Length profile" not in one.screen


async def test_a_calculation_needs_no_text(learner) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one, "")
        assert one.screen.count("waits for a text") == 4
        await adds(one, "budget")
        await one.sees("labels")
        assert one.screen.count("waits for a text") == 4
        await one.presses("enter")
        await one.sees("tab setting")
        assert "[cents" in one.screen


async def test_a_tool_that_needs_rows_says_so(learner) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one)
        await adds(one, "calibration")
        await one.sees("no reading:")


async def test_a_long_run_shows_how_far_it_is_and_is_stopped_by_key(learner, slow) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one)
        await adds(one, "slow")
        await one.sees(lambda text: "Measuring Slow tool, " in text and " of 100 · F5 stops" in text)
        await one.sees("measuring, ")
        await one.presses("f5")
        await one.sees("Stopped: some numbers are missing or old. F5 measures")
        await one.sees("enter: run")
        assert "Measuring" not in one.screen
        await one.presses("enter")
        await one.sees("Measuring Slow tool")
        slow.may_end.set()
        await one.sees("slow size")
        await one.sees("3 lines, 9 words")
        assert [text for text, _ in slow.runs] == ["the cat sat|the dog sat|the cow sat"] * 2


async def test_f5_measures_again_after_a_stop_while_the_old_run_is_still_ending(learner, slow) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one)
        await adds(one, "slow-live")
        await one.sees("Measuring Slow live")
        await one.presses("f5", "f5")
        await one.sees("Measuring Slow live")
        slow.may_end.set()
        await one.sees("slow size")


async def test_what_runs_on_request_does_not_run_on_a_key_press_and_says_that_it_is_old(learner, slow) -> None:
    slow.may_end.set()
    async with learner((120, 40)) as one:
        await opens_bench(one)
        await adds(one, "slow")
        await one.sees("slow size")
        one.app.screen.query_one("#sample").focus()
        await one.types(" more")
        await one.sees("3 lines, 10 words")
        await one.sees("of an older text; enter: measure")
        assert len(slow.runs) == 1
        one.app.screen.query_one(Readings).focus()
        await one.presses("enter")
        await one.sees(lambda text: "of an older text" not in text)
        assert slow.runs[1][0].endswith("the cow sat more")


async def test_the_newest_text_wins_over_a_run_that_is_on(learner, slow) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one)
        await adds(one, "slow-live")
        await one.sees("Measuring Slow live")
        one.app.screen.query_one("#sample").focus()
        await one.types("!")
        await one.sees(lambda _: len(slow.runs) > 1)
        slow.may_end.set()
        await one.sees("slow size")
        assert slow.runs[-1][0].endswith("the cow sat!")
        assert one.app.screen.query_one("#workbench").readings["slow-live"].basis.records == 3


async def test_a_slow_tool_does_not_keep_the_readings_of_the_lab_from_the_tutor(learner, slow) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one)
        await adds(one, "slow")
        await one.sees("Measuring Slow tool")
        assert set(one.app.screen.query_one("#workbench").readings) >= {"templates", "distinct-n"}


async def test_typing_goes_on_while_a_tool_computes(learner, slow) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one)
        await adds(one, "slow")
        await one.sees("Measuring Slow tool")
        await one.presses("f2", "tab")
        started = time.monotonic()
        await one.types("hello there")
        await one.sees("hello there", seconds=2)
        assert time.monotonic() - started < 2
        assert "Measuring Slow tool" in one.screen


async def test_only_entries_that_changed_are_drawn_again(learner, slow) -> None:
    slow.may_end.set()
    async with learner((120, 40)) as one:
        await opens_bench(one)
        readings = one.app.screen.query_one(Readings)
        before = {option.id: option.prompt for option in readings.options}
        await adds(one, "slow")
        await one.sees("slow size")
        after = {option.id: option.prompt for option in readings.options}
        assert all(after[tool] is prompt for tool, prompt in before.items())


async def test_a_tool_that_breaks_is_reported_and_the_others_go_on(learner, slow, monkeypatch) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one)
        await adds(one, "slow-live")
        await one.sees("Measuring Slow live")
        monkeypatch.setattr(slow, "may_end", None)
        await one.sees("That did not work.")
        await one.sees(lambda text: "Measuring" not in text)
        await one.presses("escape")


# Tools and settings stay.


async def comes_back(one) -> None:
    one.app.go("lab", "L1")
    await one.sees("exchange 0 of 3")
    await one.presses("f3")
    await one.sees("3 lines, 9 words")


async def test_tools_and_settings_come_back_with_the_lab(learner) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one)
        await adds(one, "length-profile")
        await one.sees("words of the middle line")
        await adds(one, "topics")
        await one.presses("up", "up", "up", "up", "home", "down", "enter")
        await one.sees("measured with n 2")
        await one.presses("right")
        await one.sees("measured with n 3")
        await one.presses("escape", "escape", "escape")
    async with learner((120, 40)) as again:
        await comes_back(again)
        await again.sees("words of the middle line")
        assert again.app.screen.query_one("#workbench").tools[-2:] == ("length-profile", "topics")
        assert "Distinct-3" in again.screen
        assert "Distinct-2" not in again.screen


async def test_a_default_that_is_given_back_is_not_kept(learner) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one)
        await one.presses("down", "enter", "right")
        await one.sees("measured with n 3")
        await one.presses("d")
        await one.sees("measured with n 2")
        await one.sees(lambda _: one.app.progress.tools == {"lab-1": {"distinct-n": {}}})


async def test_a_tool_that_was_added_is_taken_away_by_key_and_stays_away(learner) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one)
        assert "take away" not in one.screen
        await one.presses("x")
        await adds(one, "length-profile")
        await one.sees("words of the middle line")
        await one.sees("x take away")
        await one.presses("x")
        await one.sees(lambda text: "Length profile" not in text)
        assert "take away" not in one.screen
        assert len(one.app.screen.query_one("#workbench").tools) == 4
    async with learner((120, 40)) as again:
        await comes_back(again)
        assert "Length profile" not in again.screen


async def test_a_tool_that_is_running_can_be_taken_away(learner, slow) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one)
        await adds(one, "slow")
        await one.sees("Measuring Slow tool")
        await one.presses("x")
        await one.sees(lambda text: "Slow tool" not in text)
        slow.may_end.set()
        await adds(one, "slow")
        await one.sees("slow size")


async def test_what_another_version_stored_does_not_stop_the_lab(learner) -> None:
    async with learner((120, 40)) as one:
        stored = {"distinct-n": {"n": 99, "gone": 1}, "no-such-tool": {}, "budget": {"cents": "many"}}
        for tool, arguments in stored.items():
            one.app.record(ToolSet("lab-1", tool, arguments))
        await opens_bench(one)
        await one.sees("Distinct-2")
        assert one.app.screen.query_one("#workbench").tools[-1] == "budget"
        assert "no-such-tool" not in one.screen


async def test_the_notebook_holds_the_stack_that_was_designed(learner, tmp_path: Path) -> None:
    async with learner((120, 40)) as one:
        await opens_bench(one)
        await one.presses("f7")
        await one.sees("Scenario")
        assert "by command" not in one.screen
        await one.presses("escape")
        await adds(one, "filter-stack")
        await one.sees("share kept")
        await one.presses("f8")
        await one.sees("Written to")
    [notebook] = (tmp_path / "notebooks").glob("*.md")
    assert "layers: [heuristics, duplicates, classifier, oracle, diversity]\n" in notebook.read_text()
    [other] = (tmp_path / "notebooks").glob("*.json")
    assert json.loads(other.read_text())["recipes"]["Filter stack"].startswith("# Save as stack.yaml")


async def test_what_is_to_be_copied_is_not_broken_on_a_narrow_screen(learner) -> None:
    async with learner() as one:
        await opens_bench(one)
        await adds(one, "filter-stack")
        await one.sees("share kept")
        await one.presses("enter")
        await one.sees("tab setting")
        await one.presses("end")
        await one.sees("# synthqc filter FILE --stack stack.yaml --output KEPT --rejected REST ")
        await one.sees("  layers: [heuristics, duplicates, classifier, oracle, diversity]")


async def test_a_number_of_any_length_is_shown_whole(learner, slow) -> None:
    slow.may_end.set()
    async with learner() as one:
        await opens_bench(one)
        await adds(one, "slow")
        await one.presses("enter", "enter")
        await one.types("2000")
        await one.presses("enter", "escape")
        await one.sees("2,000,000 slow size")


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_an_added_tool_is_in_view_with_all_its_numbers(learner, size) -> None:
    async with learner(size) as one:
        await opens_bench(one)
        for tool in ("length-profile", "topics", "filter-stack"):
            await adds(one, tool)
        await one.sees("share kept")
        await one.sees("lines kept, of 3")
        await adds(one, "kappa-prevalence")
        await one.sees("kappa where nine in")


async def test_a_long_title_goes_on_beside_the_second_number(learner) -> None:
    async with learner() as one:
        await opens_bench(one)
        await adds(one, "kappa-prevalence")
        await one.sees("Kappa and         0.800 kappa at half and half")
        await one.sees("prevalence        0.444 kappa where nine in ten")


async def test_a_text_too_large_to_edit_says_so_when_one_types(learner) -> None:
    async with learner() as one:
        await opens_bench(one, "")
        one.app.screen.query_one("#sample").focus()
        one.app.post_message(events.Paste("word word\n" * 12_000))
        await one.sees("12,000 lines, 24,000 words, shown in part", seconds=20)
        await one.presses("down", "end")
        assert "too large" not in one.screen
        await one.presses("x")
        await one.sees("This text is too large to edit here")
        assert "24,000 words" in one.screen


# The screen of one reading.


async def opens_reading(one, slow) -> None:
    slow.may_end.set()
    await opens_bench(one)
    await adds(one, "slow")
    await one.sees("slow size")
    await one.presses("enter")
    await one.sees("tab setting")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_setting_can_be_chosen_and_changed_in_place(learner, slow, size) -> None:
    async with learner(size) as one:
        await opens_reading(one, slow)
        await one.sees("1,000")
        assert "[size=1]" in one.screen
        assert "a whole number from 1 to 2000; default 1" in one.screen
        screen = one.app.screen
        await one.presses("right", "right")
        await one.sees("3,000")
        assert one.app.screen is screen
        assert "measured with size 3" in one.screen
        await one.presses("shift+tab", "right")
        await one.sees("trusted yes")
        assert "[trusted=yes]" in one.screen
        await one.presses("tab", "d")
        await one.sees("1,000")
        assert "[size=1]" in one.screen
        assert max(map(len, one.screen.splitlines())) <= size[0]
        assert slow.runs[-1][1] == 1


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_no_setting_is_broken_at_the_end_of_a_line(learner, size) -> None:
    async with learner(size) as one:
        await opens_bench(one)
        await adds(one, "filter-stack")
        await one.sees("share kept")
        await one.presses("enter")
        await one.sees("tab setting")
        settings = one.screen.partition("order: which layers")[0]
        for one_of_them in TOOLS["filter-stack"].parameters:
            assert f"{one_of_them.name}={argument_shown(one_of_them.default)}" in settings


async def test_a_value_is_typed_and_a_wrong_one_is_told_what_is_allowed(learner, slow) -> None:
    async with learner() as one:
        await opens_reading(one, slow)
        await one.presses("enter", "9", "9", "9", "9", "enter")
        await one.sees("allowed is a whole number from 1 to 2000")
        await one.presses("ctrl+u", "4", "enter")
        await one.sees("4,000")
        await one.presses("tab", "enter", "s", "q", "d", "escape")
        await one.sees("[note")
        assert "[note=(none)]" in one.screen
        await one.presses("enter", "s", "q", "d", "enter")
        await one.sees("[note=sqd]")
        await one.presses("escape")
        await one.sees("exchange 0 of 3")


async def test_new_numbers_are_awaited_with_the_old_ones_in_view(learner, slow) -> None:
    async with learner((120, 40)) as one:
        await opens_reading(one, slow)
        slow.may_end.clear()
        await one.presses("right")
        await one.sees("measuring, ")
        assert "1,000" in one.screen
        await one.presses("f5")
        await one.sees("stopped: these numbers are older")
        await one.presses("right")
        await one.sees("measuring")
        slow.may_end.set()
        await one.sees("3,000")
        assert "older" not in one.screen


async def test_a_change_keeps_the_place_in_the_text(learner) -> None:
    async with learner() as one:
        await opens_bench(one)
        await one.presses("down", "enter")
        await one.sees("measured with n 2")
        await one.presses("end")
        place = one.app.screen.query_one("#reading").scroll_offset.y
        assert place > 0
        await one.presses("right", "home")
        await one.sees("measured with n 3")
        await one.presses("down")
        assert one.app.screen.query_one("#reading").scroll_offset.y == 1


async def test_a_reading_shows_its_plots(learner, slow) -> None:
    async with learner((120, 40)) as one:
        await opens_reading(one, slow)
        await one.sees("first  █")
        await one.sees("second █")


async def test_a_tool_without_a_reading_says_why_and_can_be_set_otherwise(learner) -> None:
    rows = "\n".join(
        f'{{"text": "item {n}", "sure": 0.9, "correct": {"true" if n % 2 else "false"}}}' for n in range(40)
    )
    async with learner((120, 40)) as one:
        await opens_bench(one, "")
        one.app.screen.query_one("#sample").focus()
        one.app.post_message(events.Paste(rows))
        await one.sees("40 lines")
        await adds(one, "calibration")
        await one.sees("no reading:")
        await one.presses("enter")
        await one.sees("tab setting")
        assert "s send" not in one.screen
        await one.presses("tab")
        await one.sees("field with the confidence")
        await one.presses("right")
        await one.sees("expected calibration error")
        assert "[confidence=sure]" in one.screen
        await one.presses("s")
        await one.sees("Look at the Calibration reading.")


async def test_a_tool_without_settings_is_only_read(learner, monkeypatch) -> None:
    plain = TOOLS["length-profile"]
    bare = Tool("bare", "Bare", "No settings.", (), lambda s, a, w: plain.run(s, {"bins": 20}, w), plain.words)
    monkeypatch.setitem(TOOLS, "bare", bare)
    async with learner() as one:
        await opens_bench(one)
        await adds(one, "bare")
        await one.sees("words of the middle line")
        await one.presses("enter")
        await one.sees("esc close")
        assert "tab setting" not in one.screen
        await one.presses("tab", "left", "right", "d", "enter")
        assert "standard deviation over mean" in one.screen
