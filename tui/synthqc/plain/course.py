"""The course map as a numbered list, and the way into every part."""

import re

from synthqc.course.searching import places_of
from synthqc.learner.announcing import closed_parts
from synthqc.learner.ideas import met_ideas
from synthqc.learner.outline import Part, about, next_step, parts_of, place_name

from .lab import work_on
from .lesson import read_lesson
from .prose import spoken
from .quiz import take_module_test, take_quiz
from .review import review_cards
from .session import Session
from .talk import LeavingError

_STATES = {"done": "done, ", "begun": "begun, ", "open": ""}


def play_course(session: Session) -> None:
    """Plays the course until the learner quits or the input ends."""
    talk = session.talk
    talk.say(session.course.module.title)
    talk.say("Everywhere: h tells the commands, b goes back, q quits. Everything is saved as you go.")
    for trouble in filter(None, (session.store.notice, session.store.trouble)):
        talk.say(trouble)
    try:
        while True:
            _map(session)
    except LeavingError as leaving:
        if leaving.is_end:
            talk.say("End of input.")
        step = next_step(list(parts_of(session.course, session.progress)), session.progress)
        talk.say(f"Saved. You go on at: {_words(step)}.")


def _map(session: Session) -> None:
    talk = session.talk
    parts = list(parts_of(session.course, session.progress))
    step = next_step(parts, session.progress)
    talk.say()
    for number, part in enumerate(parts, start=1):
        talk.say(_words(part), first=f"{number}. ")
    talk.say(f"Enter goes on with: {step.title}. {about(session.course, step)}")
    numbers = [str(n) for n in range(1, len(parts) + 1)]
    given = talk.command("Course", ["", "r", "i", "g", "f", *numbers], lambda: _help(session))
    if given == "r":
        review_cards(session)
    elif given == "i":
        _ideas(session)
    elif given == "g":
        _glossary(session)
    elif given == "f":
        _find(session)
    else:
        _open(session, parts[int(given) - 1] if given else step)


def _help(session: Session) -> None:
    session.talk.say(
        "A number opens that part, Enter goes on where you left; r reviews key terms and missed questions, i tells the "
        "ideas to watch, g the glossary, f finds a word in the course, q quits."
    )


def _words(part: Part) -> str:
    state = "not begun, " if part.screen == "lesson" and part.state == "open" else _STATES[part.state]
    words = part.words.removeprefix("begun")
    return f"{part.title}: {state}{words}".rstrip(", ")


def _open(session: Session, part: Part) -> None:
    name = place_name(part.screen, part.lesson)
    if name in closed_parts(session.announcements):
        session.talk.say(f"{name.capitalize()} is closed for now; the instructor opens it.")
        return
    session.go(part.screen, part.lesson)
    if part.screen == "lesson":
        read_lesson(session, part.lesson)
    elif part.screen == "quiz":
        take_quiz(session, part.lesson)
    elif part.screen == "test":
        take_module_test(session)
    else:
        work_on(session, part.lesson)


def _ideas(session: Session) -> None:
    ideas = met_ideas(session.course, session.store.events())[:3]
    if not ideas:
        session.talk.say("None so far. Wrong ideas that you choose in a quiz or hold in a lab are listed here.")
    for number, one in enumerate(ideas, start=1):
        met = "once" if one.times == 1 else f"{one.times} times"
        session.talk.say(f"“{one.idea}” Met {met}: {', '.join(one.where)}.", first=f"{number}. ")
        if one.tempting:
            session.talk.say(f"Why it tempts: {one.tempting}", first="   ")
        session.talk.say(f"Against it: {one.against}", first="   ")
        if one.ask:
            session.talk.say(f"Ask yourself: {one.ask}", first="   ")
        session.talk.say(f"Read: lesson {one.lesson.removeprefix('L')}.", first="   ")


def _glossary(session: Session) -> None:
    course = session.course
    terms = [term for entry in course.module.lessons for term in course.lesson(entry.id).terms]
    for term in sorted(terms, key=lambda one: one.term.lower()):
        session.talk.say(" ".join(spoken(f"{term.term}: {term.definition}", course.claims)), rest="  ")


def _find(session: Session) -> None:
    talk = session.talk
    wanted = talk.ask("Word").lower()
    if not wanted:
        return
    word = re.compile(rf"\b{re.escape(wanted)}", re.IGNORECASE)
    found = [one for one in places_of(session.course) if word.search(f"{one.title} {one.text}")]
    talk.say(f"{len(found)} places have “{wanted}”." if found else f"Nothing has “{wanted}”.")
    sections = [one for one in found if one.kind == "section"]
    for number, one in enumerate(sections, start=1):
        talk.say(f"Lesson {one.lesson.removeprefix('L')}: {one.title}", first=f"{number}. ")
    for one in found:
        if one.kind == "term":
            talk.say(f"Key term {one.title}: {one.text}")
    if sections:
        numbers = [str(n) for n in range(1, len(sections) + 1)]
        given = talk.command(
            "Section", [*numbers, "b", ""], lambda: talk.say("A number reads that section, b goes back.")
        )
        if given.isdigit():
            place = sections[int(given) - 1]
            read_lesson(session, place.lesson, place.id)
