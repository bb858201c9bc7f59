"""`synthqc assistant`: the labs' assistant without a screen, for scripts and for authors of labs."""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from synthqc.cleaning import clean
from synthqc.errors import UsageError

if TYPE_CHECKING:
    from synthqc.assistant.tutor import Tutor
    from synthqc.course.lab import Lab
    from synthqc.learner.progress import Progress

_SECONDS_A_TURN = 30.0
"""A script has no time of its own; each turn is taken to come half a minute after the last."""


@click.group()
def command() -> None:
    """Talk to the assistant of a lab without a screen."""


@command.command()
@click.option("--lab", "lab_id", required=True, metavar="ID", help="The lab, such as lab-1.")
def analyse(lab_id: str) -> None:
    """Read one JSON string a line and print what the assistant understood of each, as a first message."""
    from synthqc.assistant.tutor import turn_of

    tutor, lab = _opened(lab_id)
    for message in _messages(sys.stdin):
        exchange = tutor.answer(turn_of(message, lab), lab, ())
        analysis = exchange.analysis
        _print(
            {
                "act": analysis.act,
                "topics": list(analysis.topics),
                "expectations": list(analysis.expectations),
                "misconceptions": list(analysis.misconceptions),
                "counted": analysis.counted,
                "moves": list(exchange.moves),
            }
        )


@command.command()
@click.option("--lab", "lab_id", required=True, metavar="ID", help="The lab, such as lab-1.")
@click.option("--script", required=True, metavar="FILE|-", help="A JSON list of messages, one per turn.")
def chat(lab_id: str, script: str) -> None:
    """Play a dialogue and print what happens, one JSON event a line."""
    tutor, lab = _opened(lab_id)
    asyncio.run(_play(tutor, lab, _script(script)))


@command.command()
@click.option("--lab", "lab_id", required=True, metavar="ID", help="The lab, such as lab-1.")
def unmatched(lab_id: str) -> None:
    """Print what you said in a lab that matched no rule, one JSON string a line, for the authors of the lab.

    Nothing is sent anywhere: redirect the output to a file and hand it on if you like.
    """
    from synthqc.course.loading import load_course

    course = load_course()
    _, lab = course.lab_with_id(lab_id)
    for exchange in _progress(course.module.id).exchanges.get(lab.id, ()):
        analysis = exchange.get("analysis")
        if isinstance(analysis, dict) and analysis.get("act") in ("claim", "question", "off_topic"):
            recognised = (analysis.get("expectations"), analysis.get("misconceptions"))
            if not any(recognised) and exchange.get("text"):
                _print(exchange["text"])


def _progress(course: str) -> "Progress":
    import os

    from synthqc.learner.places import data_directory, learner_name, store_path
    from synthqc.learner.progress import progress_of
    from synthqc.learner.store import Store

    path = store_path(data_directory(os.environ))
    if not path.exists():
        raise UsageError(f"{path}: there is no progress yet; the course writes it")
    store = Store(path, learner=learner_name(), course=course)
    try:
        return progress_of(store.events())
    finally:
        store.close()


def _opened(lab_id: str) -> "tuple[Tutor, Lab]":
    from synthqc.assistant.tutor import Tutor
    from synthqc.course.loading import load_course

    course = load_course()
    _, lab = course.lab_with_id(lab_id)
    turns = iter(range(10**9))
    return Tutor(lambda: course.concepts, course.lesson_of, clock=lambda: next(turns) * _SECONDS_A_TURN), lab


def _messages(lines: TextIO) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            message = None
        if not isinstance(message, str):
            raise UsageError(f"standard input, line {number}: is {line.strip()!r:.60}, needs a JSON string")
        yield clean(message)


def _script(name: str) -> list[str]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        turns = json.loads(text)
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name}: is no JSON: {error!s:.80}") from error
    if not isinstance(turns, list) or not all(isinstance(_text(turn), str) for turn in turns):
        raise UsageError(f"{name}: needs a JSON list of messages, each a string or an object with a text")
    return [clean(_text(turn)) for turn in turns]


def _text(turn: Any) -> Any:
    return turn.get("text") if isinstance(turn, dict) else turn


async def _play(tutor: "Tutor", lab: "Lab", messages: list[str]) -> None:
    from synthqc.assistant.protocol import Done, Exchange, Notice, Text, ToolRun
    from synthqc.assistant.record import exchange_as_json
    from synthqc.assistant.state import state_of, status_line
    from synthqc.assistant.tutor import measured, turn_of
    from synthqc.tools.reading import reading_as_json

    _print({"event": "opening", "text": lab.opening})
    history: tuple[Exchange, ...] = ()
    workbench: dict[str, Any] = {}
    for message in messages:
        turn = turn_of(message, lab, workbench)
        workbench = measured(turn.paste, lab) if turn.paste else workbench
        async for event in tutor.reply(turn, lab, history):
            match event:
                case Text():
                    _print({"event": "text", "delta": event.delta})
                case ToolRun():
                    _print({"event": "tool", "reading": reading_as_json(event.reading)})
                case Notice():
                    _print({"event": "notice", "text": event.text})
                case Done():
                    history = (*history, event.exchange)
                    state = state_of(history, lab)
                    _print(
                        {
                            "event": "done",
                            **exchange_as_json(event.exchange),
                            "exchanges": state.counted,
                            "completed": state.is_complete(lab),
                            "status": status_line(state, lab),
                        }
                    )


def _print(values: Any) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, allow_nan=False))
