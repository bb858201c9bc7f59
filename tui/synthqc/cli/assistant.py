"""`synthqc assistant`: the labs' assistant without a screen, for scripts and for authors of labs."""

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from synthqc.cleaning import clean
from synthqc.errors import SynthQCError, UsageError

if TYPE_CHECKING:
    from synthqc.assistant.protocol import Assistant
    from synthqc.assistant.tutor import Tutor
    from synthqc.course.lab import Lab
    from synthqc.learner.progress import Progress

_SECONDS_A_TURN = 30.0
"""A script has no time of its own; each turn is taken to come half a minute after the last."""


@click.group()
def command() -> None:
    """Talk to the assistant of a lab without a screen.

    Example: echo '"Half the lines are copies."' | synthqc assistant analyse --lab lab-1
    """


@command.command()
@click.option("--lab", "lab_id", required=True, metavar="ID", help="The lab, such as lab-1.")
def analyse(lab_id: str) -> None:
    """Read one JSON string a line and print what the assistant understood of each, as a first message.

    Example: echo '"Half the lines are copies."' | synthqc assistant analyse --lab lab-1
    """
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
@click.option("--base-url", metavar="URL", help="Let a model word the replies, behind this OpenAI-compatible address.")
@click.option("--model", metavar="NAME", help="The model to ask for there.")
@click.option("--window", type=int, metavar="TOKENS", help="What the model reads and writes at once; 4096 unless set.")
@click.option("--plain-http", is_flag=True, help="Let words go unencrypted to another machine.")
def chat(
    lab_id: str, script: str, base_url: str | None, model: str | None, window: int | None, *, plain_http: bool
) -> None:
    """Play a dialogue and print what happens, one JSON event a line.

    With --base-url and --model the replies are worded there, such as at http://localhost:11434/v1. A key comes from
    SYNTHQC_API_KEY; OPENAI_API_KEY goes to OpenAI alone. Exit code 3: the model gave no reply at all.

    Example: synthqc assistant chat --lab lab-1 --script turns.json
    """
    tutor, lab = _opened(lab_id)
    messages = _script(script)
    assistant = _assistant(tutor, base_url, model, window, may_be_plain=plain_http)
    if not asyncio.run(_play(assistant, lab, messages)) and (failure := getattr(assistant, "failure", "")):
        raise _Unanswered(failure)


@command.command()
@click.option("--facts", required=True, metavar="FILE", help="What a reply may state, as JSON; see above.")
def ground(facts: str) -> None:
    """Read one reply a line, as a JSON string, and print what each of its numbers rests on.

    A line of output is a list with one object for each number: {"text": "0.45", "span": [15, 19], "source":
    "unbacked"}; the span counts characters from 0, its end is exclusive. The source is one of tool, derived (follows
    from readings), lesson, learner, unbacked, and none (a list mark, a year, advice: it claims nothing).

    FILE is an object with three fields, each of which may be left out; others are refused:

    \b
    {
      "readings": [ ... ],                       as `synthqc measure --format json` has them
      "lesson": {"concern_below": 0.3},          the lesson's numbers by name
      "learner": ["I read 30 of the problems"]   what the learner wrote
    }

    A reading needs tool, arguments, quantities (name, label, value, unit) and basis (records, tokens, characters):

    \b
    {"tool": "distinct-n", "arguments": {"n": 2},
     "quantities": [{"name": "distinct_n", "label": "Distinct-2", "value": 0.2116, "unit": "share"}],
     "basis": {"records": 1000, "tokens": 20304, "characters": 104000}}

    Example: synthqc assistant ground --facts facts.json < replies.jsonl
    """  # noqa: D301 - click reads the backspace as "leave these lines as they are"
    from synthqc.assistant.factsfile import read_facts
    from synthqc.assistant.grounding import claims_in

    known = read_facts(Path(facts))
    for reply in _messages(sys.stdin):
        claims = claims_in(reply, known)
        _print([{"text": one.text, "span": [one.start, one.end], "source": one.source} for one in claims])


@command.command()
@click.option("--lab", "lab_id", required=True, metavar="ID", help="The lab, such as lab-1.")
def unmatched(lab_id: str) -> None:
    """Print what you said in a lab that matched no rule, one JSON string a line, for the authors of the lab.

    Nothing is sent anywhere: redirect the output to a file and hand it on if you like.

    Example: synthqc assistant unmatched --lab lab-1 > for-the-authors.txt
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
    from synthqc.learner.opening import own_store, store_place
    from synthqc.learner.progress import progress_of

    place = store_place(os.environ)
    if isinstance(place, Path) and not place.exists():
        raise UsageError(f"{place}: there is no progress yet; the course writes it")
    store = own_store(os.environ, course)
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


class _Unanswered(SynthQCError):
    """The endpoint gave no reply."""

    exit_code = 3


def _assistant(
    tutor: "Tutor", base_url: str | None, model: str | None, window: int | None, *, may_be_plain: bool
) -> "Assistant":
    from synthqc.assistant.choosing import Wish, assistant_for, key_for
    from synthqc.assistant.endpoint import USUAL_WINDOW

    if (base_url is None) != (model is None):
        raise UsageError("--base-url URL and --model NAME go together")
    address = base_url or ""
    wish = Wish(
        is_online=base_url is not None,
        base_url=address,
        model=model or "",
        key=key_for(address, os.environ),
        window=USUAL_WINDOW if window is None else window,
        may_be_plain=may_be_plain,
    )
    chosen = assistant_for(wish, tutor, os.environ)
    if base_url is not None:
        click.echo(f"synthqc: {chosen.reason}", err=True)
    return chosen.assistant


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


async def _play(assistant: "Assistant", lab: "Lab", messages: list[str]) -> bool:
    """Plays the messages. Did a model word any reply?"""
    from synthqc.assistant.protocol import Done, Exchange
    from synthqc.assistant.record import event_as_json
    from synthqc.assistant.state import state_of, status_line
    from synthqc.assistant.tutor import turn_of

    _print({"event": "opening", "text": lab.opening})
    history: tuple[Exchange, ...] = ()
    readings: dict[str, Any] = {}
    workbench = ""
    for message in messages:
        turn = turn_of(message, lab, readings, workbench)
        if turn.paste:
            readings, workbench = dict(turn.readings), turn.paste
        async for event in assistant.reply(turn, lab, history):
            told: dict[str, Any] = event_as_json(event)
            if isinstance(event, Done):
                history = (*history, event.exchange)
                state = state_of(history, lab)
                told["exchanges"] = state.counted
                told["completed"] = state.is_complete(lab)
                told["status"] = status_line(state, lab)
            _print(told)
    return any(exchange.voice for exchange in history)


def _print(values: Any) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, allow_nan=False))
