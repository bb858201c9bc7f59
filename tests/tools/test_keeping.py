"""Records in a file: they read as those in memory do, and tools give the same reading."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.duplicates import duplicates_of
from synthqc.tools.catalogue import TOOLS, run_tool
from synthqc.tools.keeping import FiledRecords, Keeper
from synthqc.tools.reading import reading_as_json
from synthqc.tools.sample import sample_of_text

TEXTS = st.lists(st.text(max_size=30), max_size=20)


def filed(records: list[str]) -> FiledRecords:
    made = FiledRecords()
    for record in records:
        made.append(record)
    made.cut(len(records))
    return made


@given(TEXTS, st.integers(0, 100))
def test_records_come_back_as_they_went_in(records: list[str], most: int) -> None:
    keeper = Keeper(most)
    for record in records:
        keeper.append(record)
    kept = keeper.records()
    assert isinstance(kept, FiledRecords) == (sum(map(len, records)) > most)
    assert len(kept) == len(records)
    assert list(kept) == records
    assert [kept[place] for place in range(len(records))] == records
    assert kept[1:5:2] == tuple(records[1:5:2])
    if records:
        assert kept[-1] == records[-1]


@given(TEXTS, st.integers(0, 40))
def test_blank_records_at_the_end_are_left_out_where_that_is_wanted(records: list[str], most: int) -> None:
    keeper = Keeper(most)
    for record in [*records, "", " \n"]:
        keeper.append(record)
    while records and not records[-1].strip():
        records.pop()
    assert list(keeper.records(without_last_blanks=True)) == records


def test_records_longer_than_a_piece_are_read_whole() -> None:
    records = ["é" * 700_000, "", "b" * 3_000_000, "\ud800", "c"]
    assert list(filed(records)) == records


def test_a_place_that_there_is_not_is_refused() -> None:
    with pytest.raises(IndexError):
        filed(["a"])[1]


TEXT = "".join(
    f"Dear {name}, order {number} ships soon, 2 + 2 = {number}.\n"
    for number, name in enumerate(["Ann", "Bob", "Cem"] * 9)
)


@pytest.mark.parametrize("name", [name for name, tool in TOOLS.items() if tool.reads == "text"])
def test_a_tool_gives_the_same_for_records_in_a_file(name: str) -> None:
    sample = sample_of_text(TEXT, "x")
    other = replace(sample, records=filed(list(sample.records)))
    assert reading_as_json(run_tool(name, sample)) == reading_as_json(run_tool(name, other))


def test_near_duplicates_beyond_the_limit_are_found_in_a_file() -> None:
    records = TEXT.splitlines()
    assert duplicates_of(filed(records), exact_limit=5) == duplicates_of(records, exact_limit=5)
