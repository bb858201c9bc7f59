"""Active learning and the quality classifier on rows: kinds, spreads, and what is said of them."""

import io
import json

import pytest

from synthqc.course.loading import load_course
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import run_tool
from synthqc.tools.sample import Sample, sample_of_stream, sample_of_text


def conversations() -> Sample:
    return sample_of_text(load_course().sample_text("support-conversations"), "conversations")


def test_the_spread_over_seeds_is_a_quantity_and_in_the_basis() -> None:
    reading = run_tool("active-learning", conversations(), {"labels": 40, "seeds": 3})
    for name in ("asked_sd", "drawn_sd", "lead_sd"):
        assert 0 <= reading.value(name) < 0.5
    assert (
        f"standard deviations {reading.value('asked_sd'):.3f} and {reading.value('drawn_sd'):.3f}" in reading.basis.rule
    )
    one = run_tool("active-learning", conversations(), {"labels": 40, "seeds": 1})
    assert "one seed, so no spread" in one.basis.rule
    assert "asked_sd" not in {quantity.name for quantity in one.quantities}


def test_of_two_kinds_margin_and_uncertainty_are_one_strategy_and_it_says_so() -> None:
    readings = [
        run_tool("active-learning", conversations(), {"labels": 60, "seeds": 2, "strategy": strategy})
        for strategy in ("uncertainty", "margin")
    ]
    assert readings[0].quantities == readings[1].quantities
    assert any("both pick the same" in caveat for caveat in readings[0].caveats)


def test_every_value_is_a_kind_where_that_is_asked_for() -> None:
    reading = run_tool("active-learning", conversations(), {"labels": 60, "seeds": 2, "classes": "all"})
    assert "mean F1 of 3 kinds" in reading.basis.rule
    assert not any("both pick the same" in caveat for caveat in reading.caveats)


def test_kinds_that_are_too_rare_are_left_out_and_named() -> None:
    kinds = ["a"] * 20 + ["b"] * 20 + ["rare"] * 5
    rows = [{"text": f"{kind} line {n % 5}", "topic": kind} for n, kind in enumerate(kinds)]
    sample = sample_of_text("".join(json.dumps(row) + "\n" for row in rows), "x")
    reading = run_tool("active-learning", sample, {"field": "topic", "classes": "all", "labels": 20})
    assert reading.basis.records == 40
    assert any("left out: rare" in caveat for caveat in reading.caveats)
    few = sample_of_text("".join(json.dumps(row) + "\n" for row in rows[:25]), "x")
    with pytest.raises(UndefinedReading, match="fewer than two kinds of 6 lines or more in 'topic'"):
        run_tool("active-learning", few, {"field": "topic", "classes": "all"})


def test_the_classifier_has_a_curve_by_labels() -> None:
    reading = run_tool("quality-classifier", conversations())
    curve = reading.series[-1]
    assert (curve.x_label, curve.y_label) == ("labels", "F1 on bad lines")
    assert curve.x[-1] == reading.value("seed_lines")
    assert curve.y[-1] == pytest.approx(reading.value("f1_first"))
    assert curve.y[-2] == reading.value("f1_fewer")
    assert reading.value("f1_fewer") < reading.value("f1_first")
    precision, recall = reading.value("precision"), reading.value("recall")
    assert reading.value("f1") == pytest.approx(2 * precision * recall / (precision + recall))


def test_a_table_says_labelled_in_words() -> None:
    rows = "".join(
        f"{'rude' if n % 3 == 0 else 'kind'} line {n % 4},{'rude' if n % 3 == 0 else 'good'},{n < 20}\n"
        for n in range(60)
    )
    sample = sample_of_stream(io.BytesIO(f"text,answer,labelled\n{rows}".encode()), "x.csv")
    assert run_tool("quality-classifier", sample).value("seed_lines") == 20
    assert run_tool("filter-stack", sample, {"layers": "classifier", "bad_from": 0.5}).value("classifier_removed") > 0
