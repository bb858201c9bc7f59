"""The notebook that a learner takes away from a lab."""

import json
from datetime import UTC, datetime
from pathlib import Path

import yaml

from synthqc.course.loading import load_course
from synthqc.learner.notebook import Notebook, notebook_as_json, notebook_as_markdown, write_notebook

RECIPE = "# Save as stack.yaml, then: synthqc filter FILE\nlayers: [oracle]\nshortest: 5\n"


def notebook(**others: object) -> Notebook:
    return Notebook("Lab 2", load_course().lab("L2"), [], "400 conversations", **others)


def test_what_a_reading_has_to_save_is_in_the_notebook_as_it_goes_to_a_file() -> None:
    text = notebook_as_markdown(notebook(recipes={"Filter stack": RECIPE}))
    section = text.partition("## Filter stack, by command\n\n```yaml\n")[2].partition("\n```\n")[0]
    assert section + "\n" == RECIPE
    assert yaml.safe_load(section) == {"layers": ["oracle"], "shortest": 5}
    assert json.loads(notebook_as_json(notebook(recipes={"Filter stack": RECIPE})))["recipes"] == {
        "Filter stack": RECIPE
    }


def test_without_such_a_reading_nothing_is_said_of_it() -> None:
    assert "by command" not in notebook_as_markdown(notebook())
    assert json.loads(notebook_as_json(notebook()))["recipes"] == {}


def test_both_files_hold_it(tmp_path: Path) -> None:
    path = write_notebook(notebook(recipes={"Filter stack": RECIPE}), tmp_path, datetime(2026, 1, 5, 12, 0, tzinfo=UTC))
    assert RECIPE in path.read_text(encoding="utf-8")
    assert json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["recipes"]["Filter stack"] == RECIPE
