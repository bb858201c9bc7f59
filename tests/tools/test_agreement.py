"""Kappa and alpha as tools: which fields they read, their intervals, and labels that are none."""

import json

import pytest

from synthqc.errors import SynthQCError
from synthqc.metrics.agreement import cohens_kappa, kappa_by_label, kappa_interval
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import run_tool
from synthqc.tools.sample import Sample, sample_of_text

ANN = ["good", "good", "rude", "empty", "good", "rude", "good", "rude"]
BOB = ["good", "rude", "rude", "empty", "good", "good", "good", "rude"]
CEM = ["good", "rude", "rude", "rude", None, "good", "empty", "rude"]


def sample_of(**columns: list[object]) -> Sample:
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return sample_of_text("".join(json.dumps({"text": "a line", **row}) + "\n" for row in rows), "x")


def test_raters_are_named_by_what_their_fields_start_with_or_one_by_one() -> None:
    by_prefix = run_tool("kappa", sample_of(rater_ann=ANN, rater_bob=BOB, other=CEM))
    by_name = run_tool("kappa", sample_of(ann=ANN, the_second=BOB, other=CEM), {"raters": "ann, the_second"})
    assert by_prefix.value("kappa") == by_name.value("kappa") == cohens_kappa(ANN, BOB)
    assert "raters are the fields ann, the_second" in by_name.basis.rule
    alpha = run_tool("alpha", sample_of(ann=ANN, the_second=BOB, other=CEM), {"raters": "other,ann,the_second"})
    assert alpha.value("raters") == 3
    assert alpha.value("gaps") == pytest.approx(1 / 24)


@pytest.mark.parametrize("tool", ["kappa", "alpha"])
@pytest.mark.parametrize(
    ("raters", "message"),
    [
        ("ann, dora", "raters in the fields 'ann', 'dora'; fields found: ann, bob"),
        ("ann", "fields that start with 'ann'; fields found"),
        ("ann,ann", "fields that start with 'ann,ann'; fields found"),
        ("", "fields that start with ''; fields found"),
        (" , ", "fields that start with ' , '; fields found"),
    ],
)
def test_fields_that_are_not_there_are_said_with_those_that_are(tool: str, raters: str, message: str) -> None:
    with pytest.raises(UndefinedReading, match=message):
        run_tool(tool, sample_of(ann=ANN, bob=BOB), {"raters": raters})


def test_two_raters_have_an_interval_and_three_have_one_a_pair() -> None:
    two = run_tool("kappa", sample_of(rater_a=ANN, rater_b=BOB), {"level": 0.8})
    lower, upper = kappa_interval(ANN, BOB, level=0.8)
    assert (two.value("kappa_lower"), two.value("kappa_upper")) == (lower, upper)
    assert f"80 % interval {lower:.2f} to {upper:.2f}" in two.evidence[0].text
    three = run_tool("kappa", sample_of(rater_a=ANN, rater_b=BOB, rater_c=CEM))
    assert "kappa_lower" not in {one.name for one in three.quantities}
    pairs = three.evidence[:3]
    assert all("95 % interval" in one.text for one in pairs)
    assert [one.count for one in pairs] == sorted(one.count for one in pairs)
    assert pairs[0].count == three.value("lowest_kappa")


def test_raters_who_nowhere_differ_have_no_interval_but_stand_in_the_table() -> None:
    reading = run_tool("kappa", sample_of(rater_a=ANN, rater_b=ANN))
    assert reading.value("kappa") == 1
    assert "kappa_lower" not in {one.name for one in reading.quantities}
    assert reading.evidence[0].text == "rater_a and rater_b, 8 items, no difference"


def test_each_label_has_a_row_with_the_lines_on_which_it_is_disputed() -> None:
    reading = run_tool("kappa", sample_of(rater_a=ANN, rater_b=BOB))
    rows = {one.text: one for one in reading.evidence[1:]}
    found = kappa_by_label(ANN, BOB)
    assert {text.split("'")[1] for text in rows} == set(found)
    rude = rows["label 'rude' against all others, given 6 times"]
    assert rude.count == found["rude"]
    assert rude.lines == (2, 6)
    assert rows["label 'empty' against all others, given 2 times"].lines == (4,)
    assert [one.count for one in reading.evidence[1:]] == sorted(found.values())


def test_of_two_labels_neither_needs_a_row() -> None:
    reading = run_tool("kappa", sample_of(rater_a=["x", "y", "x"], rater_b=["x", "y", "y"]))
    assert len(reading.evidence) == 1


def test_a_blank_label_is_a_missing_one() -> None:
    csv = "text,rater_a,rater_b\na,good,good\nb,rude,\nc,rude,good\nd,,  \ne,rude,rude\n"
    rows = [dict(zip(("text", "rater_a", "rater_b"), line.split(","), strict=True)) for line in csv.splitlines()[1:]]
    sample = sample_of_text("".join(json.dumps(row) + "\n" for row in rows), "x")
    kappa = run_tool("kappa", sample)
    assert kappa.value("items") == 3
    assert kappa.value("kappa") == cohens_kappa(["good", "rude", "rude"], ["good", "good", "rude"])
    assert run_tool("alpha", sample).value("gaps") == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("labels", "arguments", "message"),
    [
        (["a", 1], {"weights": "linear"}, "linear weights need labels that are numbers; 'rater_a' has others"),
        (["inf", 1], {"weights": "linear"}, "linear weights need labels that are finite numbers"),
        (["nan", "nan"], {"weights": "linear"}, "no item was rated by both"),
        ([None, None], {}, "fields that start with 'rater_'"),
        ([True, True], {}, "both raters gave every item the same label"),
    ],
)
def test_labels_without_a_kappa(labels: list[object], arguments: dict[str, object], message: str) -> None:
    with pytest.raises(UndefinedReading, match=message):
        run_tool("kappa", sample_of(rater_a=labels, rater_b=labels), arguments)


@pytest.mark.parametrize(
    ("labels", "scale", "message"),
    [
        ([-1, 1], "ratio", "the ratio scale has a true zero"),
        (["1e999", "1"], "interval", "finite numbers"),
        ([10**400, 1], "interval", "labels that are numbers"),
        (["nan", "nan"], "ordinal", "no item was rated by two"),
        (["x", "x"], "nominal", "all labels are the same"),
    ],
)
def test_labels_without_an_alpha(labels: list[object], scale: str, message: str) -> None:
    with pytest.raises(UndefinedReading, match=message):
        run_tool("alpha", sample_of(rater_a=labels, rater_b=labels), {"scale": scale})


def test_labels_of_any_kind_are_names() -> None:
    labels: list[object] = ["👍🏽", "好", 1, True, "1", 2.5, "好", "👍🏽"]
    for tool in ("kappa", "alpha"):
        assert run_tool(tool, sample_of(rater_a=labels, rater_b=labels)).value(tool) == 1


def test_a_level_outside_its_range_is_refused() -> None:
    for level in (0, 1, 95, "nan", True):
        with pytest.raises(SynthQCError, match=r"level is .*, allowed is a number from 0\.5 to 0\.999"):
            run_tool("kappa", sample_of(rater_a=ANN, rater_b=BOB), {"level": level})
