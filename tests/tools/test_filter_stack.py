"""The filter stack: any layers in any order, what they cost, and how a stack leaves the lab."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.course.loading import load_course
from synthqc.course.source import read
from synthqc.errors import UsageError
from synthqc.tools.catalogue import run_tool
from synthqc.tools.reading import Reading
from synthqc.tools.sample import Sample, sample_of_text
from synthqc.tools.stack import CHEAP_FIRST, SETTINGS, Stack, layers_in, problems_of, recipe_of


def conversations() -> Sample:
    return sample_of_text(load_course().sample_text("support-conversations"), "conversations")


def stacked(sample: Sample, **arguments: object) -> Reading:
    return run_tool("filter-stack", sample, arguments)


def test_layers_come_in_any_order_and_win_over_the_order() -> None:
    reading = stacked(conversations(), layers=" oracle, heuristics", order="dear-first")
    assert reading.value("oracle_read") == 400
    assert reading.value("heuristics_read") == 400 - reading.value("oracle_removed")
    assert reading.value("duplicates_removed") == 0
    assert "layers: [oracle, heuristics]\n" in reading.recipe
    [left, bad] = reading.series
    assert left.names == ("at first", "after oracle", "after heuristics")
    assert left.y[-1] == reading.value("kept_lines")
    assert bad.y[0] > bad.y[-1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"layers": "magic"}, "layers: 'magic' is no layer; there are: heuristics, duplicates"),
        ({"layers": "oracle,oracle"}, "layers: names oracle twice"),
        ({"layers": ",,"}, "layers: names no layer"),
        ({"longest": 3}, "longest is 3, needs to be at least 5"),
        ({"threshold": 0.1}, "threshold is 0.1, allowed is a number from 0.3 to 1"),
        ({"cap": 0}, "cap is 0, allowed is a number from 0.001 to 1"),
    ],
)
def test_a_stack_that_cannot_be_is_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        stacked(sample_of_text("we are happy to help you", "empty"), **arguments)


def test_settings_are_those_of_the_layers() -> None:
    lines = "one two three\n" + "a line of six words here\n" + "a line of six words there\n"
    assert stacked(sample_of_text(lines, "x"), layers="heuristics").value("heuristics_removed") == 1
    assert stacked(sample_of_text(lines, "x"), layers="heuristics", shortest=3).value("heuristics_removed") == 0
    near = sample_of_text("Dear Ann, your parcel left on Monday.\nDear Bob, your parcel left on Friday.\n", "x")
    assert stacked(near, layers="duplicates").value("duplicates_removed") == 1
    assert stacked(near, layers="duplicates", masked=False).value("duplicates_removed") == 0


def test_precision_and_recall_of_each_layer_add_up() -> None:
    reading = stacked(conversations())
    assert sum(reading.value(f"{layer}_recall") for layer in CHEAP_FIRST) == pytest.approx(reading.value("recall"))
    hits = sum(reading.value(f"{layer}_precision") * reading.value(f"{layer}_removed") for layer in CHEAP_FIRST)
    gone = sum(reading.value(f"{layer}_removed") for layer in CHEAP_FIRST)
    assert hits / gone == pytest.approx(reading.value("precision"))


def test_precision_and_recall_worked_by_hand() -> None:
    rows = [
        ("too short", "length"),
        ("short but fine", ""),
        ("this line says 2 + 2 = 5 today", "sum"),
        ("we are happy to help you", "empty"),
    ]
    text = "".join(json.dumps({"text": text, "fault": fault}) + "\n" for text, fault in rows)
    reading = stacked(sample_of_text(text, "x"), layers="heuristics,oracle")
    # The rule on length takes the first two, of which one is bad; the oracle the third, which is; the fourth stays.
    assert reading.value("heuristics_precision") == 0.5
    assert reading.value("heuristics_recall") == pytest.approx(1 / 3)
    assert reading.value("oracle_precision") == 1
    assert reading.value("precision") == pytest.approx(2 / 3)
    assert reading.value("recall") == pytest.approx(2 / 3)


def test_without_the_truth_nothing_is_said_of_it() -> None:
    names = {one.name for one in stacked(sample_of_text("a b c\nd e f\n", "x")).quantities}
    assert not {"precision", "recall", "heuristics_precision"} & names


def test_a_price_shows_what_cheap_first_saves() -> None:
    cheap = stacked(conversations(), cents=2)
    dear = stacked(conversations(), cents=2, order="dear-first")
    assert cheap.value("dear_reads") == cheap.value("classifier_read") + cheap.value("oracle_read")
    assert cheap.value("dear_reads_first") == dear.value("dear_reads") == dear.value("dear_reads_first")
    assert cheap.value("dollars") == cheap.value("dear_reads") * 0.02
    assert cheap.value("dollars") < cheap.value("dollars_first")
    assert "dollars" not in {one.name for one in stacked(conversations()).quantities}


def test_the_order_of_rules_on_single_lines_does_not_change_what_is_kept() -> None:
    orders = itertools.permutations(["heuristics", "oracle", "classifier"])
    assert len({stacked(conversations(), layers=",".join(order)).value("kept_lines") for order in orders}) == 1


STACKS = st.builds(
    Stack,
    st.permutations(CHEAP_FIRST).flatmap(lambda one: st.integers(1, 5).map(lambda n: tuple(one[:n]))),
    shortest=st.integers(1, 1000),
    longest=st.integers(1000, 100_000),
    repetition=st.floats(0, 1),
    threshold=st.floats(0.3, 1),
    masked=st.booleans(),
    bad_from=st.floats(0.5, 1),
    alike=st.floats(0.05, 1),
    cap=st.floats(0.001, 1),
)


@given(STACKS)
def test_a_recipe_reads_back_as_the_stack(tmp_path_factory: pytest.TempPathFactory, stack: Stack) -> None:
    file = tmp_path_factory.mktemp("stack") / "stack.yaml"
    file.write_text(recipe_of(stack))
    found = read(file, Stack).value
    assert found.layers == stack.layers
    for setting in SETTINGS:
        assert getattr(found, setting.name) == pytest.approx(getattr(stack, setting.name), abs=1e-14)
    assert not [*problems_of(found)]


def test_the_recipe_of_a_reading_is_the_stack_that_it_ran(tmp_path: Path) -> None:
    reading = stacked(sample_of_text("a b c d e f\n", "x"), layers="duplicates,heuristics", threshold=0.7, masked=False)
    (tmp_path / "stack.yaml").write_text(reading.recipe)
    assert read(tmp_path / "stack.yaml", Stack).value == Stack(
        ("duplicates", "heuristics"), threshold=0.7, masked=False
    )


@given(st.lists(st.sampled_from(CHEAP_FIRST), unique=True, min_size=1))
def test_layers_are_read_in_the_order_in_which_they_are_named(layers: list[str]) -> None:
    assert layers_in(" , ".join(layers) + ",") == tuple(layers)


@pytest.mark.parametrize(
    ("good", "bad"),
    [("", "spam"), ("right", "wrong"), ("good", "bad"), (False, True), ("no", "yes"), (" None ", 1), (0, "template")],
    ids=str,
)
def test_the_truth_is_read_as_people_write_it(good: object, bad: object) -> None:
    texts = ["short", "too short", "a line of six words here", "another line with words in it"]
    rows = [{"text": text, "fault": bad if number < 2 else good} for number, text in enumerate(texts)]
    reading = stacked(sample_of_text("\n".join(map(json.dumps, rows)), "rows"), layers="heuristics")
    assert (reading.value("precision"), reading.value("recall")) == (1, 1)


def test_a_set_that_goes_as_copies_of_masked_lines_is_warned_of() -> None:
    lines = "\n".join(f"Dear customer {n}, your parcel {n * 7} is on its way to you." for n in range(30))
    sample = sample_of_text(lines, "x")
    assert "29 of 30 lines go as copies once names and numbers are masked" in " ".join(stacked(sample).caveats)
    assert "masked" not in " ".join(stacked(sample, masked=False).caveats)


@pytest.mark.parametrize("good", ["good", "right", True, "Yes"], ids=str)
def test_a_seed_is_labelled_as_people_write_it(good: object) -> None:
    rows = [
        {"text": f"line {n} {'fine words here now' if n % 2 else 'awful spam now here'}", "labelled": True, "answer": a}
        for n in range(20)
        for a in [good if n % 2 else "spam"]
    ]
    reading = stacked(sample_of_text("\n".join(map(json.dumps, rows)), "rows"), layers="classifier", bad_from=0.5)
    assert reading.value("classifier_removed") == 10
