"""Every tool: what it gives for any text, and what it refuses."""

import contextlib
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthqc.course.loading import load_course
from synthqc.errors import UsageError
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import TOOLS, run_tool, tool_named
from synthqc.tools.reading import Reading
from synthqc.tools.sample import NO_SAMPLE, SampleError, sample_of_text
from synthqc.tools.tool import Stopped, allowed_values

LIVE = [name for name, tool in TOOLS.items() if tool.live]
ON_ROWS = [name for name, tool in TOOLS.items() if tool.reads == "rows"]
WITHOUT_SAMPLE = [name for name, tool in TOOLS.items() if not tool.needs_sample]
WHERE_ROWS_ARE = [name for name, tool in TOOLS.items() if tool.reads in ("rows", "either")]
COMPARED = ["distinct-n", "near-duplicates", "templates", "lexical-richness"]
TEXT = "Dear Ann, your order 12 ships on Monday.\nDear Bob, your order 99 ships on Friday.\nWe are sorry.\n" * 5


def assert_is_sound(reading: Reading) -> None:
    tool = TOOLS[reading.tool]
    assert reading.arguments.keys() == {parameter.name for parameter in tool.parameters}
    assert reading.basis.records > 0 or not tool.needs_sample
    assert reading.basis.rule
    for quantity in reading.quantities:
        assert math.isfinite(quantity.value), quantity
        assert quantity.low is None or quantity.value >= quantity.low - 1e-9, quantity
        assert quantity.high is None or quantity.value <= quantity.high + 1e-9, quantity
        assert quantity.shown() not in ("nan", "inf", "-inf")
    names = [quantity.name for quantity in reading.quantities]
    assert len(names) == len(set(names))
    assert reading.caveats
    if reading.reference is not None:
        assert reading.reference.tokens >= reading.basis.tokens
        assert math.isfinite(reading.reference.value)
    for row in reading.evidence:
        assert row.lines
        assert all(line >= 1 for line in row.lines)


@pytest.mark.parametrize("name", LIVE)
@settings(deadline=None, max_examples=40)
@given(st.text(max_size=300))
def test_any_text_gives_a_sound_reading_or_a_sentence(name: str, text: str) -> None:
    with contextlib.suppress(UndefinedReading, SampleError):
        assert_is_sound(run_tool(name, sample_of_text(text, "x")))


ODD = {
    "empty": "",
    "blank lines": "\n \n\t\n",
    "one word": "word",
    "one line again and again": "the same line\n" * 50,
    "emoji": "👍👍🏽 🎉\n" * 5,
    "Chinese": "模型崩溃是一个问题。\n" * 5,
    "punctuation": "?! ... --\n" * 5,
    "one long line": "word " * 40_000,
    "one long word": "a" * 200_000,
    "right to left": "שלום עולם\nשלום לכולם\n",
}


@pytest.mark.parametrize("name", LIVE)
@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_text_gets_a_clear_answer(name: str, text: str) -> None:
    with contextlib.suppress(UndefinedReading):
        assert_is_sound(run_tool(name, sample_of_text(text, "x")))


@pytest.mark.parametrize(
    ("name", "text"), [("distinct-n", ""), ("distinct-n", "?!"), ("templates", " "), ("near-duplicates", "")]
)
def test_no_value_is_a_sentence(name: str, text: str) -> None:
    with pytest.raises(UndefinedReading, match=r"^(there is no text|there are no words)[^\n]*$"):
        run_tool(name, sample_of_text(text, "x"))


SCORES = st.one_of(st.floats(0, 1), st.floats(), st.integers(-1, 2), st.booleans(), st.text(max_size=3), st.none())
LABELS = st.one_of(st.sampled_from(["right", "wrong"]), st.booleans(), st.none())
ROWS = st.lists(
    st.fixed_dictionaries(
        {"text": st.text(max_size=20)},
        optional={
            "confidence": SCORES,
            "correct": SCORES,
            "domain": st.sampled_from(["a", "b"]),
            "kind": st.sampled_from(["a", "b", ""]),
            "answer": st.sampled_from(["good", "rude", "empty"]),
            "labelled": st.booleans(),
            "rater_a": LABELS,
            "rater_b": LABELS,
            "score_a": SCORES,
            "score_b": st.integers(0, 3),
            "truth": SCORES,
        },
    ),
    max_size=30,
)


@pytest.mark.parametrize("name", WHERE_ROWS_ARE)
@settings(deadline=None, max_examples=60)
@given(ROWS)
def test_any_rows_give_a_sound_reading_or_a_sentence(name: str, rows: list[dict[str, object]]) -> None:
    with contextlib.suppress(UndefinedReading, SampleError):
        assert_is_sound(run_tool(name, sample_of_text("".join(json.dumps(row) + "\n" for row in rows), "x")))


@pytest.mark.parametrize("name", ON_ROWS)
def test_text_without_rows_gets_a_sentence_that_says_what_is_needed(name: str) -> None:
    with pytest.raises(UndefinedReading, match=r"this needs rows with .*; the sample has no JSON rows"):
        run_tool(name, sample_of_text(TEXT, "x"))


def test_rows_without_the_field_get_the_fields_there_are() -> None:
    rows = '{"text": "a", "score": 0.5, "ok": true}\n' * 3
    with pytest.raises(UndefinedReading, match="fields found: ok, score"):
        run_tool("calibration", sample_of_text(rows, "x"))
    reading = run_tool("calibration", sample_of_text(rows, "x"), {"confidence": "score", "truth": "ok"})
    assert reading.value("items") == 3


@pytest.mark.parametrize("name", WITHOUT_SAMPLE)
def test_a_calculation_needs_no_sample(name: str) -> None:
    for parameter in TOOLS[name].parameters:
        for choice in parameter.choices or (parameter.default,):
            reading = run_tool(name, NO_SAMPLE, {parameter.name: choice})
            assert_is_sound(reading)
            assert reading.series
            assert reading == run_tool(name, sample_of_text(TEXT, "x"), {parameter.name: choice})


@pytest.mark.parametrize("name", COMPARED)
def test_a_reading_comes_with_a_reference_of_its_length_and_the_lines_behind_it(name: str) -> None:
    reading = run_tool(name, sample_of_text(TEXT, "x"))
    assert reading.reference is not None
    assert "Alice in Wonderland" in reading.reference.label
    assert reading.evidence
    assert reading.caveats


@pytest.mark.parametrize("name", ["distinct-n", "lexical-richness"])
def test_a_short_text_comes_with_a_warning_and_a_reference_of_its_length(name: str) -> None:
    reading = run_tool(name, sample_of_text("a few words are not enough to say much, as everybody knows\n" * 6, "x"))
    assert any("are few" in caveat for caveat in reading.caveats)
    assert reading.reference is not None
    assert reading.reference.tokens == reading.basis.tokens


def test_the_reference_is_longer_than_any_paste_or_not_there() -> None:
    reading = run_tool(
        "distinct-n", sample_of_text("\n".join(f"line {number} of many" for number in range(9_000)), "x")
    )
    assert reading.reference is None
    assert any("longer than the reference" in caveat for caveat in reading.caveats)


def test_clones_hide_behind_names_until_they_are_masked() -> None:
    lines = [
        f"Hi {name}, it is {n} today." for n, name in enumerate(["Ann", "Bartholomew", "Cem", "Dolores", "Edwina"])
    ]
    reading = run_tool("near-duplicates", sample_of_text("\n".join(lines), "x"))
    assert reading.value("near_share") < 0.5
    assert reading.value("masked_share") == 1


def test_the_lines_behind_a_template_are_named() -> None:
    reading = run_tool(
        "templates", sample_of_text("Nothing alike here\nDear Ann, 3 left\nWhy not?\nDear Bob, 4 left\n", "x")
    )
    assert reading.evidence[0].lines == (2, 4)
    assert reading.value("top_lines") == 2


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("distinct-n", {"n": 6}, "distinct-n: n is 6, allowed is a whole number from 1 to 5"),
        ("distinct-n", {"n": "two"}, "n is 'two', allowed is a whole number from 1 to 5"),
        ("distinct-n", {"n": 1.5}, "n is 1.5"),
        ("distinct-n", {"n": True}, "n is True"),
        ("distinct-n", {"m": 2}, "distinct-n has no parameter 'm'; it takes: n, vocabulary"),
        ("near-duplicates", {"threshold": "nan"}, "allowed is a number from 0.3 to 1"),
        ("near-duplicates", {"masked": "perhaps"}, "allowed is yes or no"),
        ("collapse", {"protocol": "forget"}, "allowed is one of replace, accumulate, keep"),
    ],
)
def test_what_a_parameter_does_not_take_is_refused(name: str, arguments: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError) as refused:
        run_tool(name, sample_of_text(TEXT, "x"), arguments)
    assert message in str(refused.value)


def test_text_from_a_command_line_is_converted() -> None:
    sample = sample_of_text(TEXT, "x")
    assert run_tool("distinct-n", sample, {"n": "3"}) == run_tool("distinct-n", sample, {"n": 3})
    assert run_tool("near-duplicates", sample, {"masked": "no"}).arguments["masked"] is False


def test_an_unknown_tool_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="there is no tool 'magic'; there are: distinct-n"):
        tool_named("magic")


def test_a_slow_run_is_stopped_by_its_watch() -> None:
    def watch(_done: int, _of: int, /) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        run_tool("near-duplicates", sample_of_text(TEXT, "x"), watch=watch)


def test_every_parameter_says_what_it_allows_and_its_default_is_allowed() -> None:
    for tool in TOOLS.values():
        for parameter in tool.parameters:
            assert allowed_values(parameter)
            assert parameter.help


def test_scores_that_are_none_are_left_out_and_named() -> None:
    rows = [0.9, 1.5, -1, "high", None, 0.2] * 5
    text = "".join(json.dumps({"text": "a", "confidence": one, "correct": True}) + "\n" for one in rows)
    for name in ("calibration", "audit", "ladder"):
        reading = run_tool(name, sample_of_text(text, "x"))
        assert any("20 of 30 rows were left out (lines 2, 3, 4, 5, 8, ...)" in caveat for caveat in reading.caveats)


def test_labels_that_are_no_numbers_have_no_order() -> None:
    text = "".join(json.dumps({"text": "a", "rater_a": a, "rater_b": b}) + "\n" for a, b in [("x", "y"), ("y", "y")])
    sample = sample_of_text(text, "x")
    assert run_tool("alpha", sample).value("raters") == 2
    for name, arguments in (("alpha", {"scale": "ordinal"}), ("kappa", {"weights": "linear"})):
        with pytest.raises(UndefinedReading, match="labels that are numbers; 'rater_a' has others"):
            run_tool(name, sample, arguments)


def test_wrong_sums_are_named_with_what_they_should_be() -> None:
    reading = run_tool("oracle", sample_of_text("3 x 4 = 12\n3 x 4 = 13\nno sum here\n7 divided by 0 is 1\n", "x"))
    assert (reading.value("sums"), reading.value("wrong"), reading.value("wrong_lines")) == (3, 2, 2)
    assert [(row.text, row.lines) for row in reading.evidence] == [
        ("3 x 4 = 13: should be 12", (2,)),
        ("7 divided by 0 is 1: should be undefined, a division by zero", (4,)),
    ]
    with pytest.raises(UndefinedReading, match="no line states a sum"):
        run_tool("oracle", sample_of_text("nothing to compute", "x"))


def test_stock_phrases_openings_and_endings() -> None:
    text = (
        "we are sorry to hear that\nwe are sorry to say this\nplease hold the line\nthanks, we are sorry to hear that\n"
    )
    reading = run_tool("repetition", sample_of_text(text, "x"))
    assert reading.value("phrase_share") == 0.75
    assert reading.evidence[0].text == "we are sorry to"
    assert reading.evidence[0].lines == (1, 2, 4)
    assert reading.value("opening_share") == 0.5
    assert reading.value("closing_share") == 0.5


def test_lengths_worked_by_hand() -> None:
    reading = run_tool("length-profile", sample_of_text("a\na b\na b c\n\na b c d e f g h i j\n", "x"), {"bins": 5})
    assert (reading.value("median"), reading.value("mean"), reading.value("shortest"), reading.value("longest")) == (
        2.5,
        4,
        1,
        10,
    )
    assert (reading.value("fifth"), reading.value("ninety_fifth")) == (1, 10)
    [histogram] = reading.series
    assert histogram.x == (1, 3, 5, 7, 9)
    assert histogram.y == (2, 1, 0, 0, 1)


@pytest.mark.parametrize(
    ("dollars", "cents", "labels"), [("4.35", "1", 435), ("0.29", "1", 29), ("0.07", "0.1", 70), ("1", "0.3", 333)]
)
def test_a_budget_is_exact_to_the_cent(dollars: str, cents: str, labels: int) -> None:
    assert run_tool("budget", NO_SAMPLE, {"dollars": dollars, "cents": cents}).value("labels") == labels


def test_a_text_without_rare_words_has_no_share_of_them() -> None:
    reading = run_tool("collapse", sample_of_text("the cat sat on a mat\n" * 20, "x"), {"generations": 1})
    assert "tail_kept" not in {quantity.name for quantity in reading.quantities}
    assert "rare words kept" not in {one.label for one in reading.series}
    assert reading.caveats[-1].startswith("no word of the text is rare")


def test_equal_lines_have_a_neighbour_at_any_likeness() -> None:
    text = "the parcel arrives tomorrow morning at nine\n" * 2 + "something else altogether is written here\n"
    assert run_tool("clusters", sample_of_text(text, "x"), {"threshold": 1}).value("neighboured_share") == 2 / 3


def test_the_budget_of_lab_2() -> None:
    reading = run_tool("budget", NO_SAMPLE)
    assert reading.value("cents_each") == 1
    assert reading.value("labels") == 50_000
    assert reading.value("labelled_share") == 0.1
    assert reading.value("days_for_all") == pytest.approx(173.6, abs=0.1)
    twice = run_tool("budget", NO_SAMPLE, {"votes": 2, "dollars": 10**8})
    assert twice.value("lines") == 500_000
    assert twice.value("labels") == 1_000_000


def test_a_diversity_sample_covers_better_than_chance() -> None:
    course = load_course()
    sample = sample_of_text(course.sample_text("math-problems"), "problems")
    reading = run_tool("diversity-sample", sample, {"keep": 0.1})
    assert reading.value("kept") == 100
    assert reading.value("least") > reading.value("random_least") + 0.1
    assert reading.value("mean") > 0.5
    assert run_tool("diversity-sample", sample, {"keep": 0.1}) == reading


def test_a_draw_without_ngrams_costs_only_the_value_at_a_fixed_length() -> None:
    reading = run_tool("distinct-n", sample_of_text("a b\n" * 200 + "c d e\n", "x"), {"n": 3, "budget": 50})
    assert (reading.value("unique"), reading.value("total")) == (1, 1)
    assert "fixed_budget" not in {quantity.name for quantity in reading.quantities}
    assert any(caveat.startswith("no value at 50 words: in a draw of so many,") for caveat in reading.caveats)
    assert reading.seed is None


def test_the_adjusted_form_of_distinct_1_falls_less_with_length() -> None:
    text = load_course().sample_text("alice")
    short, long = (run_tool("distinct-n", sample_of_text(text[:size], "x"), {"n": 1}) for size in (5_000, 100_000))
    assert long.value("distinct_n") / short.value("distinct_n") < long.value("adjusted") / short.value("adjusted")
    # By hand: 3 different words of 4, V = 10: 3 / (10 (1 - 0.9^4)).
    hand = run_tool("distinct-n", sample_of_text("a b c a", "x"), {"n": 1, "vocabulary": 10})
    assert hand.value("adjusted") == pytest.approx(3 / (10 * (1 - 0.9**4)))
    assert "adjusted" not in {
        quantity.name for quantity in run_tool("distinct-n", sample_of_text("a b c a", "x")).quantities
    }


def test_a_mix_is_held_against_the_shares_that_are_wanted() -> None:
    rows = [{"text": "a line", "kind": kind} for kind in ["billing"] * 8 + ["returns"] * 2]
    sample = sample_of_text("".join(json.dumps(row) + "\n" for row in rows), "x")
    reading = run_tool("mix", sample, {"targets": "billing=0.5,returns=0.3,other=0.2"})
    assert reading.value("target_distance") == pytest.approx(0.3)
    assert reading.value("missing_kinds") == 1
    assert reading.value("on_target") == 0
    assert "wanted but missing: other" in reading.caveats
    with pytest.raises(UsageError, match="mix: targets: 'billing' is no target"):
        run_tool("mix", sample, {"targets": "billing"})
    with pytest.raises(KeyError):
        run_tool("mix", sample).value("target_distance")


def test_a_stack_says_what_each_layer_alone_would_remove() -> None:
    lines = (
        "A line about the weather in spring.\n" * 3
        + "<b>short</b>\n" * 2
        + "Two and 2 + 2 = 5 make a wrong sum here.\n"
    )
    reading = run_tool("filter-stack", sample_of_text(lines, "x"), {"alone": True})
    assert reading.value("heuristics_alone") == 2
    assert reading.value("duplicates_alone") == 3
    assert reading.value("oracle_alone") == 1
    # The second short line breaks a rule and is a copy; the third about the weather is a copy and one too many.
    assert reading.value("overlap") == 2
    assert reading.value("duplicates_removed") == 2
