"""Reward gaming on rows: what a score picks and what that is worth; without rows, the simulation."""

import io
import json

import pytest

from synthqc.course.loading import load_course
from synthqc.errors import UsageError
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import run_tool
from synthqc.tools.reading import Reading
from synthqc.tools.sample import NO_SAMPLE, Sample, sample_of_stream, sample_of_text


def rows(values: list[dict[str, object]]) -> Sample:
    return sample_of_text(
        "".join(json.dumps({"text": f"row {n}", **row}) + "\n" for n, row in enumerate(values)), "rows"
    )


def measured(sample: Sample, **arguments: object) -> Reading:
    return run_tool("reward-gaming", sample, arguments)


def test_worked_by_hand() -> None:
    reading = measured(rows([{"score": s, "truth": t} for s, t in [(1, 2), (2, 4), (3, 3), (4, 0)]]), top=0.5)
    assert reading.value("truth_all") == 2.25
    assert reading.value("truth_top") == 1.5
    # Of two: the second of four is best in 1 draw of 6, the third in 2, the fourth in 3; of four always the fourth.
    [score, truth] = reading.series
    assert truth.y == pytest.approx((2.25, (4 + 2 * 3 + 3 * 0) / 6, 0))
    assert score.y == pytest.approx((2.5, (2 + 2 * 3 + 3 * 4) / 6, 4))
    assert (reading.value("worth_last"), reading.value("candidates_top")) == (0, 1)
    assert reading.value("spearman") == pytest.approx(1 - 6 * (1 + 4 + 0 + 9) / 60)
    assert [row.lines for row in reading.evidence] == [(4,)]


def test_scorers_that_cancel_each_other_rank_nothing() -> None:
    opposed = rows([{"score_a": s, "score_b": 0.7 - s, "truth": t} for s, t in [(0.1, 1), (0.4, 0), (0.6, 1)]])
    with pytest.raises(UndefinedReading, match="score_a, score_b cancel each other"):
        measured(opposed, score="score_")


def test_scores_that_differ_in_rounding_alone_are_ties() -> None:
    # The first two rows have the same two scores the other way round.
    found = [(0.1, 0.3, 5), (0.3, 0.1, 1), (0.05, 0.07, 2), (0.07, 0.05, 4)]
    reading = measured(rows([{"score_a": a, "score_b": b, "truth": t} for a, b, t in found]), score="score_", top=0.25)
    assert reading.value("truth_top") == pytest.approx(3)


def test_a_truth_that_never_changes_says_so() -> None:
    with pytest.raises(UndefinedReading, match="'truth' is the same in every row"):
        measured(rows([{"score": 1, "truth": True}, {"score": 2, "truth": True}]))


def test_the_code_answers_of_lab_1_are_gamed() -> None:
    course = load_course()
    sample = sample_of_text(course.sample_text("code-answers"), "answers", field=course.sample("code-answers").field)
    reading = measured(sample, score="reward", truth="tests_passed")
    assert reading.value("spearman") < -0.4
    assert reading.value("truth_top") < reading.value("truth_all")
    assert "the truth falls from the start" in reading.caveats[0]


def test_scorers_are_averaged_and_set_beside_each_alone() -> None:
    # Each scorer sees the truth and is flattered by rows of its own; the mean of both sees through it.
    table = [
        {"score_a": n + 20 * (n % 10 == 0), "score_b": 100 * (n + 20 * (n % 10 == 5)), "truth": n} for n in range(40)
    ]
    reading = measured(rows(table))
    assert reading.value("scorers") == 2
    assert reading.value("spearman") > reading.value("spearman_alone")
    assert [one.label for one in reading.series] == [
        "score of the pick",
        "by their mean",
        "by score_a alone",
        "by score_b alone",
    ]
    assert "score_a, score_b, each with mean 0 and spread 1" in reading.basis.rule


def test_a_table_and_words_for_the_truth_are_read() -> None:
    data = b"text,score,truth\na,0.1,right\nb,0.9,wrong\nc,0.5,yes\nd,high,no\n"
    reading = measured(sample_of_stream(io.BytesIO(data), "x.csv"))
    assert reading.basis.records == 3
    assert reading.value("truth_all") == pytest.approx(2 / 3)
    assert any("1 of 4 rows were left out" in caveat for caveat in reading.caveats)


def test_without_such_rows_it_is_the_simulation() -> None:
    assert measured(rows([{"kind": "a"}])).quantities == measured(NO_SAMPLE).quantities
    assert measured(rows([{"score": 1}])).seed == 0


def test_a_simulation_in_place_of_rows_says_which_fields_it_missed() -> None:
    [note, _] = measured(rows([{"score": 1, "is_right": True}])).caveats
    assert note.startswith(
        "simulated, not measured on these rows: no row has a number in 'score' and a truth in 'truth'"
    )
    assert note.endswith("fields found: is_right, score; set score and truth to say which to read")
    assert not any("simulated" in caveat for caveat in measured(NO_SAMPLE).caveats)


@pytest.mark.parametrize(
    ("values", "arguments", "error", "message"),
    [
        ([{"kind": "a"}], {"score": "reward"}, UndefinedReading, "numbers? in 'reward'.*; fields found: kind"),
        ([{"score": 1, "truth": 1}] * 3, {}, UndefinedReading, "'score' has the same score throughout"),
        ([{"score": n, "truth": 1} for n in range(3)], {}, UndefinedReading, "'truth' is the same in every row"),
        ([{"score": 1, "truth": 1}], {}, UndefinedReading, "same score throughout"),
        ([{"score": 1, "truth": 1}], {"top": 0}, UsageError, "top is 0"),
    ],
)
def test_what_has_no_reading_is_a_sentence(values, arguments, error, message) -> None:
    with pytest.raises(error, match=message):
        measured(rows(values), **arguments)
