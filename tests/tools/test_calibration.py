"""Calibration as a tool: bins, plots, and sub-domains with their own errors."""

import json

import pytest

from synthqc.errors import UsageError
from synthqc.metrics.calibration import bins_of, brier_score, expected_calibration_error, maximum_calibration_error
from synthqc.tools.catalogue import run_tool
from synthqc.tools.sample import sample_of_text

ITEMS = [((n * 37 % 100) / 100, n % 3 > 0, "sure" if n % 2 else "right") for n in range(100)]
SAMPLE = sample_of_text(
    "".join(
        json.dumps(
            {"text": "a", "confidence": share, "correct": is_right if domain == "sure" else True, "domain": domain}
        )
        + "\n"
        for share, is_right, domain in ITEMS
    ),
    "x",
)
CONFIDENCES = [share for share, _, _ in ITEMS]
TRUTHS = [is_right if domain == "sure" else True for _, is_right, domain in ITEMS]


@pytest.mark.parametrize("count", [2, 10, 15, 100])
def test_errors_are_those_of_the_bins_asked_for(count: int) -> None:
    reading = run_tool("calibration", SAMPLE, {"bins": count})
    bins = bins_of(CONFIDENCES, TRUTHS, bins=count)
    assert reading.value("ece") == expected_calibration_error(bins)
    assert reading.value("mce") == maximum_calibration_error(bins)
    diagram, items = reading.series
    assert (diagram.kind, items.kind) == ("reliability", "histogram")
    assert diagram.x == tuple(one.confidence for one in bins)
    assert diagram.y == tuple(one.accuracy for one in bins)
    assert items.x == tuple(place / count for place in range(count))
    assert sum(items.y) == 100
    assert f"{count} bins" in reading.basis.rule


def test_each_sub_domain_has_its_own_errors_and_its_most_confident_mistakes() -> None:
    reading = run_tool("calibration", SAMPLE)
    rows = {one.text.split(":")[0]: one for one in reading.evidence}
    assert rows.keys() == {"sure", "right"}
    inside = [n for n, item in enumerate(ITEMS) if item[2] == "sure"]
    confidences, truths = [CONFIDENCES[n] for n in inside], [TRUTHS[n] for n in inside]
    ece = expected_calibration_error(bins_of(confidences, truths))
    assert f"ECE {ece:.2f}, Brier {brier_score(confidences, truths):.2f}" in rows["sure"].text
    wrong = sorted((n for n in inside if not TRUTHS[n]), key=lambda n: -CONFIDENCES[n])
    assert rows["sure"].lines[0] == wrong[0] + 1
    assert rows["right"].lines[0] == 1
    assert reading.value("worst_gap") == reading.evidence[0].count == max(one.count for one in reading.evidence)


def test_one_confidence_makes_no_diagram_but_a_histogram() -> None:
    sample = sample_of_text('{"text": "a", "confidence": 0.5, "correct": true}\n' * 3, "x")
    [items] = run_tool("calibration", sample).series
    assert items.kind == "histogram"
    assert items.y == (0, 0, 0, 0, 3, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("bins", [0, 1, 101, 2.5, "many", True])
def test_what_is_no_number_of_bins_is_refused(bins: object) -> None:
    with pytest.raises(UsageError, match=r"bins is .*, allowed is a whole number from 2 to 100"):
        run_tool("calibration", SAMPLE, {"bins": bins})


def test_truths_and_confidences_as_tables_and_programs_write_them() -> None:
    rows = [
        {"confidence": "0.75", "correct": "1.0"},
        {"confidence": 1, "correct": " No "},
        {"confidence": 10**400, "correct": True},
        {"confidence": True, "correct": True},
        {"confidence": 0.5, "correct": 10**400},
        {"confidence": 0.25, "correct": 0.0},
    ]
    reading = run_tool("calibration", sample_of_text("\n".join(json.dumps({"text": "a", **row}) for row in rows), "x"))
    assert (reading.value("items"), reading.value("accuracy")) == (3, pytest.approx(1 / 3))
    assert any("3 of 6 rows were left out (lines 3, 4, 5)" in caveat for caveat in reading.caveats)
