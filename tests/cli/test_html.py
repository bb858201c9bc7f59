"""`synthqc measure --html`: one page with all that was measured, and nothing that it has to fetch."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from synthqc.cli.main import run

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
