"""The ladder as a tool: a table of thresholds, the people it takes, and rungs that are empty."""

import json

import pytest

from synthqc.errors import UsageError
from synthqc.metrics.escalation import ladder_at
from synthqc.tools.catalogue import run_tool
from synthqc.tools.sample import sample_of_text

CONFIDENCES = [n / 50 for n in range(50)]
TRUTHS = [n % 4 > 0 for n in range(50)]
SAMPLE = sample_of_text(
    "".join(
        json.dumps({"text": "a", "confidence": share, "correct": is_right}) + "\n"
        for share, is_right in zip(CONFIDENCES, TRUTHS, strict=True)
    ),
    "x",
)


def test_each_threshold_has_a_row_with_the_tiers_the_hours_and_the_errors_that_pass() -> None:
    reading = run_tool("ladder", SAMPLE, {"thresholds": "0.9, 0.6", "volume": 3000, "minutes": "2"})
    low, high = reading.evidence
    found = ladder_at(CONFIDENCES, TRUTHS, pass_from=0.6, reject_below=0.2)
    assert low.text == (
        f"pass from 0.6: passed {found.passed:.3f}, to people {found.routed:.3f}, rejected {found.rejected:.3f}; "
        f"{found.routed * 3000 * 2 / 60:,.0f} hours a month; wrong among the passed {found.passed_errors:.3f}"
    )
    assert low.count == found.let_through
    assert low.lines == tuple(n + 1 for n in range(50) if CONFIDENCES[n] >= 0.6 and not TRUTHS[n])
    assert high.text.startswith("pass from 0.9: ")
    assert high.count < low.count


def test_without_thresholds_the_table_has_those_of_the_curve() -> None:
    reading = run_tool("ladder", SAMPLE)
    assert len(reading.evidence) == len(reading.series[0].x) == 11
    shares = [one.count for one in reading.evidence]
    assert shares == sorted(shares, reverse=True)


def test_a_threshold_below_the_rejected_ones_is_theirs() -> None:
    reading = run_tool("ladder", SAMPLE, {"reject_below": 0.7, "thresholds": "0.1,0.5,0.8"})
    assert [one.text.split(":")[0] for one in reading.evidence] == ["pass from 0.7", "pass from 0.8"]


def test_an_empty_rung_has_no_share_instead_of_none_wrong() -> None:
    reading = run_tool("ladder", SAMPLE, {"pass_from": 1, "reject_below": 0, "thresholds": "1"})
    names = {one.name for one in reading.quantities}
    assert not names & {"passed_errors_share", "rejected_good_share"}
    assert reading.value("routed_share") == 1
    assert reading.value("let_through_share") == reading.value("let_through_items") == 0
    assert "nothing passes; the lines are those nearest to the threshold" in reading.evidence[0].text
    assert reading.evidence[0].lines[0] == 50
    assert {one.label for one in reading.series} == {"needed", "available"}


def test_the_people_that_it_takes() -> None:
    reading = run_tool("ladder", SAMPLE, {"hours": 40, "volume": 52_000, "minutes": "5"})
    routed = reading.value("routed_items")
    assert reading.value("reviewers_needed") == pytest.approx(routed * 5 / 60 / (40 * 52 / 12))
    assert "reviewers_needed" not in {one.name for one in run_tool("ladder", SAMPLE, {"hours": 0}).quantities}


@pytest.mark.parametrize(
    "text", ["a", "0.5,b", "1.5", "-0.1", "nan", "0.5;0.6", "inf", "👍", ",".join(f"0.{n}" for n in range(10, 31))]
)
def test_what_is_no_threshold_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"ladder: thresholds is .*, allowed is up to 20 numbers from 0 to 1"):
        run_tool("ladder", SAMPLE, {"thresholds": text})
