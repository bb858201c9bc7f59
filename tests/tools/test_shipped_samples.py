"""The bundled samples are what their generator makes, and show what the course says of them."""

import importlib.util
import json
from pathlib import Path

import pytest

from synthqc.course.loading import find_course, load_course
from synthqc.tools.catalogue import run_tool
from synthqc.tools.sample import sample_of_text

GENERATOR = Path(__file__).parents[1] / "course" / "make_samples.py"


def generated() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("make_samples", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made.samples()


@pytest.mark.parametrize("file", sorted(generated()))
def test_a_sample_is_what_its_generator_makes(file: str) -> None:
    assert (find_course() / "labs" / "samples" / file).read_text(encoding="utf-8") == generated()[file]


def reading(sample: str, tool: str):
    course = load_course()
    return run_tool(tool, sample_of_text(course.sample_text(sample), sample, field=course.sample(sample).field))


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
