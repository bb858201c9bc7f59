"""One reply on the screen, from the first event to the exchange that is stored."""

from collections.abc import Callable, Sequence

from synthqc.assistant.facts import citation_of
from synthqc.assistant.protocol import (
    Begun,
    Checked,
    CheckedClaim,
    Cut,
    Done,
    Event,
    Exchange,
    Notice,
    Text,
    ToolRun,
    Waiting,
    stopped,
)

from .chat import Chat


class Answer:
    """Shows the events of one reply and keeps what must be stored where the learner stops it."""

    def __init__(self, chat: Chat, voice: Callable[[], str]) -> None:
        """Nothing is said yet.

        Args:
            chat: Where the reply is shown.
            voice: Who speaks at this moment: where a model fails, the tutor takes over within a reply.
        """
        self._chat = chat
        self._voice = voice
        self._begun: Exchange | None = None
        self._pieces: list[str] = []

    def take(self, event: Event) -> Exchange | None:
        """Shows what happened; the exchange to store, once the reply is complete."""
        match event:
            case Begun():
                self._begun = event.exchange
            case Text():
                self._say(event.delta)
            case ToolRun() if event.by_model:
                self._chat.note(f"measured for this reply: {citation_of(event.reading)}")
            case Waiting():
                self._chat.count_down(event.seconds, event.reason)
            case Notice():
                self._chat.note(event.text)
            case Cut():
                self._chat.note(f"The reply was cut off: {event.reason}. Write “again” to have it worded anew.")
            case Checked():
                self._chat.mark(unbacked_in(event.claims))
            case Done():
                self._chat.end_answer()
                return event.exchange
        return None

    def stop(self) -> Exchange | None:
        """Ends the reply where it is; the exchange to store, None where no model has begun to speak."""
        self._chat.end_answer()
        if self._begun is None:
            return None
        exchange = stopped(self._begun, "".join(self._pieces))
        self._say(exchange.reply[len("".join(self._pieces).rstrip()) :])
        self._chat.end_answer()
        return exchange

    def _say(self, delta: str) -> None:
        if self._pieces:
            self._chat.go_on(delta)
        else:
            voice = self._voice()
            self._chat.answer(voice, delta, is_model=self._begun is not None and self._begun.voice == voice)
        self._pieces.append(delta)


def unbacked_in(claims: Sequence[CheckedClaim]) -> list[CheckedClaim]:
    """The claims that nothing backs, in order."""
    return [one for one in claims if one.source == "unbacked"]
