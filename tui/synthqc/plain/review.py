"""Review of key terms and missed questions, card by card."""

from synthqc.learner.events import CardReviewed, ReviewUndone
from synthqc.learner.review import GRADES, deck_of, due_after, end_in_words, grades_in_words

from .session import Session


def review_cards(session: Session) -> None:
    """Reviews what is due until nothing is, or the learner goes back."""
    talk = session.talk
    done: list[str] = []
    while True:
        deck = deck_of(session.course, session.store.events(), session.now())
        if not deck.due:
            talk.say(end_in_words(deck, len(done), session.now()))
            return
        card = deck.due[0]
        talk.say()
        talk.say(f"{len(deck.due)} to go. {card.front}")
        undo = ["u"] if done else []
        given = talk.command("Enter turns the card", ["", "b", *undo], lambda: _help(session))
        if given == "":
            talk.say(card.back)
            history = deck.history.get(card.id, ())
            talk.say("; ".join(grades_in_words(history, session.now())) + ".")
            given = talk.command("Grade", [*map(str, GRADES), "b", *undo], lambda: _help(session))
        if given == "b":
            return
        if given == "u":
            session.record(ReviewUndone(done.pop()))
        else:
            due = due_after(deck.history.get(card.id, ()), session.now())[int(given)]
            session.record(CardReviewed(card.id, int(given), due.isoformat()))
            done.append(card.id)


def _help(session: Session) -> None:
    session.talk.say(
        "Say the answer to yourself, then Enter turns the card. 1 means not known, 2 known with effort, 3 known, 4 "
        "known at once. u takes the last grade back, b goes back to the course, q quits."
    )
