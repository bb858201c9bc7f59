"""The notebook of a lab: what was said, measured and concluded, for the learner to take away."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from synthqc.course.lab import Lab

from .files import write_files


@dataclass(frozen=True, slots=True)
class Notebook:
    """Everything a lab's notebook tells."""

    title: str
    """Title of the lab."""
    lab: Lab
    """The lab."""
    exchanges: Sequence[Mapping[str, Any]]
    """The exchanges as stored, oldest first."""
    sample_name: str = ""
    """Where the text on the workbench came from; empty where there is none."""
    recipes: Mapping[str, str] = field(default_factory=dict)
    """By title of the tool, what its reading on the workbench has to save to do the same by command, as YAML."""


def notebook_as_markdown(notebook: Notebook) -> str:
    """The notebook as Markdown."""
    return "\n".join(_lines(notebook)).rstrip() + "\n"


def _lines(notebook: Notebook) -> Iterator[str]:
    yield from (f"# {notebook.title}", "", "## Scenario", "", notebook.lab.scenario.strip(), "")
    measured = list(dict.fromkeys(line for one in notebook.exchanges for line in one.get("cited", ())))
    if measured:
        yield from ("## Measured", "")
        if notebook.sample_name:
            yield from (f"Text on the workbench: {notebook.sample_name}", "")
        yield from (f"- {line}" for line in measured)
        yield ""
    for title, recipe in notebook.recipes.items():
        yield from (f"## {title}, by command", "", "```yaml", recipe.rstrip("\n"), "```", "")
    ideas = dict.fromkeys(idea for one in notebook.exchanges for idea in one["analysis"]["expectations"])
    found = [notebook.lab.expectations[idea].gist for idea in ideas if idea in notebook.lab.expectations]
    if found:
        yield from ("## Concluded", "", *(f"- {gist}" for gist in found), "")
    yield from ("## Conversation", "")
    for one in notebook.exchanges:
        said = one["text"] or f"(pasted {one['paste'].count(chr(10)) + 1} lines)"
        yield from ("**You**", "", *(f"> {line}" for line in said.split("\n")), "", "**Tutor**", "", one["reply"], "")


def notebook_as_json(notebook: Notebook) -> str:
    """The notebook as JSON."""
    values = {
        "lab": notebook.lab.id,
        "title": notebook.title,
        "scenario": notebook.lab.scenario,
        "sample": notebook.sample_name,
        "recipes": dict(notebook.recipes),
        "exchanges": list(notebook.exchanges),
    }
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def write_notebook(notebook: Notebook, directory: Path, now: datetime) -> Path:
    """Writes the notebook as Markdown and JSON, each file whole or not at all.

    Args:
        notebook: The notebook.
        directory: Where; it is made where it is missing.
        now: The time, for the files' names, so that an earlier notebook stays.

    Returns:
        The Markdown file; the JSON file lies beside it.

    Raises:
        WritingError: The disk is full, or the directory cannot be written to.
    """
    path = directory / f"{notebook.lab.id}-{now:%Y-%m-%d-%H%M%S}.md"
    write_files({path: notebook_as_markdown(notebook), path.with_suffix(".json"): notebook_as_json(notebook)})
    return path
