"""A lesson, section by section."""

from synthqc.course.claims import VERDICTS, citation
from synthqc.course.marks import claims_in
from synthqc.course.model import Figure, Lesson, Section
from synthqc.errors import SynthQCError
from synthqc.learner.events import SectionReached

from .prose import spoken
from .session import Session
from .talk import WIDTH


def read_lesson(session: Session, lesson_id: str, section: str = "") -> None:
    """Reads a lesson from the section left last, until the learner goes back.

    Args:
        session: The session.
        lesson_id: Id of the lesson.
        section: Id of a section to look up; nothing is recorded then beyond that it was reached.
    """
    lesson = session.course.lesson(lesson_id)
    ids = [one.id for one in lesson.sections]
    start = section or session.progress.last_section.get(lesson_id, "")
    number = ids.index(start) if start in ids else 0
    while True:
        _show(session, lesson_id, lesson, number)
        given = _way_on(session, lesson, number)
        if given == "b" or (given == "" and number == len(ids) - 1):
            return
        number = max(0, number - 1) if given == "p" else number + 1 if given == "" else int(given) - 1


def _way_on(session: Session, lesson: Lesson, number: int) -> str:
    """Answers what is asked about a section until the learner goes elsewhere; where to."""
    talk = session.talk
    numbers = [str(n) for n in range(1, len(lesson.sections) + 1)]
    while True:
        given = talk.command("Section", ["", "p", "o", "s", "t", "b", *numbers], lambda: _help(session))
        if given == "s":
            _sources(session, lesson.sections[number])
        elif given == "t":
            for term in lesson.terms:
                talk.say(" ".join(spoken(f"{term.term}: {term.definition}", session.course.claims)))
        elif given == "o":
            for n, one in enumerate(lesson.sections, start=1):
                talk.say(f"{n}. {one.title}")
        else:
            return given


def _help(session: Session) -> None:
    session.talk.say(
        "Enter goes on, after the last section back to the course; p goes back a section, a number goes to that "
        "section, o lists the sections, s tells the sources of this one, t the key terms, b goes back, q quits."
    )


def _show(session: Session, lesson_id: str, lesson: Lesson, number: int) -> None:
    talk, section = session.talk, lesson.sections[number]
    is_last = number == len(lesson.sections) - 1
    session.record(SectionReached(lesson_id, section.id, is_last=is_last))
    talk.say()
    talk.say(f"Section {number + 1} of {len(lesson.sections)}: {section.title}")
    for block in section.blocks:
        talk.say()
        if block.text is not None:
            _say_text(session, block.text)
        elif block.callout is not None:
            talk.say(f"{block.callout.title}:")
            _say_text(session, block.callout.text)
        elif block.figure is not None:
            _say_figure(session, block.figure)
    talk.say()
    if is_last:
        talk.say("This was the last section. Enter goes back to the course, h tells the commands.")
    else:
        talk.say(f"Enter goes on to: {lesson.sections[number + 1].title}.")


def _say_text(session: Session, text: str) -> None:
    for line in spoken(text, session.course.claims):
        is_item = line[:2] == "- "
        session.talk.say(line, first="", rest="  " if is_item else "")


def _say_figure(session: Session, figure: Figure) -> None:
    from synthqc.tools.catalogue import run_tool
    from synthqc.tools.inlines import reading_lines
    from synthqc.tools.sample import NO_SAMPLE, sample_of_text

    talk = session.talk
    talk.say(f"Figure: {figure.title}")
    try:
        text = NO_SAMPLE
        if figure.sample:
            entry = session.course.sample(figure.sample)
            text = sample_of_text(session.course.sample_text(figure.sample), entry.title, field=entry.field)
        reading = run_tool(figure.tool, text, dict(figure.arguments))
    except SynthQCError as error:
        talk.say(f"The figure cannot be computed: {error}")
    else:
        talk.say_all(reading_lines(reading, WIDTH))
    _say_text(session, figure.caption)


def _sources(session: Session, section: Section) -> None:
    talk, claims = session.talk, session.course.claims
    texts = (
        block.text or (block.callout.text if block.callout else block.figure.caption if block.figure else "")
        for block in section.blocks
    )
    ids = list(dict.fromkeys(claim for text in texts for claim in claims_in(text)))
    if not ids:
        talk.say("This section makes no claim that needs a source.")
    for one in ids:
        claim = claims.claims[one]
        talk.say(f"{one}, {VERDICTS[claim.verdict]}. The source text: {' '.join(claim.statement.split())}")
        talk.say(f"What was found: {' '.join(claim.finding.split())}", first="  ")
        for reference in claim.references:
            talk.say(citation(claims.references[reference]), first="  ")
