"""The bundled samples are what their generator makes, and show what the course says of them."""

import json

import pytest
from make_samples import samples

from synthqc.course.loading import find_course, load_course
from synthqc.tools.catalogue import run_tool, tool_named
from synthqc.tools.sample import NO_SAMPLE, sample_of_text

GENERATED = samples()


@pytest.mark.parametrize("file", sorted(GENERATED))
def test_a_sample_is_what_its_generator_makes(file: str) -> None:
    assert (find_course() / "labs" / "samples" / file).read_text(encoding="utf-8") == GENERATED[file]


def reading(sample: str, tool: str, **arguments: object):
    course = load_course()
    made = sample_of_text(course.sample_text(sample), sample, field=course.sample(sample).field)
    return run_tool(tool, made, arguments)


def test_case_a_is_made_from_templates_and_the_varied_replies_are_not() -> None:
    assert reading("support-replies", "templates").value("top_share") > 0.5
    assert reading("support-replies", "distinct-n").value("distinct_n") < 0.2
    assert reading("support-varied", "templates").value("top_share") < 0.1
    assert reading("support-varied", "distinct-n").value("distinct_n") > 0.9


def contradicts(answer: str, table: dict[str, str]) -> bool:
    """Does an answer of case B say something else than the table?"""
    drug, claim = next((drug, answer.split(f"{drug} ", 1)[1].rstrip(".")) for drug in table if f" {drug} " in answer)
    if claim.startswith("can safely be combined with"):
        return f"not with {claim.split()[-1]};" in table[drug]
    if claim.startswith("must not be combined with"):
        return f"not with {claim.split()[-1]};" not in table[drug]
    if claim.startswith("has a highest single dose of"):
        return f"at most {claim.split(' of ')[1]};" not in table[drug]
    return f"; {claim.removeprefix('is best taken ')}." not in table[drug]


def test_a_quarter_of_the_answers_of_case_b_contradicts_the_table() -> None:
    course = load_course()
    table = {line.split(":")[0]: line for line in course.sample_text("drug-table").splitlines()}
    answers = course.sample_text("medical-answers").splitlines()
    wrong = [answer for answer in answers if contradicts(answer, table)]
    assert len(answers) == 36
    assert len(wrong) == 9
    assert any("safely be combined" in answer for answer in wrong)


def test_in_case_c_score_and_tests_disagree() -> None:
    rows = [json.loads(line) for line in load_course().sample_text("code-answers").splitlines()]
    best = sorted(rows, key=lambda row: -row["reward"])[:10]
    worst = sorted(rows, key=lambda row: row["reward"])[:10]
    assert sum(row["tests_passed"] for row in best) < sum(row["tests_passed"] for row in worst)


def rows_of(sample: str) -> list[dict]:
    return [json.loads(line) for line in load_course().sample_text(sample).splitlines()]


def test_lab_2_has_every_kind_of_dirt_and_each_layer_finds_its_own() -> None:
    rows = rows_of("support-conversations")
    assert len(rows) == 400
    faults = {row["fault"] for row in rows}
    assert faults == {
        "", "markup", "encoding", "language", "length", "repetition",
        "copy", "near copy", "rude", "empty", "wrong sum", "too much of one kind",
    }  # fmt: skip
    found = {
        row.text.split(":")[0]: {rows[line - 1]["fault"] for line in row.lines}
        for row in reading("support-conversations", "filter-stack").evidence
    }
    assert found["heuristics"] <= {"markup", "encoding", "language", "length", "repetition"}
    assert {"copy", "near copy"} <= found["duplicates"]
    assert found["classifier"] <= {"rude", "empty", ""}
    assert found["oracle"] == {"wrong sum"}
    assert found["diversity"] == {"too much of one kind"}


def test_the_stack_of_lab_2_is_measured_against_the_truth() -> None:
    rows = rows_of("support-conversations")
    stack = reading("support-conversations", "filter-stack")
    bad = sum(1 for row in rows if row["fault"])
    removed = 400 - stack.value("kept_lines")
    assert stack.value("precision") * removed == pytest.approx(stack.value("recall") * bad)
    assert stack.value("precision") > 0.9
    assert stack.value("recall") > 0.9
    layers = ("heuristics", "duplicates", "classifier", "oracle", "diversity")
    assert sum(stack.value(f"{layer}_removed") for layer in layers) == removed
    alone = reading("support-conversations", "filter-stack", order="heuristics-only")
    assert alone.value("recall") < 0.3


def test_a_narrow_seed_stays_blind_and_sure_of_itself() -> None:
    fair = reading("support-conversations", "quality-classifier", seed_kind="fair")
    narrow = reading("support-conversations", "quality-classifier", seed_kind="narrow")
    assert narrow.value("recall") < fair.value("recall") - 0.15
    assert narrow.value("confidence") > 0.95
    assert fair.value("confidence") > fair.value("confidence_first")
    assert fair.value("recall") <= fair.value("recall_first")


def test_lab_3_measures_0_21_and_shows_dense_clusters() -> None:
    distinct = reading("math-problems", "distinct-n")
    assert f"{distinct.value('distinct_n'):.2f}" == "0.21"
    assert distinct.reference is not None
    assert distinct.reference.value > 0.5
    clusters = reading("math-problems", "clusters")
    assert clusters.value("clustered_share") > 0.9
    assert clusters.value("clusters") > 50
    assert reading("math-problems", "templates").value("templated_share") == 1
    assert reading("math-varied", "clusters").value("clusters") == 0
    assert reading("math-varied", "vendi-score").value("share") > 0.9
    assert reading("math-problems", "vendi-score").value("share") < 0.2


def test_the_problems_of_lab_3_are_solved_right() -> None:
    sharing = next(row for row in rows_of("math-problems") if row["kind"] == "sharing")
    total, friends = (int(word) for word in sharing["text"].split() if word.isdigit())
    assert sharing["answer"] * friends == total
    assert {row["kind"] for row in rows_of("math-problems")} == {
        "buying",
        "having",
        "sharing",
        "travelling",
        "area",
        "percent",
        "age",
    }


def test_lab_4_is_miscalibrated_in_two_sub_domains_alone() -> None:
    calibration = reading("scored-items", "calibration")
    assert calibration.value("miscalibrated_domains") == 2
    worst = [row.text.split(":")[0] for row in calibration.evidence[:2]]
    assert set(worst) == {"interactions", "dosage"}
    ladder = reading("scored-items", "ladder")
    assert ladder.value("routed_items") == 300_000
    assert round(ladder.value("hours_available")) == 693
    assert round(ladder.value("seconds_available"), 1) == 8.3
    kappa = reading("scored-items", "kappa")
    assert kappa.value("raters") == 3
    assert kappa.value("split_items") > 100


@pytest.mark.parametrize("lesson", ["L1", "L2", "L3", "L4"])
def test_every_live_figure_has_something_to_show(lesson: str) -> None:
    course = load_course()
    figures = [block.figure for section in course.lesson(lesson).sections for block in section.blocks if block.figure]
    assert len(figures) >= 2
    for figure in figures:
        sample = NO_SAMPLE
        if figure.sample:
            entry = course.sample(figure.sample)
            sample = sample_of_text(course.sample_text(figure.sample), entry.title, field=entry.field)
        parameter = next(one for one in tool_named(figure.tool).parameters if one.name == figure.vary)
        values = figure.values or parameter.choices
        assert len(values) >= 2
        shown = {run_tool(figure.tool, sample, {**figure.arguments, figure.vary: value}).series for value in values[:2]}
        assert len(shown) == 2, f"{figure.id} shows the same whatever {figure.vary} is"
        assert all(series for series in shown)


def test_the_caption_of_the_ladder_is_true() -> None:
    needed, available, wrong = reading("scored-items", "ladder", minutes="2").series
    assert min(needed.y) > available.y[0]
    strict = reading("scored-items", "ladder", pass_from=0.95)
    assert strict.value("passed_errors_share") == pytest.approx(0.1, abs=0.005)
    assert wrong.y[wrong.x.index(strict.value("routed_share"))] == strict.value("passed_errors_share")
    assert list(wrong.x) == sorted(wrong.x)
    assert round(needed.y[-1]) == 57


def test_the_example_of_lexical_richness_is_true() -> None:
    replies = load_course().sample_text("support-replies").splitlines()[:40]
    found = run_tool("lexical-richness", sample_of_text("\n".join(replies), "replies"))
    assert found.reference is not None
    assert (f"{found.value('mattr'):.2f}", f"{found.reference.value:.2f}") == ("0.68", "0.80")


def test_the_answer_of_lab_4_about_thresholds_is_true() -> None:
    counts = [reading("scored-items", "calibration", sure_from=share) for share in (0.9, 0.95)]
    assert [one.value("confident_errors") for one in counts] == [79, 34]
    assert counts[1].value("confident_items") / counts[0].value("confident_items") == pytest.approx(0.5, abs=0.02)


def test_each_quiz_and_the_module_test_have_the_questions_they_should() -> None:
    course = load_course()
    for lesson in ("L1", "L2", "L3", "L4"):
        assert [question.id for question in course.quiz(lesson).questions] == [f"{lesson}Q{n}" for n in range(1, 5)]
    test = course.quiz("module-test").questions
    assert [question.id for question in test] == [f"T{n:02}" for n in range(1, 16)]
    everything = [
        question for quiz in ("L1", "L2", "L3", "L4", "module-test") for question in course.quiz(quiz).questions
    ]
    assert all(len(question.options) == 4 for question in everything)
    # Letters by the key of the course: one right answer each, none in one place only.
    places = [[option.right for option in question.options].index(True) for question in everything]
    assert {places.count(place) for place in range(4)} <= set(range(5, 12))


def test_the_caption_of_active_learning_is_true() -> None:
    found = reading("support-conversations", "active-learning", labels=120)
    assert found.value("enough") == 70
    assert found.value("asked") > found.value("drawn") + 0.05
