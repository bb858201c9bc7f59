"""Plots as lines of text: legible without colour, never wider than asked, whatever there is to plot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from synthqc.app.widgets.plots.axis import Axis, axis_of, short_number
from synthqc.app.widgets.plots.glyphs import ASCII, UNICODE, Glyphs, glyphs_for
from synthqc.app.widgets.plots.groups import plots_in
from synthqc.app.widgets.plots.panel import panels
from synthqc.app.widgets.plots.plot import plot_of
from synthqc.app.widgets.plots.run import cells_of, shortened
from synthqc.tools.reading import PlotKind, Series

KINDS: tuple[PlotKind, ...] = ("line", "bar", "scatter", "histogram", "reliability")
finite = st.floats(allow_nan=False, allow_infinity=False)


def text_of(series: list[Series], width: int = 40, glyphs: Glyphs = UNICODE, height: int | None = None) -> list[str]:
    return ["".join(run.text for run in line).rstrip() for line in plot_of(series, width, glyphs, height=height)]


@st.composite
def any_series(draw: st.DrawFn) -> list[Series]:
    kind = draw(st.sampled_from(KINDS))
    result = []
    for _ in range(draw(st.integers(0, 3))):
        points = draw(st.lists(st.tuples(finite, finite), max_size=60))
        names = draw(st.lists(st.text(max_size=30), max_size=len(points)))
        x, y = tuple(one for one, _ in points), tuple(one for _, one in points)
        result.append(Series(draw(st.text(max_size=20)), x, y, draw(st.text(max_size=50)), "share", kind, tuple(names)))
    return result


@given(any_series(), st.integers(1, 120), st.sampled_from([UNICODE, ASCII]), st.one_of(st.none(), st.integers(1, 12)))
def test_a_plot_is_never_wider_than_asked_and_never_empty(series, width, glyphs, height) -> None:
    lines = plot_of(series, width, glyphs, height=height)
    assert lines
    assert max(map(cells_of, lines)) <= width
    text = "".join(run.text for line in lines for run in line)
    assert text.strip()
    assert "\n" not in text
    assert glyphs is UNICODE or text.isascii()


@given(st.lists(finite, min_size=1), st.booleans())
def test_an_axis_holds_all_values_in_order(values, is_round) -> None:
    axis = axis_of(values, is_round=is_round)
    assert axis.low < axis.high
    shares = [axis.share(value) for value in sorted(values)]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1


@given(finite)
def test_a_short_number_is_short(value) -> None:
    assert 0 < len(short_number(value)) <= 10


@given(st.text(), st.integers(0, 30), st.sampled_from([UNICODE, ASCII]))
def test_a_name_is_cut_by_cells(name, cells, glyphs) -> None:
    assert cell_len(shortened(name, cells, glyphs)) <= cells


def test_wide_characters_count_twice() -> None:
    assert shortened("漢字の名前", 7, UNICODE) == "漢字の…"
    assert shortened("漢字", 4, UNICODE) == "漢字"


def bars(values: tuple[float, ...], names: tuple[str, ...], label: str = "share") -> Series:
    return Series(label, tuple(range(1, len(values) + 1)), values, "topics", "share of the lines", "bar", names)


def test_bars_have_names_lengths_and_values() -> None:
    assert text_of([bars((0.4, 0.2, 0.0), ("billing", "漢字", "none"))], 30) == [
        "billing █████████████████ 0.40",
        "漢字    ████████▌         0.20",
        "none                         0",
        "█ share",
        "topics",
    ]


def test_bars_in_ascii() -> None:
    assert text_of([bars((4.0, 2.0), ("a", "漢b"))], 20, ASCII) == [
        "a  ###############" + " 4",
        "?b #######." + " " * 7 + " 2",
        "# share",
        "topics",
    ]


def test_a_small_share_still_shows_and_nothing_shows_nothing() -> None:
    small, nothing = text_of([bars((1.0, 1e-9, 0.0), ("a", "b", "c"))], 40)[1:3]
    assert "▏" in small
    assert small.endswith("1e-09")
    assert nothing.split() == ["c", "0"]


def test_bars_below_zero_go_left_of_it() -> None:
    below, above = text_of([bars((-0.5, 0.5), ("a", "b"))], 30)[:2]
    assert below.index("█") < below.index("│") == above.index("│") < above.index("█")
    assert below.endswith("-0.50")


def test_bars_of_two_series_differ_without_colour() -> None:
    lines = text_of([bars((0.4,), ("billing",)), bars((0.4,), ("billing",), "wanted")], 30)
    assert lines[0].startswith("billing █")
    assert lines[1].strip().startswith("▒")
    assert lines[2:4] == ["█ share", "▒ wanted"]


def test_many_bars_are_counted() -> None:
    lines = text_of([bars((1.0,) * 100, tuple(map(str, range(100))))])
    assert "and 80 more, not shown" in lines


def histogram(*counts: float) -> Series:
    return Series("lines", tuple(5.0 * n for n in range(len(counts))), counts, "words", "lines", "histogram")


def test_a_histogram_has_a_column_a_bin_and_says_where_most_lie() -> None:
    lines = text_of([histogram(0, 1, 4, 2)], 40, height=4)
    assert lines[0] == "4 ┤" + " " * 12 + "█████"
    assert lines[3] == "0 ┤" + " " * 6 + "█████ █████ █████"
    assert lines[4].split() == ["0", "words", "20"]
    assert lines[5] == "● lines: 7 in all; most, 4, at 10 to 15"


def test_a_histogram_of_more_bins_than_columns_adds_neighbours_and_says_so() -> None:
    lines = text_of([histogram(*(1.0,) * 200)], 40)
    assert "6 bins a column" in " ".join(" ".join(lines).split())
    assert "200 in all" in " ".join(lines)
    assert lines[0].count("█") > 30


def test_a_histogram_of_one_bin_and_of_none() -> None:
    assert "most, 3, from 0 on" in " ".join(text_of([histogram(3)]))
    assert text_of([histogram()]) == ["nothing to plot"]
    assert text_of([histogram(0, 0)])[-1].startswith("● lines: 0 in all")


def scatter(label: str, *points: tuple[float, float]) -> Series:
    return Series(label, tuple(x for x, _ in points), tuple(y for _, y in points), "first", "second", "scatter")


def test_a_scatter_of_one_series_is_dots_of_two_is_marks() -> None:
    one = text_of([scatter("all", (0, 0), (1, 1))])
    assert any("\u2800" < letter <= "\u28ff" for line in one for letter in line)
    two = text_of([scatter("all", (0, 0), (0.2, 0.1), (1, 1)), scatter("few", (0, 1), (1, 1))])
    assert two[0].strip("1 ┤").strip() == "" or "▲" in two[0]
    assert two[0].count("▲") == 2
    assert "●" not in two[0]
    assert two[-2:] == ["● all: 3 points", "▲ few: 2 points"]


def reliability(*points: tuple[float, float], names: tuple[str, ...] = ()) -> Series:
    x, y = tuple(x for x, _ in points), tuple(y for _, y in points)
    return Series("right", x, y, "confidence", "accuracy", "reliability", names)


def test_a_reliability_diagram_has_the_diagonal_and_the_widest_gap_in_words() -> None:
    lines = text_of([reliability((0.5, 0.5), (0.9, 0.6), names=("10 items", "90 items"))], 40, ASCII)
    rows = [line.split("|")[-1].split("+")[-1] for line in lines[:9]]
    assert rows[0].rstrip().endswith(".")
    assert rows[-1].startswith(".")
    assert "* right: widest gap at 0.90, right 0.60" in lines
    assert lines[-1].split() == ["at", "0.90", "right", "0.60", "90", "items"]
    mark = next(row for row in rows if row.rstrip().endswith("*"))
    assert mark.index(".") < mark.rindex("*"), "over-confident lies right of the diagonal"


def line(label: str, *values: float) -> Series:
    return Series(label, tuple(map(float, range(len(values)))), values, "generation", "share")


def test_lines_of_two_series_end_in_their_marks_and_say_their_ends() -> None:
    lines = text_of([line("kept", 1, 0.8), line("lost", 0, 0.2)])
    assert lines[-2:] == ["● kept: 1 → 0.80", "▲ lost: 0 → 0.20"]
    plot = "".join(lines[:-3])
    assert "●" in plot
    assert "▲" in plot


def test_a_peak_between_the_ends_is_said() -> None:
    assert text_of([line("a", 0, 1, 0)])[-1] == "● a: 0 → 0, peak 1"
    assert text_of([line("a", 1, 0, 1)])[-1] == "● a: 1 → 1, low 0"
    assert text_of([line("a", 2)])[-1] == "● a: 2 → 2"


def test_what_is_measured_in_another_unit_or_drawn_in_another_way_has_its_own_plot() -> None:
    first, second = line("a", 1, 2), histogram(1, 2)
    assert plots_in([first, second, line("b", 2, 3), line("c")]) == [[first, line("b", 2, 3)], [second]]


def test_two_plots_stand_beside_each_other_where_there_is_room() -> None:
    series = [line("a", 1, 2), histogram(1, 2)]
    wide, narrow = (panels(series, width, [Style()], UNICODE) for width in (100, 40))
    assert len(wide) < len(narrow)
    assert max(text.cell_len for text in wide) <= 100
    assert max(text.cell_len for text in narrow) <= 40
    assert panels([], 80, [Style()], UNICODE) == []


@pytest.mark.parametrize(
    ("environment", "glyphs"),
    [
        ({}, UNICODE),
        ({"LANG": "en_GB.UTF-8"}, UNICODE),
        ({"LANG": "en_GB.utf8", "TERM": "linux"}, ASCII),
        ({"LANG": "C"}, ASCII),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, ASCII),
        ({"LC_CTYPE": "C.UTF-8"}, UNICODE),
        ({"LANG": "C", "LC_ALL": "de_DE.UTF-8"}, UNICODE),
        ({"LC_ALL": "de_DE.ISO-8859-1"}, ASCII),
    ],
)
def test_the_environment_says_what_the_terminal_draws(environment, glyphs) -> None:
    assert glyphs_for(environment) is glyphs


def test_the_ends_of_an_axis_are_round() -> None:
    assert axis_of([0.02, 0.93]).high == pytest.approx(0.95)
    assert axis_of([3.0, 3.0]) == Axis(0.0, 3.0)
    assert axis_of([0.0]) == Axis(0.0, 1.0)
