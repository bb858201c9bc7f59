"""Nothing that a learner needs is cut on the smallest window, and every window can become another."""

import pytest

SMALLEST = (60, 20)


def last_line(screen: str) -> str:
    return screen.rpartition("\n")[2]


async def test_the_smallest_window_says_how_to_hand_a_test_in(learner) -> None:
    async with learner(SMALLEST) as one:
        one.app.go("test", "module-test")
        await one.sees("Enter begins")
        await one.presses("enter")
        await one.sees("question 1 of 15")
        assert "o overview, hand in" in last_line(one.screen)
        await one.presses("o")
        await one.sees("h hands the")
        await one.sees(lambda screen: "h hand in" in last_line(screen))
        await one.presses("h")
        await one.sees("Press h once more")
        await one.sees("or esc to go back.")


async def test_a_remark_at_the_right_cuts_no_key(learner) -> None:
    async with learner(SMALLEST) as one:
        one.app.go("quiz", "L1")
        await one.sees("question 1 of 4")
        await one.presses("b", "enter")
        await one.sees(lambda screen: "Right." in screen or "Not this one." in screen)
        await one.presses("escape")
        await one.sees(lambda screen: "to review" in last_line(screen))
        assert "F1 help  " in last_line(one.screen)


async def test_the_first_screen_is_whole_on_the_smallest_window(learner) -> None:
    async with learner(SMALLEST) as one:
        assert "Enter begins." in one.screen
        assert "on this machine only." in one.screen
        line = next(line for line in one.screen.splitlines() if "Begin:" in line)
        assert "Why synthetic data goes wrong" in line


async def test_the_smallest_window_shows_the_way_to_the_workbench(learner) -> None:
    async with learner(SMALLEST) as one:
        one.app.go("lab", "L3")
        await one.sees(lambda screen: "F3 workbench" in last_line(screen))


async def test_settings_and_keys_can_be_read_on_the_smallest_window(learner) -> None:
    async with learner(SMALLEST) as one:
        await one.presses("comma")
        await one.sees("‹ the offline tutor ›")
        await one.presses("end", "enter")
        await one.sees("all commands")
        assert "search the course" in one.screen


async def test_search_says_what_it_searches_on_the_smallest_window(learner) -> None:
    async with learner(SMALLEST) as one:
        await one.presses("slash")
        await one.sees("Sections, key terms and sources are")
        assert "searched." in one.screen


@pytest.mark.parametrize("part", ["lesson", "quiz", "lab"])
async def test_a_window_made_small_and_large_again_shows_the_same(learner, part: str) -> None:
    async with learner() as one:
        one.app.go(part, "L1")
        await one.sees(lambda screen: "F1 help" in last_line(screen))
        before = one.screen
        for size in [(59, 20), (20, 5), (1, 1), (200, 60), (60, 19)]:
            await one.pilot.resize_terminal(*size)
        await one.sees("Please enlarge the window to 60 x 20.")
        await one.pilot.resize_terminal(80, 24)
        await one.sees(lambda screen: screen == before)


async def test_a_window_small_from_the_start_opens_the_map_once_it_is_large(learner) -> None:
    async with learner((40, 10), wanted="Please enlarge") as one:
        await one.pilot.resize_terminal(80, 24)
        await one.sees("Begin:")


async def test_keys_pressed_in_a_window_too_small_open_nothing(learner) -> None:
    async with learner() as one:
        await one.pilot.resize_terminal(50, 10)
        await one.sees("Please enlarge")
        await one.presses("comma", "slash", "f1", "t", "f9", "enter", "escape")
        assert "Please enlarge" in one.screen
        await one.pilot.resize_terminal(80, 24)
        await one.sees("Begin:")
        assert "Search" not in one.screen


async def test_what_opens_behind_the_line_stands_there_in_a_larger_window(learner) -> None:
    async with learner() as one:
        await one.pilot.resize_terminal(50, 10)
        await one.sees("Please enlarge")
        one.app.action_settings()
        await one.sees("look")
        await one.pilot.resize_terminal(80, 24)
        await one.sees("How the course looks.")
        await one.presses("escape")
        await one.sees("Begin:")


@pytest.mark.slow
async def test_a_storm_of_sizes_while_tools_measure_and_a_dialog_is_open_loses_nothing(learner) -> None:
    async with learner() as one:
        one.app.go("lab", "L3")
        await one.sees("exchange 0 of 3")
        await one.presses("f6")
        await one.sees("1,000 math word problems")
        await one.presses("enter", "f4")
        for size in [(120, 40), (59, 19), (200, 60), (1, 1), (60, 20), (99, 24), (100, 24)]:
            await one.pilot.resize_terminal(*size)
        await one.presses("escape")
        await one.sees("412 lines in it, of 1,000")
        await one.sees("exchange 0 of 3")
