"""A class as text: a table for a terminal, CSV for a spreadsheet, JSON for a program."""

import csv
import dataclasses
import io
import json
import textwrap
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from synthqc.course.quiz import MODULE_TEST

from .classroom import Classroom, Pupil

WORST = 8
"""Questions, ideas and topics that the table shows of each; the other forms have all."""

_COLUMNS = 80


def idle_words(idle: timedelta) -> str:
    """How long somebody has been idle, in at most six characters, such as `3 min`; `now` under a minute."""
    minutes = int(idle.total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 100:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} d"


def score_words(score: tuple[int, int] | None) -> str:
    """A score as `3/4`; `-` where there is none."""
    return f"{score[0]}/{score[1]}" if score else "-"


def quiz_words(quiz: str) -> str:
    """The head of a quiz's column: its number, or `test`."""
    return "test" if quiz == MODULE_TEST else quiz.removeprefix("L")


def summary_of(room: Classroom) -> str:
    """The class in one line."""
    away = sum(one.is_away for one in room.pupils)
    stuck = sum(bool(one.stuck) for one in room.pupils)
    n = len(room.pupils)
    return f"{n} learner{'' if n == 1 else 's'}, {n - away} active in the last half hour, {stuck} stuck"


def room_as_table(room: Classroom) -> str:
    """The class for a terminal of 80 columns."""
    return "\n".join(_lines(room)) + "\n"


def _lines(room: Classroom) -> Iterator[str]:
    yield f"{room.title}, {room.at:%Y-%m-%d %H:%M} UTC"
    yield summary_of(room)
    if room.pupils:
        yield ""
        yield from _pupil_lines(room)
    if room.hardest:
        yield from ("", "Hardest questions (first answers)")
        for one in room.hardest[:WORST]:
            yield from _cut(f"{one.question}  {one.wrong} of {one.answered} wrong  {one.stem}")
            for text, n in one.chosen:
                yield from _cut(f"      {n}x {text}")
    if room.ideas:
        yield from ("", "Wrong ideas (learners)")
        yield from (line for one in room.ideas[:WORST] for line in _cut(f"{one.learners:3}  “{one.idea}”"))
    if room.open_topics:
        yield from ("", "Open in the labs (of those who began)")
        worst = sorted(room.open_topics, key=lambda one: -one.open_for)[:WORST]
        yield from (line for one in worst for line in _cut(f"{one.open_for} of {one.begun}  {one.lab}: {one.topic}"))


def _cut(line: str, columns: int = _COLUMNS) -> Iterator[str]:
    yield line if len(line) <= columns else line[: columns - 1] + "…"


def _pupil_lines(room: Classroom) -> Iterator[str]:
    yield pupil_head(room)
    for one in room.pupils:
        yield pupil_line(one)
        yield from textwrap.wrap(
            "; ".join(one.stuck), _COLUMNS, initial_indent=f"{'':14} ! ", subsequent_indent=" " * 17
        )


def pupil_head(room: Classroom) -> str:
    """The head over the lines of learners; empty where there are none."""
    if not room.pupils:
        return ""
    quizzes = " ".join(_score_cell(one, quiz_words(one)) for one in room.pupils[0].scores)
    return f"{'learner':14} {'idle':>6} {'done':>5}  {quizzes}  where"


def _score_cell(quiz: str, words: str) -> str:
    return f"{words:>{5 if quiz == MODULE_TEST else 4}}"


def pupil_line(pupil: Pupil, columns: int = _COLUMNS) -> str:
    """A learner in so many columns."""
    scores = " ".join(_score_cell(quiz, score_words(score)) for quiz, score in pupil.scores.items())
    [name] = _cut(pupil.name, 14)
    done = f"{pupil.done}/{pupil.of}"
    [line] = _cut(f"{name:14} {idle_words(pupil.idle):>6} {done:>5}  {scores}  {pupil.where}", columns)
    return line


def room_as_json(room: Classroom) -> str:
    """Everything, as JSON; times are ISO 8601 in UTC, idle time is in seconds."""
    return json.dumps(dataclasses.asdict(room), ensure_ascii=False, indent=2, default=_json) + "\n"


def _json(value: Any) -> str | float:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        return round(value.total_seconds())
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def room_as_csv(room: Classroom) -> str:
    """One row a learner: name, where, last, idle seconds, parts done and there, right answers by quiz, stuck."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    quizzes = list(room.pupils[0].scores) if room.pupils else []
    writer.writerow(("learner", "where", "last", "idle_seconds", "done", "of", *quizzes, "stuck"))
    for one in room.pupils:
        scores = [score_words(score) if score else "" for score in one.scores.values()]
        last = one.last.isoformat(timespec="seconds")
        cells = (one.name, one.where, last, _json(one.idle), one.done, one.of, *scores, "; ".join(one.stuck))
        writer.writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: object) -> object:
    # A spreadsheet runs what begins like a formula; a learner may be called =cmd.
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell
