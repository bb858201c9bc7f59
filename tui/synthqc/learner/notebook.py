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
    yield from findings_in(notebook)
    yield from ("## Conversation", "")
    for one in notebook.exchanges:
        said = one["text"] or f"(pasted {one['paste'].count(chr(10)) + 1} lines)"
        yield from ("**You**", "", *(f"> {line}" for line in said.split("\n")), "", "**Tutor**", "", one["reply"], "")


def findings_in(notebook: Notebook, *, level: int = 2) -> Iterator[str]:
    """What was measured and concluded, what stays open, and the plan, as lines of Markdown.

    Args:
        notebook: The notebook.
        level: Level of its headings.
    """
    mark = "#" * level
    measured = list(dict.fromkeys(line for one in notebook.exchanges for line in one.get("cited", ())))
    if measured:
        yield from (f"{mark} Measured", "")
        if notebook.sample_name:
            yield from (f"Text on the workbench: {notebook.sample_name}", "")
        yield from (f"- {line}" for line in measured)
        yield ""
    for title, recipe in notebook.recipes.items():
        yield from (f"{mark} {title}, by command", "", "```yaml", recipe.rstrip("\n"), "```", "")
    lab = notebook.lab
    ideas = dict.fromkeys(idea for one in notebook.exchanges for idea in one["analysis"]["expectations"])
    known = [lab.expectations[idea] for idea in ideas if idea in lab.expectations]
    if known:
        yield from (f"{mark} Concluded", "", *(f"- {one.gist}" for one in known), "")
    spoken_of = {topic for one in notebook.exchanges for topic in one["analysis"].get("topics", ())}
    spoken_of |= {one.topic for one in known}
    still_open = [topic.name for topic_id, topic in lab.topics.items() if topic_id not in spoken_of]
    if still_open and notebook.exchanges:
        yield from (f"{mark} Open", "", *(f"- {name}" for name in still_open), "")
    if any("summary" in one.get("moves", ()) for one in notebook.exchanges):
        case = next((one["case"] for one in reversed(notebook.exchanges) if one.get("case")), "any")
        yield from (f"{mark} Plan", "", (lab.closing.plan.get(case) or lab.closing.plan.get("any", "")).strip(), "")


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
