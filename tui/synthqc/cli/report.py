"""`synthqc report`: what the learner has done, for reading or for another program."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from synthqc.course.loading import load_course
from synthqc.learner.opening import own_store
from synthqc.learner.record import Record, record_as_csv, record_as_json, record_as_markdown, record_of, rows_of

_FORMS = {"json": record_as_json, "csv": record_as_csv, "markdown": record_as_markdown}


@click.command(epilog="Example: synthqc report --format markdown > record.md")
@click.option(
    "--format", "form", type=click.Choice(["table", *_FORMS]), default="table", show_default=True, help="How to print."
)
@click.option("--require-pass", is_flag=True, help="End with exit code 1 unless the module test was passed.")
@click.option(
    "--course", type=click.Path(path_type=Path), metavar="DIR", help="The course; the shipped one if left out."
)
@click.pass_context
def command(context: click.Context, form: str, course: Path | None, *, require_pass: bool) -> None:
    """Print what you have done.

    It is a record made from your own events, no certificate.
    """
    the_course = load_course(course)
    store = own_store(os.environ, the_course.module.id)
    record = record_of(the_course, store.events(), datetime.now(UTC))
    store.close()
    click.echo(_table(record) if form == "table" else _FORMS[form](record), nl=False)
    if require_pass and not record["passed"]:
        context.exit(1)


def _table(record: Record) -> str:
    rows = rows_of(record)
    wide = max(len(part) for part, *_ in rows)
    lines = [f"{'*' if is_done else ' '} {part.ljust(wide)}  {state}" for part, _, state, is_done in rows]
    done = sum(is_done for *_, is_done in rows)
    lines.append(f"{done} of {len(rows)} done (*)")
    lines += [f"Watch this idea ({one['times']}x): {one['idea']}" for one in record["ideas_met"][:3]]
    return "\n".join(lines) + "\n"
