"""`synthqc measure --html`: one page with all that was measured, and nothing that it has to fetch."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from synthqc.cli.main import run
from synthqc.cli.plots import MOST_ROWS, figure_of
from synthqc.tools.reading import PlotKind, Series

VOID = {"meta", "br"}


class Page(HTMLParser):
    """What a reader sees, and whether every element is closed in turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.kinds: set[str] = set()
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kinds.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "data")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kinds.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


def page_of(tmp_path: Path, text: str, *options: str) -> Page:
    file = tmp_path / "<replies> & more.txt"
    file.write_text(text, encoding="utf-8")
    assert run(["measure", str(file), "--html", str(tmp_path / "page.html"), *options]) in (0, 1)
    return Page((tmp_path / "page.html").read_text(encoding="utf-8"))


SAMEY = "".join(f"Dear customer {n}, your <b>parcel</b> 漢字 👩‍💻 is on its way to you now.\n" for n in range(40))


def test_the_page_says_what_the_table_says(tmp_path: Path, capsys) -> None:
    page = page_of(tmp_path, SAMEY)
    table = capsys.readouterr().out
    assert "<replies> & more.txt" in page.text
    for value in re.findall(r"  ([\d,]+\.\d{3})  share", table):
        assert value in page.text
    assert "One template covers 40 of 40 records" in page.text
    assert "(lesson L1, population)" in page.text
    assert "script" not in page.kinds
    assert "漢字" in page.text


def test_it_fetches_nothing(tmp_path: Path) -> None:
    page = page_of(tmp_path, SAMEY)
    assert all(re.match(r"https://(arxiv\.org/abs|doi\.org)/", one) for one in page.addresses)
    assert not page.kinds & {"script", "link", "img", "iframe", "object"}
    assert "url(" not in (tmp_path / "page.html").read_text()


def test_plots_have_axes_names_and_values(tmp_path: Path) -> None:
    page = page_of(tmp_path, SAMEY, "--tool", "distinct-n")
    assert {"svg", "polyline", "title", "desc"} <= page.kinds
    assert "bigrams" in page.text


def test_a_tool_without_a_reading_gives_its_reason(tmp_path: Path) -> None:
    page = page_of(tmp_path, SAMEY, "--tool", "oracle", "--tool", "mix")
    assert "No reading: no line states a sum" in page.text


def test_the_same_file_gives_the_same_page(tmp_path: Path) -> None:
    page_of(tmp_path, SAMEY)
    first = (tmp_path / "page.html").read_bytes()
    page_of(tmp_path, SAMEY)
    assert (tmp_path / "page.html").read_bytes() == first


@pytest.mark.parametrize("where", ["", "missing/page.html"])
def test_a_page_that_cannot_be_written_is_said(where: str, tmp_path: Path, capsys) -> None:
    file = tmp_path / "a.txt"
    file.write_text(SAMEY)
    assert run(["measure", str(file), "--html", str(tmp_path / where)]) == 2
    assert "cannot be written" in capsys.readouterr().err


KINDS: tuple[PlotKind, ...] = ("line", "bar", "scatter", "histogram", "reliability")


def series(kind: PlotKind, *points: tuple[float, float], label: str = "kept", names: tuple[str, ...] = ()) -> Series:
    return Series(label, tuple(x for x, _ in points), tuple(y for _, y in points), "<where>", "share", kind, names)


finite = st.floats(allow_nan=False, allow_infinity=False)


@example("histogram", [[(0.0, 0.0), (8.98846567431158e307, 0.0)]])
@example("histogram", [[(-1.7e308, 1.0), (1.7e308, 2.0)]])
@given(
    st.sampled_from(KINDS),
    st.lists(st.lists(st.tuples(finite, finite), min_size=1, max_size=20), min_size=1, max_size=9),
)
def test_any_plot_is_well_formed_and_lies_in_its_drawing(kind, points) -> None:
    figure = figure_of([series(kind, *one, label=f"<b>{n}") for n, one in enumerate(points)])
    page = Page(figure)
    assert "b" not in page.kinds
    for element in re.findall(r"<(?:rect|polyline|path transform|text)[^>]*>", figure):
        places = re.findall(r'(?:points|x|translate\()="?([-\d., e+]+)', element)
        numbers = [float(one) for place in places for one in re.split("[ ,]+", place.strip()) if one]
        assert all(-1 <= one <= 561 for one in numbers)
    assert "nan" not in figure
    assert "inf" not in figure.replace("info", "")


def test_bars_are_a_table_of_names_and_values() -> None:
    page = Page(figure_of([series("bar", (1, 0.4), (2, -0.1), names=("billing & more", "漢字"))]))
    assert "billing & more 0.40 漢字 -0.10" in page.text
    assert {"table", "caption", "rect"} <= page.kinds


def test_two_series_of_bars_are_told_apart_by_name_and_filling() -> None:
    figure = figure_of([series("bar", (1, 0.4)), series("bar", (1, 0.3), label="wanted")])
    assert "kept wanted" in Page(figure).text
    assert 'fill-opacity="0.7"' in figure


def test_what_to_do_the_same_by_command_stands_on_the_page(tmp_path: Path) -> None:
    page = page_of(tmp_path, SAMEY, "--tool", "filter-stack", "--set", "layers=oracle")
    assert "pre" in page.kinds
    assert "layers: [oracle] shortest: 5" in page.text
    assert "pre" not in page_of(tmp_path, SAMEY, "--tool", "templates").kinds


def test_a_histogram_has_a_rectangle_a_bin() -> None:
    figure = figure_of([series("histogram", (0, 3), (5, 0), (10, 7))])
    plot = figure[: figure.index("</svg>")]
    widths = re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="([\d.]+)"', plot)
    assert len({width for width, _ in widths}) == 1
    assert [height for _, height in widths][1] == "0.0"
    assert "most, 7, from 10 on" in Page(figure).text


def test_a_scatter_has_a_shape_a_series() -> None:
    figure = figure_of([series("scatter", (0, 0), (1, 1)), series("scatter", (0, 1), label="rest")])
    plot = figure[: figure.index("</svg>")]
    shapes = re.findall(r'<path transform="[^"]+" d="([^"]+)"', plot)
    assert len(shapes) == 3
    assert len(set(shapes)) == 2
    assert "kept 2 points rest 1 point" in Page(figure).text


def test_a_reliability_diagram_has_its_diagonal_and_what_is_in_the_bins() -> None:
    figure = figure_of([series("reliability", (0.5, 0.5), (0.9, 0.6), names=("10 items", "90 items"))])
    assert "stroke-dasharray" in figure
    assert "widest gap at 0.90, right 0.60" in Page(figure).text
    assert "0.60 (90 items)" in Page(figure).text


def test_the_numbers_of_a_long_series_are_cut_and_it_is_said() -> None:
    page = Page(figure_of([series("line", *((float(n), float(n)) for n in range(MOST_ROWS + 1)))]))
    assert f"the first {MOST_ROWS} of {MOST_ROWS + 1}" in page.text
