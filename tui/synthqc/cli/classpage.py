"""A class as one page that needs nothing else: no script, no request."""

from collections.abc import Iterable
from html import escape

from synthqc.learner.classroom import Classroom
from synthqc.learner.roll import idle_words, quiz_words, score_words, summary_of

from .html import PAGE_STYLE


def class_page(room: Classroom) -> str:
    """The page.

    Args:
        room: The class.
    """
    title = escape(room.title)
    parts = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}: class</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{PAGE_STYLE}body {{ max-width: 72rem; }}</style></head><body>",
        f"<h1>{title}</h1><p>{room.at:%Y-%m-%d %H:%M} UTC. {escape(summary_of(room))}.</p>",
        _learners(room),
        _section(
            "Hardest questions",
            ("question", "wrong", "wrong options chosen"),
            (
                (f"{one.question}: {one.stem}", f"{one.wrong} of {one.answered}", _chosen(one.chosen))
                for one in room.hardest
            ),
        ),
        _section(
            "Wrong ideas",
            ("idea", "learners", "times"),
            ((one.idea, str(one.learners), str(one.times)) for one in room.ideas),
        ),
        _section(
            "Open in the labs",
            ("lab", "topic", "open for"),
            ((one.lab, one.topic, f"{one.open_for} of {one.begun}") for one in room.open_topics),
        ),
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _learners(room: Classroom) -> str:
    quizzes = [quiz_words(one) for one in room.pupils[0].scores] if room.pupils else []
    heads = ("learner", "idle", "done", *(one if one == "test" else f"quiz {one}" for one in quizzes), "where", "stuck")
    rows = (
        (
            one.name,
            idle_words(one.idle),
            f"{one.done}/{one.of}",
            *map(score_words, one.scores.values()),
            one.where,
            "; ".join(one.stuck),
        )
        for one in room.pupils
    )
    return _section("Learners", heads, rows)


def _chosen(options: Iterable[tuple[str, int]]) -> str:
    return "; ".join(f"{n}x {text}" for text, n in options)


def _section(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    if not body:
        return ""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    return f"<section><h2>{escape(title)}</h2><table><tr>{head}</tr>{body}</table></section>"
