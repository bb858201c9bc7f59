"""A lab on the screen."""

from pathlib import Path

import pytest
from textual import events

REPLIES = "\n".join(f"Dear customer {number}, your parcel is on its way to you." for number in range(12))


async def pastes(one, text: str) -> None:
    one.app.post_message(events.Paste(text))
    await one.pilot.pause()


async def to_message_box(one) -> None:
    await one.presses("f2")
    if one.app.screen.query_one("#prompts").display:
        await one.presses("tab")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_starting_prompt_is_taken_sent_and_answered(learner, size) -> None:
    async with learner(size) as one:
        await one.opens(3, "exchange 0 of 3")
        assert "Case B, the medical assistant" in one.screen
        await one.presses("enter")
        await one.sees("Case A, the support chatbot.")
        await one.presses("enter")
        await one.sees("exchange 1 of 3")
        await one.sees("So we look at the support chatbot.")
        assert max(map(len, one.screen.splitlines())) <= size[0]


async def test_the_workbench_measures_while_one_types(learner) -> None:
    async with learner((120, 40)) as one:
        await one.opens(3, "exchange 0 of 3")
        await one.presses("f3")
        await one.types("the cat and the dog")
        await one.sees("1 line, 5 words")
        await one.sees("Distinct-2")
        await one.types(" and the cat")
        await one.sees("1 line, 8 words")


async def test_the_newest_text_wins(learner) -> None:
    async with learner((120, 40)) as one:
        await one.opens(3, "exchange 0 of 3")
        await one.presses("f3")
        await pastes(one, "\n".join(f"line {number} is one of very many" for number in range(3_000)))
        await one.presses("f6")
        await one.sees("24 varied support replies")
        await one.presses("down", "enter")
        await one.sees("24 varied support replies, 24 lines, 460 words", seconds=20)
        await one.sees("0.982")


async def test_evidence_is_one_key_away_and_a_parameter_another(learner) -> None:
    async with learner((120, 40)) as one:
        await one.opens(3, "exchange 0 of 3")
        await one.presses("f6", "enter")
        await one.sees("0.617")
        await one.presses("down", "enter")
        await one.sees("The lines behind it")
        assert "measured with n 2" in one.screen
        await one.presses("right")
        await one.sees("measured with n 3")
        await one.presses("escape")
        await one.sees("Distinct-3")


async def test_a_reading_can_be_sent_to_the_tutor(learner) -> None:
    async with learner((120, 40)) as one:
        await one.opens(3, "exchange 0 of 3")
        await one.presses("f6", "enter")
        await one.sees("0.617")
        await one.presses("s")
        await one.sees("Look at the Templates reading.")
        await one.sees("74 of 120 lines")
        await one.sees("exchange 1 of 3")


async def test_pasted_data_go_to_the_workbench_and_with_the_message(learner) -> None:
    async with learner() as one:
        await one.opens(3, "exchange 0 of 3")
        await to_message_box(one)
        await pastes(one, REPLIES)
        await one.sees("+ 12 lines of data")
        await one.types("what do you see")
        await one.presses("enter")
        await one.sees("exchange 1 of 3")
        await one.sees("of 12 lines")


async def test_hostile_text_is_shown_as_text(learner) -> None:
    async with learner((120, 40)) as one:
        await one.opens(3, "exchange 0 of 3")
        await to_message_box(one)
        await pastes(one, "the replies [/nope] [@click=app.quit]collapsed[/] \x1b]0;x\x07\u202e")
        await one.presses("enter")
        await one.sees("[@click=app.quit]collapsed[/]")
        await one.sees("‹U+202E›")
        await one.sees("exchange 1 of 3")


async def test_a_half_typed_message_the_text_and_the_conversation_come_back(learner) -> None:
    async with learner((120, 40)) as one:
        await one.opens(3, "exchange 0 of 3")
        await one.presses("enter", "enter")
        await one.sees("exchange 1 of 3")
        await one.presses("f6", "enter")
        await one.sees("0.617")
        await one.presses("f2")
        await one.types("a thought not yet")
    async with learner((120, 40)) as again:
        await again.presses("enter")
        await again.sees("exchange 1 of 3")
        await again.sees("So we look at the support chatbot.")
        await again.sees("a thought not yet")
        await again.sees("120 support replies, 120 lines")
        await again.sees("0.617")
        await again.types(" finished")
        await again.sees("a thought not yet finished")


async def test_a_completed_lab_is_done_on_the_map_and_leaves_a_notebook(learner, tmp_path: Path) -> None:
    async with learner((120, 40)) as one:
        await one.opens(3, "exchange 0 of 3")
        await one.presses("f6", "enter")
        await one.sees("0.617")
        await one.presses("f2", "enter", "enter")
        await one.sees("exchange 1 of 3")
        for number, message in enumerate(["the distribution collapsed", "keep real data in each round"], start=2):
            await one.types(message)
            await one.presses("enter")
            await one.sees("completed" if number == 3 else f"exchange {number} of 3")
        await one.sees("Distinct-2: 0.102")
        await one.presses("f7")
        await one.sees("Notebook")
        await one.presses("w")
        await one.sees("Written to")
        await one.presses("escape")
        await one.presses("escape")
        await one.sees("● Lab 1")
    [markdown] = (tmp_path / "notebooks").glob("lab-1-*.md")
    text = markdown.read_text(encoding="utf-8")
    for part in ("# Lab 1", "## Measured", "Distinct-2: 0.102", "## Concluded", "> keep real data in each round"):
        assert part in text
    assert markdown.with_suffix(".json").exists()


async def test_a_text_too_large_to_edit_is_measured_whole(learner) -> None:
    async with learner((120, 40)) as one:
        await one.opens(3, "exchange 0 of 3")
        await one.presses("f3")
        await pastes(one, "word " * 40_000)
        await one.sees("40,000 words, shown in part", seconds=20)


async def test_scenario_and_help_open_from_a_text_field(learner) -> None:
    async with learner() as one:
        await one.opens(3, "exchange 0 of 3")
        await to_message_box(one)
        await one.presses("f4")
        await one.sees("You are the quality engineer")
        await one.presses("escape", "f1")
        await one.sees("Keys on this screen")
        assert "write notebook to a file" in one.screen


async def test_a_failing_tutor_is_reported_and_the_lab_goes_on(learner, monkeypatch, tmp_path: Path) -> None:
    async with learner((120, 40)) as one:
        await one.opens(3, "exchange 0 of 3")
        with monkeypatch.context() as broken:
            broken.setattr(one.app.assistant, "answer", lambda *_: 1 / 0)
            await one.presses("enter", "enter")
            await one.sees("That did not work.")
        await one.presses("enter")
        await one.sees("exchange 1 of 3")
    log = (tmp_path / "crash.log").read_text()
    assert "ZeroDivisionError" in log


@pytest.mark.parametrize(
    ("lesson", "headlines"),
    [
        ("L2", ["share that a rule removes", "share kept"]),
        ("L3", ["effective number of lines", "clusters of 3 lines and more"]),
        (
            "L4",
            ["expected calibration error", "share sent to people", "share wrong in the draw", "kappa, mean over pairs"],
        ),
    ],
)
async def test_the_sample_of_each_lab_is_measured_by_its_tools(learner, lesson: str, headlines: list[str]) -> None:
    async with learner((120, 40)) as one:
        one.app.go("lab", lesson)
        await one.sees("exchange 0 of 3")
        await one.presses("f6")
        await one.sees("esc close")
        await one.presses("enter")
        for headline in headlines:
            await one.sees(headline, seconds=20)
        assert "no reading" not in one.screen


async def test_who_types_at_the_prompts_is_writing_a_message(learner) -> None:
    async with learner() as one:
        one.app.go("lab", "L1")
        await one.sees("exchange 0 of 3")
        await one.presses("t", "h", "i", "s", "slash", "q")
        await one.sees("this/q")
        assert "Key terms" not in one.screen
        assert "exchange 0 of 3" in one.screen


async def test_a_burst_at_the_prompts_keeps_its_spaces(learner) -> None:
    async with learner() as one:
        await one.opens(3, "exchange 0 of 3")
        one.app.screen.query_one("#prompts").focus()
        await one.pilot.pause()
        await one.types("look at all of it")
        await one.sees("look at all of it")


async def test_who_pastes_at_the_prompts_brings_data(learner) -> None:
    async with learner() as one:
        one.app.go("lab", "L1")
        await one.sees("exchange 0 of 3")
        one.app.post_message(events.Paste("\n".join(f"Dear {n}, thank you for your order." for n in range(12))))
        await one.sees("12 lines of data, measured on the workbench")
