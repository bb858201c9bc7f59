"""The tools that compare lines: by words or by a model, all of them or a draw, beside labels and targets."""

import json
import math
from collections.abc import Sequence

import numpy as np
import pytest

from synthqc.errors import UsageError
from synthqc.metrics.undefined import UndefinedReading
from synthqc.metrics.vendi import vendi_score
from synthqc.tools.catalogue import run_tool
from synthqc.tools.encoding import encoded_by
from synthqc.tools.reading import Reading, Series
from synthqc.tools.sample import Sample, sample_of_text


class Meanings:
    """An encoder that knows three meanings, whatever the words, and remembers what it was asked."""

    name = "three meanings"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], /) -> np.ndarray:
        self.asked += texts
        axes = np.eye(3)
        return np.array([axes[sum(map(ord, text.split()[0])) % 3] for text in texts])


def numbered_lines(n: int) -> Sample:
    return sample_of_text("".join(f"line{number % 3} says {number}\n" for number in range(n)), "lines")


def rows(*given: tuple[str, str]) -> Sample:
    return sample_of_text("".join(json.dumps({"text": t, "topic": label}) + "\n" for t, label in given), "rows")


def test_with_a_model_the_score_is_that_of_all_lines() -> None:
    encoder = Meanings()
    with encoded_by(encoder):
        reading = run_tool("vendi-score", numbered_lines(3000))
    assert reading.value("items") == len(encoder.asked) == 3000
    assert reading.value("vendi") == pytest.approx(3)
    assert reading.seed is None
    assert "three meanings" in reading.basis.rule


def test_by_words_so_many_lines_are_drawn_as_asked() -> None:
    sample = numbered_lines(40)
    usual, drawn = run_tool("vendi-score", sample), run_tool("vendi-score", sample, {"lines": 10})
    assert (usual.value("items"), drawn.value("items")) == (40, 10)
    assert (usual.seed, drawn.seed) == (None, 0)
    assert any("10 lines were drawn with seed 0" in caveat for caveat in drawn.caveats)
    assert drawn == run_tool("vendi-score", sample, {"lines": 10})
    with pytest.raises(UsageError, match="lines is 5001, allowed is a whole number from 2 to 5000"):
        run_tool("vendi-score", sample, {"lines": 5001})


@pytest.mark.parametrize(("order", "expected"), [("0", 2), ("1", 0.75**-0.75 * 0.25**-0.25), ("infinity", 4 / 3)])
def test_three_copies_and_another_at_each_order(order: str, expected: float) -> None:
    sample = sample_of_text("same words\nsame words\nsame words\nothers\n", "x")
    assert run_tool("vendi-score", sample, {"order": order}).value("vendi") == pytest.approx(expected)


def test_copies_lower_the_score_to_one_by_model_and_by_words() -> None:
    sample = numbered_lines(30)
    for reading in (run_tool("vendi-score", sample, {"copies": True}), by_meaning("vendi-score", sample, copies=True)):
        [series] = reading.series
        assert series.y[0] == pytest.approx(reading.value("vendi"))
        assert series.y[-1] == pytest.approx(1)


def by_meaning(name: str, sample: Sample, **arguments: object) -> Reading:
    with encoded_by(Meanings()):
        return run_tool(name, sample, arguments)


def test_a_model_and_words_see_the_same_lines_differently() -> None:
    sample = numbered_lines(12)
    by_words, by_model = run_tool("clusters", sample), by_meaning("clusters", sample)
    assert by_model.value("clusters") == 3
    assert by_model.value("nearest_mean") == 1
    assert by_model.value("neighboured_share") == 1
    assert by_words.value("nearest_mean") < 1


def test_the_nearest_line_as_numbers_and_as_a_histogram() -> None:
    reading = run_tool("clusters", sample_of_text("a b\na b\na c\nd e\n", "x"), {"threshold": 0.9})
    assert reading.value("neighboured_share") == 0.5
    [histogram] = reading.series
    assert histogram.kind == "histogram"
    assert np.diff(histogram.x) == pytest.approx(np.full(19, 0.05))
    assert histogram.x[0] == 0
    assert histogram.y[-1] == 2
    assert histogram.y[0] == 1
    assert sum(histogram.y) == 4


def test_a_map_has_each_line_once_and_alike_lines_in_one_place() -> None:
    text = "".join(f"{word} {word}s\n" for word in ("tea", "train", "rain") for _ in range(4)) + "alone\n"
    dots = [
        one for one in run_tool("clusters", sample_of_text(text, "x"), {"map": True}).series if one.kind == "scatter"
    ]
    assert [(one.label, len(one.x)) for one in dots] == [
        ("cluster 1", 4),
        ("cluster 2", 4),
        ("cluster 3", 4),
        ("other lines", 1),
    ]
    for one in dots:
        assert one.x == pytest.approx([one.x[0]] * len(one.x), abs=1e-9)
    assert len({(round(one.x[0], 6), round(one.y[0], 6)) for one in dots}) > 2


def test_a_map_of_many_lines_shows_every_so_many() -> None:
    dots = by_meaning("clusters", numbered_lines(1500), map=True).series[1:]
    assert sum(len(one.x) for one in dots) == 750


def test_how_much_of_the_real_the_synthetic_lines_meet() -> None:
    given = [("tea in a cup", "real"), ("a cup of tea", "synthetic"), ("trains are late", "Real"), ("no side", "")]
    text = "".join(json.dumps({"text": line, "split": side}) + "\n" for line, side in given)
    reading = run_tool("clusters", sample_of_text(text, "x"), {"threshold": 0.3})
    assert reading.value("real_covered") == 0.5
    assert reading.value("real_lines") == 2
    only_real = run_tool("clusters", sample_of_text(text.replace("synthetic", "real"), "x"))
    assert "real_covered" not in {one.name for one in only_real.quantities}


@pytest.mark.parametrize("text", ["", "\n\n", "...\n👍\n"])
@pytest.mark.parametrize("name", ["vendi-score", "clusters", "topics", "diversity-sample"])
def test_no_words_are_no_reading(name: str, text: str) -> None:
    with pytest.raises(UndefinedReading):
        run_tool(name, sample_of_text(text, "x"))


@pytest.mark.parametrize("name", ["vendi-score", "topics", "diversity-sample"])
def test_one_line_is_enough_where_nothing_is_compared_with_another(name: str) -> None:
    numbers = [one.value for one in run_tool(name, sample_of_text("模型崩溃 👍\n", "x")).quantities]
    assert all(math.isfinite(number) for number in numbers)


LABELLED = rows(("tea", "drink"), ("milk", "drink"), ("train", "travel"), ("rain", ""))


def test_labelled_topics_are_counted_beside_those_of_words() -> None:
    reading = run_tool("topics", LABELLED, {"k": 2})
    assert reading.value("labelled_topics") == 2
    assert reading.value("labelled_largest") == pytest.approx(2 / 3)
    assert reading.value("labelled_smallest") == pytest.approx(1 / 3)
    entropy = -(2 / 3 * math.log2(2 / 3) + 1 / 3 * math.log2(1 / 3))
    assert reading.value("labelled_entropy") == pytest.approx(entropy)
    assert reading.value("labelled_effective") == pytest.approx(2**entropy)
    assert any("left out of its shares: 1" in caveat for caveat in reading.caveats)
    assert bars(reading)["share of the rows by 'topic'"].names == ("drink", "travel")


def test_labelled_topics_are_held_against_the_mix_that_is_wanted() -> None:
    reading = run_tool("topics", LABELLED, {"targets": "drink=0.5,travel=0.25,sport=0.25"})
    # 2/3 and 1/3 against 1/2, 1/4 and 1/4: half of 1/6 + 1/12 + 1/4.
    assert reading.value("target_distance") == pytest.approx(0.25)
    assert reading.value("missing_topics") == 1
    assert any("wanted but missing: sport" in caveat for caveat in reading.caveats)


def test_targets_and_fields_that_cannot_be_are_said() -> None:
    with pytest.raises(UsageError, match="topics: targets: 'drink' is no target"):
        run_tool("topics", LABELLED, {"targets": "drink"})
    with pytest.raises(UndefinedReading, match="rows with a field 'subject'; fields found: topic"):
        run_tool("topics", LABELLED, {"field": "subject"})
    with pytest.raises(UndefinedReading, match="no JSON rows"):
        run_tool("topics", numbered_lines(3), {"targets": "a=1"})


def bars(reading: Reading) -> dict[str, Series]:
    return {one.y_label: one for one in reading.series if one.kind == "bar"}


def test_topics_are_bars_named_by_their_words() -> None:
    reading = run_tool("topics", sample_of_text("tea cup\ntea cup\nrain\n", "x"), {"k": 2})
    [series] = reading.series
    assert series.names == ("tea cup", "rain")
    assert series.y == pytest.approx((2 / 3, 1 / 3))
    assert "labelled_topics" not in {one.name for one in reading.quantities}


def test_more_lines_are_grouped_on_request() -> None:
    sample = numbered_lines(2500)
    usual, wide = run_tool("topics", sample, {"k": 3}), run_tool("topics", sample, {"k": 3, "lines": 100_000})
    assert any("2,000 lines were drawn" in caveat for caveat in usual.caveats)
    assert not any("drawn" in caveat for caveat in wide.caveats)
    assert sum(row.count for row in wide.evidence) == 2500


def test_rare_kinds_are_kept_where_chance_would_lose_them() -> None:
    common = [(f"tea with milk number {n}", "tea") for n in range(60)]
    rare = [("trains to the coast", "train"), ("storm over hills", "storm")]
    text = "".join(json.dumps({"text": line, "kind": kind}) + "\n" for line, kind in common + rare)
    reading = run_tool("diversity-sample", sample_of_text(text, "x"), {"keep": 0.1})
    assert reading.value("kept") == 6
    assert reading.value("rare_groups") == 2
    assert reading.value("rare_kept") == 2
    assert reading.value("random_rare_kept") == pytest.approx(2 * 6 / 62)
    assert any("kinds by 'kind'" in caveat for caveat in reading.caveats)


def test_without_kinds_small_clusters_are_the_rare_groups() -> None:
    # 57 and 3 of 60 lines, two of which are kept: a random draw meets the three with 1 - (57 x 56) / (60 x 59).
    text = "tea with milk\n" * 57 + "trains to coast\n" * 3
    reading = run_tool("diversity-sample", sample_of_text(text, "x"), {"keep": 1 / 30})
    assert reading.value("kept") == 2
    assert reading.value("rare_groups") == reading.value("rare_kept") == 1
    assert reading.value("random_rare_kept") == pytest.approx(1 - 57 * 56 / (60 * 59))
    assert any("clusters of lines" in caveat for caveat in reading.caveats)
    assert run_tool("diversity-sample", sample_of_text(text, "x"), {"keep": 0.5}).value("rare_groups") == 0


def test_the_score_by_a_model_is_that_of_the_kernel() -> None:
    with encoded_by(Meanings()):
        reading = run_tool("vendi-score", numbered_lines(9), {"order": "2"})
    kernel = np.kron(np.eye(3), np.ones((3, 3)))
    assert reading.value("vendi") == pytest.approx(vendi_score(kernel, 2))
